package dev.antiphon.benchmarks.statistics;

import static dev.antiphon.benchmarks.statistics.SectionCheck.each;
import static dev.antiphon.benchmarks.statistics.SectionCheck.expected;
import static dev.antiphon.benchmarks.statistics.SectionCheck.list;
import static dev.antiphon.benchmarks.statistics.SectionCheck.numbers;

import dev.antiphon.experiment.Bucketing;
import dev.antiphon.experiment.Namespace;
import dev.antiphon.experiment.Shares;
import dev.antiphon.statistics.SampleRatio;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Who gets what, and whether the arms have their shares. */
final class AssignmentSections {
    private static final double WEIGHTS_TOLERANCE = 0.01;

    private AssignmentSections() {}

    /** The checks of these sections. */
    static Map<String, SectionCheck> all() {
        Map<String, SectionCheck> sections = new HashMap<>();
        sections.put("bucketing.hash", each(AssignmentSections::hash));
        sections.put("bucketing.hash.extra", each(AssignmentSections::hash));
        sections.put("bucketing.bucketRanges", each(AssignmentSections::ranges));
        sections.put("bucketing.chooseVariation", expected(AssignmentSections::variation));
        sections.put("bucketing.namespace", each(AssignmentSections::namespace));
        sections.put(
                "bucketing.equalWeights",
                each((name, v, f) -> f.numbers(
                        name,
                        v.path("expected"),
                        Shares.equalWeights(v.path("n").asInt()))));
        sections.put(
                "srm.chiSquare",
                each((name, v, f) -> f.number(
                        name,
                        v.path("expected_p"),
                        SampleRatio.p(list(v.path("observed"), JsonNode::asLong), numbers(v.path("weights"))))));
        sections.put("srm.sequential", AssignmentSections::ratioRun);
        sections.put("srm.sequential.regression", each(AssignmentSections::ratioStream));
        return sections;
    }

    private static void hash(String name, JsonNode v, Findings findings) {
        String seed = v.path("seed").asString();
        String unit = v.path("value").asString();
        switch (v.path("version").asInt()) {
            case 1 -> findings.number(name, v.path("expected"), Bucketing.placeByOneHash(seed, unit));
            case 2 -> findings.number(name, v.path("expected"), Bucketing.place(seed, unit));
            default ->
                findings.same(name + ", no such version", v.path("expected").toString(), "null");
        }
    }

    /** Weights that we refuse count as equal in the library that the figures come from. */
    private static void ranges(String name, JsonNode v, Findings findings) {
        int arms = v.path("variations").asInt();
        double coverage = v.path("coverage").asDouble();
        List<Double> weights = numbers(v.path("weights"));
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        boolean usable = weights.size() == arms && Math.abs(sum - 1) <= WEIGHTS_TOLERANCE;
        Shares shares = usable ? Shares.of(weights, coverage) : Shares.equal(arms, coverage);
        JsonNode expected = v.path("expected");
        findings.same(name + ", how many", String.valueOf(expected.size()), String.valueOf(arms));
        for (int i = 0; i < Math.min(expected.size(), arms); i++) {
            Shares.Part part = shares.parts().get(i);
            findings.numbers(name + ", arm " + (i + 1), expected.get(i), List.of(part.from(), part.to()));
        }
    }

    private static double variation(JsonNode v) {
        return new Shares(list(
                        v.path("ranges"),
                        range -> new Shares.Part(
                                range.path(0).asDouble(), range.path(1).asDouble())))
                .armAt(v.path("n").asDouble())
                .orElse(-1);
    }

    private static void namespace(String name, JsonNode v, Findings findings) {
        JsonNode part = v.path("namespace");
        boolean in = new Namespace(
                        part.path(0).asString(),
                        part.path(1).asDouble(),
                        part.path(2).asDouble())
                .has(v.path("unit").asString());
        findings.same(name, v.path("expected").toString(), String.valueOf(in));
    }

    /** One run; a batch that is not listed shows in the next posterior. */
    private static void ratioRun(List<JsonNode> vectors, Findings findings) {
        JsonNode first = vectors.getFirst();
        SampleRatio.Sequential now =
                SampleRatio.Sequential.of(numbers(first.path("null")), numbers(first.path("prior")));
        for (int i = 0; i < vectors.size(); i++) {
            JsonNode v = vectors.get(i);
            List<Long> counts = list(v.path("counts"), JsonNode::asLong);
            List<Long> unlisted = new ArrayList<>();
            for (int arm = 0; arm < counts.size(); arm++) {
                double before = v.path("posterior").path(arm).asDouble() - counts.get(arm);
                unlisted.add(Math.round(before - now.posterior().get(arm)));
            }
            if (unlisted.stream().anyMatch(n -> n > 0)) {
                now = now.seen(unlisted);
            }
            now = now.seen(counts);
            String name = "vector " + (i + 1);
            findings.number(name + ", log m1", v.path("cumulative_log_m1"), now.logMixture());
            findings.number(name + ", log m0", v.path("cumulative_log_m0"), now.logIntended());
            findings.numbers(name + ", posterior", v.path("posterior"), now.posterior());
        }
    }

    private static void ratioStream(String name, JsonNode v, Findings findings) {
        List<Double> shares = numbers(v.path("null"));
        SampleRatio.Sequential now = SampleRatio.Sequential.of(
                shares, v.path("concentration").asDouble(SampleRatio.Sequential.CONCENTRATION));
        for (JsonNode arm : v.path("stream")) {
            List<Long> one = new ArrayList<>();
            for (int i = 0; i < shares.size(); i++) {
                one.add(i == arm.asInt() ? 1L : 0L);
            }
            now = now.seen(one);
        }
        findings.number(name + ", Bayes factor", v.path("expected_bayes_factor"), now.bayesFactor());
        findings.number(name + ", p", v.path("expected_p"), now.p());
        findings.number(name + ", posterior", v.path("expected_posterior"), now.posteriorProbability());
    }
}
