package dev.antiphon.flow.slot;

import java.util.List;
import java.util.Optional;

/** What an author's {@link Check} says of a value. */
public sealed interface Verdict<T> {

    /** Fine; {@code normalised} replaces the value when present. */
    record Ok<T>(Optional<T> normalised) implements Verdict<T> {}

    /** Not possible; {@code reason} is a sentence for the caller. */
    record Reject<T>(String reason) implements Verdict<T> {}

    /**
     * Not possible, but these are, best first; empty: nothing is.
     *
     * @param reason a sentence for the caller; empty: the engine says that the value is not available
     * @param isAll whether these are all that there are, so that callers may be told so; else they are the best of them
     */
    record Alternatives<T>(List<T> options, Optional<String> reason, boolean isAll) implements Verdict<T> {
        public Alternatives {
            options = List.copyOf(options);
        }

        /** The best of what there is. */
        public Alternatives(List<T> options, Optional<String> reason) {
            this(options, reason, false);
        }

        /** A copy with the author's own reason. */
        public Alternatives<T> because(String sentence) {
            return new Alternatives<>(options, Optional.of(sentence), isAll);
        }

        /** A copy for options that are all there are: who wants something else than all of them is told so. */
        public Alternatives<T> thatIsAll() {
            return new Alternatives<>(options, reason, true);
        }
    }

    /** It may be one of these: the caller is asked which. */
    record Unsure<T>(List<T> candidates) implements Verdict<T> {
        public Unsure {
            candidates = List.copyOf(candidates);
        }
    }
}
