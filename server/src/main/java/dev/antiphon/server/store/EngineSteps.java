package dev.antiphon.server.store;

import java.util.Set;

/** Steps of a dialog that are words of the engine and never slots. */
public final class EngineSteps {
    private static final Set<String> WORDS = Set.of("start", "confirm", "answers", "done", "hand_over", "conversation");

    private EngineSteps() {}

    /** Whether a step of this name is one of them. */
    public static boolean contains(String step) {
        return WORDS.contains(step);
    }
}
