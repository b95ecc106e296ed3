package dev.antiphon.benchmarks.experiments;

import dev.antiphon.experiment.Arm;
import dev.antiphon.experiment.ArmTotals;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentReport;
import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.ExperimentState.Change;
import dev.antiphon.experiment.ExperimentState.Result;
import dev.antiphon.experiment.Guardrail;
import dev.antiphon.experiment.Metric;
import dev.antiphon.experiment.Plan;
import dev.antiphon.experiment.Treatment;
import dev.antiphon.experiment.Verdict;
import dev.antiphon.statistics.ConfidenceSequence;
import dev.antiphon.statistics.Effect;
import dev.antiphon.statistics.GaussianPosterior;
import dev.antiphon.statistics.Interval;
import dev.antiphon.statistics.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A way to end an experiment: looks at what is there, and says which arm is better, if it can. */
interface Rule {
    /** What it can say. */
    enum Answer {
        BETTER,
        WORSE,
        STOPPED_BY_GUARDRAIL
    }

    /** For people. */
    String name();

    /** Whether it is the one that Antiphon ships. */
    boolean isShipped();

    /** A rule for one experiment. */
    Looking begin();

    /** One experiment, as it goes on. */
    interface Looking {
        /**
         * Looks.
         *
         * @param last whether no more calls come
         */
        Optional<Answer> look(ArmTotals a, ArmTotals b, boolean last);
    }

    /** A rule of one's own. */
    record Plain(String name, Looking looking) implements Rule {
        @Override
        public boolean isShipped() {
            return false;
        }

        @Override
        public Looking begin() {
            return looking;
        }
    }

    /** The usual test, once. */
    static Rule fixed(Metric metric) {
        return new Plain(
                "fixed z, one look",
                (a, b, last) ->
                        last ? effect(metric, a, b).flatMap(effect -> usual(effect, metric)) : Optional.empty());
    }

    /** The usual test, again and again: what must not be done. */
    static Rule peeking(Metric metric) {
        return new Plain(
                "naive z, peeking", (a, b, last) -> effect(metric, a, b).flatMap(effect -> usual(effect, metric)));
    }

    /** A probability to be better, again and again: what must not be done either. */
    static Rule bayes(Metric metric) {
        return new Plain(
                "Bayes P > 95 %, peeking",
                (a, b, last) -> effect(metric, a, b).flatMap(effect -> {
                    double chance = GaussianPosterior.of(effect).chanceToWin();
                    return chance > 0.95
                            ? better(metric, true)
                            : chance < 0.05 ? better(metric, false) : Optional.empty();
                }));
    }

    /** Only the sequence. */
    static Rule sequence(Metric metric, int horizon) {
        ConfidenceSequence sequence = new ConfidenceSequence(0.05, 2.0 * horizon);
        return new Plain(
                "confidence sequence .05",
                (a, b, last) -> effect(metric, a, b).flatMap(effect -> outside(sequence.interval(effect), metric)));
    }

    /** What the report says, with these goals. */
    static Rule shipped(String name, List<Metric> goals, List<Guardrail> guardrails, int horizon) {
        Experiment experiment = Experiment.of(
                "simulated",
                draft -> draft.arms(List.of(new Arm("a", 0.5, Treatment.NONE), new Arm("b", 0.5, Treatment.NONE)))
                        .goals(goals)
                        .guardrails(guardrails)
                        .plan(Plan.upTo(horizon)));
        return new Shipped(name, experiment);
    }

    /** The report of production, with its planned look. */
    record Shipped(String name, Experiment experiment) implements Rule {
        @Override
        public boolean isShipped() {
            return true;
        }

        @Override
        public Looking begin() {
            ExperimentState running = changed(ExperimentState.DRAFT, new Change.Start(100, experiment.design()));
            return (a, b, last) -> {
                ExperimentReport report = ExperimentReport.of(experiment, running, Map.of("a", a, "b", b));
                if (report.isLookDue()) {
                    ExperimentState looked = changed(running, new Change.Freeze(report.lookAt(Instant.EPOCH)));
                    report = ExperimentReport.of(experiment, looked, Map.of("a", a, "b", b));
                }
                return answer(report.verdict());
            };
        }

        private static ExperimentState changed(ExperimentState state, Change change) {
            return ((Result.Changed) state.changed(change, "simulation", "simulated", Instant.EPOCH)).state();
        }

        private static Optional<Answer> answer(Verdict verdict) {
            return switch (verdict) {
                case Verdict.Ahead other -> Optional.of(Answer.BETTER);
                case Verdict.Ship other -> Optional.of(Answer.BETTER);
                case Verdict.Behind other -> Optional.of(Answer.WORSE);
                case Verdict.RollBack other -> Optional.of(Answer.WORSE);
                case Verdict.Stopped other -> Optional.of(Answer.STOPPED_BY_GUARDRAIL);
                case Verdict.Invalid other -> throw new IllegalStateException("the simulated arms are of one size");
                case Verdict.Collecting other -> Optional.empty();
                case Verdict.NoDifference other -> Optional.empty();
                case Verdict.Inconclusive other -> Optional.empty();
            };
        }
    }

    private static Optional<Effect> effect(Metric metric, ArmTotals a, ArmTotals b) {
        return Effect.absolute(sample(metric, a), sample(metric, b));
    }

    private static Sample sample(Metric metric, ArmTotals arm) {
        ArmTotals.Sums s = arm.of(metric);
        return new Sample.Ratio(
                new Sample.Mean(s.over(), s.overSquares(), arm.units()),
                new Sample.Mean(s.under(), s.underSquares(), arm.units()),
                s.products());
    }

    /** At 5 %, by the normal distribution. */
    private static Optional<Answer> usual(Effect effect, Metric metric) {
        double z = effect.estimate() / effect.standardError();
        return Math.abs(z) > 1.959964 ? better(metric, z > 0) : Optional.empty();
    }

    private static Optional<Answer> outside(Interval interval, Metric metric) {
        return interval.contains(0) ? Optional.empty() : better(metric, interval.lower() > 0);
    }

    private static Optional<Answer> better(Metric metric, boolean more) {
        return Optional.of(more == metric.moreIsBetter() ? Answer.BETTER : Answer.WORSE);
    }
}
