package dev.antiphon.tool;

import dev.antiphon.session.SessionId;
import dev.antiphon.session.ToolInvoker.Invocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The invocations that have not settled, by their number and by the run they wait for. Not thread-safe; confined to one
 * incarnation of the dispatcher.
 */
final class Waiters {
    private final Map<Long, Waiter> all = new HashMap<>();
    private final Map<Long, Set<Long>> ofRun = new HashMap<>();
    private final Map<SessionId, Set<Long>> ofSession = new HashMap<>();

    /**
     * One invocation.
     *
     * @param number its own
     * @param generation of the run it waits for; its own number before it has one
     * @param timeout for each attempt of that run
     */
    record Waiter(
            long number,
            long generation,
            Invocation invocation,
            Duration timeout,
            Settlements.Settlement settlement,
            ToolCall call) {

        Waiter in(ToolCall next) {
            return new Waiter(number, generation, invocation, timeout, settlement, next);
        }

        Waiter waitingFor(Run run, Duration patience) {
            return new Waiter(number, run.generation(), invocation, patience, settlement, call);
        }

        boolean isModelCall() {
            return invocation instanceof Invocation.ModelCall;
        }

        boolean isCall(String callId) {
            return invocation instanceof Invocation.ModelCall call
                    && call.callId().equals(callId);
        }
    }

    void put(Waiter waiter) {
        all.put(waiter.number(), waiter);
        ofRun.computeIfAbsent(waiter.generation(), g -> new LinkedHashSet<>()).add(waiter.number());
        ofSession
                .computeIfAbsent(waiter.invocation().session(), session -> new LinkedHashSet<>())
                .add(waiter.number());
    }

    /** Takes it out; whether nobody waits for its run any more. */
    boolean remove(Waiter waiter) {
        all.remove(waiter.number());
        ofSession.computeIfPresent(waiter.invocation().session(), (session, numbers) -> {
            numbers.remove(waiter.number());
            return numbers.isEmpty() ? null : numbers;
        });
        Set<Long> others = ofRun.get(waiter.generation());
        if (others == null) {
            return true;
        }
        others.remove(waiter.number());
        if (others.isEmpty()) {
            ofRun.remove(waiter.generation());
        }
        return others.isEmpty();
    }

    Optional<Waiter> numbered(long number) {
        return Optional.ofNullable(all.get(number));
    }

    /** Who waits for the run, first come first. A copy. */
    List<Waiter> of(Run run) {
        List<Waiter> found = new ArrayList<>();
        for (long number : ofRun.getOrDefault(run.generation(), Set.of())) {
            numbered(number).ifPresent(found::add);
        }
        return found;
    }

    /** Those of a session, first come first. A copy. */
    List<Waiter> of(SessionId session) {
        List<Waiter> found = new ArrayList<>();
        for (long number : ofSession.getOrDefault(session, Set.of())) {
            numbered(number).ifPresent(found::add);
        }
        return found;
    }

    /** Everyone. A copy. */
    List<Waiter> all() {
        return List.copyOf(all.values());
    }

    void clear() {
        all.clear();
        ofRun.clear();
        ofSession.clear();
    }
}
