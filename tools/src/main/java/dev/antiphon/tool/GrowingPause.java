package dev.antiphon.tool;

import java.time.Duration;

/**
 * How long is waited before something is tried again: doubled each time, give or take a fifth, so that what failed together comes back
 * apart. Pure.
 *
 * @param first before the first further attempt, not negative
 * @param longest at most so long, not shorter than {@code first}
 */
public record GrowingPause(Duration first, Duration longest) {
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    public GrowingPause {
        if (first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("pauses must grow from 0 or more, but were " + first + " to " + longest);
        }
    }

    /**
     * The pause.
     *
     * @param retry from 1
     * @param whose the same number always has the same spread
     */
    public Duration before(int retry, long whose) {
        long most = longest.toNanos();
        int doublings = Math.min(retry - 1, 40);
        long pause = first.toNanos() > most >> doublings ? most : first.toNanos() << doublings;
        long fifth = pause / 5;
        return Duration.ofNanos(pause + (fifth == 0 ? 0 : Math.floorMod(whose * SPREAD, 2 * fifth) - fifth));
    }
}
