package dev.antiphon.tool;

import dev.antiphon.session.ToolOutcome;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * What one attempt at some work came to.
 *
 * @param outcome never cancelled; timed out only when nobody knows whether it was done: else that is decided elsewhere
 * @param worthRetrying the work marked its failure transient
 */
record Attempt(ToolOutcome outcome, boolean worthRetrying) {

    /** Whether it says that what was asked does not work; an expected failure is an answer. */
    boolean broken() {
        return outcome instanceof ToolOutcome.Failed failed
                && (worthRetrying || !(failed.cause() instanceof ToolFailure));
    }

    /** Does the work; whatever it throws becomes a failure. Work that returns {@code null} gave {@code Optional.empty()}. */
    static Attempt at(String name, Callable<?> work) {
        try {
            Object value = work.call();
            return new Attempt(new ToolOutcome.Ok(value == null ? Optional.empty() : value), false);
        } catch (Throwable e) {
            return failed(name, e);
        }
    }

    /** Work that ended without saying how. */
    static Attempt died(String name) {
        return failed(name, new IllegalStateException("the thread of '" + name + "' ended without a result"));
    }

    static Attempt failed(String name, Throwable cause) {
        String message = cause instanceof ToolFailure failure && failure.getMessage() != null
                ? failure.getMessage()
                : "'" + name + "' failed";
        return new Attempt(new ToolOutcome.Failed(message, cause), cause instanceof TransientFailure);
    }
}
