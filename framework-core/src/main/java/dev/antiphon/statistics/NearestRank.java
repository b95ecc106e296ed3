package dev.antiphon.statistics;

import java.util.List;
import java.util.Optional;

/** Percentiles by the nearest rank: always a value that occurred. */
public final class NearestRank {
    private NearestRank() {}

    /**
     * The value that this share of the values does not exceed; empty of none.
     *
     * @param sorted the smallest first
     * @param share below 0 counts as 0, above 1 as 1
     */
    public static <T> Optional<T> of(List<T> sorted, double share) {
        return sorted.isEmpty()
                ? Optional.empty()
                : Optional.of(sorted.get(Math.clamp((int) Math.ceil(share * sorted.size()) - 1, 0, sorted.size() - 1)));
    }
}
