package dev.antiphon.flow;

import dev.antiphon.flow.FlowState.Offer;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.CheckFailed;
import dev.antiphon.flow.slot.CheckRun;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.tier.Struggle.Signal;
import java.util.List;
import java.util.Optional;

/** The author's rules over several values at once. */
final class RecordRules {
    private RecordRules() {}

    /** Back to the slot that the first broken rule names. */
    static void apply(Turn turn) {
        boolean unanswered =
                turn.state.confirmation().isPresent() || turn.state.offer().isPresent();
        Task<?> task = turn.task();
        if (turn.state.phase() != Phase.COLLECTING || unanswered) {
            return;
        }
        boolean complete = Questions.isComplete(turn);
        SlotValues values = turn.state.slots();
        if (!task.isDueForRules(values, complete)) {
            return;
        }
        try {
            Optional<Rejection<?>> broken = CheckRun.within(() -> task.broken(values, complete));
            broken.ifPresent(rejection -> back(turn, task, rejection));
            if (broken.isEmpty() && complete && task.isTransaction()) {
                Repairing.accepted(turn, task);
            }
        } catch (CheckFailed e) {
            fail(turn, task, e);
        }
    }

    private static <T> void back(Turn turn, Task<?> task, Rejection<T> rejection) {
        Slot<T> slot = rejection.slot();
        rejection
                .reason()
                .ifPresentOrElse(
                        turn::say,
                        () -> turn.spoken(slot).ifPresent(value -> turn.say(Phrase.NOT_AVAILABLE, "value", value)));
        List<String> options = NormalForms.of(turn, slot, rejection.options());
        SlotFilling.takeBack(turn, slot, rejection.exhausted());
        Repairing.afterRefusal(turn, task, slot, false);
        if (!options.isEmpty() && turn.state.phase() == Phase.COLLECTING) {
            turn.state = turn.state.offering(Offer.first(slot.name(), options, false, rejection.isAll()));
        }
    }

    /** A rule that does not work is as good as an answer that was not understood: the last value is asked again. */
    private static void fail(Turn turn, Task<?> task, CheckFailed failure) {
        String where = "check of " + task.name();
        turn.fault(where, failure);
        turn.struggle(Signal.NO_MATCH, where + ": " + failure.getMessage());
        Optional<Slot<?>> last = task.slots().stream()
                .<Slot<?>>map(slot -> slot)
                .filter(slot -> turn.state.slots().has(slot.name()))
                .reduce((first, second) -> second);
        last.ifPresent(slot -> {
            turn.say(Phrase.CANNOT_CHECK, "label", slot.label());
            SlotFilling.takeBack(turn, slot, false);
            Repairing.afterRefusal(turn, task, slot, true);
        });
    }
}
