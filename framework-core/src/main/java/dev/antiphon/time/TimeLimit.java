package dev.antiphon.time;

import java.time.Duration;

/** Limits of time in messages for models and operators, always in the same words. */
public final class TimeLimit {
    private static final int SECOND = 1_000;
    private static final int MINUTE = 60_000;

    private TimeLimit() {}

    /** {@code 500 ms}, {@code 3 s}, {@code 1.25 s}, {@code 90 s}, {@code 2 min}; what is shorter than a millisecond is {@code 0 ms}. */
    public static String text(Duration limit) {
        long millis = limit.toMillis();
        if (millis < SECOND) {
            return millis + " ms";
        }
        if (millis % MINUTE == 0) {
            return millis / MINUTE + " min";
        }
        String parts = millis % SECOND == 0
                ? ""
                : String.format(".%03d", millis % SECOND).replaceFirst("0+$", "");
        return millis / SECOND + parts + " s";
    }

    /** {@code WHO did not answer within 8 s}. */
    public static String missed(String who, Duration limit) {
        return who + " did not answer within " + text(limit);
    }

    /** {@code WHO began to answer, but did not end within 8 s}. */
    public static String unended(String who, Duration limit) {
        return who + " began to answer, but did not end within " + text(limit);
    }
}
