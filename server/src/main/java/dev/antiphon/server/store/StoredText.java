package dev.antiphon.server.store;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Values in the form in which every database keeps them. */
final class StoredText {
    private static final int LONGEST_NAME = 200;

    private StoredText() {}

    /** A name that fits its column. */
    static String name(String text) {
        return cut(text, LONGEST_NAME);
    }

    /** Without what no database takes, and not longer. */
    static String cut(String text, int most) {
        String clean = text.replace("\0", "");
        if (clean.codePointCount(0, clean.length()) <= most) {
            return clean;
        }
        return clean.substring(0, clean.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** In UTC, to the microsecond: what PostgreSQL keeps. */
    static OffsetDateTime time(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    /** Milliseconds with their fractions. */
    static double millis(Duration took) {
        return took.toNanos() / 1e6;
    }
}
