package dev.antiphon.server.cli;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code experiment weights}: an operator changes the weights of the arms of a running experiment. */
@Command(
        name = "weights",
        description = {
            "Share new callers by other weights.",
            "Another phase of the experiment begins: figures and sample ratio then count only callers who are new since;",
            "callers who have an arm keep it, and count in their phase, whose report is 'experiment report KEY --phase N'."
        },
        footerHeading = "%nExample:%n",
        footer = "  antiphon experiment weights tiers full=20 mini=80 --why \"ticket 12\" --yes")
final class ExperimentWeights implements Callable<Integer> {
    private static final double ALL = 100;
    private static final double TOLERANCE = 1e-6;

    @Mixin
    private ExperimentOrder order = new ExperimentOrder();

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "ARM=PERCENT",
            description = "For each arm, in percent; 100 together.")
    private Map<String, Double> percent = Map.of();

    @Option(names = "--yes", description = "Do it; without, what would happen is told and nothing is done.")
    private boolean yes;

    @Override
    public Integer call() {
        double sum = percent.values().stream().mapToDouble(Double::doubleValue).sum();
        if (!(Math.abs(sum - ALL) <= TOLERANCE)) {
            throw CliFailure.usage(
                    "weights must add up to 100 percent, but add up to " + plain(sum) + "; nothing was changed");
        }
        if (!yes) {
            throw CliFailure.usage(
                    "nothing was changed: another phase of " + order.key() + " would begin, whose figures and sample"
                            + " ratio count only callers who are new from then on, while callers who have an arm keep it and"
                            + " count in their phase; --yes does it");
        }
        ObjectNode body = order.body();
        ObjectNode weights = body.putObject("weights");
        percent.forEach((arm, value) -> weights.put(arm, value / ALL));
        order.give("weights", body);
        return 0;
    }

    private static String plain(double percent) {
        return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
    }
}
