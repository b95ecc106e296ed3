package dev.antiphon.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Adjusts probabilities when several questions are asked at once. The results stand in the order of the questions. */
public enum Multiple {
    /** Holm: the chance of even one false answer stays at its level. The default. */
    HOLM {
        @Override
        void adjust(double[] sorted) {
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] *= sorted.length - i;
            }
            for (int i = 1; i < sorted.length; i++) {
                sorted[i] = Math.max(sorted[i], sorted[i - 1]);
            }
        }
    },
    /** Hochberg: as {@link #HOLM}, a little less strict; the questions must not contradict each other. */
    HOCHBERG {
        @Override
        void adjust(double[] sorted) {
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] *= sorted.length - i;
            }
            fall(sorted);
        }
    },
    /** Benjamini and Hochberg: the share of false among the answers stays at its level. */
    BENJAMINI_HOCHBERG {
        @Override
        void adjust(double[] sorted) {
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] *= (double) sorted.length / (i + 1);
            }
            fall(sorted);
        }
    };

    /** Of probabilities in ascending order. */
    abstract void adjust(double[] sorted);

    private static void fall(double[] sorted) {
        for (int i = sorted.length - 2; i >= 0; i--) {
            sorted[i] = Math.min(sorted[i], sorted[i + 1]);
        }
    }

    /** The adjusted probabilities, at most 1. */
    public List<Double> adjusted(List<Double> probabilities) {
        probabilities.forEach(p -> Checks.probability("a probability", p));
        List<Integer> order = IntStream.range(0, probabilities.size())
                .boxed()
                .sorted(Comparator.comparing(probabilities::get))
                .toList();
        double[] sorted = order.stream().mapToDouble(probabilities::get).toArray();
        adjust(sorted);
        Double[] adjusted = new Double[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            adjusted[order.get(i)] = Math.min(1, sorted[i]);
        }
        return List.of(adjusted);
    }
}
