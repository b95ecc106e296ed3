package dev.antiphon.flow;

import dev.antiphon.flow.EffectProgress.Running;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.Meanwhile.Objection;
import dev.antiphon.flow.say.Phrase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the caller wants while something runs is kept, and done in the turn in which that has ended. */
final class Waiting {
    private Waiting() {}

    /** Values are taken afterwards. */
    static void forValues(Turn turn, Map<String, String> given) {
        say(turn);
        keep(turn, turn.state.effects().meanwhile(wanted -> wanted.giving(given, turn.now)));
    }

    /** That something is being done; who has just let it begin knows. */
    static void say(Turn turn) {
        if (!turn.beginsWork()) {
            turn.say(verifies(turn) ? Phrase.CHECKING : Phrase.WAIT);
        }
    }

    /** The caller does not want it any more. */
    static void forObjection(Turn turn, Objection how) {
        turn.say(Phrase.WAIT);
        keep(turn, turn.state.effects().meanwhile(wanted -> wanted.objecting(how, turn.now)));
    }

    /** Another task begins afterwards. */
    static void forTask(Turn turn, String name) {
        if (!turn.beginsWork()) {
            turn.say(Phrase.WAIT);
        }
        keep(turn, turn.state.effects().meanwhile(wanted -> wanted.starting(name, turn.now)));
    }

    /** A question about a value is answered afterwards. */
    static void forAnswer(Turn turn, String name) {
        keep(turn, turn.state.effects().meanwhile(wanted -> wanted.asking(name, turn.now)));
    }

    /** The caller is handed over afterwards. */
    static void forPerson(Turn turn) {
        turn.say(Phrase.FINISHING_FIRST);
        keep(turn, turn.state.effects().meanwhile(wanted -> wanted.wantingPerson(turn.now)));
    }

    /** The caller has taken leave. */
    static void forLeave(Turn turn) {
        turn.say(Phrase.WAIT);
        keep(turn, turn.state.effects().meanwhile(wanted -> wanted.leaving(turn.now)));
    }

    private static void keep(Turn turn, EffectProgress effects) {
        turn.state = turn.state.with(effects);
    }

    private static boolean verifies(Turn turn) {
        return turn.state.effects().running().filter(Running::verifies).isPresent();
    }

    /** Whether the value that is verified does not matter any more, because the caller wants something else. */
    static boolean overtakesCheck(Turn turn) {
        return wanted(turn).leads();
    }

    /** Whether what is found does not matter any more, because the caller wants something else. */
    static boolean overtakesSearch(Turn turn) {
        return wanted(turn).leads() || !changes(turn).isEmpty();
    }

    /** Whether the caller has second thoughts, so that nothing more is done before the next yes. */
    static boolean holdsUp(Turn turn) {
        Meanwhile wanted = wanted(turn);
        return wanted.objection() != Objection.NONE
                || wanted.person()
                || !ownChanges(turn).isEmpty();
    }

    /** Whether what failed need not be tried again, because the caller wants it otherwise. */
    static boolean replacesRetry(Turn turn) {
        boolean changed =
                !ownChanges(turn).isEmpty() && turn.state.effects().unsettled().isEmpty();
        Meanwhile wanted = wanted(turn);
        return wanted.objection() == Objection.CANCEL || wanted.person() || wanted.leaves() || changed;
    }

    private static Meanwhile wanted(Turn turn) {
        return turn.state.effects().meanwhile();
    }

    /** The values that are others than those that are taken. */
    private static Map<String, String> changes(Turn turn) {
        return SlotFilling.changes(turn, wanted(turn).values());
    }

    /** Those of what runs: what it does not take belongs to the task that is wanted next. */
    private static Map<String, String> ownChanges(Turn turn) {
        Map<String, String> own = new HashMap<>(changes(turn));
        if (wanted(turn).task().isPresent()) {
            own.keySet().removeIf(name -> !turn.task().takes(name));
        }
        return own;
    }

    /** The values, which are taken now. */
    static Map<String, String> takeValues(Turn turn) {
        Map<String, String> values = wanted(turn).values();
        keep(turn, turn.state.effects().meanwhile(Meanwhile::taken));
        return values;
    }

    /** What the caller asked about, which is answered now. */
    static List<String> takeQuestions(Turn turn) {
        List<String> asked = wanted(turn).questions();
        keep(turn, turn.state.effects().meanwhile(Meanwhile::answered));
        return asked;
    }

    /** What runs has ended: what is wanted is done as well, and something is asked once, at the end. */
    static void begin(Turn turn) {
        if (!wanted(turn).equals(Meanwhile.NOTHING)) {
            turn.together(false);
        }
    }

    /**
     * Does what is wanted.
     *
     * @param task what ran belonged to it
     * @param done whether something was done that stays
     */
    static void end(Turn turn, Task<?> task, boolean done) {
        Meanwhile wanted = wanted(turn);
        if (turn.state.phase() != Phase.RUNNING && !wanted.equals(Meanwhile.NOTHING)) {
            Map<String, String> changes = isAskedFirst(turn) ? ownChanges(turn) : changes(turn);
            keep(turn, turn.state.effects().meanwhile(any -> Meanwhile.NOTHING));
            if (turn.state.phase() != Phase.ENDED) {
                settle(turn, wanted, changes, done && isFinished(turn) ? Optional.of(task) : Optional.empty(), done);
            }
        }
        turn.askPostponed();
    }

    private static void settle(
            Turn turn, Meanwhile wanted, Map<String, String> changes, Optional<Task<?>> finished, boolean done) {
        if (wanted.person()) {
            Repairing.person(turn);
            return;
        }
        wanted.questions().forEach(name -> Answering.tell(turn, name));
        boolean objects = wanted.objection() == Objection.CANCEL || wanted.objection() == Objection.NO && done;
        boolean corrects = finished.filter(task -> changes.keySet().stream().allMatch(task::takes))
                .isPresent();
        if (objects && finished.isPresent()) {
            Confirming.cannotUndo(turn);
        } else if (objects) {
            Confirming.cancel(turn);
        } else if (wanted.leaves()) {
            Repairing.goodbye(turn);
        } else if (wanted.task().isPresent() && isAskedFirst(turn)) {
            turn.state =
                    turn.state.with(turn.state.agenda().leaving(wanted.task().get()));
            give(turn, changes);
        } else if (wanted.task().isPresent()) {
            Tasks.start(turn, wanted.task().get());
            give(turn, changes);
        } else if (!changes.isEmpty() && corrects) {
            SlotFilling.alreadyDone(turn);
        } else {
            give(turn, changes);
        }
    }

    private static void give(Turn turn, Map<String, String> values) {
        if (!values.isEmpty()) {
            SlotFilling.inform(turn, values, false);
        }
    }

    /** Whether it must be said first whether what failed is tried again, or done otherwise. */
    private static boolean isAskedFirst(Turn turn) {
        return turn.state
                .confirmation()
                .filter(open ->
                        open.purpose() == FlowState.Purpose.RETRY || open.purpose() == FlowState.Purpose.ALTERNATIVE)
                .isPresent();
    }

    private static boolean isFinished(Turn turn) {
        return turn.state.phase() == Phase.DONE || turn.state.agenda().closed();
    }
}
