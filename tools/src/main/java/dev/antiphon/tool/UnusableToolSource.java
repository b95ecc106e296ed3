package dev.antiphon.tool;

/** A source of tools cannot start. Says why, and what to do. */
public final class UnusableToolSource extends RuntimeException {

    /** For this reason, which says what to do. */
    public UnusableToolSource(String message) {
        super(message);
    }

    /** For this reason, which says what to do, and the cause for the log. */
    public UnusableToolSource(String message, Throwable cause) {
        super(message, cause);
    }
}
