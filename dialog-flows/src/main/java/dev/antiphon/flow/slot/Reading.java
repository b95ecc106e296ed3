package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Line;
import java.util.List;

/** What a {@link SlotType} made of a value that a model or caller gave. */
public sealed interface Reading<T> {

    /** A value. */
    record Understood<T>(T value) implements Reading<T> {}

    /**
     * One of a few values, and only the caller knows which: the flow asks.
     *
     * @param candidates at least two, the likeliest first
     */
    record Unsure<T>(List<T> candidates) implements Reading<T> {
        public Unsure {
            candidates = List.copyOf(candidates);
            if (candidates.size() < 2) {
                throw new IllegalArgumentException(
                        "an unsure reading needs at least 2 candidates, but has " + candidates.size());
            }
        }
    }

    /** The reading of candidates in order of likelihood, doubles left out: none, one or several. */
    static <T> Reading<T> of(List<T> candidates, Unclear<T> otherwise) {
        List<T> distinct = candidates.stream().distinct().toList();
        return switch (distinct.size()) {
            case 0 -> otherwise;
            case 1 -> new Understood<>(distinct.getFirst());
            default -> new Unsure<>(distinct);
        };
    }

    /**
     * Not a value of this type.
     *
     * @param line a sentence for the caller
     * @param malformed whether it breaks the tool's schema, which is the model's mistake and not the caller's
     */
    record Unclear<T>(Line line, boolean malformed) implements Reading<T> {
        /** Not a value, for a reason in words that are the same in each language. */
        public Unclear(String reason, boolean malformed) {
            this(Line.words(reason), malformed);
        }

        /** The sentence in English. */
        public String reason() {
            return line.english();
        }
    }
}
