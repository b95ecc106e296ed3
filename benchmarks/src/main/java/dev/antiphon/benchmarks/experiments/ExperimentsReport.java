package dev.antiphon.benchmarks.experiments;

import dev.antiphon.benchmarks.Report;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the simulated experiments came to.
 *
 * @param experiments of each world
 * @param horizon calls of each arm
 * @param step calls of each arm from one look to the next
 */
record ExperimentsReport(int experiments, int horizon, int step, List<Row> rows) implements Report {
    /** The error that the shipped rule may make. */
    static final double NOMINAL = 0.05;

    private static final double DEVIATIONS = 3;

    /**
     * One rule in one world.
     *
     * @param same whether the arms were the same, so that any answer is a false one
     * @param answered share of the experiments that were answered
     * @param right share that were answered rightly; 0 where the arms are the same
     * @param guarded share that a guardrail stopped
     * @param meanStop calls of each arm
     * @param medianStop calls of each arm
     */
    record Row(
            String world,
            boolean same,
            String rule,
            boolean shipped,
            double answered,
            double right,
            double guarded,
            double meanStop,
            int medianStop) {
        /** The standard error that the number of experiments leaves. */
        double error(int experiments) {
            return Math.sqrt(answered * (1 - answered) / experiments);
        }
    }

    /** What a rate at the nominal level is not above but by chance. */
    double limit() {
        return NOMINAL + DEVIATIONS * Math.sqrt(NOMINAL * (1 - NOMINAL) / experiments);
    }

    /** Whether the shipped rule is wrong no more often than it says. */
    boolean holds() {
        return rows.stream().filter(row -> row.same() && row.shipped()).allMatch(row -> row.answered() <= limit());
    }

    @Override
    public void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "Simulated: %,d experiments of each kind, %,d calls an arm, a look every %d from 50 on.%n",
                experiments,
                horizon,
                step);
        String world = "";
        for (Row row : rows) {
            if (!row.world().equals(world)) {
                world = row.world();
                out.printf(
                        "%n%-42s %16s %8s %10s %12s %8s%n",
                        world,
                        row.same() ? "false positives" : "answered",
                        "right",
                        "guardrail",
                        "mean stop",
                        "median");
            }
            out.printf(
                    Locale.ROOT,
                    "  %-40s %7.1f %% ± %.1f %8s %8.1f %% %12.0f %8d%n",
                    row.rule(),
                    row.answered() * 100,
                    row.error(experiments) * 100,
                    row.same() ? "" : String.format(Locale.ROOT, "%.1f %%", row.right() * 100),
                    row.guarded() * 100,
                    row.meanStop(),
                    row.medianStop());
        }
        out.printf(
                Locale.ROOT,
                "%n%s: false positives of the shipped rule are %s %.0f %% (at most %.1f %% in so many experiments).%n",
                holds() ? "Holds" : "DOES NOT HOLD",
                holds() ? "not above" : "above",
                NOMINAL * 100,
                limit() * 100);
    }

    @Override
    public String json() {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("simulated", true)
                .put("experiments", experiments)
                .put("horizon_per_arm", horizon)
                .put("look_every", step)
                .put("nominal", NOMINAL)
                .put("limit", limit())
                .put("holds", holds());
        ArrayNode list = root.putArray("rows");
        rows.forEach(row -> list.addObject()
                .put("world", row.world())
                .put("rule", row.rule())
                .put("shipped", row.shipped())
                .put("arms_are_the_same", row.same())
                .put("answered", row.answered())
                .put("standard_error", row.error(experiments))
                .put("right", row.right())
                .put("stopped_by_guardrail", row.guarded())
                .put("mean_stop_per_arm", row.meanStop())
                .put("median_stop_per_arm", row.medianStop()));
        return JsonMapper.shared().writeValueAsString(root);
    }
}
