package dev.antiphon.tool;

/**
 * A failure that may go away by itself: the only kind after which an effect is tried again. Throw it only when the work
 * certainly had no effect.
 */
public final class TransientFailure extends ToolFailure {

    /** Fails with these words for the model. */
    public TransientFailure(String forTheModel) {
        super(forTheModel);
    }

    /** Fails with these words for the model, and the cause for the log. */
    public TransientFailure(String forTheModel, Throwable cause) {
        super(forTheModel, cause);
    }
}
