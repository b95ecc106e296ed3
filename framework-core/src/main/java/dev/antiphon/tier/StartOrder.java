package dev.antiphon.tier;

import dev.antiphon.model.Money;
import dev.antiphon.tier.RouterPolicy.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings outcomes into the order in which the calls began. Else a busy flow would judge a tier by the calls that end first, and those
 * are the ones that fail. A call that takes longer than {@link Waiting#settle} keeps nobody waiting and counts when it ends; after
 * {@link Waiting#lost} it is lost. At most {@value #MAX_WAITING} calls wait in order and {@value #MAX_LATE} beyond; the oldest ones make
 * room as if their time were over. Pure, not thread-safe.
 */
final class StartOrder {
    static final int MAX_WAITING = 1_000;
    static final int MAX_LATE = 10_000;

    /**
     * A call that began.
     *
     * @param number from 1, in the order of the beginnings
     * @param rung index of the tier in the ladder
     * @param reserved from the budget; empty for a call that is not charged to it
     * @param at by the steady clock
     */
    record Begun(long number, String session, int rung, Optional<Money> reserved, Instant at) {}

    /** What became of it; {@code completed} is empty when its outcome is lost. */
    record Settled(Begun call, Optional<Boolean> completed) {}

    private record Open(Begun call, Optional<Boolean> completed) {}

    private final Map<String, Open> waiting = new LinkedHashMap<>();
    private final Map<String, Begun> late = new LinkedHashMap<>();

    /** A call without outcome of this session. */
    Optional<Begun> of(String session) {
        return Optional.ofNullable(waiting.get(session))
                .filter(open -> open.completed().isEmpty())
                .map(Open::call)
                .or(() -> Optional.ofNullable(late.get(session)));
    }

    /** Calls without outcome. */
    int underWay() {
        return (int) waiting.values().stream()
                        .filter(open -> open.completed().isEmpty())
                        .count()
                + late.size();
    }

    /** A call begins; yields what became known by making room for it. */
    List<Settled> begin(Begun call) {
        List<Settled> known = new ArrayList<>();
        if (waiting.size() >= MAX_WAITING) {
            pass(known);
        }
        waiting.put(call.session(), new Open(call, Optional.empty()));
        return known;
    }

    /** A call that {@link #of} knows ended; yields what is known in order now. */
    List<Settled> ended(String session, boolean completed, Waiting policy, Instant now) {
        List<Settled> known = new ArrayList<>();
        Begun behind = late.remove(session);
        if (behind != null) {
            known.add(new Settled(behind, Optional.of(completed)));
        }
        waiting.computeIfPresent(session, (id, open) -> new Open(open.call(), Optional.of(completed)));
        known.addAll(settle(policy, now));
        return known;
    }

    /** A call that never came about. */
    void forget(String session) {
        waiting.remove(session);
        late.remove(session);
    }

    /** What is known in order at this time. */
    List<Settled> settle(Waiting policy, Instant now) {
        List<Settled> known = new ArrayList<>();
        Iterator<Open> heads = waiting.values().iterator();
        List<Begun> passed = new ArrayList<>();
        while (heads.hasNext()) {
            Open head = heads.next();
            if (head.completed().isPresent()) {
                known.add(new Settled(head.call(), head.completed()));
            } else if (!now.isBefore(head.call().at().plus(policy.settle()))) {
                passed.add(head.call());
            } else {
                break;
            }
            heads.remove();
        }
        passed.forEach(call -> putLate(call, known));
        Iterator<Begun> oldest = late.values().iterator();
        while (oldest.hasNext()) {
            Begun call = oldest.next();
            if (now.isBefore(call.at().plus(policy.lost()))) {
                break;
            }
            known.add(new Settled(call, Optional.empty()));
            oldest.remove();
        }
        return known;
    }

    /** The oldest one makes room. */
    private void pass(List<Settled> known) {
        Iterator<Open> heads = waiting.values().iterator();
        Open head = heads.next();
        heads.remove();
        if (head.completed().isPresent()) {
            known.add(new Settled(head.call(), head.completed()));
        } else {
            putLate(head.call(), known);
        }
    }

    private void putLate(Begun call, List<Settled> known) {
        if (late.size() >= MAX_LATE) {
            Iterator<Begun> oldest = late.values().iterator();
            known.add(new Settled(oldest.next(), Optional.empty()));
            oldest.remove();
        }
        late.put(call.session(), call);
    }
}
