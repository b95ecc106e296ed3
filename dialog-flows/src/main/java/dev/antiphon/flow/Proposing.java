package dev.antiphon.flow;

import dev.antiphon.flow.FlowState.Offer;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.slot.CheckFailed;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Verdict;
import java.util.List;
import java.util.Optional;

/** What a success of the same call made is proposed to the slots that say so, before they are asked for. */
final class Proposing {
    private Proposing() {}

    /** Proposes a value for the slot that would be asked for now; once it is not wanted or not possible, it is forgotten. */
    static void begin(Turn turn) {
        boolean other = turn.state.phase() != Phase.COLLECTING
                || turn.state.confirmation().isPresent()
                || turn.state.offer().isPresent();
        if (!other) {
            Questions.missing(turn).ifPresent(slot -> propose(turn, slot));
        }
    }

    private static <T> void propose(Turn turn, Slot<T> slot) {
        Optional<String> made = made(turn, slot);
        if (made.isEmpty() || !Dependencies.areSettled(turn.flow, turn.state.slots(), slot)) {
            return;
        }
        if (isPossible(turn, slot, made.get())) {
            turn.state =
                    turn.state.offering(Offer.first(slot.name(), made.stream().toList(), true));
        } else {
            forget(turn, slot);
        }
    }

    /** What was made for a slot that is to be proposed. */
    private static Optional<String> made(Turn turn, Slot<?> slot) {
        return slot.proposal()
                .flatMap(question ->
                        Optional.ofNullable(turn.state.slots().known().made().get(slot.name())));
    }

    /** A rule that may wait is asked after the yes. */
    private static <T> boolean isPossible(Turn turn, Slot<T> slot, String normal) {
        try {
            T value = slot.type().restore(normal);
            return slot.judgeAlone(value, turn.now, turn.language()) instanceof Verdict.Ok<T>
                    && slot.judge(value, turn.slots()) instanceof Verdict.Ok<T>;
        } catch (CheckFailed e) {
            turn.fault("check of slot " + slot.name(), e);
            return false;
        } catch (IllegalArgumentException unreadable) { // made for a slot of the same name in another flow
            return false;
        }
    }

    /** The question of the open proposal; empty when what is open is none. */
    static Optional<String> question(Turn turn, Slot<?> slot, Offer offer) {
        return made(turn, slot)
                .filter(normal -> offer.clarifying() && offer.options().equals(List.of(normal)))
                .flatMap(normal -> slot.proposal().map(words -> words.replace("{}", turn.spoken(slot, normal))));
    }

    /** The slot whose proposal is open. */
    static Optional<Slot<?>> open(Turn turn) {
        return turn.state
                .offer()
                .flatMap(offer -> turn.flow
                        .slot(offer.slot())
                        .filter(slot -> question(turn, slot, offer).isPresent()));
    }

    /** What was proposed is not meant: the slot is asked for, and the same is not proposed again. */
    static void decline(Turn turn, Slot<?> slot) {
        forget(turn, slot);
        turn.state = turn.state.offeringNothing();
        Questions.ask(turn, Questions.Wording.FULL);
    }

    /** A caller who names another value has that in mind. */
    static void named(Turn turn, Slot<?> slot, String normal) {
        made(turn, slot).filter(other -> !other.equals(normal)).ifPresent(other -> forget(turn, slot));
    }

    private static void forget(Turn turn, Slot<?> slot) {
        SlotValues slots = turn.state.slots();
        turn.state = turn.state.with(slots.remembering(slots.known().forgetting(slot.name())));
    }
}
