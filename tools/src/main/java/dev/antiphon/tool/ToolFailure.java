package dev.antiphon.tool;

/**
 * An expected failure of a tool, with words that may be told to the model. Every other exception reaches the model only as
 * "the tool failed", because its message may hold what a caller must not hear.
 */
public class ToolFailure extends RuntimeException {

    /** Fails with these words for the model, for example {@code "that branch is closed on Sundays"}. */
    public ToolFailure(String forTheModel) {
        super(forTheModel);
    }

    /** Fails with these words for the model, and the cause for the log. */
    public ToolFailure(String forTheModel, Throwable cause) {
        super(forTheModel, cause);
    }
}
