package dev.antiphon.benchmarks.statistics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What was compared in one section, and what did not agree. Not thread-safe. */
final class Findings {
    private static final int LEAST_DECIMALS = 5;

    private final double tolerance;
    private final List<String> wrong = new ArrayList<>();
    private int compared;
    private double largest;

    Findings(double tolerance) {
        this.tolerance = tolerance;
    }

    /** A number; one that is not there, or is no number, is wrong. */
    void number(String what, JsonNode expected, double actual) {
        if (isFinite(expected)) {
            compared++;
            double off = Math.abs(expected.asDouble() - actual);
            largest = Math.max(largest, off);
            if (!(off <= tolerance) && !roundsTo(expected, actual)) {
                wrong.add(what + ": " + expected.asString() + " was expected, but was " + actual);
            }
        } else {
            lacking(what, expected, "a number");
        }
    }

    private static boolean isFinite(JsonNode expected) {
        return expected.isNumber() && Double.isFinite(expected.asDouble());
    }

    /** A figure that was printed with some decimals, though fewer than the tolerance asks for, says no more than these. */
    private static boolean roundsTo(JsonNode expected, double actual) {
        BigDecimal printed = new BigDecimal(expected.asString());
        return printed.scale() >= LEAST_DECIMALS
                && Double.isFinite(actual)
                && new BigDecimal(actual)
                                .setScale(printed.scale(), RoundingMode.HALF_EVEN)
                                .compareTo(printed)
                        == 0;
    }

    /** Two or more numbers. */
    void numbers(String what, JsonNode expected, List<Double> actual) {
        if (expected.isArray()) {
            same(what + ", how many", String.valueOf(expected.size()), String.valueOf(actual.size()));
            for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
                number(what + " " + (i + 1), expected.get(i), actual.get(i));
            }
        } else {
            lacking(what, expected, "a list of numbers");
        }
    }

    /** A word; one that is not there, or is no word, is wrong. */
    void word(String what, JsonNode expected, String actual) {
        if (expected.isString()) {
            same(what, expected.asString(), actual);
        } else {
            lacking(what, expected, "a word");
        }
    }

    private void lacking(String what, JsonNode expected, String needed) {
        wrong.add(what + ": the vector lacks this figure, "
                + (expected.isMissingNode()
                        ? "which is not there"
                        : "since " + needed + " is needed, but was " + expected));
    }

    /** Anything that is right or wrong. */
    void same(String what, String expected, String actual) {
        compared++;
        if (!expected.equals(actual)) {
            wrong.add(what + ": " + expected + " was expected, but was " + actual);
        }
    }

    /** A vector that could not be read or computed. */
    void failed(String what) {
        compared++;
        wrong.add(what);
    }

    int compared() {
        return compared;
    }

    double largest() {
        return largest;
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }
}
