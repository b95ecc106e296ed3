package dev.antiphon.testkit.caller;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a call is expected to end, in the words of the gateway's close reason. */
public enum ExpectedOutcome {
    COMPLETED,
    HANDED_OVER,
    ABANDONED,
    FAILED;

    /** The word on the wire, for example {@code handed_over}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The outcome of a word on the wire; empty for other words. */
    public static Optional<ExpectedOutcome> ofWireName(String word) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.wireName().equals(word))
                .findFirst();
    }
}
