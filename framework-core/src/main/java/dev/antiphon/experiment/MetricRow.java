package dev.antiphon.experiment;

import dev.antiphon.statistics.Effect;
import dev.antiphon.statistics.Interval;
import dev.antiphon.statistics.Multiple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One goal of one comparison, as a report shows it.
 *
 * @param metric the goal
 * @param control value of the first arm; empty where nobody knows it, see {@link ArmTotals#value}
 * @param treatment value of the other one, likewise
 * @param effect the difference; empty as long as there is none to compute, or an arm has too few units or calls for any figure
 * @param interval where the difference lies, all questions of the experiment together
 * @param relative the difference in parts of the first arm's value
 * @param p how probable so much is without a difference; 1 without an effect
 * @param adjustedP the same after Holm, over all goals and arms
 * @param alpha what {@code adjustedP} is measured by
 * @param rule {@link Hybrid#WATCHING} or {@link Hybrid#LOOK}
 */
public record MetricRow(
        Metric metric,
        OptionalDouble control,
        OptionalDouble treatment,
        Optional<Effect> effect,
        Optional<Interval> interval,
        Optional<Interval> relative,
        double p,
        double adjustedP,
        double alpha,
        String rule) {

    /** Whether the arms differ, by the rule. */
    public boolean differs() {
        return effect.isPresent() && adjustedP <= alpha;
    }

    static MetricRow of(Metric metric, ArmTotals a, ArmTotals b, Hybrid.Way way) {
        boolean isEnough = Hybrid.isEnough(a)
                && Hybrid.isEnough(b)
                && a.value(metric).isPresent()
                && b.value(metric).isPresent();
        Optional<Effect> effect = isEnough ? Effect.absolute(a.sample(metric), b.sample(metric)) : Optional.empty();
        Optional<Effect> relative = isEnough ? Effect.relative(a.sample(metric), b.sample(metric)) : Optional.empty();
        double p = effect.map(way::p).orElse(1.0);
        return new MetricRow(
                metric,
                a.value(metric),
                b.value(metric),
                effect,
                effect.map(way::interval),
                relative.map(way::interval),
                p,
                p,
                way.alpha(),
                way.rule());
    }

    /** With p adjusted over all of them, in the same order. */
    static List<List<MetricRow>> adjusted(List<List<MetricRow>> comparisons) {
        List<Double> adjusted = Multiple.HOLM.adjusted(
                comparisons.stream().flatMap(List::stream).map(MetricRow::p).toList());
        List<List<MetricRow>> all = new ArrayList<>();
        int at = 0;
        for (List<MetricRow> rows : comparisons) {
            List<MetricRow> mine = new ArrayList<>();
            for (MetricRow row : rows) {
                mine.add(row.adjustedTo(adjusted.get(at)));
                at++;
            }
            all.add(mine);
        }
        return all;
    }

    private MetricRow adjustedTo(double other) {
        return new MetricRow(metric, control, treatment, effect, interval, relative, p, other, alpha, rule);
    }

    Optional<Finding> finding() {
        return effect.flatMap(e -> interval.map(
                i -> new Finding(metric, e.estimate(), i, e.units(), alpha, rule, rule.equals(Hybrid.WATCHING))));
    }
}
