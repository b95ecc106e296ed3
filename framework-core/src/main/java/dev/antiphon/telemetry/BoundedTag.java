package dev.antiphon.telemetry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the number of values of one tag bounded: past the bound, new values become {@link Names#OTHER}. Thread-safe. */
final class BoundedTag {
    private final int maxValues;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    BoundedTag(int maxValues) {
        this.maxValues = maxValues;
    }

    String of(String value) {
        if (known.contains(value)) {
            return value;
        }
        synchronized (known) {
            if (known.size() < maxValues) {
                known.add(value);
            }
            return known.contains(value) ? value : Names.OTHER;
        }
    }
}
