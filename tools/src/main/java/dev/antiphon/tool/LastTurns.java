package dev.antiphon.tool;

import dev.antiphon.handover.HandoverPacket;
import dev.antiphon.handover.HandoverPacket.Said;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import dev.antiphon.session.TurnsSaid;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What was said last in the calls under way, for who looks at what they are about to do: at most {@value HandoverPacket#MOST_TURNS}
 * turns of each, in memory, forgotten when the call ends. Give it to the server as an observer. Personal data. Thread-safe; at most
 * 10,000 calls, those beyond are not remembered.
 */
public final class LastTurns implements SessionObserver {
    private static final int MOST_CALLS = 10_000;

    private final ConcurrentMap<SessionId, TurnsSaid> calls = new ConcurrentHashMap<>();

    /** Nothing was said yet. */
    public LastTurns() {}

    @Override
    public void on(SessionEvent event) {
        if (event instanceof SessionEvent.SessionEnded) {
            calls.remove(event.session());
        } else if (event instanceof SessionEvent.SessionStarted && calls.size() < MOST_CALLS) {
            calls.putIfAbsent(event.session(), new TurnsSaid(HandoverPacket.MOST_TURNS));
        } else {
            Optional.ofNullable(calls.get(event.session())).ifPresent(turns -> add(turns, event));
        }
    }

    private static void add(TurnsSaid turns, SessionEvent event) {
        synchronized (turns) {
            turns.on(event);
        }
    }

    /** What was said last, oldest first; nothing of a call that is over. */
    public List<Said> of(SessionId session) {
        return Optional.ofNullable(calls.get(session)).map(LastTurns::read).orElse(List.of());
    }

    private static List<Said> read(TurnsSaid turns) {
        synchronized (turns) {
            return turns.turns();
        }
    }
}
