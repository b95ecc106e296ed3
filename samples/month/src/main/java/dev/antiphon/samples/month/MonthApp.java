package dev.antiphon.samples.month;

import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoreAddress;
import dev.antiphon.server.store.StoreSettings;
import dev.antiphon.server.store.UnitKey;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./antiphon month}: lets a simulated month pass and tells what router, experiment and store have made of it. */
@Command(
        name = "antiphon month",
        mixinStandardHelpOptions = true,
        description = {
            "Lets a simulated month of two lines pass: the small model is bad from day 12 and well again on day 18.",
            "Callers, gateway, router, sessions, flows and store are the real ones; models and time are simulated."
        })
public final class MonthApp implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Calls of both lines; default ${DEFAULT-VALUE}.")
    private int calls;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed gives the same calls; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--degraded",
            paramLabel = "SHARE",
            defaultValue = "0.3",
            description =
                    "The share of turns that the small model misunderstands on bad days, 0 to 1; default ${DEFAULT-VALUE}.")
    private double degraded;

    @Option(
            names = "--store",
            paramLabel = "FILE",
            defaultValue = ".antiphon/month",
            description = "Where the calls are stored; must not exist yet. Default ${DEFAULT-VALUE}.")
    private Path file = Path.of(".antiphon", "month");

    private MonthApp() {}

    /** Runs it. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs it; 0 when everything happened as it must, 1 when not, 2 for wrong usage. */
    static int run(String... args) {
        return new CommandLine(new MonthApp()).execute(args);
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        MonthPlan plan;
        try {
            plan = MonthPlan.usual().withCalls(calls).withSeed(seed).withDegraded(degraded);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        StoreAddress address = StoreAddress.file(file);
        if (address.file().filter(Files::exists).isPresent()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--store must name a store that does not exist yet, but " + file
                            + " does; delete it or name another");
        }
        try (Store store = Store.open(
                StoreSettings.defaults(address, UnitKey.of(MonthRun.UNIT_KEY)).simulated(true))) {
            MonthRun.Outcome outcome = new MonthRun(plan, store).run(new Steps(err, plan.calls())::done);
            MonthReport report = MonthReport.of(plan, outcome, store);
            report.print(out);
            out.println("The store is " + file + ".");
            out.println("  ./antiphon console --store " + file + "   shows the month in a browser");
            out.println("  ./antiphon store kpi --days 3650 --store " + file + "   prints its figures");
            out.flush();
            return report.isAsItMustBe() ? 0 : 1;
        } catch (MonthRun.StoreTooSlow notTaken) {
            err.println("antiphon: " + notTaken.getMessage());
            return 1;
        }
    }
}
