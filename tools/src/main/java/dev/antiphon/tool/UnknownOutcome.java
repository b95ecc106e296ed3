package dev.antiphon.tool;

/**
 * A failure after which nobody knows whether something was changed: the work was asked for, and no answer says what became of
 * it. Never tried again by itself; the model is told, and an effect settles as one that timed out.
 */
public final class UnknownOutcome extends ToolFailure {
    private static final String UNKNOWN =
            "; it is not known whether it was done, so do not try again before that is clear";

    /** Fails with what happened; what is not known is added. */
    public UnknownOutcome(String whatHappened) {
        super(whatHappened + UNKNOWN);
    }

    /** As {@link #UnknownOutcome(String)}, with the cause for people. */
    public UnknownOutcome(String whatHappened, Throwable cause) {
        super(whatHappened + UNKNOWN, cause);
    }
}
