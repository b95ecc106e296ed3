package dev.antiphon.flow;

import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.Questions.Wording;
import dev.antiphon.flow.slot.Slot;
import java.util.Comparator;
import java.util.Optional;

/** The author's repair ladders: which rung a stuck caller is on, and what happens there. */
final class Ladder {
    private static final int SIMPLE_FROM = 2;

    private final Turn turn;
    private final Optional<String> slot;

    /** @param slot the one that the caller is stuck at, if any */
    private Ladder(Turn turn, Optional<String> slot) {
        this.turn = turn;
        this.slot = slot;
    }

    static Ladder at(Turn turn, Optional<Slot<?>> slot) {
        return new Ladder(turn, slot.map(Slot::name));
    }

    /**
     * Climbs to the highest rung that is reached, one of the slot's own before those of the flow; without one, simpler words from the
     * second time on.
     *
     * @param noMatches how often the caller was not understood, if that is the trouble now; else 0
     * @param rejections how often values were refused, if that is the trouble now; else 0
     * @return how to ask again, if the call goes on
     */
    Wording climb(int noMatches, int rejections) {
        Optional<StuckRule> rung = rung(noMatches, rejections, 0);
        int times = Math.max(noMatches, rejections);
        return rung.map(rule -> act(rule, reached(rule.trigger(), noMatches, rejections, 0)))
                .orElse(times >= SIMPLE_FROM ? Wording.SIMPLE : Wording.FULL);
    }

    /** Climbs after a slot was asked for in vain for another reason; without a rung, simpler words. */
    Wording climbInVain() {
        return rung(0, 0, 0)
                .map(rule -> act(rule, reached(rule.trigger(), 0, 0, 0)))
                .orElse(Wording.SIMPLE);
    }

    /** Climbs after a silence; empty: the flow says nothing of that. */
    Optional<Wording> climbSilent(int count) {
        return rung(0, 0, count).map(rule -> act(rule, reached(rule.trigger(), 0, 0, count)));
    }

    private Optional<StuckRule> rung(int noMatches, int rejections, int silences) {
        return turn.flow.stuckRules().stream()
                .filter(rule -> rule.slot().isEmpty() || rule.slot().equals(slot))
                .filter(rule -> rule.trigger().times() <= reached(rule.trigger(), noMatches, rejections, silences))
                .max(Comparator.<StuckRule, Boolean>comparing(
                                rule -> rule.slot().isPresent())
                        .thenComparingInt(rule -> rule.trigger().times()));
    }

    private int reached(StuckTrigger trigger, int noMatches, int rejections, int silences) {
        return switch (trigger) {
            case StuckTrigger.NoMatch noMatch -> noMatches;
            case StuckTrigger.Rejected rejected -> rejections;
            case StuckTrigger.NoInput noInput -> silences;
            case StuckTrigger.Attempts attempts ->
                slot.map(name -> turn.state.repair().stuck().attempts(name)).orElse(0);
        };
    }

    private Wording act(StuckRule rule, int times) {
        turn.does(new SystemAct.Climbs(rule));
        return switch (rule.action()) {
            case StuckAction.Simplify simplify -> {
                slot.ifPresent(name ->
                        turn.state = turn.state.with(turn.state.repair().stuck().inOwnWords(name)));
                yield Wording.SIMPLE;
            }
            case StuckAction.Rephrase rephrase -> {
                turn.rephrase(rephrase.question());
                slot.ifPresent(name ->
                        turn.state = turn.state.with(turn.state.repair().stuck().rephrase(name, rephrase.question())));
                yield Wording.SIMPLE;
            }
            case StuckAction.Escalate escalate -> {
                if (rule.trigger().times() == times) {
                    turn.effect(new FlowEffect.Escalate("stuck at " + Questions.topic(turn) + ", " + times + " times"));
                }
                yield Wording.SIMPLE;
            }
            case StuckAction.LeaveOut leaveOut -> {
                slot.flatMap(turn.flow::slot)
                        .filter(Slot::isOptional)
                        .filter(open -> turn.state.phase() == Phase.COLLECTING)
                        .ifPresent(turn::leaveOut);
                yield Wording.FULL;
            }
            case StuckAction.HandOver handOver -> {
                Repairing.handOver(turn, handOver.target(), "the caller was stuck " + times + " times");
                yield Wording.FULL;
            }
            case StuckAction.HangUp hangUp -> {
                Repairing.hangUp(turn, hangUp.words(), "the caller was stuck " + times + " times");
                yield Wording.FULL;
            }
        };
    }
}
