package dev.antiphon.samples.month;

import dev.antiphon.experiment.ExperimentReport;
import dev.antiphon.experiment.Metric;
import dev.antiphon.experiment.Verdict;
import dev.antiphon.server.store.KpiQuery;
import dev.antiphon.server.store.Kpis;
import dev.antiphon.server.store.Store;
import dev.antiphon.tier.RouterDecision;
import dev.antiphon.tier.RouterDecision.Kind;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the month has shown: day by day from the store, what the router decided, and whether all of it fits together. */
final class MonthReport {
    private final MonthPlan plan;
    private final List<RouterDecision> decisions;
    private final ExperimentReport experiment;
    private final List<Check> checks = new ArrayList<>();
    private final List<StoreCheck.Day> days;

    /** One thing that must be so. */
    private record Check(boolean holds, String what) {}

    private MonthReport(MonthPlan plan, MonthRun.Outcome outcome, List<StoreCheck.Day> days) {
        this.plan = plan;
        this.decisions = outcome.decisions();
        this.experiment = outcome.report();
        this.days = days;
    }

    static MonthReport of(MonthPlan plan, MonthRun.Outcome outcome, Store store) {
        StoreCheck independent = new StoreCheck(store.address());
        MonthReport report = new MonthReport(plan, outcome, independent.days());
        report.checkRouter(Line.APPOINTMENTS.flowName());
        report.checkStore(store, independent.totals());
        report.checkExperiment(independent);
        return report;
    }

    private void checkRouter(String flow) {
        List<RouterDecision> ofFlow =
                decisions.stream().filter(each -> each.flow().equals(flow)).toList();
        Instant bad = plan.begin().plus(Duration.ofDays(plan.fromDay() - 1L));
        Instant good = plan.begin().plus(Duration.ofDays(plan.untilDay() - 1L));
        check(
                ofFlow.stream().anyMatch(each -> each.kind() == Kind.ESCALATED && within(each, bad, good)),
                flow + ": the router moved new calls up while the small model was bad");
        check(
                ofFlow.stream()
                        .anyMatch(each ->
                                each.kind() == Kind.PROBING && !each.at().isBefore(bad)),
                flow + ": it tried the way back");
        check(
                ofFlow.stream()
                        .anyMatch(each ->
                                each.kind() == Kind.RETURNED && !each.at().isBefore(good)),
                flow + ": it returned after the small model was well again");
        check(
                ofFlow.stream()
                        .noneMatch(each ->
                                each.kind() == Kind.ESCALATED && each.at().isBefore(bad)),
                flow + ": no false alarm before");
    }

    private static boolean within(RouterDecision decision, Instant from, Instant to) {
        return !decision.at().isBefore(from) && decision.at().isBefore(to);
    }

    private void checkStore(Store store, StoreCheck.Totals independent) {
        Kpis figures = store.kpis(KpiQuery.between(plan.begin(), plan.begin().plus(Duration.ofDays(plan.days() + 1L))));
        check(
                independent.calls() == plan.calls() && figures.outcomes().finished() == plan.calls(),
                "the store has every call: " + independent.calls() + " of " + plan.calls());
        check(
                independent.completed() == figures.outcomes().completed(),
                "completed, by the store's figures " + figures.outcomes().completed() + ", by an independent query "
                        + independent.completed());
        check(
                independent.costMicros() == figures.cost().micros(),
                String.format(
                        Locale.ROOT,
                        "cost, by the store's figures $%.4f, by an independent query $%.4f",
                        figures.cost().micros() / 1e6,
                        independent.costMicros() / 1e6));
    }

    private void checkExperiment(StoreCheck independent) {
        String key = experiment.experiment().key();
        check(!(experiment.verdict() instanceof Verdict.Collecting), key + ": it reached a verdict");
        independent
                .arms(key)
                .forEach(arm -> check(
                        Optional.ofNullable(experiment.arms().get(arm.variant()))
                                .map(totals -> totals.sums().get(Metric.COMPLETION))
                                .filter(sums -> sums.under() == arm.calls() && sums.over() == arm.completed())
                                .isPresent(),
                        key + ", arm " + arm.variant() + ": the report counts the " + arm.completed() + " completed of "
                                + arm.calls() + " calls that an independent query finds"));
    }

    private void check(boolean holds, String what) {
        checks.add(new Check(holds, what));
    }

    /** Whether everything that must be so is so. */
    boolean isAsItMustBe() {
        return checks.stream().allMatch(Check::holds);
    }

    void print(PrintWriter out) {
        out.println(
                "A simulated month: emulated models, simulated callers, virtual time. The small model misunderstands "
                        + percent(plan.healthy()) + " of turns, from day " + plan.fromDay() + " and before day "
                        + plan.untilDay() + " " + percent(plan.degraded()) + "; the large one " + percent(plan.large())
                        + ".");
        out.println();
        out.printf(Locale.ROOT, "%4s  %-14s %6s %10s %12s  %s%n", "day", "flow", "calls", "completed", "on large", "");
        days.forEach(day -> out.printf(
                Locale.ROOT,
                "%4d  %-14s %6d %10s %12s  %s%n",
                plan.dayOf(day.begin()),
                day.flow(),
                day.calls(),
                percent((double) day.completed() / day.calls()),
                percent((double) day.large() / day.calls()),
                "#".repeat((int) Math.round(20.0 * day.large() / day.calls()))));
        out.println();
        out.println("What the router decided:");
        decisions.forEach(each -> out.printf(
                Locale.ROOT,
                "  day %2d  %-14s %-15s %s%n",
                plan.dayOf(each.at()),
                each.flow(),
                each.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                each.reason()));
        out.println();
        out.println("Experiment " + experiment.experiment().key() + ", "
                + experiment.state().shown() + ": " + experiment.sentence());
        out.println();
        checks.forEach(check -> out.println((check.holds() ? "ok      " : "NOT SO  ") + check.what()));
        out.flush();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
