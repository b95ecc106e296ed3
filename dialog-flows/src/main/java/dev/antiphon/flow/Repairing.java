package dev.antiphon.flow;

import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.Questions.Wording;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.session.Outcome;
import dev.antiphon.tier.Struggle.Signal;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Recovery: not understood, silence, repeat, skip, a person, taking leave. */
final class Repairing {
    private static final int SIMPLE_FROM = 2;
    private static final int LAST_SILENCE = 3;

    private Repairing() {}

    static void noMatch(Turn turn) {
        turn.state = turn.state.with(turn.state.repair().noMatch());
        turn.struggle(Signal.NO_MATCH, Questions.topic(turn));
        if (turn.state.phase() == Phase.RUNNING) {
            turn.say(Phrase.WAIT);
            return;
        }
        Wording wording =
                stuck(turn, StuckTrigger.NoMatch.class, turn.state.repair().noMatches());
        if (turn.state.phase() != Phase.ENDED) {
            turn.say(wording == Wording.SIMPLE ? Phrase.NO_MATCH_AGAIN : Phrase.NO_MATCH);
            turn.state
                    .confirmation()
                    .filter(open -> open.purpose() == FlowState.Purpose.CHANGE)
                    // Who does not say what to change hears again what there is.
                    .ifPresent(open -> turn.state = turn.state.confirmingNothing());
            boolean offers = turn.flow.isService() && Questions.missing(turn).isEmpty();
            Questions.ask(turn, wording == Wording.FULL && !offers ? Wording.SHORT : wording);
        }
    }

    /** A flow that only answers had no answer. */
    static void unanswered(Turn turn) {
        turn.state = turn.state.with(turn.state.repair().noMatch());
        turn.struggle(Signal.NO_MATCH, "unanswered question");
        stuck(turn, StuckTrigger.NoMatch.class, turn.state.repair().noMatches());
    }

    /** How to ask after values were refused; may hand the caller over instead. */
    static Wording afterRefusal(Turn turn) {
        int most = turn.state.repair().rejections().values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        return most == 0 ? Wording.FULL : stuck(turn, StuckTrigger.Rejected.class, most);
    }

    /** Climbs the author's ladder; without one for this rung, simpler words from the second time on. */
    private static Wording stuck(Turn turn, Class<? extends StuckTrigger> kind, int times) {
        Optional<StuckRule> rung = turn.flow.stuckRules().stream()
                .filter(rule ->
                        kind.isInstance(rule.trigger()) && rule.trigger().times() <= times)
                .max(Comparator.comparingInt(rule -> rule.trigger().times()));
        if (rung.isEmpty()) {
            return times >= SIMPLE_FROM ? Wording.SIMPLE : Wording.FULL;
        }
        return switch (rung.get().action()) {
            case StuckAction.Simplify simplify -> Wording.SIMPLE;
            case StuckAction.Escalate escalate -> {
                if (rung.get().trigger().times() == times) {
                    turn.effect(new FlowEffect.Escalate("stuck at " + Questions.topic(turn) + ", " + times + " times"));
                }
                yield Wording.SIMPLE;
            }
            case StuckAction.HandOver handOver -> {
                handOver(turn, handOver.target(), "the caller was stuck " + times + " times");
                yield Wording.FULL;
            }
        };
    }

    /** The silence ladder: the question again, then shorter, then the end. */
    static void silence(Turn turn, int count) {
        if (turn.state.phase() == Phase.RUNNING || turn.state.phase() == Phase.ENDED) {
            return;
        }
        turn.struggle(Signal.NO_INPUT, Questions.topic(turn));
        if (catchUp(turn)) {
            Questions.ask(turn, Wording.FULL);
        } else if (turn.state.phase() == Phase.DONE || hasNothingLeft(turn) && count > 1) {
            turn.say(Phrase.THANKS_GOODBYE);
            complete(turn);
        } else if (count >= LAST_SILENCE) {
            turn.say(Phrase.SILENT);
            turn.end(new Outcome.Abandoned("the caller was silent " + count + " times"));
        } else if (hasNothingLeft(turn)) {
            Questions.ask(turn, Wording.FULL);
        } else if (count == 1) {
            turn.say(Phrase.STILL_THERE);
            Questions.ask(turn, Wording.SIMPLE);
        } else {
            Questions.ask(turn, Wording.SHORT);
        }
        turn.speak();
    }

    /** Whether a service has done something and waits for another wish. */
    private static boolean hasNothingLeft(Turn turn) {
        return Questions.isIdle(turn) && !turn.state.agenda().done().isEmpty();
    }

    static void repeat(Turn turn, String leadIn) {
        Utterance last = turn.state.repair().lastSaid();
        turn.say(leadIn);
        turn.say(last);
        turn.state
                .confirmation()
                .filter(open -> open.purpose() != FlowState.Purpose.CHANGE)
                .ifPresent(open -> turn.confirmRevision(open.revision()));
        if (turn.state
                .confirmation()
                .filter(open -> last.text().contains(open.question()))
                .isPresent()) {
            turn.state = turn.state.with(turn.state.repair().asking(Questions.key(turn)));
        }
        if (last.text().isEmpty()) {
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
            turn.state = turn.state.with(turn.state.repair().handOverNext(true));
            turn.say(Phrase.FINISHING_FIRST);
            return;
        }
        handOver(
                turn,
                turn.flow.handOverTarget().orElseGet(() -> turn.text(Phrase.SOMEONE)),
                "the caller asked for a person");
    }

    static void handOver(Turn turn, String target, String reason) {
        if (turn.state.effects().unsettled().isPresent()) {
            turn.say(EffectRunning.soFar(turn));
        }
        turn.say(Phrase.CONNECTING, "target", the(turn, target));
        turn.end(new Outcome.HandedOver(target, reason + EffectRunning.unknown(turn)));
    }

    /** A target with its English article, unless it has one or is a name; in other languages the author gives it as it is said. */
    static String the(Turn turn, String target) {
        boolean bare = turn.language().isEnglish()
                && Character.isLowerCase(target.codePointAt(0))
                && !target.matches("(a|an|the|our|your) .*");
        return bare ? "the " + target : target;
    }

    static void goodbye(Turn turn) {
        switch (turn.state.phase()) {
            case RUNNING -> turn.say(Phrase.WAIT);
            case DONE, ENDED -> {
                turn.say(Phrase.THANKS_GOODBYE);
                complete(turn);
            }
            case COLLECTING -> {
                turn.does(new SystemAct.TakesLeave());
                boolean onlyAnswers = turn.flow.slots().isEmpty() || Questions.isIdle(turn);
                if (onlyAnswers) {
                    turn.say(Phrase.THANKS_GOODBYE);
                    complete(turn);
                } else {
                    turn.say(Phrase.ALL_RIGHT);
                    turn.say(EffectRunning.soFar(turn));
                    turn.say(Phrase.GOODBYE);
                    turn.end(new Outcome.Abandoned(
                            "the caller said goodbye before the goal" + EffectRunning.unknown(turn)));
                }
            }
        }
    }

    /** Nobody is there to be spoken to any more. */
    static void hungUp(Turn turn, String reason) {
        switch (turn.state.phase()) {
            case DONE -> complete(turn);
            case COLLECTING, RUNNING -> {
                if (turn.flow.slots().isEmpty() || hasNothingLeft(turn)) {
                    complete(turn);
                } else {
                    turn.end(new Outcome.Abandoned(reason + EffectRunning.unknown(turn)));
                }
            }
            case ENDED -> {}
        }
    }

    private static void complete(Turn turn) {
        String result = turn.state.effects().finished().stream()
                .map(effect -> effect.result().orElse(effect.name()))
                .collect(Collectors.joining(", "));
        turn.end(new Outcome.Completed(turn.flow.name(), result.isEmpty() ? "done" : result));
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
