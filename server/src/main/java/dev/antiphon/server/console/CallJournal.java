package dev.antiphon.server.console;

import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The live calls and the latest {@value #MAX_ENDED} ended ones, in memory. Thread-safe.
 *
 * <p>It holds what callers and agents said, as far as {@link #shows} allows: personal data, forgotten when the server stops.
 */
public final class CallJournal implements SessionObserver {
    static final int MAX_ENDED = 200;

    private final InstantSource clock;
    private final Map<SessionId, CallRecord> calls = new LinkedHashMap<>();

    public CallJournal(InstantSource clock) {
        this.clock = clock;
    }

    /** A call is about to begin. */
    public void announced(SessionId id) {
        record(id);
    }

    /** Which words of a call it keeps; to be said before the call's first fact, else none are kept. */
    public void shows(SessionId id, ShownWords words) {
        record(id).shows(words);
    }

    /** It does not begin after all. */
    public synchronized void withdrawn(SessionId id) {
        calls.remove(id);
    }

    @Override
    public void on(SessionEvent event) {
        record(event.session()).add(event);
        if (event instanceof SessionEvent.SessionEnded) {
            forgetOldest();
        }
    }

    /** The call with this id. */
    public synchronized Optional<CallRecord> find(String id) {
        return id.isBlank() ? Optional.empty() : Optional.ofNullable(calls.get(new SessionId(id)));
    }

    /** Every call, the latest first. */
    public synchronized List<CallRecord> latestFirst() {
        List<CallRecord> list = new ArrayList<>(calls.values());
        Collections.reverse(list);
        return list;
    }

    /** How many calls have not ended. */
    public int live() {
        return (int) latestFirst().stream().filter(c -> !c.isOver()).count();
    }

    private synchronized CallRecord record(SessionId id) {
        return calls.computeIfAbsent(id, key -> new CallRecord(key, clock.instant()));
    }

    private synchronized void forgetOldest() {
        List<CallRecord> ended =
                calls.values().stream().filter(CallRecord::isOver).toList();
        ended.stream().limit(Math.max(0, ended.size() - MAX_ENDED)).forEach(c -> calls.remove(c.id()));
    }
}
