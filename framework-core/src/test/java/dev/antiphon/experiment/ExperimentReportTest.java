package dev.antiphon.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.experiment.ExperimentState.Change;
import dev.antiphon.experiment.ExperimentState.Result;
import dev.antiphon.statistics.Interval;
import dev.antiphon.statistics.RateSequence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ExperimentReportTest {
    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final List<Arm> ARMS =
            List.of(new Arm("full", 0.5, Treatment.tier("full")), new Arm("mini", 0.5, Treatment.tier("mini")));

    private final List<UnitTotals> units = new ArrayList<>();

    private static Experiment experiment(Plan plan) {
        return Experiment.of("tiers", draft -> draft.arms(ARMS).plan(plan));
    }

    private static ExperimentState running(Experiment experiment) {
        return ((Result.Changed)
                        ExperimentState.DRAFT.changed(new Change.Start(100, experiment.design()), "ada", "a test", NOW))
                .state();
    }

    /** Units of one call each; cost is in millionths of a dollar. */
    private void arm(String variant, int n, int completed, int handedOver, long cost) {
        for (int i = 0; i < n; i++) {
            units.add(new UnitTotals(
                    variant,
                    variant + i,
                    1,
                    i < completed ? 1 : 0,
                    i >= n - handedOver ? 1 : 0,
                    0,
                    cost + i % 7 * 1_000,
                    10,
                    1,
                    10,
                    2));
        }
    }

    private ExperimentReport report(Plan plan) {
        Experiment experiment = experiment(plan);
        return ExperimentReport.of(experiment, running(experiment), units);
    }

    private ExperimentReport looked(Plan plan) {
        ExperimentReport report = report(plan);
        assertThat(report.isLookDue()).isTrue();
        return ExperimentReport.of(report.experiment(), frozen(report), units);
    }

    private static ExperimentState frozen(ExperimentReport report) {
        return ((Result.Changed) report.state()
                        .changed(new Change.Freeze(report.lookAt(NOW)), "plan", "the horizon is reached", NOW))
                .state();
    }

    @Test
    void aBrokenAssignmentComesBeforeEverythingElse() {
        arm("full", 1_000, 900, 0, 30_000);
        arm("mini", 700, 300, 300, 10_000);
        ExperimentReport report = report(Plan.upTo(600));
        assertThat(report.verdict()).isInstanceOf(Verdict.Invalid.class);
        assertThat(report.sentence()).startsWith("Do not believe any result").contains("1,000, 700 units");
        assertThat(report.isLookDue()).isFalse();
    }

    @Test
    void aGuardrailThatFailsComesBeforeGoals() {
        arm("full", 600, 300, 10, 30_000);
        arm("mini", 600, 500, 90, 10_000);
        ExperimentReport report = report(Plan.upTo(2_000));
        assertThat(report.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Stopped.class,
                        stopped -> assertThat(stopped.guardrail().metric()).isEqualTo(Metric.HANDOVER));
        assertThat(report.sentence())
                .startsWith("Stopped: the share of calls handed over is worse with mini by at least");
        assertThat(report.stopping()).isPresent();
    }

    @Test
    void belowTheMinimumNothingIsSaid() {
        arm("full", 60, 57, 0, 30_000);
        arm("mini", 60, 20, 0, 10_000);
        assertThat(report(Plan.upTo(2_000)).verdict())
                .isInstanceOfSatisfying(
                        Verdict.Collecting.class,
                        few -> assertThat(few.belowMinimum()).isTrue());
    }

    @Test
    void belowTheMinimumNoDifferenceNoProbabilityAndNoBeliefIsShown() {
        arm("full", 49, 30, 0, 30_000);
        arm("mini", 49, 10, 0, 10_000);
        ExperimentReport few = report(Plan.upTo(2_000));
        Comparison comparison = few.comparisons().getFirst();
        assertThat(comparison.isEnough()).isFalse();
        assertThat(comparison.belief()).isEmpty();
        assertThat(comparison.goals()).allSatisfy(row -> {
            assertThat(row.effect()).isEmpty();
            assertThat(row.interval()).isEmpty();
            assertThat(row.relative()).isEmpty();
            assertThat(row.p()).isEqualTo(1);
        });
        assertThat(few.shownSampleRatioP()).isEmpty();
        units.clear();
        arm("full", 50, 30, 0, 30_000);
        arm("mini", 50, 10, 0, 10_000);
        ExperimentReport enough = report(Plan.upTo(2_000));
        assertThat(enough.comparisons().getFirst().goals())
                .allSatisfy(row -> assertThat(row.effect()).isPresent());
        assertThat(enough.comparisons().getFirst().belief()).isPresent();
        assertThat(enough.shownSampleRatioP()).hasValue(enough.sampleRatioP());
    }

    @Test
    void aGuardrailIsToldInPercentAndPoints() {
        arm("full", 600, 500, 10, 30_000);
        arm("mini", 600, 500, 90, 10_000);
        assertThat(handover(report(Plan.upTo(2_000))).sentence())
                .matches("15\\.0 %, first arm 1\\.7 %; worse by at least \\d\\.?\\d? points \\(95 %, at any time\\);"
                        + " nothing worse is tolerated");
        units.clear();
        arm("full", 600, 500, 10, 30_000);
        arm("mini", 600, 500, 10, 10_000);
        assertThat(handover(report(Plan.upTo(2_000))).sentence())
                .isEqualTo(
                        "1.7 %, first arm 1.7 %; not shown to be worse (95 %, at any time); nothing worse is tolerated");
    }

    private static GuardrailRow handover(ExperimentReport report) {
        return report.comparisons().getFirst().guardrails().stream()
                .filter(row -> row.guardrail().metric() == Metric.HANDOVER)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whereNothingWasCompletedNobodyKnowsTheCostOfACompletedCall() {
        arm("full", 160, 0, 0, 30_000);
        arm("mini", 160, 120, 0, 10_000);
        ExperimentReport report = report(Plan.upTo(2_000));
        MetricRow cost = report.comparisons().getFirst().goals().stream()
                .filter(row -> row.metric() == Metric.COST_PER_COMPLETED)
                .findFirst()
                .orElseThrow();
        assertThat(cost.control()).isEmpty();
        assertThat(cost.treatment()).isPresent();
        assertThat(cost.effect()).isEmpty();
        assertThat(Objects.requireNonNull(report.arms().get("full")).value(Metric.COST_PER_COMPLETED))
                .isEmpty();
        assertThat(Objects.requireNonNull(report.arms().get("full")).value(Metric.COMPLETION))
                .hasValue(0);
    }

    @Test
    void anArmThatCompletesNothingIsNoCheaperAndFailsNoGuardrailOfCost() {
        Guardrail cost = new Guardrail(Metric.COST_PER_COMPLETED, 0);
        for (String fails : List.of("full", "mini")) {
            units.clear();
            arm("full", 160, fails.equals("full") ? 0 : 120, 0, 30_000);
            arm("mini", 160, fails.equals("mini") ? 0 : 120, 0, 30_000);
            Experiment experiment = Experiment.of(
                    "tiers", draft -> draft.arms(ARMS).plan(Plan.upTo(2_000)).guardrails(List.of(cost)));
            ExperimentReport report = ExperimentReport.of(experiment, running(experiment), units);
            GuardrailRow row = report.comparisons().getFirst().guardrails().getFirst();
            assertThat(row.bound()).isEmpty();
            assertThat(row.state()).isEqualTo(GuardrailRow.State.TOO_FEW);
            assertThat(row.sentence()).contains("–", "too few to say");
        }
    }

    @Test
    void aBrokenAssignmentIsShownHoweverFewTheUnitsOfAnArmAre() {
        arm("full", 300, 200, 0, 30_000);
        arm("mini", 10, 5, 0, 10_000);
        ExperimentReport report = report(Plan.upTo(2_000));
        assertThat(report.verdict()).isInstanceOf(Verdict.Invalid.class);
        assertThat(report.shownSampleRatioP()).isPresent();
    }

    @Test
    void aLargeDifferenceIsSeenWhileWatchingAndASmallOneIsNot() {
        arm("full", 400, 340, 0, 30_000);
        arm("mini", 400, 260, 0, 30_000);
        ExperimentReport report = report(Plan.upTo(2_000));
        assertThat(report.verdict()).isInstanceOfSatisfying(Verdict.Behind.class, behind -> {
            assertThat(behind.finding().estimate()).isCloseTo(-0.2, Offset.offset(1e-9));
            assertThat(behind.finding().interval().upper()).isNegative();
            assertThat(behind.finding().anytimeValid()).isTrue();
            assertThat(behind.finding().alphaSpent()).isEqualTo(0.01);
            assertThat(behind.finding().rule()).isEqualTo("confidence sequence");
            assertThat(behind.finding().n()).isEqualTo(800);
        });
        assertThat(report.sentence())
                .startsWith("mini is behind: mini completes 20 points fewer (−")
                .contains("valid whenever you look");
        units.clear();
        arm("full", 400, 340, 0, 30_000);
        arm("mini", 400, 335, 0, 30_000);
        assertThat(report(Plan.upTo(2_000)).verdict())
                .isEqualTo(new Verdict.Collecting(400, java.util.OptionalLong.of(2_000), false));
    }

    @Test
    void atTheHorizonASmallerDifferenceDecidesAndThenNothingChangesTheAnswer() {
        arm("full", 1_000, 850, 0, 30_000);
        arm("mini", 1_000, 891, 0, 30_000);
        assertThat(report(Plan.upTo(1_000)).verdict()).isInstanceOf(Verdict.Collecting.class);
        ExperimentReport report = looked(Plan.upTo(1_000));
        assertThat(report.verdict()).isInstanceOfSatisfying(Verdict.Ship.class, ship -> {
            assertThat(ship.finding().rule()).isEqualTo("planned look");
            assertThat(ship.finding().alphaSpent()).isEqualTo(0.04);
            assertThat(ship.finding().anytimeValid()).isFalse();
        });
        assertThat(report.sentence())
                .startsWith("Use mini: mini completes 4.1 points more")
                .contains("at the planned look");
        arm("mini", 1, 0, 0, 30_000);
        for (int i = 0; i < 400; i++) {
            arm("mini", 1, 0, 0, 30_000);
            arm("full", 1, 1, 0, 30_000);
        }
        ExperimentReport later = ExperimentReport.of(report.experiment(), report.state(), units);
        assertThat(later.verdict()).isEqualTo(report.verdict());
        assertThat(later.isLookDue()).isFalse();
    }

    @Test
    void theOppositeIsRolledBackAndLittleDifferenceIsSaidToBeNone() {
        arm("full", 1_000, 891, 0, 30_000);
        arm("mini", 1_000, 850, 0, 30_000);
        assertThat(looked(Plan.upTo(1_000)).verdict()).isInstanceOf(Verdict.RollBack.class);
        units.clear();
        arm("full", 4_000, 3_400, 0, 30_000);
        arm("mini", 4_000, 3_404, 0, 30_000);
        ExperimentReport same = looked(Plan.upTo(4_000));
        assertThat(same.verdict()).isInstanceOf(Verdict.NoDifference.class);
        assertThat(same.sentence()).startsWith("No difference that matters (within 3 points)");
        units.clear();
        arm("full", 300, 255, 0, 30_000);
        arm("mini", 300, 249, 0, 30_000);
        assertThat(looked(Plan.upTo(300)).verdict()).isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void aTierThatIsNotWorseAndCheaperIsUsed() {
        Plan plan = Plan.upTo(3_000).nonInferior(0.03);
        arm("full", 3_000, 2_550, 0, 30_000);
        arm("mini", 3_000, 2_535, 0, 9_000);
        ExperimentReport watched = report(plan);
        assertThat(watched.sentence())
                .contains("costs 6")
                .contains("less per completed task")
                .contains("non-inferior at 3 points: not yet");
        ExperimentReport report = looked(plan);
        assertThat(report.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Ship.class,
                        ship -> assertThat(ship.finding().metric()).isEqualTo(Metric.COST_PER_COMPLETED));
        assertThat(report.sentence()).contains("non-inferior at 3 points: yes");
    }

    @Test
    void aTierThatIsWorseThanTheMarginIsNotUsedHoweverCheapItIs() {
        Plan plan = Plan.upTo(3_000).nonInferior(0.03);
        arm("full", 1_000, 850, 0, 30_000);
        arm("mini", 1_000, 650, 0, 3_000);
        ExperimentReport report = report(plan);
        assertThat(report.verdict()).isInstanceOf(Verdict.Behind.class);
        assertThat(report.sentence()).contains("non-inferior at 3 points: no");
    }

    @Test
    void severalArmsShareTheErrorByHolm() {
        Experiment three = Experiment.of(
                "voices",
                draft -> draft.arms(List.of(
                                new Arm("a", 0.4, Treatment.NONE),
                                new Arm("b", 0.3, Treatment.NONE),
                                new Arm("c", 0.3, Treatment.NONE)))
                        .goals(List.of(Metric.COMPLETION))
                        .plan(Plan.upTo(1_000)));
        arm("a", 400, 340, 0, 30_000);
        arm("b", 300, 255, 0, 30_000);
        arm("c", 300, 180, 0, 30_000);
        ExperimentReport report = ExperimentReport.of(three, running(three), units);
        assertThat(report.comparisons()).extracting(c -> c.verdict().name()).containsExactly("collecting", "behind");
        assertThat(report.verdict()).isInstanceOf(Verdict.Behind.class);
        MetricRow c = report.comparisons().get(1).goals().getFirst();
        assertThat(c.adjustedP()).isCloseTo(2 * c.p(), Offset.offset(1e-12));
    }

    @Test
    void callersWhoCallOftenCountAsOneUnit() {
        for (int i = 0; i < 100; i++) {
            units.add(new UnitTotals("full", "f" + i, 10, i % 2 == 0 ? 10 : 0, 0, 0, 1, 1, 0, 1, 0));
            units.add(new UnitTotals("mini", "m" + i, 10, i % 3 == 0 ? 10 : 0, 0, 0, 1, 1, 0, 1, 0));
        }
        ExperimentReport report = report(Plan.openEnded());
        assertThat(report.arms())
                .extractingByKey("full")
                .extracting(ArmTotals::units)
                .isEqualTo(100L);
        MetricRow row = report.comparisons().getFirst().goals().getFirst();
        assertThat(row.effect().orElseThrow().units()).isEqualTo(200);
        assertThat(row.effect().orElseThrow().standardError()).isCloseTo(0.069, Offset.offset(0.002));
    }

    @Test
    void oneCallerWhoCallsAgainAndAgainDoesNotNarrowTheIntervalOfAnArm() {
        arm("full", 26, 18, 0, 30_000);
        Interval each = report(Plan.openEnded()).completion("full");
        assertThat(each).isEqualTo(new RateSequence(0.05, 200).interval(18, 26));
        units.set(0, new UnitTotals("full", "full0", 47, 33, 0, 0, 1, 10, 1, 10, 2));
        ExperimentReport report = report(Plan.openEnded());
        assertThat(report.arms().values().iterator().next().finished()).isEqualTo(72);
        Interval often = report.completion("full");
        assertThat(width(often)).isGreaterThan(width(each) - 0.01);
        assertThat(width(often)).isGreaterThan(1.5 * width(new RateSequence(0.05, 200).interval(50, 72)));
    }

    @Test
    void callersWhoAlwaysSucceedOrAlwaysFailTellNoMoreThanOneCallEachWould() {
        for (int i = 0; i < 100; i++) {
            units.add(new UnitTotals("full", "f" + i, 10, i < 70 ? 10 : 0, 0, 0, 1, 1, 0, 1, 0));
        }
        assertThat(width(report(Plan.openEnded()).completion("full")))
                .isCloseTo(width(new RateSequence(0.05, 200).interval(70, 100)), Offset.offset(0.01));
    }

    /** Callers differ, and some call often; the share of a call is that of all calls that such callers make. */
    @Test
    void theIntervalOfAnArmHoldsTheTruthHoweverOftenOneLooks() {
        int outside = 0;
        for (int run = 0; run < 300; run++) {
            Random random = new Random(run);
            ArmTotals.Tally tally = new ArmTotals.Tally();
            boolean missed = false;
            for (int i = 0; i < 200; i++) {
                int calls = random.nextInt(5) == 0 ? 1 + random.nextInt(20) : 1;
                double own = random.nextDouble() < 0.5 ? 0.9 : 0.5;
                long completed = random.doubles(calls).filter(x -> x < own).count();
                tally.add(new UnitTotals("full", "f" + i, calls, completed, 0, 0, 1, 1, 0, 1, 0));
                Map<String, ArmTotals> arms = Map.of("full", tally.totals());
                missed |= i >= 25
                        && !ExperimentReport.of(experiment(Plan.openEnded()), ExperimentState.DRAFT, arms)
                                .completion("full")
                                .contains(0.7);
            }
            outside += missed ? 1 : 0;
        }
        assertThat(outside)
                .as("of 300, at most 5 %% and the error of a simulation")
                .isLessThanOrEqualTo(15 + 8);
    }

    private static double width(Interval interval) {
        return interval.upper() - interval.lower();
    }

    @Test
    void beliefsAreShownBesideAndNothingRestsOnThem() {
        arm("full", 200, 150, 0, 30_000);
        arm("mini", 200, 160, 0, 30_000);
        ExperimentReport report = report(Plan.upTo(2_000));
        assertThat(report.verdict()).isInstanceOf(Verdict.Collecting.class);
        assertThat(report.comparisons().getFirst().belief().orElseThrow().chanceBetter())
                .isBetween(0.85, 0.92);
        assertThat(report.completion("full").contains(0.75)).isTrue();
    }
}
