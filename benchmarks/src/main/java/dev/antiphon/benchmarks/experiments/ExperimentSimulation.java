package dev.antiphon.benchmarks.experiments;

import dev.antiphon.experiment.ArmTotals;
import dev.antiphon.experiment.Guardrail;
import dev.antiphon.experiment.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Simulates experiments of two arms of the same size, looked at again and again.
 *
 * @param experiments of each world
 * @param horizon calls of each arm
 * @param step calls of each arm from one look to the next, from 50 on
 * @param seed of the randomness
 */
record ExperimentSimulation(int experiments, int horizon, int step, long seed) {
    private static final int FIRST_LOOK = 50;
    private static final World SAME = new World("A/A, completion 85 %", 0.85, 0.85, 1, 0.5);
    private static final List<Metric> COMPLETION = List.of(Metric.COMPLETION);
    private static final List<Metric> COST = List.of(Metric.COST_PER_COMPLETED);

    /** Worlds, and the rules that are tried in them. */
    private record Series(World world, List<Rule> rules) {}

    static int worlds() {
        return all(FIRST_LOOK).size();
    }

    private static List<Series> all(int horizon) {
        Rule hybrid = Rule.shipped("hybrid .01 + .04 (shipped)", COMPLETION, List.of(), horizon);
        List<Rule> rules = List.of(
                Rule.fixed(Metric.COMPLETION),
                Rule.peeking(Metric.COMPLETION),
                Rule.bayes(Metric.COMPLETION),
                Rule.sequence(Metric.COMPLETION, horizon),
                hybrid);
        List<Rule> cost = List.of(
                Rule.peeking(Metric.COST_PER_COMPLETED),
                Rule.sequence(Metric.COST_PER_COMPLETED, horizon),
                Rule.shipped("hybrid .01 + .04 (shipped)", COST, List.of(), horizon));
        Rule usual = Rule.shipped(
                "hybrid, two goals, guardrails (shipped)",
                List.of(Metric.COMPLETION, Metric.COST_PER_COMPLETED),
                Stream.of(Metric.SLOW_TURNS, Metric.HANDOVER, Metric.ABANDONMENT, Metric.BARGE_IN)
                        .map(Guardrail::of)
                        .toList(),
                horizon);
        return List.of(
                new Series(SAME, plus(rules, usual)),
                new Series(new World("85 → 90 %", 0.85, 0.90, 1, 0.5), rules),
                new Series(new World("85 → 82 %", 0.85, 0.82, 1, 0.5), rules),
                new Series(new World("85 → 70 %", 0.85, 0.70, 1, 0.5), rules),
                new Series(new World("A/A, cost with a heavy tail", 0.85, 0.85, 1, 1.5), cost),
                new Series(new World("cost per completed task −20 %", 0.85, 0.85, 0.8, 0.5), cost));
    }

    private static List<Rule> plus(List<Rule> rules, Rule one) {
        return Stream.concat(rules.stream(), Stream.of(one)).toList();
    }

    /** Runs; {@code done} hears how many experiments of all worlds are through. */
    ExperimentsReport run(IntConsumer done) {
        List<ExperimentsReport.Row> rows = new ArrayList<>();
        int through = 0;
        for (Series series : all(horizon)) {
            List<Tally> tallies = series.rules().stream().map(Tally::new).toList();
            for (int i = 0; i < experiments; i++) {
                one(series.world(), tallies, new SplittableRandom(seed + i));
                through++;
                done.accept(through);
            }
            tallies.forEach(tally -> rows.add(tally.row(series.world())));
        }
        return new ExperimentsReport(experiments, horizon, step, rows);
    }

    private void one(World world, List<Tally> tallies, SplittableRandom random) {
        List<Rule.Looking> looking =
                tallies.stream().map(tally -> tally.rule.begin()).toList();
        boolean[] ended = new boolean[tallies.size()];
        ArmTotals.Tally a = new ArmTotals.Tally();
        ArmTotals.Tally b = new ArmTotals.Tally();
        for (int n = 1; n <= horizon; n++) {
            a.add(world.call(false, random));
            b.add(world.call(true, random));
            boolean last = n == horizon;
            if (last || n >= FIRST_LOOK && n % step == 0) {
                ArmTotals totalsA = a.totals();
                ArmTotals totalsB = b.totals();
                for (int i = 0; i < ended.length; i++) {
                    if (!ended[i]) {
                        Optional<Rule.Answer> answer = looking.get(i).look(totalsA, totalsB, last);
                        if (answer.isPresent() || last) {
                            tallies.get(i).ended(answer, n);
                            ended[i] = true;
                        }
                    }
                }
            }
        }
    }

    /** What became of the experiments of one rule. */
    private final class Tally {
        private final Rule rule;
        private final List<Integer> stops = new ArrayList<>();
        private int better;
        private int worse;
        private int guarded;

        Tally(Rule rule) {
            this.rule = rule;
        }

        void ended(Optional<Rule.Answer> answer, int n) {
            stops.add(n);
            better += answer.filter(Rule.Answer.BETTER::equals).isPresent() ? 1 : 0;
            worse += answer.filter(Rule.Answer.WORSE::equals).isPresent() ? 1 : 0;
            guarded += answer.filter(Rule.Answer.STOPPED_BY_GUARDRAIL::equals).isPresent() ? 1 : 0;
        }

        ExperimentsReport.Row row(World world) {
            int[] sorted = stops.stream().mapToInt(Integer::intValue).sorted().toArray();
            double all = experiments;
            int right = world.isSame() ? 0 : world.isBetter() ? better : worse;
            return new ExperimentsReport.Row(
                    world.name(),
                    world.isSame(),
                    rule.name(),
                    rule.isShipped(),
                    (better + worse) / all,
                    right / all,
                    guarded / all,
                    Arrays.stream(sorted).average().orElse(0),
                    sorted[sorted.length / 2]);
        }
    }
}
