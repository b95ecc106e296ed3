package dev.antiphon.tier;

import dev.antiphon.tier.RouterDecision.State;
import java.time.Instant;
import java.util.Optional;

/** What happens to one tier of a flow. Calls are numbered from 1 in the order in which they begin. */
public sealed interface CircuitEvent {

    /** When, for the decision's record. */
    Instant at();

    /**
     * A new call could begin on this tier.
     *
     * @param random uniform from 0 (included) to 1 (excluded)
     * @param obstacle why it must not begin above
     */
    record Asked(double random, Optional<Obstacle> obstacle, Instant at) implements CircuitEvent {}

    /**
     * A call of the flow ended. Outcomes come in the order in which the calls began.
     *
     * @param number the call's
     * @param latest number of the last call that has begun
     * @param began where
     * @param aboveHealthy the rate of completion that the tier above should have
     * @param obstacle why calls must not move up
     */
    record Finished(
            long number,
            long latest,
            Where began,
            boolean completed,
            double aboveHealthy,
            Optional<Obstacle> obstacle,
            Instant at)
            implements CircuitEvent {}

    /** The outcome of a call never came. */
    record Lost(long number, long latest, Where began, Instant at) implements CircuitEvent {}

    /** An operator decides where new calls go; the way back is tried as usual. */
    record Forced(State to, long latest, String by, Instant at) implements CircuitEvent {}

    /** Where a call began, as seen from the tier. */
    enum Where {
        /** On a tier below. */
        BELOW,
        /** On this tier. */
        HERE,
        /** On the tier above. */
        ABOVE,
        /** On one above that. */
        FAR_ABOVE
    }
}
