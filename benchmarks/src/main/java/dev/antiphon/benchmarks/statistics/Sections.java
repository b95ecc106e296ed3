package dev.antiphon.benchmarks.statistics;

import static dev.antiphon.benchmarks.statistics.SectionCheck.each;
import static dev.antiphon.benchmarks.statistics.SectionCheck.expected;
import static dev.antiphon.benchmarks.statistics.SectionCheck.list;
import static dev.antiphon.benchmarks.statistics.SectionCheck.numbers;

import dev.antiphon.experiment.Bucketing;
import dev.antiphon.experiment.Namespace;
import dev.antiphon.experiment.Shares;
import dev.antiphon.statistics.BetaPosterior;
import dev.antiphon.statistics.Binomial;
import dev.antiphon.statistics.ConfidenceSequence;
import dev.antiphon.statistics.Effect;
import dev.antiphon.statistics.GaussianPosterior;
import dev.antiphon.statistics.Interval;
import dev.antiphon.statistics.Multiple;
import dev.antiphon.statistics.NormalMixture;
import dev.antiphon.statistics.Planning;
import dev.antiphon.statistics.RateSequence;
import dev.antiphon.statistics.Sample;
import dev.antiphon.statistics.SampleRatio;
import dev.antiphon.tier.ShiryaevRoberts;
import dev.antiphon.tier.Sprt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Which of our formulas computes which section. */
final class Sections {
    private static final double USUAL_ALPHA = 0.05;
    private static final double WEIGHTS_TOLERANCE = 0.01;

    private static final Map<String, SectionCheck> KNOWN = known();

    private Sections() {}

    /** The check of a section; empty when we ship no formula for it. */
    static Optional<SectionCheck> named(String section) {
        return Optional.ofNullable(KNOWN.get(section));
    }

    private static Map<String, SectionCheck> known() {
        Map<String, SectionCheck> sections = new TreeMap<>();
        sections.put("bucketing.hash", each(Sections::hash));
        sections.put("bucketing.hash.extra", each(Sections::hash));
        sections.put("bucketing.bucketRanges", each(Sections::ranges));
        sections.put("bucketing.chooseVariation", expected(Sections::variation));
        sections.put("bucketing.namespace", each(Sections::namespace));
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
        sections.put("srm.sequential", Sections::ratioRun);
        sections.put("srm.sequential.regression", each(Sections::ratioStream));
        sections.put("interval.binomial", each(Sections::binomial));
        sections.put("interval.binomial.oneSided", each(Sections::binomialBound));
        sections.put("test.welch", each(Sections::welch));
        sections.put("test.sequential", each(Sections::sequential));
        sections.put("test.sequential.domain", each(Sections::bothTests));
        sections.put("test.sequential.oneSided", each(Sections::oneSided));
        sections.put("bayes.gaussian", each(Sections::gaussian));
        sections.put("bayes.beta.probBBeatsA", expected(Sections::beats));
        sections.put("bayes.beta.domain", each(Sections::betaComparison));
        sections.put(
                "bayes.beta.tail",
                expected(v -> posterior(v).below(v.path("threshold").asDouble())));
        sections.put("cuped.theta", each(Sections::theta));
        sections.put("cuped.sequential", each(Sections::sequential));
        sections.put("confseq.normalMixture", each(Sections::normalMixture));
        sections.put("confseq.bernoulli", each(Sections::rateSequence));
        sections.put("multiple.adjusted", each(Sections::adjusted));
        sections.put("power.proportions", each(Sections::power));
        sections.put("power.planning", each(Sections::planning));
        sections.put("change.shiryaevRoberts", each(Sections::shiryaevRoberts));
        sections.put("change.sprt.path", each(Sections::sprt));
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

    private static void binomial(String name, JsonNode v, Findings findings) {
        Map<String, Binomial> methods = Map.of(
                "wilson", Binomial.WILSON, "clopperPearson", Binomial.CLOPPER_PEARSON, "jeffreys", Binomial.JEFFREYS);
        methods.forEach((method, formula) -> findings.numbers(
                name + ", " + method,
                v.path(method),
                ends(formula.interval(successes(v), v.path("n").asLong(), alpha(v)))));
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
            case "two-sided" -> formula.interval(successes(v), n, alpha(v));
            case "lower-bound" -> new Interval(formula.lowerBound(successes(v), n, alpha(v)), 1);
            case "upper-bound" -> new Interval(0, formula.upperBound(successes(v), n, alpha(v)));
            default -> throw new IllegalArgumentException("there is no side " + v.path("side"));
        };
        findings.numbers(name, v.path("expected"), ends(interval));
    }

    private static void welch(String name, JsonNode v, Findings findings) {
        Effect effect = effect(v, v.path("a"), v.path("b"));
        estimate(name, v, effect, findings);
        findings.numbers(name + ", interval", v.path("ci"), ends(effect.welch(alpha(v))));
        findings.number(name + ", p", v.path("p"), effect.welchP());
    }

    private static void sequential(String name, JsonNode v, Findings findings) {
        Effect effect = effect(v, v.path("a"), v.path("b"));
        ConfidenceSequence sequence =
                new ConfidenceSequence(alpha(v), v.path("Nstar").asDouble());
        estimate(name, v, effect, findings);
        findings.numbers(name + ", interval", v.path("ci"), ends(sequence.interval(effect)));
        findings.number(name + ", p", v.path("p"), sequence.p(effect, 0));
    }

    private static void estimate(String name, JsonNode v, Effect effect, Findings findings) {
        findings.number(name + ", effect", v.path("expected"), effect.estimate());
        findings.number(name + ", standard error", v.path("se"), effect.standardError());
    }

    private static void bothTests(String name, JsonNode v, Findings findings) {
        Effect effect = effect(v, v.path("a"), v.path("b"));
        ConfidenceSequence sequence =
                new ConfidenceSequence(alpha(v), v.path("Nstar").asDouble());
        findings.number(name + ", effect", v.path("effect"), effect.estimate());
        findings.number(name + ", standard error", v.path("se"), effect.standardError());
        findings.numbers(name + ", sequential interval", v.path("sequential_ci"), ends(sequence.interval(effect)));
        findings.number(name + ", sequential p", v.path("sequential_p"), sequence.p(effect, 0));
        findings.numbers(name + ", Welch interval", v.path("welch_ci"), ends(effect.welch(alpha(v))));
        findings.number(name + ", Welch p", v.path("welch_p"), effect.welchP());
    }

    private static void oneSided(String name, JsonNode v, Findings findings) {
        Effect effect = effect(v, v.path("a"), v.path("b"));
        ConfidenceSequence sequence =
                new ConfidenceSequence(alpha(v), v.path("Nstar").asDouble());
        findings.number(name + ", lower", v.path("lower"), sequence.lowerBound(effect));
        findings.number(name + ", upper", v.path("upper"), sequence.upperBound(effect));
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
        findings.numbers(name + ", interval", v.path("ci"), ends(posterior.interval(alpha(v))));
        findings.number(name + ", standard deviation", v.path("sd"), posterior.standardDeviation());
        findings.number(name + ", chance to win", v.path("chanceToWin"), posterior.chanceToWin());
        findings.numbers(
                name + ", risk", v.path("risk"), List.of(posterior.riskOfStaying(), posterior.riskOfChanging()));
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

    private static Sample.Mean mean(List<Double> values) {
        return new Sample.Mean(
                values.stream().mapToDouble(Double::doubleValue).sum(),
                values.stream().mapToDouble(x -> x * x).sum(),
                values.size());
    }

    private static void normalMixture(String name, JsonNode v, Findings findings) {
        double rho = NormalMixture.rho(
                v.path("v_opt").asDouble(), v.path("alpha_opt").asDouble());
        findings.number(name + ", rho", v.path("best_rho"), rho);
        if (v.has("bound")) {
            findings.number(
                    name + ", bound",
                    v.path("bound"),
                    NormalMixture.bound(v.path("v").asDouble(), alpha(v), rho));
        }
    }

    private static void rateSequence(String name, JsonNode v, Findings findings) {
        Interval interval = new RateSequence(
                        alpha(v),
                        v.path("t_opt").asDouble(),
                        v.path("alpha_opt").asDouble())
                .interval(successes(v), v.path("n").asLong());
        findings.numbers(name, v.path("expected"), ends(interval));
    }

    private static void adjusted(String name, JsonNode v, Findings findings) {
        Map<String, Multiple> methods =
                Map.of("holm", Multiple.HOLM, "hochberg", Multiple.HOCHBERG, "bh", Multiple.BENJAMINI_HOCHBERG);
        methods.forEach((method, formula) ->
                findings.numbers(name + ", " + method, v.path(method), formula.adjusted(numbers(v.path("p")))));
    }

    private static void power(String name, JsonNode v, Findings findings) {
        double alpha = v.path("sides").asInt(2) == 1 ? 2 * alpha(v) : alpha(v);
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
                        alpha(v),
                        v.path("power").asDouble()));
    }

    private static void shiryaevRoberts(String name, JsonNode v, Findings findings) {
        double healthy = v.path("p0").asDouble();
        ShiryaevRoberts first =
                ShiryaevRoberts.against(healthy, List.of(v.path("p1").asDouble()));
        findings.numbers(
                name,
                v.path("R"),
                SectionCheck.path(v.path("outcomes"), first, ShiryaevRoberts::seen, ShiryaevRoberts::value));
    }

    private static void sprt(String name, JsonNode v, Findings findings) {
        Sprt now = Sprt.of(
                v.path("pBad").asDouble(),
                v.path("pGood").asDouble(),
                alpha(v),
                v.path("beta").asDouble());
        findings.number(name + ", upper", v.path("upper"), now.logUpper());
        findings.number(name + ", lower", v.path("lower"), now.logLower());
        int at = 0;
        for (JsonNode outcome : v.path("outcomes")) {
            if (now.decision() != Sprt.Decision.OPEN) {
                break;
            }
            now = now.seen(outcome.asInt() == 1);
            at++;
        }
        String decision = switch (now.decision()) {
            case GOOD -> "good";
            case BAD -> "bad";
            case OPEN -> "open";
        };
        findings.same(name + ", decision", v.path("decision").asString("open"), decision);
        findings.number(name + ", at", v.path("at"), at);
        findings.number(name + ", evidence", v.path("llr_last"), now.logRatio());
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

    private static Sample.Mean mean(JsonNode arm) {
        return new Sample.Mean(
                arm.path("sum").asDouble(),
                arm.path("sum_squares").asDouble(),
                arm.path("n").asLong());
    }

    private static long successes(JsonNode v) {
        return v.path("successes").asLong();
    }

    private static double alpha(JsonNode v) {
        return v.path("alpha").asDouble(USUAL_ALPHA);
    }

    private static List<Double> ends(Interval interval) {
        return List.of(interval.lower(), interval.upper());
    }
}
