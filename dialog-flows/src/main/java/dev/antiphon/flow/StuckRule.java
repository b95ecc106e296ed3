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
}
