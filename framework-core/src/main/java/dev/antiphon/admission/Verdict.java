package dev.antiphon.admission;

import java.time.Duration;

/** Whether a call is answered. */
public sealed interface Verdict {
    /** It is. */
    record Admitted() implements Verdict {}

    /**
     * It is not, now, but may wait for its turn.
     *
     * @param reason for people: which limit, and how much is in use
     */
    record MayWait(String reason) implements Verdict {}

    /**
     * It is not, now.
     *
     * @param cause which limit
     * @param reason for people: which limit, and how much is in use
     * @param retryAfter when it is worth trying again; at least a second
     */
    record Refused(Cause cause, String reason, Duration retryAfter) implements Verdict {}

    /** Why a call is refused; bounded, for meters. */
    enum Cause {
        /** As many calls as may be are in progress. */
        SESSIONS,
        /** The requests of a minute do not last for another call. */
        REQUESTS,
        /** The tokens of a minute do not last for another call. */
        TOKENS,
        /** The service has reported a limit as used up. */
        SERVICE,
        /** What calls of a day may cost is spent. */
        SPEND,
        /** As many as may wait already. */
        QUEUE_FULL,
        /** There was no room as long as it waited. */
        WAITED_TOO_LONG
    }
}
