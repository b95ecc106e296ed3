package dev.antiphon.benchmarks.statistics;

import static dev.antiphon.benchmarks.statistics.SectionCheck.each;
import static dev.antiphon.benchmarks.statistics.SectionCheck.numbers;

import dev.antiphon.statistics.ConfidenceSequence;
import dev.antiphon.statistics.Effect;
import dev.antiphon.statistics.GaussianPosterior;
import dev.antiphon.statistics.Multiple;
import dev.antiphon.statistics.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How far two arms differ. */
final class EffectSections {
    private EffectSections() {}

    /** The checks of these sections. */
    static Map<String, SectionCheck> all() {
        Map<String, SectionCheck> sections = new HashMap<>();
        sections.put("test.welch", each(EffectSections::welch));
        sections.put("test.sequential", each(EffectSections::sequential));
        sections.put("test.sequential.domain", each(EffectSections::bothTests));
        sections.put("test.sequential.oneSided", each(EffectSections::oneSided));
        sections.put("bayes.gaussian", each(EffectSections::gaussian));
        sections.put("cuped.theta", each(EffectSections::theta));
        sections.put("cuped.sequential", each(EffectSections::sequential));
        sections.put("multiple.adjusted", each(EffectSections::adjusted));
        return sections;
    }

    private static void welch(String name, JsonNode v, Findings findings) {
        Effect effect = effect(v, v.path("a"), v.path("b"));
        estimate(name, v, effect, findings);
        findings.numbers(name + ", interval", v.path("ci"), SectionCheck.ends(effect.welch(SectionCheck.alpha(v))));
        findings.number(name + ", p", v.path("p"), effect.welchP());
    }

    private static void sequential(String name, JsonNode v, Findings findings) {
        Effect effect = effect(v, v.path("a"), v.path("b"));
        ConfidenceSequence sequence =
                new ConfidenceSequence(SectionCheck.alpha(v), v.path("Nstar").asDouble());
        estimate(name, v, effect, findings);
        findings.numbers(name + ", interval", v.path("ci"), SectionCheck.ends(sequence.interval(effect)));
        findings.number(name + ", p", v.path("p"), sequence.p(effect, 0));
    }

    private static void estimate(String name, JsonNode v, Effect effect, Findings findings) {
        findings.number(name + ", effect", v.path("expected"), effect.estimate());
        findings.number(name + ", standard error", v.path("se"), effect.standardError());
    }

    private static void bothTests(String name, JsonNode v, Findings findings) {
        Effect effect = effect(v, v.path("a"), v.path("b"));
        ConfidenceSequence sequence =
                new ConfidenceSequence(SectionCheck.alpha(v), v.path("Nstar").asDouble());
        findings.number(name + ", effect", v.path("effect"), effect.estimate());
        findings.number(name + ", standard error", v.path("se"), effect.standardError());
        findings.numbers(
                name + ", sequential interval", v.path("sequential_ci"), SectionCheck.ends(sequence.interval(effect)));
        findings.number(name + ", sequential p", v.path("sequential_p"), sequence.p(effect, 0));
        findings.numbers(
                name + ", Welch interval", v.path("welch_ci"), SectionCheck.ends(effect.welch(SectionCheck.alpha(v))));
        findings.number(name + ", Welch p", v.path("welch_p"), effect.welchP());
    }

    private static void oneSided(String name, JsonNode v, Findings findings) {
        Effect effect = effect(v, v.path("a"), v.path("b"));
        ConfidenceSequence sequence =
                new ConfidenceSequence(SectionCheck.alpha(v), v.path("Nstar").asDouble());
        if (v.path("side").asString("").equals("lesser")) {
            findings.number(name + ", upper", v.path("upper"), sequence.upperBound(effect));
        } else {
            findings.number(name + ", lower", v.path("lower"), sequence.lowerBound(effect));
        }
    }

    private static void gaussian(String name, JsonNode v, Findings findings) {
        Effect effect = effect(v, v.path("a"), v.path("b"));
        JsonNode prior = v.path("prior");
        GaussianPosterior posterior = prior.isObject()
                ? GaussianPosterior.of(
                        effect,
                        prior.path("mean").asDouble(),
                        prior.path("variance").asDouble())
                : GaussianPosterior.of(effect);
        findings.number(name + ", effect", v.path("expected"), posterior.mean());
        findings.numbers(
                name + ", interval", v.path("ci"), SectionCheck.ends(posterior.interval(SectionCheck.alpha(v))));
        findings.number(name + ", standard deviation", v.path("sd"), posterior.standardDeviation());
        findings.number(name + ", chance to win", v.path("chanceToWin"), posterior.chanceToWin());
        findings.numbers(
                name + ", risk", v.path("risk"), List.of(posterior.riskOfStaying(), posterior.riskOfChanging()));
    }

    /** All arms have the same numbers. */
    private static void theta(String name, JsonNode v, Findings findings) {
        List<Double> before = numbers(v.path("pre"));
        List<Double> after = numbers(v.path("post"));
        double products = 0;
        for (int i = 0; i < before.size(); i++) {
            products += before.get(i) * after.get(i);
        }
        Sample.Adjusted arm = Sample.Adjusted.unadjusted(mean(after), mean(before), products);
        findings.number(name, v.path("expected_theta"), Sample.Adjusted.theta(arm, arm));
    }

    private static void adjusted(String name, JsonNode v, Findings findings) {
        Map<String, Multiple> methods =
                Map.of("holm", Multiple.HOLM, "hochberg", Multiple.HOCHBERG, "bh", Multiple.BENJAMINI_HOCHBERG);
        methods.forEach((method, formula) ->
                findings.numbers(name + ", " + method, v.path(method), formula.adjusted(numbers(v.path("p")))));
    }

    private static Effect effect(JsonNode v, JsonNode a, JsonNode b) {
        Sample first = sample(a);
        Sample second = sample(b);
        if (first instanceof Sample.Adjusted one && second instanceof Sample.Adjusted other) {
            double theta = Sample.Adjusted.theta(one, other);
            first = one.adjusted(theta);
            second = other.adjusted(theta);
        }
        Optional<Effect> effect = v.path("difference").asString("relative").equals("absolute")
                ? Effect.absolute(first, second)
                : Effect.relative(first, second);
        return effect.orElseThrow(() -> new IllegalArgumentException("there is nothing to compare"));
    }

    private static Sample sample(JsonNode arm) {
        if (arm.has("post")) {
            return Sample.Adjusted.unadjusted(
                    mean(arm.path("post")),
                    mean(arm.path("pre")),
                    arm.path("post_pre_sum_of_products").asDouble());
        }
        return switch (arm.path("type").asString("")) {
            case "proportion" ->
                new Sample.Proportion(arm.path("sum").asLong(), arm.path("n").asLong());
            case "mean" -> mean(arm);
            default -> throw new IllegalArgumentException("there is no kind of sample " + arm.path("type"));
        };
    }

    private static Sample.Mean mean(List<Double> values) {
        return new Sample.Mean(
                values.stream().mapToDouble(Double::doubleValue).sum(),
                values.stream().mapToDouble(x -> x * x).sum(),
                values.size());
    }

    private static Sample.Mean mean(JsonNode arm) {
        return new Sample.Mean(
                arm.path("sum").asDouble(),
                arm.path("sum_squares").asDouble(),
                arm.path("n").asLong());
    }
}
