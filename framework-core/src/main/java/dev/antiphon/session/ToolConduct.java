package dev.antiphon.session;

import java.time.Duration;
import java.util.Optional;

/**
 * How a tool that the model calls behaves towards the caller. Immutable.
 *
 * @param cancellable whether a call of it ends when the caller takes another turn
 * @param filler what is said when its result is not there yet; empty: nothing
 * @param progress what is said after that; empty: nothing
 * @param detachAfter after this the model goes on without the result, which is told at the next turn boundary when it has come; empty:
 *     the caller waits for it
 * @param exit what the model is given to say when its time is over, or when it goes on without it; empty: the dialog's words
 */
public record ToolConduct(
        boolean cancellable,
        Optional<Wait> filler,
        Optional<Wait> progress,
        Optional<Duration> detachAfter,
        Optional<Wording> exit) {
    /** Not cancelled; a word after 900 ms and another one after 5 s, both the dialog's; the caller waits. */
    public static final ToolConduct DEFAULT = new ToolConduct(
            false,
            Optional.of(new Wait(Duration.ofMillis(900), Optional.empty())),
            Optional.of(new Wait(Duration.ofSeconds(5), Optional.empty())),
            Optional.empty(),
            Optional.empty());

    /**
     * Something to say while the caller waits; once, and only when nobody speaks.
     *
     * @param after the call began
     * @param words empty: the dialog's, see {@link Conversation#waitingWords()}
     */
    public record Wait(Duration after, Optional<Wording> words) {
        public Wait {
            if (after.isNegative() || after.isZero()) {
                throw new IllegalArgumentException("a wait must be positive, but was " + after);
            }
        }
    }
}
