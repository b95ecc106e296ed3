package dev.antiphon.tier;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One kind of help that a struggling call can get. Which ones a call gets, and in what order, says its {@link EscalationPolicy}.
 */
public sealed interface Rung {

    /** Levels of reasoning effort, from the least to the most. */
    List<String> EFFORTS = List.of("minimal", "low", "medium", "high", "xhigh");

    /**
     * The same model is told to reason more, on the same connection; only where the model in use has reasoning effort, and less of it
     * than this. It holds for the rest of the call, on each model that has it.
     *
     * @param level one of {@link #EFFORTS}
     */
    record RaiseEffort(String level) implements Rung {
        public RaiseEffort {
            if (!EFFORTS.contains(level)) {
                throw new IllegalArgumentException(
                        "a reasoning effort must be one of " + EFFORTS + ", but was '" + level + "'");
            }
        }
    }

    /** The next tier of the ladder, once for each step of it. */
    record LargerModel() implements Rung {}

    /** A person takes over, in the way in which the dialog hands over; only where the dialog names somebody. */
    record Person() implements Rung {}

    /** As people write it: {@code effort high}, {@code larger model}, {@code person}. */
    default String words() {
        return switch (this) {
            case RaiseEffort effort -> "effort " + effort.level();
            case LargerModel ignored -> "larger model";
            case Person ignored -> "person";
        };
    }

    /** What it does to a call, in one word for meters: {@code effort}, {@code move} or {@code person}. */
    default String kind() {
        return switch (this) {
            case RaiseEffort ignored -> "effort";
            case LargerModel ignored -> "move";
            case Person ignored -> "person";
        };
    }

    /**
     * Reads {@link #words}.
     *
     * @throws IllegalArgumentException for anything else, with what is possible
     */
    static Rung of(String words) {
        String plain = words.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        if (plain.equals("larger model")) {
            return new LargerModel();
        } else if (plain.equals("person")) {
            return new Person();
        } else if (plain.startsWith("effort ")) {
            return new RaiseEffort(plain.substring("effort ".length()).strip());
        }
        throw new IllegalArgumentException("a rung must be 'effort' with one of " + EFFORTS
                + ", 'larger model' or 'person', but was '" + words + "'");
    }

    /** Several, for messages. */
    static String words(List<Rung> rungs) {
        return rungs.stream().map(Rung::words).collect(Collectors.joining(", "));
    }
}
