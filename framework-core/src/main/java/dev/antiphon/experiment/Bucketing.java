package dev.antiphon.experiment;

import java.nio.charset.StandardCharsets;

/**
 * Places a unit (a caller or a call) on the line from 0 to 1, always in the same place for the same seed: 32-bit FNV-1a, twice, as
 * GrowthBook's version 2 does. Only ASCII is taken, since implementations differ on everything else; hash a caller's number first.
 */
public final class Bucketing {
    private static final int OFFSET_BASIS = 0x811c9dc5;
    private static final int PRIME = 0x01000193;

    private Bucketing() {}

    /**
     * Where the unit stands, from 0 to 0.9999, in steps of 0.0001.
     *
     * @param seed of the experiment; others place the same units elsewhere
     * @throws IllegalArgumentException when either is not plain ASCII
     */
    public static double place(String seed, String unit) {
        return Integer.remainderUnsigned(fnv1a(Integer.toUnsignedString(fnv1a(seed + unit))), 10_000) / 10_000.0;
    }

    /** As {@link #place}, by the older rule, from 0 to 0.999; namespaces use it. */
    public static double placeByOneHash(String seed, String unit) {
        return Integer.remainderUnsigned(fnv1a(unit + seed), 1_000) / 1_000.0;
    }

    private static int fnv1a(String text) {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("only ASCII can be placed, but there was other text of " + text.length()
                    + " characters; use a hash of it, in hexadecimal");
        }
        int hash = OFFSET_BASIS;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return hash;
    }
}
