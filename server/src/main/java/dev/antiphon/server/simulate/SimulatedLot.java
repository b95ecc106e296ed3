package dev.antiphon.server.simulate;

import dev.antiphon.model.Money;
import dev.antiphon.statistics.Binomial;
import dev.antiphon.statistics.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The calls that began on one tier.
 *
 * @param tier where they began
 * @param calls the ones that ended, in order
 * @param unfinished how many went on for so long that they were given up; they are in no figure
 */
public record SimulatedLot(String tier, List<SimulatedCall> calls, int unfinished) {
    private static final double ALPHA = 0.05;

    public SimulatedLot {
        calls = List.copyOf(calls);
    }

    /** How many ended with this outcome. */
    public long ended(String outcome) {
        return calls.stream().filter(call -> call.outcome().equals(outcome)).count();
    }

    /** The share that completed; 0 of none. */
    public double completion() {
        return calls.isEmpty() ? 0 : (double) ended("completed") / calls.size();
    }

    /** Where the share of completed calls lies with 95 % confidence (Wilson). */
    public Interval completionInterval() {
        return Binomial.WILSON.interval(ended("completed"), calls.size(), ALPHA);
    }

    /** How many ended on another tier than they began on. */
    public long escalated() {
        return calls.stream().filter(call -> !call.start().equals(call.end())).count();
    }

    /** Turns per call; 0 of none. */
    public double turns() {
        return calls.stream().mapToInt(SimulatedCall::turns).average().orElse(0);
    }

    /** All of them together. */
    public Money cost() {
        return calls.stream().map(SimulatedCall::cost).reduce(Money.ZERO, Money::plus);
    }

    /** Of one call on average; empty of none. */
    public Optional<Money> costPerCall() {
        return shared(calls.size());
    }

    /** The cost of all calls for each one that completed; empty when none did. */
    public Optional<Money> costPerCompleted() {
        return shared(ended("completed"));
    }

    private Optional<Money> shared(long among) {
        return among == 0
                ? Optional.empty()
                : Optional.of(new Money(cost().usd().divide(BigDecimal.valueOf(among), 6, RoundingMode.HALF_UP)));
    }

    /** Latencies of turns without tools, the shortest first. */
    public List<Duration> plainTurns() {
        return latencies(SimulatedCall::plain);
    }

    /** Latencies of turns with tools, the shortest first. */
    public List<Duration> turnsWithTools() {
        return latencies(SimulatedCall::withTools);
    }

    private List<Duration> latencies(Function<SimulatedCall, List<Duration>> which) {
        return calls.stream()
                .flatMap(call -> which.apply(call).stream())
                .sorted()
                .toList();
    }
}
