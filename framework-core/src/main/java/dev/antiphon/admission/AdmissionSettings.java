package dev.antiphon.admission;

import dev.antiphon.model.Allowance;
import java.time.Duration;

/**
 * Which calls are answered.
 *
 * @param allowance what the key may use; default no limits. What the service itself reports counts in any case
 * @param longestWait how long a call that cannot be served yet waits for its answer; default zero: it is refused at once
 * @param mostWaiting how many may wait; default 20
 */
public record AdmissionSettings(Allowance allowance, Duration longestWait, int mostWaiting) {
    private static final int MOST_WAITING = 20;

    public AdmissionSettings {
        if (longestWait.isNegative() || mostWaiting < 0) {
            throw new IllegalArgumentException(
                    "the wait and the number of those who wait must not be negative, but were " + longestWait + " and "
                            + mostWaiting);
        }
    }

    /** The defaults. */
    public static AdmissionSettings defaults() {
        return new AdmissionSettings(Allowance.UNLIMITED, Duration.ZERO, MOST_WAITING);
    }

    /** A copy with another allowance. */
    public AdmissionSettings withAllowance(Allowance other) {
        return new AdmissionSettings(other, longestWait, mostWaiting);
    }

    /** A copy whose calls wait so long, so many at once. */
    public AdmissionSettings withQueue(Duration wait, int most) {
        return new AdmissionSettings(allowance, wait, most);
    }
}
