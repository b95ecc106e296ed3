package dev.antiphon.session;

import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A question to the model beside the conversation: out of band, answered as text, heard by nobody and remembered nowhere (protocol
 * section 8). It may run while the agent speaks.
 *
 * @param instructions what is asked; in place of the session's instructions
 * @param input what the model reads; empty: the conversation so far
 * @param timeout how long the answer is waited for; default 15 s
 */
public record Aside(String instructions, Optional<List<Item>> input, Duration timeout) {
    public Aside {
        input = input.map(List::copyOf);
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("an aside's timeout must be positive, but was " + timeout);
        }
    }

    /** About the conversation so far. */
    public static Aside about(String instructions) {
        return new Aside(instructions, Optional.empty(), Duration.ofSeconds(15));
    }

    /** About these items only. */
    public Aside reading(List<Item> items) {
        return new Aside(instructions, Optional.of(items), timeout);
    }

    /** A copy with another timeout. */
    public Aside within(Duration other) {
        return new Aside(instructions, input, other);
    }

    /** What came of it; every aside that a running session took gets exactly one, unless that crashes. */
    public sealed interface Reply {
        /** The model's words. */
        record Answered(String text, Usage usage) implements Reply {}

        /** None, and why. */
        record Unanswered(String reason) implements Reply {}
    }
}
