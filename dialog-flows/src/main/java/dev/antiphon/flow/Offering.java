package dev.antiphon.flow;

import dev.antiphon.flow.FlowState.Offer;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.tier.Struggle.Signal;
import java.util.Map;
import java.util.Optional;

/** Options that were offered: one is taken, or others are wanted. */
final class Offering {
    private Offering() {}

    /** Takes the option that was read out at this place, from 1. */
    static void select(Turn turn, int option) {
        Optional<Offer> offer = turn.state.offer();
        if (turn.state.phase() != Phase.COLLECTING || offer.isEmpty()) {
            Questions.resume(turn);
            return;
        }
        int size = offer.get().page().size();
        if (option < 1 || option > size) {
            String problem = "option must be between 1 and " + size + ", but was " + option;
            turn.struggle(Signal.TOOL_ERROR, problem);
            turn.error(problem);
            Questions.ask(turn, Questions.Wording.SIMPLE);
            return;
        }
        Offer open = offer.get();
        SlotFilling.inform(turn, Map.of(open.slot(), open.page().get(option - 1)), true);
    }

    /** Reads the options that were not read yet; says so when there are none. */
    static void more(Turn turn) {
        Optional<Offer> offer = turn.state.offer();
        if (turn.state.phase() != Phase.COLLECTING || offer.isEmpty()) {
            Questions.resume(turn);
            return;
        }
        Optional<Slot<?>> proposed = Proposing.open(turn);
        if (proposed.isPresent()) {
            Proposing.decline(turn, proposed.get());
            return;
        }
        Offer next = offer.get().next();
        if (next.exhausted() && next.clarifying()) {
            deny(turn, next);
            return;
        }
        turn.state = turn.state.offering(next);
        if (next.exhausted()) {
            turn.say(
                    next.isAll()
                            ? turn.text(Phrase.THAT_IS_ALL)
                            : turn.text(Phrase.THE_BEST, "count", next.options().size()));
        }
        Questions.ask(turn, Questions.Wording.FULL);
    }

    /** The caller means none of what was asked back. */
    static void deny(Turn turn, Offer clarifying) {
        String slot = clarifying.slot();
        turn.state =
                turn.state.offeringNothing().with(turn.state.repair().stuck().denied(slot));
        Repairing.askAgain(turn, Repairing.afterDenial(turn, slot));
    }
}
