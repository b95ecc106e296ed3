package dev.antiphon.tier;

/**
 * Why calls cannot move up, though their tier is not well.
 *
 * @param cause told once as long as it lasts
 * @param reason a sentence for people, without a full stop
 */
public record Obstacle(Cause cause, String reason) {

    /** What can forbid it. */
    public enum Cause {
        /** There is no tier above. */
        TOP,
        /** The policy says so. */
        DISABLED,
        /** An operator paused it. */
        PAUSED,
        /** The tier above is too dear. */
        PRICE,
        /** The budget of the day is spent or reserved. */
        BUDGET,
        /** The tasks saved are worth less than they cost. */
        VALUE
    }
}
