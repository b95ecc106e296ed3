package dev.antiphon.server.cli;

import dev.antiphon.estimate.CallKpis;
import dev.antiphon.estimate.CallLoad;
import dev.antiphon.estimate.CallShape;
import dev.antiphon.estimate.Estimate;
import dev.antiphon.estimate.EstimateRow;
import dev.antiphon.model.ModelCard;
import dev.antiphon.model.ModelCatalogue;
import dev.antiphon.model.UsageTiers;
import dev.antiphon.server.estimate.Assumption;
import dev.antiphon.server.estimate.EstimateCsv;
import dev.antiphon.server.estimate.EstimateJson;
import dev.antiphon.server.estimate.EstimatePage;
import dev.antiphon.server.estimate.EstimateReport;
import dev.antiphon.server.estimate.EstimateReport.Basis;
import dev.antiphon.server.estimate.EstimateReport.Curve;
import dev.antiphon.server.estimate.EstimateReport.Point;
import dev.antiphon.server.estimate.EstimateText;
import dev.antiphon.server.store.StoreHistory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code estimate}: what calls cost on each model, and how many at once a provider allows. */
@Command(
        name = "estimate",
        sortOptions = false,
        description = {
            "Estimate what calls cost on each model of the catalogue.",
            "And on a ladder of two: tokens by kind, cost for each call, month and completed call, and how many calls at",
            "once the usage tiers of a provider allow.",
            "From assumptions, each of which is an option, or from what finished calls were like (--store, --history)."
        })
final class EstimateCommand implements Callable<Integer> {
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    private static final int UNBOUNDED_WIDTH = 200;
    private static final int NARROWEST = 40;
    private static final int MOST_POINTS = 60;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description = "Figures of finished calls in the JSON shape of docs/costs.md, instead of an assumed call.")
    private Optional<Path> history = Optional.empty();

    @Mixin
    private HistoryOptions stored = new HistoryOptions();

    @Mixin
    private CallShapeOptions shapes = new CallShapeOptions();

    @Mixin
    private CallLoadOptions loads = new CallLoadOptions();

    @Mixin
    private TierMixOptions mixes = new TierMixOptions();

    @Option(
            names = "--lower",
            paramLabel = "MODEL",
            defaultValue = ModelOptions.DEFAULT_MINI,
            description = "The lower model of the ladder; default ${DEFAULT-VALUE}.")
    private String lower = ModelOptions.DEFAULT_MINI;

    @Option(
            names = "--upper",
            paramLabel = "MODEL",
            defaultValue = ModelOptions.DEFAULT_FULL,
            description = "The upper model of the ladder; default ${DEFAULT-VALUE}.")
    private String upper = ModelOptions.DEFAULT_FULL;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description =
                    "Only this model, besides the ladder; repeatable. Default all of the catalogue that have not ended.")
    private List<String> models = List.of();

    @Option(names = "--all-models", description = "Models that have ended, too; they are marked.")
    private boolean allModels;

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            defaultValue = "openai",
            description = "Whose usage tiers count; default ${DEFAULT-VALUE}.")
    private String provider = "openai";

    @Option(
            names = "--catalogue",
            paramLabel = "FILE",
            description =
                    "Models, prices and usage tiers of your own, laid over the built-in catalogue; see docs/tiers.md.")
    private Optional<Path> changes = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--csv", description = "Print the rows as CSV.")
    private boolean csv;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with tables and plots that needs no other file.")
    private Optional<Path> html = Optional.empty();

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "Characters of a line; default the terminal's. Columns without room are left out.")
    private Optional<Integer> width = Optional.empty();

    private Optional<ModelCatalogue> loaded = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (json && csv) {
            throw CliFailure.usage("--json and --csv cannot be given together");
        }
        width.filter(given -> given < NARROWEST).ifPresent(given -> {
            throw CliFailure.usage("--width must be at least " + NARROWEST + ", but was " + given);
        });
        html.ifPresent(page -> Given.checkFolder("--html", page));
        boolean ofStore = stored.isGiven();
        if (ofStore && history.isPresent()) {
            throw CliFailure.usage("--store and --history cannot be given together");
        }
        EstimateReport report =
                ofStore ? ofStore(stored.read()) : history.isPresent() ? measured(history.get()) : assumed();
        PrintWriter out = spec.commandLine().getOut();
        if (html.isPresent()) {
            write(html.get(), EstimatePage.of(report));
        }
        if (json) {
            out.println(EstimateJson.of(report).toPrettyString());
        } else if (csv) {
            EstimateCsv.write(report, out);
        } else {
            EstimateText.print(report, out, width.orElseGet(this::terminalWidth));
            html.ifPresent(page -> out.println("Page with plots: " + page));
        }
        out.flush();
        return 0;
    }

    private EstimateReport assumed() {
        CallShape shape = shapes.shape();
        CallLoad load = loads.load();
        Estimate estimate = new Estimate(catalogue(), knownProvider(), load);
        ModelCard below = card("--lower", lower);
        ModelCard above = card("--upper", upper);
        List<EstimateRow> rows = new ArrayList<>();
        List<Curve> curves = new ArrayList<>();
        rows.add(Given.checked(() -> estimate.onLadder(below, above, shape, mixes.mix())));
        curves.add(curve(
                rows.getFirst().name(),
                shape,
                length -> cost(estimate.onLadder(below, above, shape.withMinutes(length), mixes.mix()))));
        for (ModelCard card : chosen()) {
            EstimateRow row = Given.checked(() -> estimate.on(card, shape, mixes.completes(card)))
                    .asOf(TODAY);
            rows.add(row);
            curves.add(curve(row.shownName(), shape, length -> cost(estimate.on(card, shape.withMinutes(length), 1))));
        }
        List<Assumption> assumptions = new ArrayList<>(shapes.assumptions());
        assumptions.addAll(loads.assumptions(load, "assumed"));
        assumptions.add(busiestHour(load, shape.minutes()));
        assumptions.addAll(mixes.assumptions());
        endedOnes().ifPresent(assumptions::add);
        return report(
                Basis.ASSUMED,
                "Estimated from assumptions; nothing of it was measured.",
                load,
                assumptions,
                rows,
                curves);
    }

    private EstimateReport measured(Path file) {
        refuseShape("--history");
        CallKpis kpis = new KpiFile(file).kpis();
        CallLoad load = loads.callsAreGiven() ? loads.load() : loads.load().withCallsPerMonth(kpis.callsPerMonth());
        List<Assumption> assumptions = new ArrayList<>();
        assumptions.add(new Assumption(
                "history",
                String.format(Locale.ROOT, "%,d calls", kpis.calls()),
                kpis.from() + " to " + kpis.to() + ", " + file.getFileName()));
        assumptions.addAll(loads.assumptions(load, "measured: the history's days, in a month of 30.4"));
        return ofCalls(kpis, load, assumptions);
    }

    /** What the store cannot know is among the assumptions, and said to be so. */
    private EstimateReport ofStore(StoreHistory calls) {
        refuseShape("--store");
        String model = card("--upper", upper).name();
        CallKpis kpis = Given.checked(() -> stored.kpis(calls, model));
        CallLoad load = loads.load(calls, kpis.callsPerMonth());
        List<Assumption> assumptions = new ArrayList<>(stored.assumptions(calls, model));
        assumptions.addAll(loads.assumptions(load, calls));
        return ofCalls(kpis, load, assumptions);
    }

    private void refuseShape(String option) {
        shapes.given().ifPresent(given -> {
            throw CliFailure.usage(given + " cannot be given with " + option + ": its calls are what they were");
        });
    }

    private EstimateReport ofCalls(CallKpis kpis, CallLoad load, List<Assumption> assumptions) {
        Estimate estimate = new Estimate(catalogue(), knownProvider(), load);
        List<EstimateRow> rows = new ArrayList<>();
        rows.add(estimate.measured(kpis));
        chosen().forEach(card ->
                rows.add(estimate.on(card, kpis, mixes.completes(card)).asOf(TODAY)));
        assumptions.add(busiestHour(load, kpis.minutesPerCall()));
        endedOnes().ifPresent(assumptions::add);
        rows.forEach(row -> assumptions.add(new Assumption(
                "completes", ShareOption.shown(row.completes()), row.name() + ": " + row.completesFrom())));
        return report(
                kpis.simulated() ? Basis.SIMULATED : Basis.MEASURED,
                (kpis.simulated() ? "Simulated: an emulator answered these calls. " : "")
                        + "From calls that were measured; on other models the same tokens at their prices.",
                load,
                assumptions,
                rows,
                List.of());
    }

    private EstimateReport report(
            Basis basis,
            String nature,
            CallLoad load,
            List<Assumption> assumptions,
            List<EstimateRow> rows,
            List<Curve> curves) {
        return new EstimateReport(
                basis, nature, catalogue().asOf(), limits(), load.callsPerMonth(), assumptions, rows, curves);
    }

    private static Assumption busiestHour(CallLoad load, double minutes) {
        return new Assumption(
                "busiest hour",
                String.format(Locale.ROOT, "%.1f calls, %.2f E", load.busyHourCalls(), load.erlangs(minutes)),
                "computed: calls at once by Erlang B, B(n) = aB(n-1) / (n + aB(n-1))");
    }

    private String limits() {
        return catalogue()
                .usageTiers(provider, lower)
                .or(() -> models.stream()
                        .flatMap(model -> catalogue().usageTiers(provider, model).stream())
                        .findFirst())
                .map(EstimateCommand::source)
                .orElse("The catalogue knows no usage tiers of " + provider + ".");
    }

    private static String source(UsageTiers tiers) {
        return "Usage tiers of " + tiers.provider() + " as of " + tiers.asOf() + ": " + tiers.source() + ".";
    }

    private static double cost(EstimateRow row) {
        return row.perCall().usd().doubleValue();
    }

    /** Up to twice the length, by the minute. */
    private static Curve curve(String name, CallShape shape, ToDoubleFunction<Double> cost) {
        int most = (int) Math.min(MOST_POINTS, Math.max(4, Math.ceil(2 * shape.minutes())));
        return new Curve(
                name,
                IntStream.rangeClosed(1, most)
                        .mapToObj(minute -> new Point(minute, cost.applyAsDouble((double) minute)))
                        .toList());
    }

    private List<ModelCard> chosen() {
        mixes.modelsWithShares().forEach(model -> exact("--completes", model));
        if (allModels && !models.isEmpty()) {
            throw CliFailure.usage("--all-models and --model cannot be given together");
        }
        return models.isEmpty()
                ? catalogue().models().stream()
                        .filter(card -> allModels || !hasEnded(card))
                        .toList()
                : models.stream().map(model -> card("--model", model)).toList();
    }

    private static boolean hasEnded(ModelCard card) {
        return card.shutdown().filter(end -> !TODAY.isBefore(end)).isPresent();
    }

    /** That some are not shown, if some are not. */
    private Optional<Assumption> endedOnes() {
        List<String> ended = catalogue().models().stream()
                .filter(EstimateCommand::hasEnded)
                .map(ModelCard::name)
                .toList();
        return allModels || !models.isEmpty() || ended.isEmpty()
                ? Optional.empty()
                : Optional.of(new Assumption(
                        "ended models",
                        ended.size() + " left out",
                        String.join(", ", ended) + "; --all-models shows them"));
    }

    private void exact(String option, String model) {
        if (catalogue().models().stream().noneMatch(card -> card.name().equals(model))) {
            throw unknown(option, model);
        }
    }

    private ModelCard card(String option, String model) {
        return catalogue().find(model).orElseThrow(() -> unknown(option, model));
    }

    private CliFailure unknown(String option, String model) {
        return CliFailure.usage(option + " must name a model of the catalogue, one of "
                + String.join(
                        ", ", catalogue().models().stream().map(ModelCard::name).toList())
                + ", but was '" + model + "'");
    }

    private String knownProvider() {
        if (catalogue().provider(provider).isEmpty()) {
            throw CliFailure.usage("--provider must be one of "
                    + String.join(
                            ", ",
                            catalogue().providers().stream()
                                    .map(each -> each.name())
                                    .toList())
                    + ", but was '" + provider + "'");
        }
        return provider;
    }

    private ModelCatalogue catalogue() {
        ModelCatalogue known = loaded.orElseGet(this::load);
        loaded = Optional.of(known);
        return known;
    }

    private ModelCatalogue load() {
        try {
            return changes.map(ModelCatalogue::withChanges).orElseGet(ModelCatalogue::bundled);
        } catch (ModelCatalogue.UnusableCatalogue problem) {
            throw CliFailure.usage("--catalogue " + problem.getMessage());
        }
    }

    private static void write(Path file, String page) {
        try {
            Files.writeString(file, page);
        } catch (IOException unwritable) {
            throw CliFailure.failed("--html: " + file + " cannot be written: " + Given.reason(unwritable), unwritable);
        }
    }

    /** Piped text has room. */
    private int terminalWidth() {
        if (!spec.commandLine().getColorScheme().ansi().enabled()) {
            return UNBOUNDED_WIDTH;
        }
        return Math.max(NARROWEST, spec.usageMessage().autoWidth(true).width());
    }
}
