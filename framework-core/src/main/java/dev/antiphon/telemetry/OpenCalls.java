package dev.antiphon.telemetry;

import dev.antiphon.session.SessionId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/**
 * What an observer must remember of calls under way, because later facts do not repeat it. At most 100,000 calls; those
 * beyond are not remembered. Thread-safe.
 */
final class OpenCalls {
    private static final int MAX_CALLS = 100_000;

    private final ConcurrentMap<SessionId, Call> calls = new ConcurrentHashMap<>();

    /**
     * One call.
     *
     * @param version of the flow
     * @param start the tier it began on
     * @param tier the tier it runs on
     * @param slots the names of its flow's slots, as far as seen
     */
    record Call(String flow, String version, String start, String tier, Set<String> slots) {
        Call {
            slots = Set.copyOf(slots);
        }

        Call on(String other) {
            return new Call(flow, version, start, other, slots);
        }

        Call with(Set<String> seen) {
            return slots.equals(seen) ? this : new Call(flow, version, start, tier, seen);
        }
    }

    void began(SessionId session, Call call) {
        if (calls.size() < MAX_CALLS) {
            calls.put(session, call);
        }
    }

    Optional<Call> of(SessionId session) {
        return Optional.ofNullable(calls.get(session));
    }

    /** The flow, or {@link Names#NONE} for a call that is not remembered. */
    String flowOf(SessionId session) {
        return of(session).map(Call::flow).orElse(Names.NONE);
    }

    void change(SessionId session, UnaryOperator<Call> change) {
        calls.computeIfPresent(session, (id, call) -> change.apply(call));
    }

    Optional<Call> ended(SessionId session) {
        return Optional.ofNullable(calls.remove(session));
    }

    int size() {
        return calls.size();
    }
}
