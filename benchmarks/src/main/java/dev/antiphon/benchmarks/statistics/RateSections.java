package dev.antiphon.benchmarks.statistics;

import static dev.antiphon.benchmarks.statistics.SectionCheck.each;
import static dev.antiphon.benchmarks.statistics.SectionCheck.expected;

import dev.antiphon.statistics.BetaPosterior;
import dev.antiphon.statistics.Binomial;
import dev.antiphon.statistics.Interval;
import dev.antiphon.statistics.NormalMixture;
import dev.antiphon.statistics.Planning;
import dev.antiphon.statistics.RateSequence;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One rate or two: intervals, posteriors, planning. */
final class RateSections {
    private RateSections() {}

    /** The checks of these sections. */
    static Map<String, SectionCheck> all() {
        Map<String, SectionCheck> sections = new HashMap<>();
        sections.put("interval.binomial", each(RateSections::binomial));
        sections.put("interval.binomial.oneSided", each(RateSections::binomialBound));
        sections.put("bayes.beta.probBBeatsA", expected(RateSections::beats));
        sections.put("bayes.beta.domain", each(RateSections::betaComparison));
        sections.put(
                "bayes.beta.tail",
                expected(v -> posterior(v).below(v.path("threshold").asDouble())));
        sections.put("confseq.normalMixture", each(RateSections::normalMixture));
        sections.put("confseq.bernoulli", each(RateSections::rateSequence));
        sections.put("power.proportions", each(RateSections::power));
        sections.put("power.planning", each(RateSections::planning));
        return sections;
    }

    private static void binomial(String name, JsonNode v, Findings findings) {
        Map<String, Binomial> methods = Map.of(
                "wilson", Binomial.WILSON, "clopperPearson", Binomial.CLOPPER_PEARSON, "jeffreys", Binomial.JEFFREYS);
        methods.forEach((method, formula) -> {
            if (v.has(method) && !isUnknown(v, formula)) {
                findings.numbers(
                        name + ", " + method,
                        v.path(method),
                        SectionCheck.ends(
                                formula.interval(successes(v), v.path("n").asLong(), SectionCheck.alpha(v))));
            }
        });
    }

    /** The source has a Clopper-Pearson interval for all of its Wilson intervals but this one. */
    private static boolean isUnknown(JsonNode v, Binomial formula) {
        return formula == Binomial.CLOPPER_PEARSON
                && v.path("clopperPearson").isNull()
                && successes(v) == 19
                && v.path("n").asLong() == 38;
    }

    private static void binomialBound(String name, JsonNode v, Findings findings) {
        Binomial formula = switch (v.path("method").asString()) {
            case "wilson" -> Binomial.WILSON;
            case "clopperPearson" -> Binomial.CLOPPER_PEARSON;
            case "jeffreys" -> Binomial.JEFFREYS;
            default -> throw new IllegalArgumentException("there is no method " + v.path("method"));
        };
        long n = v.path("n").asLong();
        Interval interval = switch (v.path("side").asString()) {
            case "two-sided" -> formula.interval(successes(v), n, SectionCheck.alpha(v));
            case "lower-bound" -> new Interval(formula.lowerBound(successes(v), n, SectionCheck.alpha(v)), 1);
            case "upper-bound" -> new Interval(0, formula.upperBound(successes(v), n, SectionCheck.alpha(v)));
            default -> throw new IllegalArgumentException("there is no side " + v.path("side"));
        };
        findings.numbers(name, v.path("expected"), SectionCheck.ends(interval));
    }

    private static double beats(JsonNode v) {
        BetaPosterior a =
                new BetaPosterior(v.path("alphaA").asDouble(), v.path("betaA").asDouble());
        BetaPosterior b =
                new BetaPosterior(v.path("alphaB").asDouble(), v.path("betaB").asDouble());
        return b.beats(a);
    }

    private static void betaComparison(String name, JsonNode v, Findings findings) {
        BetaPosterior prior = new BetaPosterior(
                v.path("prior").path(0).asDouble(), v.path("prior").path(1).asDouble());
        BetaPosterior a = seen(prior, v.path("a"));
        BetaPosterior b = seen(prior, v.path("b"));
        findings.number(name + ", P(B > A)", v.path("probBBeatsA"), b.beats(a));
        findings.number(name + ", loss of B", v.path("expectedLossChooseB"), b.expectedLossAgainst(a));
        findings.number(name + ", loss of A", v.path("expectedLossChooseA"), a.expectedLossAgainst(b));
    }

    private static BetaPosterior seen(BetaPosterior prior, JsonNode arm) {
        return prior.seen(arm.path(0).asLong(), arm.path(1).asLong());
    }

    private static BetaPosterior posterior(JsonNode v) {
        return new BetaPosterior(
                        v.path("prior").path(0).asDouble(),
                        v.path("prior").path(1).asDouble())
                .seen(v.path("k").asLong(), v.path("n").asLong());
    }

    private static void normalMixture(String name, JsonNode v, Findings findings) {
        double rho = NormalMixture.rho(
                v.path("v_opt").asDouble(), v.path("alpha_opt").asDouble());
        if (v.has("best_rho")) {
            findings.number(name + ", rho", v.path("best_rho"), rho);
        }
        if (v.has("bound")) {
            findings.number(
                    name + ", bound",
                    v.path("bound"),
                    NormalMixture.bound(v.path("v").asDouble(), SectionCheck.alpha(v), rho));
        }
    }

    private static void rateSequence(String name, JsonNode v, Findings findings) {
        Interval interval = new RateSequence(
                        SectionCheck.alpha(v),
                        v.path("t_opt").asDouble(),
                        v.path("alpha_opt").asDouble())
                .interval(successes(v), v.path("n").asLong());
        findings.numbers(name, v.path("expected"), SectionCheck.ends(interval));
    }

    private static void power(String name, JsonNode v, Findings findings) {
        double alpha = v.path("sides").asInt(2) == 1 ? 2 * SectionCheck.alpha(v) : SectionCheck.alpha(v);
        findings.number(
                name,
                v.path("power"),
                Planning.power(
                        v.path("p1").asDouble(),
                        v.path("p2").asDouble(),
                        v.path("n").asDouble(),
                        alpha,
                        v.path("strict").asBoolean(false)));
    }

    private static void planning(String name, JsonNode v, Findings findings) {
        findings.number(
                name,
                v.path("nPerArm"),
                Planning.unitsPerArm(
                        v.path("p1").asDouble(),
                        v.path("p2").asDouble(),
                        SectionCheck.alpha(v),
                        v.path("power").asDouble()));
    }

    private static long successes(JsonNode v) {
        return v.path("successes").asLong();
    }
}
