package dev.antiphon.flow;

import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.Questions.Wording;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.session.Outcome;
import dev.antiphon.tier.Struggle.Signal;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Recovery: not understood, silence, repeat, skip, a person, taking leave. */
final class Repairing {
    private static final int LAST_SILENCE = 3;

    private Repairing() {}

    static void noMatch(Turn turn) {
        turn.state = turn.state.with(turn.state.repair().stuck().noMatch());
        turn.struggle(Signal.NO_MATCH, Questions.topic(turn));
        if (turn.state.phase() == Phase.RUNNING) {
            turn.say(Phrase.WAIT);
            return;
        }
        inVain(turn);
        Wording wording =
                Ladder.at(turn, asked(turn)).climb(turn.state.repair().stuck().noMatches(), 0);
        if (turn.state.phase() != Phase.ENDED) {
            turn.say(wording == Wording.SIMPLE ? Phrase.NO_MATCH_AGAIN : Phrase.NO_MATCH);
            turn.state
                    .confirmation()
                    .filter(open -> open.purpose() == FlowState.Purpose.CHANGE && !Confirming.isRefused(turn.state))
                    // Who does not say what to change hears again what there is.
                    .ifPresent(open -> turn.state = turn.state.confirmingNothing());
            boolean offers = turn.flow.isService() && Questions.missing(turn).isEmpty();
            askAgain(turn, wording == Wording.FULL && !offers ? Wording.SHORT : wording);
        }
    }

    /** A yes or no to a question that wants something else: from the second in a row on it is as good as not understood. */
    static void answersNothing(Turn turn) {
        if (!turn.meant.isOnlyYesOrNo() || !turn.wasAsked()) {
            Questions.ask(turn, Wording.FULL);
            return;
        }
        turn.state = turn.state.with(turn.state.repair().stuck().noMatchAfter(turn.noMatchesBefore()));
        turn.struggle(Signal.NO_MATCH, Questions.topic(turn));
        turn.progressed = true; // the same question again is no sign of its own
        inVain(turn);
        int times = turn.state.repair().stuck().noMatches();
        Wording wording = Ladder.at(turn, asked(turn)).climb(times, 0);
        if (times > 1 && turn.state.phase() != Phase.ENDED) {
            turn.say(Phrase.NO_MATCH);
        }
        askAgain(turn, wording);
    }

    /** A flow that only answers had no answer. */
    static void unanswered(Turn turn) {
        turn.state = turn.state.with(turn.state.repair().stuck().noMatch());
        turn.struggle(Signal.NO_MATCH, "unanswered question");
        Ladder.at(turn, Optional.empty()).climb(turn.state.repair().stuck().noMatches(), 0);
    }

    /**
     * How to ask after values were refused; may hand the caller over instead.
     *
     * @param refused names of their slots: the one that was refused most often counts
     * @param unchecked whether one was refused because its check does not work, which is as good as not understood
     */
    static Wording afterRefusal(Turn turn, Set<String> refused, boolean unchecked) {
        Stuck stuck = turn.state.repair().stuck();
        Optional<Slot<?>> worst = refused.stream()
                .flatMap(name -> turn.flow.slot(name).stream())
                .<Slot<?>>map(slot -> slot)
                .max(Comparator.comparingInt(slot -> stuck.rejections(slot.name())));
        int most = worst.map(slot -> stuck.rejections(slot.name())).orElse(0);
        return most == 0 ? Wording.FULL : Ladder.at(turn, worst).climb(unchecked ? most : 0, most);
    }

    /** How to ask after a no to a value that was asked back: from the second time on it counts as asked in vain. */
    static Wording afterDenial(Turn turn, String slot) {
        int times = turn.state.repair().stuck().denials(slot);
        return times < 2 ? Wording.FULL : Ladder.at(turn, turn.flow.slot(slot)).climbInVain();
    }

    /**
     * How to ask for this slot again after its task could not go on with the values, each of which was possible; may hand the caller
     * over instead.
     *
     * @param unchecked as in {@link #afterRefusal(Turn, Set, boolean)}
     */
    static Wording afterRefusal(Turn turn, Task<?> task, Slot<?> slot, boolean unchecked) {
        String counted = ofTask(task);
        turn.state = turn.state.with(turn.state.repair().stuck().rejected(counted));
        int times = turn.state.repair().stuck().rejections(counted);
        return Ladder.at(turn, Optional.of(slot)).climb(unchecked ? times : 0, times);
    }

    /** The task went on with its values. */
    static void accepted(Turn turn, Task<?> task) {
        if (turn.state.repair().stuck().rejections(ofTask(task)) > 0) {
            turn.state = turn.state.with(turn.state.repair().stuck().accepted(ofTask(task)));
        }
    }

    /** Under which its refusals are counted; no slot's name has a space. */
    private static String ofTask(Task<?> task) {
        return "task " + task.name();
    }

    /** Asks again, unless the call has ended; what waited for a slot that was left out can be checked now. */
    static void askAgain(Turn turn, Wording wording) {
        if (turn.state.phase() == Phase.ENDED) {
            return;
        }
        if (turn.leftOut()) {
            SlotFilling.goOn(turn);
        } else {
            Questions.ask(turn, wording);
        }
    }

    /** The slot that the caller is asked for. */
    private static Optional<Slot<?>> asked(Turn turn) {
        boolean other = turn.state.phase() != Phase.COLLECTING
                || turn.state.confirmation().isPresent();
        return other
                ? Optional.empty()
                : turn.state
                        .offer()
                        .flatMap(offer -> turn.flow.slot(offer.slot()))
                        .or(() -> Questions.missing(turn));
    }

    /** The open slot was asked for, and nothing came of it. */
    static void inVain(Turn turn) {
        asked(turn)
                .ifPresent(slot ->
                        turn.state = turn.state.with(turn.state.repair().stuck().inVain(slot.name())));
    }

    /** The silence ladder: the question again, then shorter, then the end. */
    static void silence(Turn turn, int count) {
        if (turn.state.phase() == Phase.RUNNING || turn.state.phase() == Phase.ENDED) {
            return;
        }
        turn.struggle(Signal.NO_INPUT, Questions.topic(turn));
        inVain(turn);
        Optional<Wording> climbed = turn.state.phase() == Phase.COLLECTING && !hasNothingLeft(turn)
                ? Ladder.at(turn, asked(turn)).climbSilent(count)
                : Optional.empty();
        if (turn.state.phase() == Phase.ENDED) {
            turn.speak();
        } else if (climbed.isPresent()) {
            turn.say(Phrase.STILL_THERE);
            askAgain(turn, climbed.get());
            turn.speak();
        } else {
            silenceWithoutRule(turn, count);
        }
    }

    private static void silenceWithoutRule(Turn turn, int count) {
        if (catchUp(turn)) {
            Questions.ask(turn, Wording.FULL);
        } else if (turn.state.phase() == Phase.DONE || hasNothingLeft(turn) && count > 1) {
            turn.say(Phrase.THANKS_GOODBYE);
            complete(turn);
        } else if (count >= LAST_SILENCE && !endsBySilence(turn.flow)) {
            turn.say(Phrase.SILENT);
            turn.end(new Outcome.Abandoned("the caller was silent " + count + " times"));
        } else if (hasNothingLeft(turn)) {
            Questions.ask(turn, Wording.FULL);
        } else if (count == 1) {
            turn.say(Phrase.STILL_THERE);
            Questions.ask(turn, Wording.SIMPLE);
        } else {
            Questions.resumeAloud(turn);
        }
        turn.speak();
    }

    /** Whether the author has said which silence is the last. */
    private static boolean endsBySilence(Flow<?> flow) {
        return flow.stuckRules().stream()
                .filter(rule -> rule.trigger() instanceof StuckTrigger.NoInput)
                .anyMatch(rule ->
                        rule.action() instanceof StuckAction.HangUp || rule.action() instanceof StuckAction.HandOver);
    }

    /** The author's flow ends the call. */
    static void hangUp(Turn turn, String words, String reason) {
        turn.say(words);
        turn.end(new Outcome.Abandoned(reason + EffectRunning.unknown(turn)));
    }

    /** Whether a service has done something and waits for another wish. */
    private static boolean hasNothingLeft(Turn turn) {
        return Questions.isIdle(turn) && !turn.state.agenda().done().isEmpty();
    }

    static void repeat(Turn turn, String leadIn) {
        if (turn.state.phase() == Phase.RUNNING) {
            Waiting.say(turn);
            return;
        }
        Utterance last = turn.state.repair().lastSaid();
        boolean inPart = turn.state.confirmation().isPresent() && !Questions.isIn(turn, last.text());
        turn.say(leadIn);
        if (inPart) {
            Questions.ask(turn, Wording.FULL);
            return;
        }
        if (!turn.isSaying(last.text())) {
            turn.say(last);
        }
        turn.state
                .confirmation()
                .filter(open -> open.purpose() != FlowState.Purpose.CHANGE)
                .ifPresent(open -> turn.confirmRevision(open.revision()));
        if (Questions.isIn(turn, last.text())) {
            turn.state = turn.state.with(turn.state.repair().asking(Questions.key(turn)));
        } else if (last.text().isEmpty() || turn.state.phase() == Phase.COLLECTING) {
            Questions.ask(turn, Wording.SHORT);
        }
    }

    /** Says what was cut off about the finished task; whether there was something. */
    static boolean catchUp(Turn turn) {
        boolean missed = turn.state.repair().missed();
        if (missed) {
            turn.say(turn.state.repair().completion());
            turn.state = turn.state.with(turn.state.repair().caughtUp());
        }
        return missed;
    }

    static void skip(Turn turn) {
        Optional<Slot<?>> open = turn.state.phase() == Phase.COLLECTING
                        && turn.state.confirmation().isEmpty()
                ? Questions.missing(turn)
                : Optional.empty();
        if (open.isPresent() && open.get().isOptional()) {
            turn.state =
                    turn.state.with(turn.state.slots().skip(open.get().name())).offeringNothing();
            turn.say(Phrase.LEFT_OUT);
            turn.wishes |= turn.flow.isService();
            SlotFilling.goOn(turn);
            return;
        }
        open.ifPresent(slot -> turn.say(Phrase.NEEDED, "label", slot.label()));
        Questions.ask(turn, Wording.FULL);
    }

    static void person(Turn turn) {
        turn.struggle(Signal.WANTS_PERSON, Questions.topic(turn));
        if (turn.state.phase() == Phase.RUNNING) {
            Waiting.forPerson(turn);
            return;
        }
        handOver(
                turn,
                turn.flow.handOverTarget().orElseGet(() -> turn.text(Phrase.SOMEONE)),
                "the caller asked for a person");
    }

    /** Whether somebody is named who can take over now. */
    static boolean mayHandOver(Flow<?> flow, FlowState state) {
        return state.phase() == Phase.COLLECTING
                && flow.handOverTarget().isPresent()
                && state.confirmation()
                        .filter(open -> open.purpose() == FlowState.Purpose.PERSON)
                        .isEmpty();
    }

    /** The engine finds that a person should take the call: as when the caller wants one. False when nothing is done. */
    static boolean personNeeded(Turn turn, String reason) {
        if (!mayHandOver(turn.flow, turn.state)) {
            return false;
        }
        if (!Overriding.asksFirst(turn, RepairPattern.PERSON)) {
            handOver(turn, turn.flow.handOverTarget().orElseThrow(), reason);
        }
        return true;
    }

    static void handOver(Turn turn, String target, String reason) {
        if (turn.state.effects().unsettled().isPresent()) {
            turn.say(EffectRunning.soFar(turn));
        }
        turn.say(Phrase.CONNECTING, "target", the(turn, target));
        turn.end(new Outcome.HandedOver(target, reason + EffectRunning.unknown(turn)));
    }

    /** Nobody took over: the caller is told, and goes on with the bot where that can repeat nothing. */
    static void notTakenOver(Turn turn, FlowEvent.NotTakenOver nobody) {
        Optional<Outcome> ended = turn.state.outcome();
        if (ended.isEmpty() || !(ended.get() instanceof Outcome.HandedOver to)) {
            return;
        }
        turn.say(nobody.words());
        if (!nobody.last() && mayGoOn(turn)) {
            turn.state = turn.state.reopened();
            turn.say(Phrase.GO_ON_HERE);
            SlotFilling.goOn(turn);
            return;
        }
        turn.say(Phrase.CALL_LATER);
        if (isDone(turn)) {
            complete(turn);
        } else {
            turn.end(new Outcome.Abandoned(
                    "not taken over by " + to.target() + ": " + nobody.why() + EffectRunning.unknown(turn)));
        }
    }

    /** A service may have done something before: its tasks are done one by one. */
    private static boolean mayGoOn(Turn turn) {
        EffectProgress effects = turn.state.effects();
        boolean quiet = effects.running().isEmpty()
                && effects.unsettled().isEmpty()
                && effects.held().isEmpty()
                && effects.failures() == 0;
        return quiet && (turn.flow.isService() || !isDone(turn));
    }

    /** Whether a flow has done something that would be done again. */
    private static boolean isDone(Turn turn) {
        return !turn.flow.isService()
                && (!turn.state.effects().finished().isEmpty()
                        || !turn.state.repair().completion().text().isEmpty());
    }

    /** A target with its English article, unless it has one or is a name; in other languages the author gives it as it is said. */
    static String the(Turn turn, String target) {
        return the(turn.language(), target);
    }

    static String the(Language language, String target) {
        boolean bare = language.isEnglish()
                && Character.isLowerCase(target.codePointAt(0))
                && !target.matches("(a|an|the|our|your) .*");
        return bare ? "the " + target : target;
    }

    static void goodbye(Turn turn) {
        switch (turn.state.phase()) {
            case RUNNING -> Waiting.forLeave(turn);
            case DONE, ENDED -> {
                turn.say(Phrase.THANKS_GOODBYE);
                complete(turn);
            }
            case COLLECTING -> {
                if (Tasks.comesBack(turn)) {
                    return;
                }
                turn.does(new SystemAct.TakesLeave());
                boolean onlyAnswers = turn.flow.slots().isEmpty() || Questions.isIdle(turn);
                if (onlyAnswers) {
                    turn.say(Phrase.THANKS_GOODBYE);
                } else {
                    turn.say(Phrase.ALL_RIGHT);
                    turn.say(EffectRunning.soFar(turn));
                    turn.say(Phrase.GOODBYE);
                }
                over(turn, "the caller said goodbye before the goal");
            }
        }
    }

    /** Nobody is there to be spoken to any more. */
    static void hungUp(Turn turn, String reason) {
        switch (turn.state.phase()) {
            case DONE -> complete(turn);
            case COLLECTING, RUNNING -> {
                if (turn.flow.slots().isEmpty() || Questions.isIdle(turn)) {
                    over(turn, reason);
                } else {
                    turn.end(new Outcome.Abandoned(reason + EffectRunning.unknown(turn)));
                }
            }
            case ENDED -> {}
        }
    }

    /**
     * The caller ends the call: it is completed when it has reached a goal and nothing is half done or uncertain, whatever else the
     * caller has given up.
     */
    static void over(Turn turn, String reason) {
        if (hasReachedAGoal(turn)) {
            complete(turn);
        } else {
            turn.end(new Outcome.Abandoned(reason + EffectRunning.unknown(turn)));
        }
    }

    private static boolean hasReachedAGoal(Turn turn) {
        EffectProgress effects = turn.state.effects();
        boolean halfDone = turn.task() != Task.NONE && effects.finishedOfTask() > 0;
        boolean onlyAnswers = turn.flow.slots().isEmpty();
        boolean answered =
                turn.flow.isService() && !turn.state.inquiry().answered().isEmpty();
        return !halfDone
                && !effects.isUncertain()
                && (onlyAnswers
                        || answered
                        || effects.elsewhere() == EffectProgress.Elsewhere.SOMETHING
                        || !turn.state.agenda().done().isEmpty());
    }

    private static void complete(Turn turn) {
        turn.end(new Outcome.Completed(turn.flow.name(), result(turn)));
    }

    /** The results of what was done, or its names; empty where nothing was. */
    static String results(FlowState state) {
        return state.effects().finished().stream()
                .map(effect -> effect.result().orElse(effect.name()))
                .collect(Collectors.joining(", "));
    }

    /** What was done, for people who read how the call ended. */
    private static String result(Turn turn) {
        String results = results(turn.state);
        if (!results.isEmpty()) {
            return results;
        }
        boolean onlyFound = turn.flow.isService() && !turn.state.agenda().done().isEmpty();
        boolean onlyAnswered = !turn.state.inquiry().answered().isEmpty();
        return onlyFound ? "found" : onlyAnswered ? "answered" : "done";
    }

    static void unusable(Turn turn, DialogueAct.Unusable act) {
        turn.struggle(Signal.TOOL_ERROR, act.problem().toLowerCase(Locale.ROOT));
        turn.error(act.problem());
        if (act.gaveValues()) {
            Confirming.again(turn);
        }
        Questions.ask(turn, Wording.SHORT);
    }
}
