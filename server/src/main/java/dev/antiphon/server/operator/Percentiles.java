package dev.antiphon.server.operator;

import java.util.List;
import java.util.Optional;

/** Percentiles of latencies by the nearest rank: always a value that occurred. Pure. */
final class Percentiles {
    private Percentiles() {}

    /** The value that {@code share} (0 to 1) of the sorted values do not exceed; empty of none. */
    static Optional<Long> of(List<Long> sorted, double share) {
        if (sorted.isEmpty()) {
            return Optional.empty();
        }
        int rank = (int) Math.ceil(share * sorted.size());
        return Optional.of(sorted.get(Math.max(rank, 1) - 1));
    }
}
