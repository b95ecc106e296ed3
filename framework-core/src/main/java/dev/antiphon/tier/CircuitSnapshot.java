package dev.antiphon.tier;

import dev.antiphon.tier.RouterDecision.State;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * Everything that a {@link TierCircuit} knows, in plain fields, to be kept and restored.
 *
 * @param flow whose calls
 * @param tier which tier
 * @param state where new calls go
 * @param since number of the last call that had begun when this state was entered; earlier calls are no evidence in it
 * @param episode number of the last call that had begun when calls last moved up
 * @param changedAt when the state was entered
 * @param baseline the rate of completion taken for healthy; 0 while unknown
 * @param learnedFinished calls that it is learned from
 * @param learnedCompleted completed ones of these
 * @param evidence the detector's numbers, see {@link ShiryaevRoberts#evidence}
 * @param counted finished calls since the state was entered
 * @param coolDown the present cool-down in finished calls
 * @param logRatio the evidence of the trial, see {@link Sprt#logRatio}
 * @param probes calls of the trial that count
 * @param probesCompleted completed ones of these
 * @param probesLost calls of the trial whose outcome never came
 * @param suppressed finished calls for which nothing moves up any more
 * @param recent the latest outcomes of this tier, the last one in the lowest bit, 1 for completed
 * @param recentCount how many of these bits are outcomes
 * @param above the latest outcomes of the tier above since calls moved up, as {@code recent}
 * @param aboveCount how many of these bits are outcomes
 * @param heldBack name of the {@link Obstacle.Cause} that was told last; empty for none
 */
public record CircuitSnapshot(
        String flow,
        String tier,
        State state,
        long since,
        long episode,
        Instant changedAt,
        double baseline,
        long learnedFinished,
        long learnedCompleted,
        List<Double> evidence,
        long counted,
        int coolDown,
        double logRatio,
        int probes,
        int probesCompleted,
        int probesLost,
        int suppressed,
        long recent,
        int recentCount,
        long above,
        int aboveCount,
        String heldBack) {

    static final List<Double> NO_EVIDENCE = Collections.nCopies(ShiryaevRoberts.ODDS.size(), 0.0);

    public CircuitSnapshot {
        evidence = List.copyOf(evidence);
        if (!(baseline >= 0 && baseline < 1)) {
            throw new IllegalArgumentException("baseline must be at least 0 and below 1, but was " + baseline);
        }
        if (learnedCompleted < 0 || learnedCompleted > learnedFinished) {
            throw new IllegalArgumentException("learnedCompleted must be between 0 and learnedFinished ("
                    + learnedFinished + "), but was " + learnedCompleted);
        }
        if (recentCount < 0 || recentCount > 63 || aboveCount < 0 || aboveCount > 63) {
            throw new IllegalArgumentException("recentCount and aboveCount must be between 0 and 63, but were "
                    + recentCount + " and " + aboveCount);
        }
        if (coolDown < 0 || suppressed < 0 || counted < 0 || probes < 0 || probesLost < 0) {
            throw new IllegalArgumentException("counts must not be negative, but were " + coolDown + ", " + suppressed
                    + ", " + counted + ", " + probes + ", " + probesLost);
        }
        if (!Double.isFinite(logRatio)) {
            throw new IllegalArgumentException("logRatio must be finite, but was " + logRatio);
        }
        ShiryaevRoberts.restored(0.5, evidence);
    }

    /** Of a tier of which nothing is known. */
    static CircuitSnapshot fresh(String flow, String tier, Instant at) {
        return new CircuitSnapshot(
                flow, tier, State.CLOSED, 0, 0, at, 0, 0, 0, NO_EVIDENCE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "");
    }
}
