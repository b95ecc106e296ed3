package dev.antiphon.experiment;

import dev.antiphon.statistics.Interval;

/**
 * How one arm differs from the first one by a metric, and by which rule that was found.
 *
 * @param metric by which
 * @param estimate the difference, treatment minus control: of shares, or in US dollars
 * @param interval where it lies
 * @param n units of both arms
 * @param alphaSpent how often, at most, the rule misleads on all of an experiment's questions together
 * @param rule {@link Hybrid#WATCHING} or {@link Hybrid#LOOK}
 * @param anytimeValid whether it holds however often one looks
 */
public record Finding(
        Metric metric,
        double estimate,
        Interval interval,
        long n,
        double alphaSpent,
        String rule,
        boolean anytimeValid) {

    /** Whether the treatment is the better one, by its estimate. */
    boolean isBetter() {
        return metric.moreIsBetter() == estimate > 0;
    }
}
