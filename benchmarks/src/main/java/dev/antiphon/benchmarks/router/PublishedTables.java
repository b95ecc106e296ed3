package dev.antiphon.benchmarks.router;

import dev.antiphon.benchmarks.router.RouterSimulation.Run;
import dev.antiphon.benchmarks.router.RouterSimulation.Situation;
import dev.antiphon.tier.RouterPolicy;
import dev.antiphon.tier.ShiryaevRoberts;
import dev.antiphon.tier.Sprt;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The tables that were published for this router, each beside what our classes do. The published figures of the whole router are from
 * 1,500 runs, those of trials from 20,000; of the detectors the number is not told, {@value #ASSUMED_RUNS} are assumed.
 */
final class PublishedTables {
    static final int ASSUMED_RUNS = 2_000;
    private static final int ROUTER_RUNS = 1_500;
    private static final int TRIAL_RUNS = 20_000;
    private static final int HORIZON = 5_000;

    private record Threshold(double value, String alarms, String mean, String median, String ninety) {}

    private record Tuned(String name, ShiryaevRoberts detector, double threshold, String length, List<Drop> drops) {}

    private record Drop(double rate, String mean, String median, String ninety) {}

    private record Baseline(double healthy, String mean) {}

    private record LearnedRow(String name, int sessions, double alpha, String alarms, String delay) {}

    private record TrialRow(double rate, String probes, String good) {}

    private record Whole(
            String name,
            RouterPolicy policy,
            boolean pinned,
            String healthyShare,
            String healthyChanges,
            String completion,
            String costPerCompletion,
            String net,
            String dropShare,
            String escalationMedian,
            String escalationNinety,
            String systemicShare,
            String systemicNet) {}

    private static final String UNTOLD = "";

    private static final List<Threshold> THRESHOLDS = List.of(
            new Threshold(500, "1.47", "35", "29", "68"),
            new Threshold(1_000, "0.72", "44", "37", "83"),
            new Threshold(2_000, "0.36", "53", "46", "99"),
            new Threshold(5_000, "0.14", "66", "58", "120"),
            new Threshold(10_000, "0.073", "76", "67", "135"),
            new Threshold(20_000, "0.035", "86", "77", "149"));

    private static final List<Tuned> TUNED = List.of(
            new Tuned(
                    "one rate, 0.70, A = 788",
                    ShiryaevRoberts.against(0.85, List.of(0.70)),
                    788,
                    "1036",
                    List.of(
                            new Drop(0.80, "168", "121", "365"),
                            new Drop(0.75, "68", "54", "136"),
                            new Drop(0.70, "39.5", "33", "75"),
                            new Drop(0.60, "21", "19", "37"))),
            new Tuned(
                    "mixture, A = 725",
                    ShiryaevRoberts.of(0.85),
                    725,
                    "1017",
                    List.of(
                            new Drop(0.80, "167", "125", "354"),
                            new Drop(0.75, "69", "56", "137"),
                            new Drop(0.70, "39.8", "33", "76"),
                            new Drop(0.60, "20.5", "18", "37"))));

    private static final List<Baseline> BASELINES = List.of(
            new Baseline(0.95, "33"),
            new Baseline(0.90, "43"),
            new Baseline(0.85, "53"),
            new Baseline(0.80, "61"),
            new Baseline(0.70, "74"),
            new Baseline(0.60, "80"));

    private static final List<LearnedRow> LEARNED = List.of(
            new LearnedRow("raw rate, 100", 100, 0.5, "1.16", "75"),
            new LearnedRow("raw rate, 300", 300, 0.5, "0.60", "69"),
            new LearnedRow("raw rate, 1000", 1_000, 0.5, "0.44", "66"),
            new LearnedRow("lower 80 %, 300", 300, 0.20, "0.24", "88"),
            new LearnedRow("lower 80 %, 1000", 1_000, 0.20, "0.26", "74"),
            new LearnedRow("lower 95 %, 300", 300, 0.05, "0.11", "113"));

    private static final List<TrialRow> TRIALS = List.of(
            new TrialRow(0.85, "31.5", "0.92"),
            new TrialRow(0.80, "41.6", "0.66"),
            new TrialRow(0.70, "28.2", "0.096"),
            new TrialRow(0.60, "15.5", "0.006"));

    private static final List<Whole> WHOLE = List.of(
            new Whole(
                    "always mini",
                    RouterPolicy.off(),
                    false,
                    "0",
                    "0",
                    ".800",
                    "1.25",
                    "15.01",
                    "0",
                    UNTOLD,
                    UNTOLD,
                    "0",
                    "15.61"),
            new Whole(
                    "always premium",
                    RouterPolicy.off(),
                    true,
                    "1",
                    "0",
                    ".920",
                    "4.35",
                    "14.40",
                    "1",
                    UNTOLD,
                    UNTOLD,
                    "1",
                    "14.00"),
            new Whole(
                    "SR1000, 10 % probes, SPRT .75/.85",
                    policy(1_000, 0.10, 0.75, 0.05, false),
                    false,
                    "0.32",
                    "1.3",
                    ".888",
                    "3.19",
                    "14.92",
                    "0.89",
                    "19",
                    "75",
                    "0.86",
                    "14.80"),
            new Whole(
                    "SR1000, 25 % probes",
                    policy(1_000, 0.25, 0.70, 0.10, false),
                    false,
                    "0.084",
                    "2.0",
                    ".867",
                    "2.46",
                    "15.21",
                    "0.80",
                    "35",
                    "80",
                    "0.76",
                    "15.30"),
            new Whole(
                    "SR2000, 50 % probes",
                    policy(2_000, 0.50, 0.70, 0.10, false),
                    false,
                    "0.022",
                    "1.05",
                    ".859",
                    "2.24",
                    "15.26",
                    "0.76",
                    "43",
                    "97",
                    "0.69",
                    "15.41"),
            new Whole(
                    "SR2000, 25 % probes, guard",
                    policy(2_000, 0.25, 0.70, 0.10, true),
                    false,
                    "0.043",
                    "1.0",
                    ".865",
                    "2.37",
                    "15.24",
                    "0.80",
                    "44",
                    "99",
                    "0.27",
                    "15.48"),
            new Whole(
                    "SR2000, 50 % probes, guard",
                    policy(2_000, 0.50, 0.70, 0.10, true),
                    false,
                    "0.022",
                    "1.05",
                    ".859",
                    "2.24",
                    "15.26",
                    "0.76",
                    "43",
                    "97",
                    "0.26",
                    "15.52"));

    private final SplittableRandom random;
    private final int runs;
    private final Progress progress;
    private int done;

    PublishedTables(long seed, int runs, Progress progress) {
        this.random = new SplittableRandom(seed);
        this.runs = runs;
        this.progress = progress;
    }

    private static RouterPolicy policy(double threshold, double share, double bad, double alpha, boolean guarded) {
        RouterPolicy defaults = RouterPolicy.defaults();
        RouterPolicy.Trial trial = defaults.trial();
        RouterPolicy.Guard guard = defaults.guard();
        double odds = (1 - bad) / bad / ((1 - RouterSimulation.MINI) / RouterSimulation.MINI);
        return defaults.withTarget(RouterSimulation.MINI)
                .withTargetAbove(RouterSimulation.PREMIUM)
                .withThreshold(threshold)
                .withTrial(new RouterPolicy.Trial(
                        trial.coolDown(), trial.longest(), share, odds, alpha, trial.beta(), trial.mostLost()))
                .withGuard(new RouterPolicy.Guard(
                        guarded,
                        guard.window(),
                        guard.least(),
                        guard.margin(),
                        guard.certainty(),
                        guard.assumed(),
                        guard.weight(),
                        guard.suppression()));
    }

    /** Everything. */
    List<Compared> all() {
        return Stream.of(thresholds(), tuned(), otherRates(), baselines(), learned(), trials(), whole())
                .flatMap(List::stream)
                .toList();
    }

    private int parts() {
        return THRESHOLDS.size() + TUNED.size() + 1 + BASELINES.size() + LEARNED.size() + TRIALS.size() + WHOLE.size();
    }

    private void step(String part) {
        progress.done(part, ++done, parts());
    }

    private DetectorSimulation detectors() {
        return new DetectorSimulation(random.split(), runs);
    }

    List<Compared> thresholds() {
        Comparison table = new Comparison("threshold", ASSUMED_RUNS);
        for (Threshold row : THRESHOLDS) {
            DetectorSimulation simulation = detectors();
            String name = "A = " + (long) row.value();
            ShiryaevRoberts detector = ShiryaevRoberts.of(0.85);
            table.add(
                    name + ", false alarms per 1000",
                    row.alarms(),
                    perThousand(simulation.lengths(detector, row.value(), 0.85)),
                    runs);
            delays(
                    table,
                    name,
                    simulation.delays(detector, row.value(), 0.85, 0.70),
                    0.70,
                    row.mean(),
                    row.median(),
                    row.ninety());
            step("threshold");
        }
        return table.figures();
    }

    List<Compared> tuned() {
        Comparison table = new Comparison("tuned", ASSUMED_RUNS);
        for (Tuned row : TUNED) {
            DetectorSimulation simulation = detectors();
            table.add(
                    row.name() + ", sessions to a false alarm",
                    row.length(),
                    Estimate.mean(simulation.lengths(row.detector(), row.threshold(), 0.85)),
                    runs);
            for (Drop drop : row.drops()) {
                delays(
                        table,
                        row.name(),
                        simulation.delays(row.detector(), row.threshold(), 0.85, drop.rate()),
                        drop.rate(),
                        drop.mean(),
                        drop.median(),
                        drop.ninety());
            }
            step("tuned");
        }
        return table.figures();
    }

    List<Compared> otherRates() {
        Comparison table = new Comparison("true rate", ASSUMED_RUNS);
        DetectorSimulation simulation = detectors();
        ShiryaevRoberts detector = ShiryaevRoberts.of(0.85);
        String name = "A = 1000, false alarms per 1000 at ";
        table.add(name + "0.82", "2.5", perThousand(simulation.lengths(detector, 1_000, 0.82)), runs);
        table.add(name + "0.88", "0.13", perThousand(simulation.lengths(detector, 1_000, 0.88)), runs);
        step("true rate");
        return table.figures();
    }

    List<Compared> baselines() {
        Comparison table = new Comparison("baseline", ASSUMED_RUNS);
        for (Baseline row : BASELINES) {
            ShiryaevRoberts detector = ShiryaevRoberts.of(row.healthy());
            table.add(
                    "healthy " + row.healthy() + ", mean delay of a drop by 0.15",
                    row.mean(),
                    Estimate.mean(detectors().delays(detector, 2_000, row.healthy(), row.healthy() - 0.15)),
                    runs);
            step("baseline");
        }
        return table.figures();
    }

    List<Compared> learned() {
        Comparison table = new Comparison("learned", ASSUMED_RUNS);
        for (LearnedRow row : LEARNED) {
            DetectorSimulation.Learned result =
                    detectors().learned(row.sessions(), row.alpha(), 2_000, 0.85, 0.70, HORIZON);
            table.add(
                    row.name() + ", false alarms per 1000",
                    row.alarms(),
                    Estimate.mean(result.falseAlarms()).times(1_000.0 / HORIZON),
                    runs);
            table.add(row.name() + ", mean delay to 0.70", row.delay(), Estimate.mean(result.delays()), runs);
            step("learned");
        }
        return table.figures();
    }

    List<Compared> trials() {
        Comparison table = new Comparison("trial", TRIAL_RUNS);
        for (TrialRow row : TRIALS) {
            List<DetectorSimulation.Trial> trials = detectors().trials(Sprt.of(0.70, 0.85, 0.10, 0.10), row.rate());
            table.add(
                    "rate " + row.rate() + ", mean probes",
                    row.probes(),
                    Estimate.mean(trials.stream()
                            .map(DetectorSimulation.Trial::probes)
                            .toList()),
                    runs);
            table.add(
                    "rate " + row.rate() + ", judged healthy",
                    row.good(),
                    Estimate.share(
                            trials.stream().map(DetectorSimulation.Trial::good).toList()),
                    runs);
            step("trial");
        }
        return table.figures();
    }

    List<Compared> whole() {
        Comparison table = new Comparison("router", ROUTER_RUNS);
        for (Whole row : WHOLE) {
            healthy(table, row, runs(row, Situation.HEALTHY));
            drop(table, row, runs(row, Situation.DROP));
            systemic(table, row, runs(row, Situation.SYSTEMIC));
            step("router");
        }
        return table.figures();
    }

    private List<Run> runs(Whole row, Situation situation) {
        SplittableRandom own = random.split();
        List<Run> results = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            results.add(RouterSimulation.run(row.policy(), row.pinned(), situation, own));
        }
        return results;
    }

    private void healthy(Comparison table, Whole row, List<Run> results) {
        String name = row.name() + ", healthy: ";
        table.add(
                name + "premium share",
                row.healthyShare(),
                Estimate.of(
                        results,
                        part -> part.stream().mapToInt(Run::premium).average().orElseThrow()
                                / RouterSimulation.SESSIONS),
                runs);
        table.add(
                name + "state changes per 1000",
                row.healthyChanges(),
                Estimate.of(
                        results,
                        part -> part.stream().mapToInt(Run::changes).average().orElseThrow()
                                * 1_000
                                / RouterSimulation.SESSIONS),
                runs);
    }

    private void drop(Comparison table, Whole row, List<Run> results) {
        String name = row.name() + ", drop: ";
        table.add(
                name + "completion",
                row.completion(),
                Estimate.of(
                        results,
                        part -> part.stream().mapToInt(Run::completed).average().orElseThrow()
                                / RouterSimulation.SESSIONS),
                runs);
        table.add(
                name + "cost per completion",
                row.costPerCompletion(),
                Estimate.of(
                        results,
                        part -> part.stream().mapToDouble(Run::cost).sum()
                                / part.stream().mapToInt(Run::completed).sum()),
                runs);
        table.add(
                name + "net",
                row.net(),
                Estimate.mean(results.stream().map(Run::net).toList()),
                runs);
        table.add(name + "premium share during it", row.dropShare(), share(results, Situation.DROP), runs);
        List<Double> delays = results.stream().map(Run::escalation).toList();
        if (!row.escalationMedian().equals(UNTOLD)) {
            table.add(name + "escalation p50", row.escalationMedian(), Estimate.quantile(delays, 0.5), runs);
            table.add(name + "escalation p90", row.escalationNinety(), Estimate.quantile(delays, 0.9), runs);
        }
    }

    private void systemic(Comparison table, Whole row, List<Run> results) {
        String name = row.name() + ", systemic: ";
        table.add(name + "premium share during it", row.systemicShare(), share(results, Situation.SYSTEMIC), runs);
        table.add(
                name + "net",
                row.systemicNet(),
                Estimate.mean(results.stream().map(Run::net).toList()),
                runs);
    }

    private static Estimate share(List<Run> results, Situation situation) {
        return Estimate.of(
                results,
                part -> part.stream().mapToInt(Run::premiumDuring).average().orElseThrow() / situation.length());
    }

    private void delays(
            Comparison table,
            String name,
            List<Double> delays,
            double rate,
            String mean,
            String median,
            String ninety) {
        String what = name + ", delay to " + rate + ": ";
        table.add(what + "mean", mean, Estimate.mean(delays), runs);
        table.add(what + "median", median, Estimate.quantile(delays, 0.5), runs);
        table.add(what + "p90", ninety, Estimate.quantile(delays, 0.9), runs);
    }

    private static Estimate perThousand(List<Double> lengths) {
        return Estimate.of(lengths, part -> 1_000 / Estimate.average(part));
    }
}
