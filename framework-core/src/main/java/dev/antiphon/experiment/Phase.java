package dev.antiphon.experiment;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A time in which the weights of an experiment's arms were the same. The first one begins with the experiment and has the weights of its
 * definition; each change of weights begins another.
 *
 * <p>Units of two phases are never counted together: their shares differ, and when callers of another sort call later, or more of them do,
 * the pooled arms would differ though their treatments do not (Simpson). So a unit belongs to the phase in which it was assigned, keeps its
 * arm in later ones, and counts for its own phase only. A phase shuffles anew, as another bucket version does: whether a unit was assigned
 * before then says nothing about the arm that it would get now, and leaving such units out skews no arm.
 *
 * @param number from 2 on
 * @param since when it began
 * @param weights the share of each arm, by its key; they add up to 1
 */
public record Phase(int number, Instant since, Map<String, Double> weights) {
    /** The number of the phase that begins with the experiment. */
    public static final int FIRST = 1;

    public Phase {
        if (number <= FIRST) {
            throw new IllegalArgumentException("a later phase must have number 2 or more, but has " + number);
        }
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }
}
