package dev.antiphon.samples.readymade;

import java.util.ArrayList;
import java.util.List;

/** Requests for trying; forgotten when the program ends. Thread-safe. */
public final class InMemoryCallbackList implements CallbackList {
    private final List<Callback> all = new ArrayList<>();

    @Override
    public synchronized int add(Callback wanted) {
        all.add(wanted);
        return all.size();
    }

    /** All requests, the oldest first. */
    public synchronized List<Callback> all() {
        return List.copyOf(all);
    }
}
