package dev.antiphon.flow;

import java.util.Optional;

/**
 * One rung of a repair ladder.
 *
 * @param slot the name of the only slot that it is for; empty: for all
 */
public record StuckRule(StuckTrigger trigger, StuckAction action, Optional<String> slot) {
    /** A rung for the whole flow. */
    public StuckRule(StuckTrigger trigger, StuckAction action) {
        this(trigger, action, Optional.empty());
    }

    /** As an author writes it, for example {@code onStuck(noMatch(3), simplify())}. */
    String written() {
        return "onStuck(" + slot.map(name -> "'" + name + "', ").orElse("") + written(trigger) + ", " + written(action)
                + ")";
    }

    private static String written(StuckTrigger trigger) {
        String name = switch (trigger) {
            case StuckTrigger.NoMatch ignored -> "noMatch";
            case StuckTrigger.Rejected ignored -> "rejected";
            case StuckTrigger.NoInput ignored -> "noInput";
            case StuckTrigger.Attempts ignored -> "attempts";
        };
        return name + "(" + trigger.times() + ")";
    }

    private static String written(StuckAction action) {
        return switch (action) {
            case StuckAction.Simplify ignored -> "simplify()";
            case StuckAction.Rephrase rephrase -> "rephrase(\"" + rephrase.question() + "\")";
            case StuckAction.Escalate ignored -> "escalate()";
            case StuckAction.LeaveOut ignored -> "leaveOut()";
            case StuckAction.HandOver handOver -> "handOver(\"" + handOver.target() + "\")";
            case StuckAction.HangUp hangUp -> "hangUp(\"" + hangUp.words() + "\")";
        };
    }
}
