package dev.antiphon.server.cli;

import dev.antiphon.connection.UnusableTrustStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An expected failure of a command: the message says what happened and what to do; the user sees it without a stack trace. */
final class CliFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CliFailure(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What was asked for cannot work: exit code 2. */
    static CliFailure usage(String message) {
        return new CliFailure(2, message, null);
    }

    /** What was asked for cannot work: exit code 2. */
    static CliFailure usage(String message, Throwable cause) {
        return new CliFailure(2, message, cause);
    }

    /** What comes from the platform's trust store, which the user must correct: exit code 2. */
    static Optional<CliFailure> ofTrustStore(Throwable problem) {
        return UnusableTrustStore.in(problem).map(store -> usage(String.valueOf(store.getMessage()), store));
    }

    /** It was tried and did not work: exit code 1. */
    static CliFailure failed(String message) {
        return new CliFailure(1, message, null);
    }

    /** It was tried and did not work: exit code 1. */
    static CliFailure failed(String message, Throwable cause) {
        return new CliFailure(1, message, cause);
    }

    int exitCode() {
        return exitCode;
    }
}
