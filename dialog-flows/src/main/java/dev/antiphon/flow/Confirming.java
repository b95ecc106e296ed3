package dev.antiphon.flow;

import dev.antiphon.flow.FlowState.Confirmation;
import dev.antiphon.flow.FlowState.Offer;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.FlowState.Purpose;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.session.Outcome;
import java.util.Optional;
import java.util.stream.Collectors;

/** Yes-or-no questions: a yes counts only for exactly what was read back, and only after it was said. */
final class Confirming {
    private Confirming() {}

    /** Opens the question whether the values are right. */
    static void readBack(Turn turn) {
        String words;
        try {
            Utterance readBack = turn.flow.readBack(turn.slots());
            words = readBack.text();
            if (!readBack.interruptible()) {
                turn.uninterrupted();
            }
        } catch (RuntimeException e) {
            turn.fault("confirmation", e);
            words = everyValue(turn) + ". Is that right?";
        }
        open(turn, Purpose.VALUES, words);
    }

    private static String everyValue(Turn turn) {
        return turn.flow.slots().stream()
                .filter(slot -> turn.state.slots().has(slot.name()))
                .map(slot -> "The " + slot.label() + " is " + turn.spoken(slot).orElse(""))
                .collect(Collectors.joining(". "));
    }

    /** Opens a question under a revision of its own. */
    static void open(Turn turn, Purpose purpose, String question) {
        turn.state = turn.state.with(turn.state.slots().again());
        turn.state = turn.state.confirming(new Confirmation(turn.state.slots().revision(), purpose, question, false));
    }

    /** What was read back is in doubt: the question must be asked again before a yes to it counts. */
    static void again(Turn turn) {
        turn.state
                .confirmation()
                .filter(open -> open.purpose() == Purpose.VALUES || open.purpose() == Purpose.RETRY)
                .ifPresent(open -> open(turn, open.purpose(), open.question()));
    }

    /** A yes; true when its answer waits for an effect. */
    static boolean yes(Turn turn, int revision) {
        if (turn.state.phase() == Phase.RUNNING) {
            return true;
        }
        Optional<Confirmation> open = turn.state.confirmation();
        if (turn.state.phase() == Phase.DONE) {
            turn.say("What else can I do for you?");
        } else if (open.isPresent()) {
            return yes(turn, open.get(), revision);
        } else if (turn.state.offer().filter(offer -> offer.page().size() == 1).isPresent()) {
            Offering.select(turn, 1);
        } else {
            Questions.ask(turn, Questions.Wording.FULL);
        }
        return false;
    }

    private static boolean yes(Turn turn, Confirmation open, int revision) {
        boolean fresh = open.revision() == revision && open.heard();
        return switch (open.purpose()) {
            case VALUES, RETRY -> {
                if (fresh) {
                    turn.state = turn.state.confirmingNothing();
                    yield EffectRunning.start(turn);
                }
                askFirst(turn, open, revision);
                yield false;
            }
            case CANCEL -> {
                if (fresh) {
                    stop(turn);
                } else {
                    askFirst(turn, open, revision);
                }
                yield false;
            }
            case CHANGE -> {
                turn.state = turn.state.confirmingNothing();
                Questions.proceed(turn);
                yield false;
            }
        };
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
            case RUNNING -> turn.say(EffectRunning.WAIT);
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
            case VALUES, CHANGE -> {
                open(turn, Purpose.CHANGE, "What would you like to change?");
                Questions.ask(turn, Questions.Wording.FULL);
            }
            case CANCEL -> {
                turn.state = turn.state.confirmingNothing();
                turn.say("All right, let's go on.");
                Questions.proceed(turn);
            }
            case RETRY -> EffectRunning.giveUp(turn, "the caller did not want to try again");
        }
    }

    private static void noWithoutQuestion(Turn turn) {
        Optional<Slot<?>> optional = Questions.missing(turn).filter(Slot::isOptional);
        Optional<Offer> offer = turn.state.offer();
        if (offer.filter(Offer::clarifying).isPresent()) {
            turn.state = turn.state.offeringNothing();
            Questions.ask(turn, Questions.Wording.FULL);
        } else if (offer.isPresent()) {
            Offering.more(turn);
        } else if (optional.isPresent()) {
            Repairing.skip(turn);
        } else {
            Questions.ask(turn, Questions.Wording.FULL);
        }
    }

    /** The caller wants to stop: at once while nothing was done, after a question when something was. */
    static void cancel(Turn turn) {
        boolean somethingDone = !turn.state.effects().finished().isEmpty();
        switch (turn.state.phase()) {
            case RUNNING -> turn.say(EffectRunning.WAIT);
            case DONE, ENDED -> {
                turn.say("That is already done, and I can't undo it here.");
                turn.flow.handOverTarget().ifPresent(to -> turn.say("If you like, I can connect you: " + to + "."));
                Questions.ask(turn, Questions.Wording.SHORT);
            }
            case COLLECTING -> {
                if (somethingDone) {
                    open(turn, Purpose.CANCEL, "Part of this is already done. Do you really want to stop here?");
                    Questions.ask(turn, Questions.Wording.FULL);
                } else {
                    stop(turn);
                }
            }
        }
    }

    private static void stop(Turn turn) {
        turn.say("All right, I've stopped here. " + EffectRunning.soFar(turn) + " Goodbye.");
        turn.end(new Outcome.Abandoned("the caller cancelled" + EffectRunning.unknown(turn)));
    }
}
