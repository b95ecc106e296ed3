package dev.antiphon.server.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Of which calls figures are made: those that began in a period.
 *
 * @param from when it begins
 * @param to when it ends, this instant not included
 * @param flow of this flow only
 * @param tier that began on this tier only, wherever they ended
 * @param slowTurn which turns are slow: those that took longer; default 1.5 s
 * @param asOf when this is asked: calls after which a caller had less than 24 hours, or 7 days, to call again are in no figure about that
 */
public record KpiQuery(
        Instant from, Instant to, Optional<String> flow, Optional<String> tier, Duration slowTurn, Instant asOf) {
    /** Turns that take longer are slow, unless another limit is given. */
    public static final Duration SLOW_TURN = Duration.ofMillis(1_500);

    public KpiQuery {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a period must begin before it ends, but was " + from + " to " + to);
        }
        if (slowTurn.isNegative()) {
            throw new IllegalArgumentException("the limit of a slow turn must be 0 or more, but was " + slowTurn);
        }
    }

    /** All calls of this period. */
    public static KpiQuery between(Instant from, Instant to) {
        return new KpiQuery(from, to, Optional.empty(), Optional.empty(), SLOW_TURN, to);
    }

    /** A copy for one flow. */
    public KpiQuery ofFlow(String name) {
        return new KpiQuery(from, to, Optional.of(name), tier, slowTurn, asOf);
    }

    /** A copy for the calls that began on one tier. */
    public KpiQuery onTier(String name) {
        return new KpiQuery(from, to, flow, Optional.of(name), slowTurn, asOf);
    }

    /** A copy with another limit of slow turns. */
    public KpiQuery withSlowTurn(Duration limit) {
        return new KpiQuery(from, to, flow, tier, limit, asOf);
    }

    /** A copy that is asked at another time. */
    public KpiQuery asOf(Instant now) {
        return new KpiQuery(from, to, flow, tier, slowTurn, now);
    }
}
