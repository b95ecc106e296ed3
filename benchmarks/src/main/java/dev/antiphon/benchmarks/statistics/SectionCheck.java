package dev.antiphon.benchmarks.statistics;

import dev.antiphon.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.JsonNode;

/** Computes what the vectors of a section expect. Some sections are one run, so each is given whole. */
@FunctionalInterface
interface SectionCheck {

    /** Compares all vectors of the section. */
    void check(List<JsonNode> vectors, Findings findings);

    /** Vectors that do not depend on each other. */
    static SectionCheck each(VectorCheck check) {
        return (vectors, findings) -> {
            for (int i = 0; i < vectors.size(); i++) {
                int before = findings.compared();
                check.check("vector " + (i + 1), vectors.get(i), findings);
                if (findings.compared() == before) {
                    findings.failed("vector " + (i + 1) + ": it has no figure that was looked for");
                }
            }
        };
    }

    /** One vector. */
    @FunctionalInterface
    interface VectorCheck {
        void check(String name, JsonNode vector, Findings findings);
    }

    /** Vectors of one number each, called {@code expected}. */
    static SectionCheck expected(ToDoubleFunction<JsonNode> formula) {
        return each((name, vector, findings) ->
                findings.number(name, vector.path("expected"), formula.applyAsDouble(vector)));
    }

    /** The elements of a list. */
    static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        List<T> values = new ArrayList<>();
        array.forEach(node -> values.add(read.apply(node)));
        return values;
    }

    /** The numbers of a list. */
    static List<Double> numbers(JsonNode array) {
        return list(array, JsonNode::asDouble);
    }

    /** The level of a vector; 0.05 where it names none. */
    static double alpha(JsonNode vector) {
        return vector.path("alpha").asDouble(0.05);
    }

    /** Both ends. */
    static List<Double> ends(Interval interval) {
        return List.of(interval.lower(), interval.upper());
    }

    /** Values of a detector after each outcome, which are 1 or 0. */
    static <T> List<Double> path(JsonNode outcomes, T first, Step<T> step, ToDoubleFunction<T> value) {
        List<Double> path = new ArrayList<>();
        T now = first;
        for (JsonNode outcome : outcomes) {
            now = step.next(now, outcome.asInt() == 1);
            path.add(value.applyAsDouble(now));
        }
        return path;
    }

    /** A detector's next value. */
    @FunctionalInterface
    interface Step<T> {
        T next(T now, boolean completed);
    }
}
