package dev.antiphon.benchmarks.router;

import dev.antiphon.statistics.NearestRank;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A figure of a simulation and its standard error.
 *
 * @param value over all runs
 * @param error standard error; of means from how the figure differs between {@value #BATCHES} parts of the runs
 */
record Estimate(double value, double error) {
    static final int BATCHES = 20;

    /** Any figure of the runs; at least {@value #BATCHES} runs. */
    static <T> Estimate of(List<T> runs, ToDoubleFunction<List<T>> figure) {
        if (runs.size() < BATCHES) {
            throw new IllegalArgumentException(
                    "a figure needs at least " + BATCHES + " runs, but there were " + runs.size());
        }
        double[] parts = IntStream.range(0, BATCHES)
                .mapToDouble(i -> figure.applyAsDouble(runs.subList(
                        (int) ((long) runs.size() * i / BATCHES), (int) ((long) runs.size() * (i + 1) / BATCHES))))
                .toArray();
        double mean =
                IntStream.range(0, BATCHES).mapToDouble(i -> parts[i]).average().orElseThrow();
        double squares = IntStream.range(0, BATCHES)
                .mapToDouble(i -> (parts[i] - mean) * (parts[i] - mean))
                .sum();
        return new Estimate(figure.applyAsDouble(runs), Math.sqrt(squares / (BATCHES - 1) / BATCHES));
    }

    static Estimate mean(List<Double> values) {
        return of(values, Estimate::average);
    }

    /** The share of runs of which something is true; its error is not zero where it is true of none. */
    static Estimate share(List<Boolean> values) {
        double n = values.size();
        long count = values.stream().filter(Boolean::booleanValue).count();
        double cautious = (count + 1) / (n + 2);
        return new Estimate(count / n, Math.sqrt(cautious * (1 - cautious) / n));
    }

    /**
     * Nearest rank; runs without a value are {@link Double#POSITIVE_INFINITY}. Its error is half the distance of the ranks that lie one
     * standard error of the share to each side, one session at least.
     */
    static Estimate quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        double aside = Math.sqrt(share * (1 - share) / sorted.size());
        double value = ranked(sorted, share);
        double low = value - ranked(sorted, share - aside);
        double high = ranked(sorted, share + aside) - value;
        return new Estimate(value, Math.max(1, Double.isFinite(high) ? (low + high) / 2 : low));
    }

    private static double ranked(List<Double> sorted, double share) {
        return NearestRank.of(sorted, share).orElseThrow();
    }

    static double average(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    Estimate times(double factor) {
        return new Estimate(value * factor, error * Math.abs(factor));
    }
}
