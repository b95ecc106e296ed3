package dev.antiphon.flow;

import dev.antiphon.flow.FlowState.Confirmation;
import dev.antiphon.flow.FlowState.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * "Yes, and cancel my old one": a yes to what was read back that comes with a wish for something else. It counts, and the other
 * thing begins when that is done; unless something in the same breath puts in doubt what the yes is to. Pure.
 */
final class YesFirst {
    private YesFirst() {}

    /** The acts of a turn in the order in which they are taken. */
    static List<DialogueAct> ordered(Turn turn, List<DialogueAct> acts) {
        boolean wantsMore = acts.stream().anyMatch(DialogueAct.Start.class::isInstance);
        return wantsMore && counts(turn, acts)
                ? TurnOrder.withYesFirst(acts).stream()
                        .filter(act -> !isWishForTheSame(turn, act))
                        .toList()
                : TurnOrder.of(acts);
    }

    /** "Yes, book it". */
    private static boolean isWishForTheSame(Turn turn, DialogueAct act) {
        return act instanceof DialogueAct.Start start
                && start.task().equals(turn.task().name());
    }

    /** Whether a yes among the acts is to an effect, was given to exactly its values, and nothing else that is meant touches them. */
    static boolean counts(Turn turn, List<DialogueAct> acts) {
        Optional<Confirmation> open = turn.state
                .confirmation()
                .filter(asked -> asked.heard() && asked.purpose().does());
        return open.isPresent()
                && turn.state.phase() == Phase.COLLECTING
                && turn.task().isTransaction()
                && acts.stream()
                        .anyMatch(act -> act instanceof DialogueAct.Affirm yes
                                && yes.revision() == open.get().revision())
                && acts.stream().noneMatch(act -> isInDoubt(turn, act));
    }

    private static boolean isInDoubt(Turn turn, DialogueAct act) {
        return act instanceof DialogueAct.Inform inform && touches(turn, inform.values())
                || act instanceof DialogueAct.Unusable
                || act instanceof DialogueAct.Negate
                || act instanceof DialogueAct.Cancel
                || act instanceof DialogueAct.Select
                || act instanceof DialogueAct.RequestAlternatives;
    }

    /** Whether some of these values are unknown, or would change what was read back. */
    static boolean touches(Turn turn, Map<String, String> values) {
        return values.keySet().stream().anyMatch(name -> turn.flow.slot(name).isEmpty())
                || SlotFilling.changes(turn, values).keySet().stream().anyMatch(turn.task()::takes);
    }
}
