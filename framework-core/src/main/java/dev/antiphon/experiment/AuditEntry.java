package dev.antiphon.experiment;

import java.time.Instant;

/**
 * One change of an experiment, as its audit log keeps it.
 *
 * @param at when
 * @param who an operator, or {@code guardrail}, {@code plan}, {@code spend cap}
 * @param what {@code start}, {@code pause}, {@code stop}, {@code ramp}, {@code weights} or {@code look}
 * @param from the status and stage before, for example {@code draft} or {@code running 10 %}
 * @param to those after
 * @param why in words
 */
public record AuditEntry(Instant at, String who, String what, String from, String to, String why) {
    /** So long may {@code who} and {@code why} be. */
    public static final int MOST_CHARS = 500;

    public AuditEntry {
        require("who", who);
        require("why", why);
    }

    /** A sentence that is made, not typed, and may be too long: its beginning, with an ellipsis when it was cut. */
    public static String cut(String sentence) {
        return sentence.length() <= MOST_CHARS ? sentence : sentence.substring(0, MOST_CHARS - 1) + "…";
    }

    private static void require(String name, String text) {
        if (text.isBlank() || text.length() > MOST_CHARS || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(name + " must have 1 to " + MOST_CHARS
                    + " characters and no control characters, but "
                    + (text.isBlank() ? "was empty" : "had " + text.length() + " characters"));
        }
    }
}
