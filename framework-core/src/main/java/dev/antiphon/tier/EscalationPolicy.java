package dev.antiphon.tier;

import dev.antiphon.model.Money;
import dev.antiphon.tier.Rung.LargerModel;
import dev.antiphon.tier.Rung.Person;
import dev.antiphon.tier.Rung.RaiseEffort;
import dev.antiphon.tier.Struggle.Signal;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When a struggling call gets help, and which. Every signal has a weight and adds to a score, which fades with each turn that moved
 * the dialog on, and with time where that is wanted; at the threshold the call climbs to the next rung that can be had. Immutable.
 *
 * @param weights weight of each signal, 0 or more; absent ones weigh nothing; default see {@link #defaults}
 * @param decay factor of the score at each turn that moved the dialog on, 0 to 1; default 0.5
 * @param halfLife in what time the score halves by itself; empty, the default: it does not
 * @param threshold at which score a call climbs; default 3.0
 * @param personThreshold at which score it climbs to a person, unless {@code threshold} is higher; default 6.0, since that ends the
 *     bot's part
 * @param rungs what a call climbs, in order, each at most once; default {@code effort high}, {@code larger model}, {@code person}
 * @param budget what climbing may cost a call beside what it costs anyway, as estimated before each rung; default $1.00, empty for
 *     no limit
 */
public record EscalationPolicy(
        Map<Signal, Double> weights,
        double decay,
        Optional<Duration> halfLife,
        double threshold,
        double personThreshold,
        List<Rung> rungs,
        Optional<Money> budget) {

    public EscalationPolicy {
        weights = Map.copyOf(weights);
        rungs = List.copyOf(rungs);
        weights.forEach((signal, weight) -> {
            if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "the weight of " + signal.words() + " must be 0 or more, but was " + weight);
            }
        });
        if (!(decay >= 0 && decay <= 1)) {
            throw new IllegalArgumentException("decay must be between 0 and 1, but was " + decay);
        }
        halfLife.filter(time -> !time.isPositive()).ifPresent(time -> {
            throw new IllegalArgumentException("halfLife must be positive, but was " + time);
        });
        requirePositive("threshold", threshold);
        requirePositive("personThreshold", personThreshold);
        if (rungs.stream().distinct().count() != rungs.size()) {
            throw new IllegalArgumentException("rungs must be different ones, but were " + Rung.words(rungs));
        }
        budget.filter(most -> most.compareTo(Money.ZERO) < 0).ifPresent(most -> {
            throw new IllegalArgumentException(
                    "budget must be 0 or more, but was " + most.usd().toPlainString());
        });
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0 && value <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(name + " must be positive, but was " + value);
        }
    }

    /** No-match 1, correction 1.5, stalled 1, repeated prompt 0.5, tool error 1, unbacked claim 2, no-input 0.25. */
    public static EscalationPolicy defaults() {
        Map<Signal, Double> weights = new EnumMap<>(Signal.class);
        weights.put(Signal.NO_MATCH, 1.0);
        weights.put(Signal.NO_INPUT, 0.25);
        weights.put(Signal.CORRECTION, 1.5);
        weights.put(Signal.STALLED, 1.0);
        weights.put(Signal.REPEATED_PROMPT, 0.5);
        weights.put(Signal.TOOL_ERROR, 1.0);
        weights.put(Signal.UNBACKED_CLAIM, 2.0);
        return new EscalationPolicy(
                weights,
                0.5,
                Optional.empty(),
                3.0,
                6.0,
                List.of(new RaiseEffort("high"), new LargerModel(), new Person()),
                Optional.of(Money.usd("1.00")));
    }

    /** A policy by which a call stays as it is. */
    public static EscalationPolicy never() {
        return defaults().withRungs();
    }

    /** A copy in which a signal weighs this much. */
    public EscalationPolicy withWeight(Signal signal, double weight) {
        Map<Signal, Double> others = new EnumMap<>(Signal.class);
        others.putAll(weights);
        others.put(signal, weight);
        return new EscalationPolicy(others, decay, halfLife, threshold, personThreshold, rungs, budget);
    }

    /** A copy with another factor for each turn that moved the dialog on. */
    public EscalationPolicy withDecay(double other) {
        return new EscalationPolicy(weights, other, halfLife, threshold, personThreshold, rungs, budget);
    }

    /** A copy whose scores halve by themselves in this time. */
    public EscalationPolicy withHalfLife(Duration time) {
        return new EscalationPolicy(weights, decay, Optional.of(time), threshold, personThreshold, rungs, budget);
    }

    /** A copy whose scores do not fade with time. */
    public EscalationPolicy withoutHalfLife() {
        return new EscalationPolicy(weights, decay, Optional.empty(), threshold, personThreshold, rungs, budget);
    }

    /** A copy with another threshold. */
    public EscalationPolicy withThreshold(double other) {
        return new EscalationPolicy(weights, decay, halfLife, other, personThreshold, rungs, budget);
    }

    /** A copy with another threshold of what goes to a person. */
    public EscalationPolicy withPersonThreshold(double other) {
        return new EscalationPolicy(weights, decay, halfLife, threshold, other, rungs, budget);
    }

    /** A copy with these rungs, in this order. */
    public EscalationPolicy withRungs(Rung... others) {
        return new EscalationPolicy(
                weights, decay, halfLife, threshold, personThreshold, Arrays.asList(others), budget);
    }

    /** A copy with another budget per call. */
    public EscalationPolicy withBudget(Money most) {
        return new EscalationPolicy(weights, decay, halfLife, threshold, personThreshold, rungs, Optional.of(most));
    }

    /** A copy that spends without limit. */
    public EscalationPolicy withoutBudget() {
        return new EscalationPolicy(weights, decay, halfLife, threshold, personThreshold, rungs, Optional.empty());
    }

    /** At which score a call climbs to this rung. */
    double thresholdOf(Rung rung) {
        return rung instanceof Person ? Math.max(threshold, personThreshold) : threshold;
    }

    /** What is left of a score after this time. */
    double fadedBy(Duration time, double score) {
        return halfLife.filter(half -> time.isPositive())
                .map(half -> score * Math.pow(0.5, (double) time.toMillis() / half.toMillis()))
                .orElse(score);
    }
}
