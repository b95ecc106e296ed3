package dev.antiphon.benchmarks.statistics;

import java.util.List;

/**
 * What our formula makes of one section.
 *
 * @param shipped whether we have the formula
 * @param compared figures that were compared
 * @param largest the largest deviation
 * @param wrong what deviates by more than the tolerance, in words
 */
record SectionResult(
        String name, int vectors, boolean shipped, int compared, double largest, double tolerance, List<String> wrong) {

    boolean agrees() {
        return wrong.isEmpty();
    }
}
