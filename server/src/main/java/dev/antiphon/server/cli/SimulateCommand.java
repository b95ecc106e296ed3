package dev.antiphon.server.cli;

import dev.antiphon.server.Bot;
import dev.antiphon.server.simulate.SimulatedLot;
import dev.antiphon.server.simulate.Simulation;
import dev.antiphon.server.simulate.SimulationPlan;
import dev.antiphon.server.simulate.SimulationReport;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.testkit.caller.CallerPersona;
import dev.antiphon.testkit.caller.CallerScript;
import dev.antiphon.testkit.caller.SpeechHabits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: many simulated callers in virtual time, tier beside tier. */
@Command(
        name = "simulate",
        description = {
            "Let many simulated callers call the bot in virtual time, and compare tiers.",
            "Callers, gateway, sessions, flows and tools are the real ones; the models are emulated, so every figure is simulated."
        })
final class SimulateCommand implements Callable<Integer> {
    private static final Instant BEGIN = Instant.parse("2026-11-20T09:00:00Z");
    private static final Map<String, Double> USUAL = Map.of("mini", 0.08, "full", 0.01);
    private static final int MOST_CALLS = 100_000;

    private final AntiphonCommand.Application application;
    private final Supplier<Optional<Function<Agent.Surroundings, Bot>>> bots;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "200",
            description = "Calls from each tier; default ${DEFAULT-VALUE}.")
    private int calls;

    @Option(
            names = "--tier",
            paramLabel = "NAME",
            description =
                    "Where calls begin; may be repeated. Default: each tier of the ladder, with the same callers.")
    private List<String> tiers = new ArrayList<>();

    @Option(
            names = "--misunderstandings",
            paramLabel = "TIER=SHARE",
            description =
                    "The share of turns that the tier's emulated model misunderstands, 0 to 1; may be repeated. Default mini=0.08, full=0.01.")
    private List<String> misunderstandings = new ArrayList<>();

    @Option(names = "--no-escalation", description = "No call may move to a larger model.")
    private boolean staying;

    @Option(
            names = "--habits",
            paramLabel = "HABITS",
            defaultValue = "lively",
            description =
                    "How callers speak: plain, or lively (they digress, correct themselves, fall silent, cut in); default"
                            + " ${DEFAULT-VALUE}.")
    private String habits;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "2",
            description = "How often a caller says the same thing before it hangs up; default ${DEFAULT-VALUE}.")
    private int patience;

    @Option(
            names = "--script",
            paramLabel = "NAME|FILE",
            description = "Callers of these scripts in turn, instead of callers who want to book; may be repeated.")
    private List<String> scripts = new ArrayList<>();

    @Option(
            names = "--apart",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Virtual time from the start of a call to the start of the next; default ${DEFAULT-VALUE}.")
    private int apart;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed gives the same calls; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with charts as well.")
    private Optional<Path> html = Optional.empty();

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    SimulateCommand(
            AntiphonCommand.Application application, Supplier<Optional<Function<Agent.Surroundings, Bot>>> bots) {
        this.application = application;
        this.bots = bots;
        this.habits = "lively";
    }

    @Override
    public Integer call() {
        SimulationPlan plan = plan();
        Function<Agent.Surroundings, Bot> made = bots.get()
                .orElseThrow(() -> CliFailure.failed("the bot '"
                        + application.name()
                        + "' cannot be simulated: its program must say AntiphonCommand.simulating(...), with a bot that takes its time from"
                        + " the simulation"));
        html.ifPresent(page -> Given.checkFolder("--html", page));
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        int total = plan.calls() * plan.tiers().size();
        ProgressLine progress =
                new ProgressLine(err, spec.commandLine().getColorScheme().ansi().enabled());
        AtomicInteger over = new AtomicInteger();
        List<SimulatedLot> lots;
        try {
            lots = new Simulation(plan, made).run(call -> {
                int done = over.incrementAndGet();
                progress.show(done, total, done + " of " + total + " calls over");
            });
        } catch (IllegalArgumentException e) {
            throw CliFailure.usage(String.valueOf(e.getMessage()), e);
        } finally {
            progress.end();
        }
        SimulationReport report = new SimulationReport(plan, lots);
        if (json) {
            out.println(report.json().toPrettyString());
            out.flush();
        } else {
            report.print(out);
        }
        html.ifPresent(file -> write(file, report, err));
        return lots.stream().allMatch(lot -> lot.unfinished() == 0) ? 0 : 1;
    }

    private SimulationPlan plan() {
        requireFrom("--calls", calls, 1, MOST_CALLS);
        requireFrom("--patience", patience, 1, 100);
        requireFrom("--apart", apart, 0, 86_400);
        return new SimulationPlan(
                calls,
                seed,
                BEGIN,
                Duration.ofSeconds(apart),
                tiers.isEmpty() ? Simulation.tiers() : known(tiers),
                shares(),
                !staying,
                callers());
    }

    private static void requireFrom(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw CliFailure.usage(option + " must be from " + least + " to " + most + ", but was " + value);
        }
    }

    private static List<String> known(List<String> names) {
        names.stream()
                .filter(name -> !Simulation.tiers().contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw CliFailure.usage("--tier must be one of " + Simulation.tiers() + ", but was '" + name + "'");
                });
        return names.stream().distinct().toList();
    }

    private Map<String, Double> shares() {
        Map<String, Double> shares = new LinkedHashMap<>(USUAL);
        for (String text : misunderstandings) {
            NamedValue named = NamedValue.of("--misunderstandings", text);
            shares.put(named.name(), share(named));
        }
        shares.keySet().stream()
                .filter(tier -> !Simulation.tiers().contains(tier))
                .findFirst()
                .ifPresent(tier -> {
                    throw CliFailure.usage("--misunderstandings must name one of " + Simulation.tiers()
                            + ", but named '" + tier + "'");
                });
        return shares;
    }

    private static double share(NamedValue named) {
        try {
            double share = Double.parseDouble(named.value());
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, as any other value that is none.
        }
        throw CliFailure.usage("--misunderstandings " + named.name() + "=… must be a number from 0 to 1, but was '"
                + named.value() + "'");
    }

    private LongFunction<CallerScript> callers() {
        if (!scripts.isEmpty()) {
            List<CallerScript> chosen = Scripts.choose(scripts, List.of());
            return number -> chosen.get((int) Math.floorMod(number, (long) chosen.size()));
        }
        CallerPersona persona = CallerPersona.booking(
                switch (habits) {
                    case "plain" -> SpeechHabits.plain();
                    case "lively" -> SpeechHabits.lively();
                    default -> throw CliFailure.usage("--habits must be plain or lively, but was '" + habits + "'");
                });
        return number -> persona.impatientScript(number, patience);
    }

    private static void write(Path file, SimulationReport report, PrintWriter err) {
        try {
            Files.writeString(file, report.html());
            err.println("The page is in " + file + ".");
            err.flush();
        } catch (IOException e) {
            throw CliFailure.failed("the page cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }
}
