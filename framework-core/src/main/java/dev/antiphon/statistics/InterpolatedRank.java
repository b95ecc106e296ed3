package dev.antiphon.statistics;

import java.util.List;
import java.util.Optional;

/** Percentiles on the line between the two values around them, as {@code percentile_cont} of SQL has them. */
public final class InterpolatedRank {
    private InterpolatedRank() {}

    /**
     * The value below which this share of the values lies; empty of none.
     *
     * @param sorted the smallest first
     * @param share below 0 counts as 0, above 1 as 1
     */
    public static Optional<Double> of(List<Double> sorted, double share) {
        if (sorted.isEmpty()) {
            return Optional.empty();
        }
        double place = Math.clamp(share, 0.0, 1.0) * (sorted.size() - 1);
        int below = (int) Math.floor(place);
        double from = sorted.get(below);
        double to = sorted.get(Math.min(below + 1, sorted.size() - 1));
        return Optional.of(from + (place - below) * (to - from));
    }
}
