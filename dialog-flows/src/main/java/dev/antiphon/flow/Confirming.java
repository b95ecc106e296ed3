package dev.antiphon.flow;

import dev.antiphon.flow.FlowState.Confirmation;
import dev.antiphon.flow.FlowState.Offer;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.FlowState.Purpose;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.say.TextPattern;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.YesNoType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Yes-or-no questions: a yes counts only for exactly what was read back, and only after it was said. */
final class Confirming {
    /** Of more values the caller is not told which there are. */
    private static final int MOST_TO_CHANGE = 5;

    private Confirming() {}

    /** Opens the question whether the values are right. */
    static void readBack(Turn turn) {
        Utterance words = readBackWords(turn);
        if (!words.interruptible()) {
            turn.uninterrupted();
        }
        open(turn, Purpose.VALUES, words.text());
    }

    /** The author's words of the read-back; without them, value by value. */
    static Utterance readBackWords(Turn turn) {
        Optional<Utterance> authors = turn.task().confirmation().isPresent() ? turn.readBack() : Optional.empty();
        return authors.orElseGet(() -> new Utterance(turn.text(Phrase.READ_BACK, "values", everyValue(turn)), false));
    }

    private static String everyValue(Turn turn) {
        return turn.task().readBackValues(turn.state.slots()).entrySet().stream()
                .map(value -> TextPattern.withoutStop(turn.told(value.getKey(), value.getValue())))
                .collect(Collectors.joining(". "));
    }

    /** The open yes-or-no question as an act. */
    static void asked(Turn turn, Confirmation open, Questions.Wording wording) {
        switch (open.purpose()) {
            case VALUES, RETRY -> turn.does(new SystemAct.Confirms(turn.task().readBackValues(turn.state.slots())));
            case START -> {
                if (wording != Questions.Wording.SHORT) {
                    turn.does(new SystemAct.Proposes(turn.state.agenda().proposed()));
                }
            }
            case ALTERNATIVE ->
                turn.state.agenda().alternative().ifPresent(instead -> {
                    turn.does(new SystemAct.Failed(turn.task().name()));
                    turn.does(new SystemAct.Offers(
                            List.of(instead), List.copyOf(instead.values().keySet())));
                });
            case CHANGE ->
                turn.does(isRefused(turn.state) ? new SystemAct.AnythingElse() : new SystemAct.AsksForChange());
            case CANCEL, PERSON, LEAVE -> {}
        }
    }

    /** Opens a question under a revision of its own. */
    static void open(Turn turn, Purpose purpose, String question) {
        turn.state = turn.state.with(turn.state.slots().again());
        turn.state = turn.state.confirming(new Confirmation(turn.state.slots().revision(), purpose, question, false));
    }

    /** What was refused is refused with these values: asks which of them shall be another one; in a service it need not be any. */
    static void askWhatToChange(Turn turn) {
        List<String> labels = turn.task().allSlots().stream()
                .filter(slot -> turn.state.slots().has(slot.name()))
                .filter(slot -> !turn.state.slots().known().slots().containsKey(slot.name()))
                .map(Slot::label)
                .distinct()
                .toList();
        boolean orElse = turn.state.agenda().waiting() && !isRefused(turn.state);
        String question = orElse ? changeOrElse(turn, labels) : change(turn, labels);
        open(turn, Purpose.CHANGE, question);
        Questions.ask(turn, Questions.Wording.FULL);
    }

    private static String changeOrElse(Turn turn, List<String> labels) {
        return areTold(labels)
                ? turn.text(Phrase.CHANGE_OR_ELSE, "labels", turn.language().either(labels))
                : turn.text(Phrase.CHANGE_SOMETHING_OR_ELSE);
    }

    private static String change(Turn turn, List<String> labels) {
        if (!areTold(labels)) {
            return turn.text(Phrase.WHAT_TO_CHANGE);
        }
        return labels.size() == 1
                ? turn.text(Phrase.WHICH_INSTEAD, "label", labels.getFirst())
                : turn.text(Phrase.WHICH_TO_CHANGE, "labels", turn.language().either(labels));
    }

    private static boolean areTold(List<String> labels) {
        return !labels.isEmpty() && labels.size() <= MOST_TO_CHANGE;
    }

    /** Whether the caller is asked what to change of a task that was refused, and that waits for it. */
    static boolean isRefused(FlowState state) {
        return state.agenda().waiting()
                && state.confirmation()
                        .filter(open -> open.purpose() == Purpose.CHANGE)
                        .isPresent();
    }

    /** What was read back is in doubt: the question must be asked again before a yes to it counts. */
    static void again(Turn turn) {
        turn.state
                .confirmation()
                .filter(open -> open.purpose() == Purpose.VALUES || open.purpose() == Purpose.RETRY)
                .ifPresent(open -> open(turn, open.purpose(), open.question()));
    }

    /** A yes; true when its answer waits for an effect that was running before. */
    static boolean yes(Turn turn, int revision) {
        if (turn.state.phase() == Phase.RUNNING) {
            return true;
        }
        Optional<Confirmation> open = turn.state.confirmation();
        if (turn.state.phase() == Phase.DONE) {
            turn.say(Phrase.WHAT_ELSE);
        } else if (open.isPresent()) {
            yes(turn, open.get(), revision);
        } else if (turn.state.offer().filter(offer -> offer.page().size() == 1).isPresent()) {
            yesToTheOnlyOption(turn);
        } else if (Questions.isIdle(turn)) {
            turn.say(Phrase.WHAT_ELSE);
        } else if (Browsing.offersOne(turn)) {
            Browsing.select(turn, 1);
        } else if (!answersYesOrNo(turn, "yes")) {
            Repairing.answersNothing(turn);
        }
        return false;
    }

    /** A value that is asked back counts only when the caller has heard what the yes is to. */
    private static void yesToTheOnlyOption(Turn turn) {
        boolean clarifies = turn.state.offer().filter(Offer::clarifying).isPresent();
        if (clarifies && !Questions.wasHeard(turn)) {
            Questions.ask(turn, Questions.Wording.FULL);
        } else {
            Offering.select(turn, 1);
        }
    }

    /** Whether the open question is one of a yes or no; then this is the answer. */
    private static boolean answersYesOrNo(Turn turn, String answer) {
        Optional<Slot<?>> asked = turn.state.offer().isEmpty()
                ? Questions.missing(turn).filter(slot -> slot.type() instanceof YesNoType)
                : Optional.empty();
        asked.ifPresent(slot -> SlotFilling.inform(turn, Map.of(slot.name(), answer), false));
        return asked.isPresent();
    }

    private static void yes(Turn turn, Confirmation open, int revision) {
        boolean fresh = open.revision() == revision && open.heard();
        if (isRefused(turn.state)) {
            askWhatToChange(turn);
        } else if (open.purpose() == Purpose.CHANGE) {
            turn.state = turn.state.confirmingNothing();
            Questions.proceed(turn);
        } else if (fresh) {
            goesOn(turn, open.purpose());
        } else {
            askFirst(turn, open, revision);
        }
    }

    private static void goesOn(Turn turn, Purpose purpose) {
        switch (purpose) {
            case VALUES, RETRY -> {
                turn.state = turn.state.confirmingNothing();
                if (turn.task().search().isPresent()) {
                    turn.wishes = true;
                    Questions.proceed(turn);
                } else {
                    EffectRunning.start(turn);
                }
            }
            case ALTERNATIVE -> {
                Tasks.takeAlternative(turn);
                EffectRunning.start(turn);
            }
            case START -> Tasks.start(turn, turn.state.agenda().proposed());
            case CANCEL, PERSON, LEAVE -> really(turn, purpose);
            case CHANGE -> {}
        }
    }

    /** The usual, after the caller has said that it is really wanted. */
    private static void really(Turn turn, Purpose purpose) {
        turn.state = turn.state.confirmingNothing();
        if (purpose == Purpose.PERSON) {
            Repairing.person(turn);
        } else if (purpose == Purpose.LEAVE) {
            Repairing.goodbye(turn);
        } else if (turn.flow.isService() && turn.task() != Task.NONE && isUntouched(turn)) {
            leaveTask(turn);
        } else {
            stop(turn);
        }
    }

    private static boolean isUntouched(Turn turn) {
        return turn.state.effects().finishedOfTask() == 0;
    }

    /** A yes that came with what changed the question needs no third word: the question is being asked already. */
    private static void askFirst(Turn turn, Confirmation open, int revision) {
        if (open.revision() != revision && Questions.isBeingAsked(turn)) {
            turn.confirmRevision(open.revision());
        } else {
            Questions.ask(turn, Questions.Wording.FULL);
        }
    }

    /** A no; harmless, so that an old revision is no reason to refuse it. */
    static void no(Turn turn, int revision) {
        switch (turn.state.phase()) {
            case RUNNING -> Waiting.forObjection(turn, Meanwhile.Objection.NO);
            case DONE, ENDED -> Repairing.goodbye(turn);
            case COLLECTING ->
                turn.state
                        .confirmation()
                        .ifPresentOrElse(open -> no(turn, open, revision), () -> noWithoutQuestion(turn));
        }
    }

    private static void no(Turn turn, Confirmation open, int revision) {
        boolean newerIsUnheard = open.revision() != revision && !open.heard();
        if (newerIsUnheard) {
            Questions.ask(turn, Questions.Wording.FULL);
            return;
        }
        switch (open.purpose()) {
            case CHANGE -> {
                if (isRefused(turn.state)) {
                    turn.state = turn.state
                            .confirmingNothing()
                            .with(turn.state.agenda().rest());
                    Repairing.goodbye(turn);
                } else if (turn.flow.isService()) {
                    leave(turn, turn.text(Phrase.ALL_RIGHT));
                } else {
                    open(turn, Purpose.CHANGE, turn.text(Phrase.WHAT_TO_CHANGE));
                    Questions.ask(turn, Questions.Wording.FULL);
                }
            }
            case VALUES -> {
                if (turn.task().undoes() && Proposing.offersOthers(turn)) {
                    turn.say(Phrase.ALL_RIGHT);
                    Questions.ask(turn, Questions.Wording.FULL);
                } else if (turn.task().undoes()) {
                    leave(turn, turn.text(Phrase.LEFT_AS_IT_IS));
                } else {
                    open(turn, Purpose.CHANGE, turn.text(Phrase.WHAT_TO_CHANGE));
                    Questions.ask(turn, Questions.Wording.FULL);
                }
            }
            case CANCEL, PERSON, LEAVE -> {
                turn.state = turn.state.confirmingNothing();
                turn.say(Phrase.GO_ON);
                Questions.proceed(turn);
            }
            case START -> Tasks.decline(turn);
            case ALTERNATIVE -> {
                turn.state =
                        turn.state.confirmingNothing().with(turn.state.agenda().rest());
                Questions.ask(turn, Questions.Wording.FULL);
            }
            case RETRY -> EffectRunning.giveUp(turn, "the caller did not want to try again");
        }
    }

    private static void noWithoutQuestion(Turn turn) {
        if (turn.flow.isService() && turn.wishes) {
            Questions.ask(turn, Questions.Wording.FULL); // "no, on Friday": the wish says it
            return;
        }
        if (Questions.isIdle(turn)) {
            Repairing.goodbye(turn);
            return;
        }
        if (answersYesOrNo(turn, "no")) {
            return;
        }
        Optional<Slot<?>> optional = Questions.missing(turn).filter(Slot::isOptional);
        Optional<Offer> offer = turn.state.offer();
        Optional<Slot<?>> proposed = Proposing.open(turn);
        if (proposed.isPresent()) {
            Proposing.decline(turn, proposed.get());
        } else if (offer.filter(Offer::clarifying).isPresent()) {
            Offering.deny(turn, offer.get());
        } else if (offer.isPresent()) {
            Offering.more(turn);
        } else if (optional.isPresent()) {
            Repairing.skip(turn);
        } else if (Browsing.offersOne(turn)) {
            Browsing.more(turn);
        } else {
            Repairing.answersNothing(turn);
        }
    }

    /** The caller wants to stop: at once while nothing was done, after a question when something was. */
    static void cancel(Turn turn) {
        boolean somethingDone = turn.state.effects().finishedOfTask() > 0;
        switch (turn.state.phase()) {
            case RUNNING -> Waiting.forObjection(turn, Meanwhile.Objection.CANCEL);
            case DONE, ENDED -> cannotUndo(turn);
            case COLLECTING -> {
                boolean isAsked = isRefused(turn.state) || !Questions.isIdle(turn);
                Optional<Task<?>> proposed =
                        turn.flow.task(turn.state.agenda().proposed()).filter(Task::undoes);
                if (proposed.isPresent()) {
                    Tasks.start(turn, proposed.get().name()); // "cancel it", to "Shall I cancel it?"
                } else if (turn.flow.isService() && !somethingDone && isAsked) {
                    stopTask(turn);
                } else if (turn.flow.isService() && !isAsked && isDone(turn) && !toldThatItStays(turn)) {
                    cannotUndo(turn);
                } else if (somethingDone) {
                    open(turn, Purpose.CANCEL, turn.text(Phrase.REALLY_STOP));
                    Questions.ask(turn, Questions.Wording.FULL);
                } else {
                    stop(turn);
                }
            }
        }
    }

    /** What was done before stands, which the caller might mean: where that can be taken back, it is asked which. */
    private static void stopTask(Turn turn) {
        Optional<Task<?>> undoing = undoing(turn);
        boolean isAsked = turn.state
                .confirmation()
                .filter(open -> open.purpose() == Purpose.CANCEL)
                .isPresent();
        if (standsAlone(turn) || turn.task().undoes() || isAsked || undoing.isEmpty()) {
            leaveTask(turn);
            return;
        }
        String undo = FlowBuilder.inside(turn.language(), undoing.get().label());
        open(turn, Purpose.CANCEL, turn.text(Phrase.STOP_OR_UNDO, "task", undo));
        Questions.ask(turn, Questions.Wording.FULL);
    }

    private static boolean standsAlone(Turn turn) {
        return turn.task() == Task.NONE || turn.state.effects().nothingDone();
    }

    private static void leaveTask(Turn turn) {
        if (standsAlone(turn)) {
            leave(turn, turn.text(Phrase.ALL_RIGHT));
        } else {
            String task = FlowBuilder.inside(turn.language(), turn.task().label());
            leave(turn, turn.text(Phrase.STOPPED_ONE, "task", task));
        }
    }

    private static Optional<Task<?>> undoing(Turn turn) {
        return turn.flow.tasks().stream()
                .<Task<?>>map(task -> task)
                .filter(Task::undoes)
                .findFirst();
    }

    private static boolean isDone(Turn turn) {
        return !turn.state.effects().finished().isEmpty();
    }

    /** Who cancels once more after that wants to leave. */
    private static boolean toldThatItStays(Turn turn) {
        return turn.state.repair().lastSaid().text().contains(turn.text(Phrase.CANNOT_UNDO));
    }

    /** What the caller does not want is done: another task may take it back, or a person. */
    static void cannotUndo(Turn turn) {
        Optional<String> target = turn.flow.handOverTarget().map(to -> Repairing.the(turn, to));
        if (turn.flow.isService() && undoing(turn).isPresent()) {
            Tasks.propose(turn, undoing(turn).get(), Phrase.PROPOSAL);
            Questions.ask(turn, Questions.Wording.FULL);
            return;
        }
        if (turn.flow.isService() && turn.state.phase() == Phase.COLLECTING) {
            turn.say(Phrase.CANNOT_UNDO);
            target.ifPresent(to -> open(turn, Purpose.PERSON, turn.text(Phrase.SHALL_CONNECT, "target", to)));
            Questions.ask(turn, Questions.Wording.FULL);
            return;
        }
        turn.say(Phrase.CANNOT_UNDO);
        target.ifPresent(to -> turn.say(Phrase.CAN_CONNECT, "target", to));
        Questions.ask(turn, Questions.Wording.SHORT);
    }

    /** A task of a service is not wanted any more; its values stay. */
    private static void leave(Turn turn, String words) {
        turn.say(words);
        turn.state = turn.state
                .confirmingNothing()
                .offeringNothing()
                .with(turn.state.agenda().drop());
        Questions.ask(turn, Questions.Wording.FULL);
    }

    private static void stop(Turn turn) {
        turn.say(Phrase.STOPPED);
        turn.say(EffectRunning.soFar(turn));
        turn.say(Phrase.GOODBYE);
        Repairing.over(turn, "the caller cancelled");
    }
}
