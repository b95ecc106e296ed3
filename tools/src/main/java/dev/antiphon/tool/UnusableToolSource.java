package dev.antiphon.tool;

import java.util.Optional;

/** A source of tools cannot start. Says why, and what to do. */
public final class UnusableToolSource extends RuntimeException {
    private final String problem;
    private final Optional<Setting> setting;

    /** What has to be set otherwise; programs that set it in words of their own say how in these. */
    public enum Setting {
        /** By which the source says who it is. */
        CREDENTIALS,
        /** Where the source is. */
        ADDRESS
    }

    /** For this reason, which says what to do. */
    public UnusableToolSource(String message) {
        super(message);
        this.problem = message;
        this.setting = Optional.empty();
    }

    /** For this reason, which says what to do, and the cause for the log. */
    public UnusableToolSource(String message, Throwable cause) {
        super(message, cause);
        this.problem = message;
        this.setting = Optional.empty();
    }

    /**
     * For this reason; what to do is to set something otherwise.
     *
     * @param inJava how that is done in code; the end of the message
     */
    public UnusableToolSource(String problem, Setting setting, String inJava) {
        super(problem + "; " + inJava);
        this.problem = problem;
        this.setting = Optional.of(setting);
    }

    /** The reason, without what to do in code when {@link #setting()} says what to set. */
    public String problem() {
        return problem;
    }

    /** What to set otherwise; empty when the message says what to do. */
    public Optional<Setting> setting() {
        return setting;
    }
}
