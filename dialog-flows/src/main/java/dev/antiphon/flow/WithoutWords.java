package dev.antiphon.flow;

import java.util.Optional;

/** What an author's code threw, as logs may hold it where callers tell sensitive values: kinds and places, no messages. */
final class WithoutWords extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int DEEPEST = 5;

    private WithoutWords(Throwable original, int depth) {
        super(original.getClass().getName() + " (its message may hold what a caller said)");
        setStackTrace(original.getStackTrace());
        Optional.ofNullable(original.getCause())
                .filter(cause -> depth > 0)
                .ifPresent(cause -> initCause(new WithoutWords(cause, depth - 1)));
    }

    static Throwable of(Throwable original) {
        return new WithoutWords(original, DEEPEST);
    }
}
