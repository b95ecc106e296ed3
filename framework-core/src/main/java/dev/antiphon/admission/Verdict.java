package dev.antiphon.admission;

import java.time.Duration;

/** Whether a call is answered. */
public sealed interface Verdict {
    /** It is. */
    record Admitted() implements Verdict {}

    /**
     * It is not, now.
     *
     * @param reason for people: which limit, and how much is in use
     * @param retryAfter when it is worth trying again; at least a second
     */
    record Refused(String reason, Duration retryAfter) implements Verdict {}
}
