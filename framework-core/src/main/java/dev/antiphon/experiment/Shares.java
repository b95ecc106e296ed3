package dev.antiphon.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which part of the line from 0 to 1 belongs to which arm. The parts begin where the weights say; coverage shortens each from its
 * end, so that growing coverage moves nobody who is in.
 *
 * @param parts one per arm, in order
 */
public record Shares(List<Part> parts) {
    private static final double TOLERANCE = 0.01;

    /** From {@code from} up to, but not including, {@code to}. */
    public record Part(double from, double to) {
        boolean has(double place) {
            return from <= place && place < to;
        }
    }

    public Shares {
        parts = List.copyOf(parts);
    }

    /** As many equal weights as there are arms; none for none. */
    public static List<Double> equalWeights(int arms) {
        return arms < 1 ? List.of() : Collections.nCopies(arms, 1.0 / arms);
    }

    /**
     * Arms of equal weight.
     *
     * @param coverage the share of each part that is in the experiment; below 0 counts as 0, above 1 as 1
     */
    public static Shares equal(int arms, double coverage) {
        return of(equalWeights(arms), coverage);
    }

    /**
     * Arms of these weights. They must add up to 1, give or take 0.01; else they would say something that nobody meant.
     *
     * @param coverage see {@link #equal}
     */
    public static Shares of(List<Double> weights, double coverage) {
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        if (!weights.isEmpty() && !(Math.abs(sum - 1) <= TOLERANCE)) {
            throw new IllegalArgumentException("the weights of the arms must add up to 1, but add up to " + sum);
        }
        double share = Math.clamp(coverage, 0, 1);
        List<Part> parts = new ArrayList<>();
        double from = 0;
        for (double weight : weights) {
            parts.add(new Part(from, from + share * weight));
            from += weight;
        }
        return new Shares(parts);
    }

    /** The arm at this place; empty when it is outside of the experiment. */
    public OptionalInt armAt(double place) {
        for (int arm = 0; arm < parts.size(); arm++) {
            if (parts.get(arm).has(place)) {
                return OptionalInt.of(arm);
            }
        }
        return OptionalInt.empty();
    }
}
