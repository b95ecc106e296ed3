package dev.antiphon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.antiphon.model.Money;
import dev.antiphon.realtime.Usage;
import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoreAddress;
import dev.antiphon.server.store.StoreSettings;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EstimateCommandTest {
    private static final String HISTORY = """
            {"from": "2026-11-01", "to": "2026-12-01", "simulated": true, "calls": 100, "minutes": 400, "turns": 1500,
             "transcriptionUsd": 1,
             "tiers": [{"tier": "mini", "model": "gpt-realtime-mini", "calls": 100, "completed": 80, "responses": 3000,
                        "tokens": {"textIn": 100000, "textCached": 80000, "audioIn": 60000, "audioCached": 50000,
                                   "textOut": 800, "audioOut": 2500},
                        "costUsd": 9}]}
            """;

    private static final String MODEL = """
            {"name": "%s", "snapshots": [], "contextTokens": 32768, "maxOutputTokens": 4096, "reasoningEffort": false,
             "prices": {"textIn": 4, "textCached": 1, "textOut": 16, "audioIn": 900, "audioCached": 9, "audioOut": 900,
                        "imageIn": 0, "imageCached": 0},
             "shutdown": "%s", "voices": "ga"}""";

    private static final String CATALOGUE_THAT_ENDS = "{\"models\": [" + MODEL.formatted("long-gone", "2020-01-01")
            + ", " + MODEL.formatted("later", "2999-01-01") + "]}";

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new AntiphonCommand("no bot is needed", storage -> {
                    throw new IllegalStateException("no bot is needed");
                })
                .writingTo(new PrintWriter(out, true), new PrintWriter(err, true))
                .run(arguments);
    }

    private JsonNode json(String... arguments) {
        assertThat(run(arguments)).as(err.toString()).isZero();
        return JsonMapper.shared().readTree(out.toString());
    }

    @Test
    void everyModelOfTheCatalogueHasARowAndEveryAssumptionASource() {
        JsonNode report = json("estimate", "--all-models", "--json");

        assertThat(report.path("rows")).hasSize(10);
        assertThat(report.path("prices_as_of").asString()).isEqualTo("2026-11-20");
        assertThat(report.path("nature").asString()).contains("nothing of it was measured");
        report.path("assumptions")
                .forEach(each -> assertThat(each.path("source").asString()).isNotBlank());
        report.path("rows")
                .forEach(row -> assertThat(row.path("per_completed_usd").asDouble())
                        .isCloseTo(
                                row.path("per_call_usd").asDouble()
                                        / row.path("completes").asDouble(),
                                within(0.00001)));
    }

    @Test
    void modelsThatHaveEndedAreLeftOutUnlessTheyAreAskedForAndThenMarked() throws Exception {
        Path ends = folder.resolve("ends.json");
        Files.writeString(ends, CATALOGUE_THAT_ENDS);
        JsonNode report = json("estimate", "--json", "--catalogue", ends.toString());
        List<String> names = report.path("rows")
                .valueStream()
                .map(row -> row.path("name").asString())
                .toList();
        assertThat(names).contains("gpt-realtime-2.1", "later").doesNotContain("long-gone");
        assertThat(report.path("curves")
                        .valueStream()
                        .map(curve -> curve.path("name").asString()))
                .doesNotContain("long-gone (ended)");
        assertThat(report.path("assumptions").toString()).contains("long-gone", "--all-models shows them");

        JsonNode all = json("estimate", "--json", "--all-models", "--catalogue", ends.toString());
        JsonNode gone = all.path("rows")
                .valueStream()
                .filter(row -> row.path("name").asString().equals("long-gone"))
                .findFirst()
                .orElseThrow();
        assertThat(gone.path("ended").asBoolean()).isTrue();
        assertThat(gone.path("ends").asString()).isEqualTo("2020-01-01");
        assertThat(all.path("assumptions").toString()).doesNotContain("left out");
        assertThat(run("estimate", "--all-models", "--catalogue", ends.toString()))
                .isZero();
        assertThat(out.toString()).contains("long-gone (ended)").doesNotContain("later (ended)");
        assertThat(run("estimate", "--model", "long-gone", "--catalogue", ends.toString()))
                .isZero();
        assertThat(out.toString()).contains("long-gone (ended)");
    }

    @Test
    void whatIsGivenIsTakenAndSaidToBeGiven() {
        JsonNode report = json(
                "estimate",
                "--json",
                "--model",
                "gpt-realtime",
                "--minutes",
                "2",
                "--peak",
                "7",
                "--completes",
                "gpt-realtime=50%");

        JsonNode row = report.path("rows").path(1);
        assertThat(row.path("minutes").asDouble()).isEqualTo(2);
        assertThat(row.path("calls_at_once").asInt()).isEqualTo(7);
        assertThat(row.path("completes").asDouble()).isEqualTo(0.5);
        assertThat(report.path("assumptions").path(0).path("source").asString()).isEqualTo("given");
        assertThat(report.path("assumptions").path(1).path("source").asString()).startsWith("assumed");
    }

    @Test
    void theTableIsAsWideAsTheTerminal() {
        for (int width : List.of(70, 110, 160)) {
            run("estimate", "--width", String.valueOf(width));
            List<String> table = out.toString().lines().skip(2).limit(11).toList();
            assertThat(table).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
            assertThat(table.getFirst()).startsWith("calls on").contains("$/completed");
        }
        assertThat(out.toString()).contains("needs", "█", "tier-1");
    }

    @Test
    void csvHasAHeadAndALineForEachRow() {
        assertThat(run("estimate", "--all-models", "--csv")).isZero();

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(11);
        assertThat(lines.getFirst()).startsWith("name,ends,per_call_usd,per_month_usd,per_completed_usd");
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(24));
    }

    @Test
    void thePageNeedsNoOtherFileAndNoNetwork() throws Exception {
        Path page = folder.resolve("estimate.html");
        assertThat(run("estimate", "--html", page.toString())).isZero();

        String html = Files.readString(page);
        assertThat(html)
                .contains(
                        "uPlot",
                        "prefers-color-scheme: dark",
                        "<table id=\"models\">",
                        "\"prices_as_of\":\"2026-11-20\"")
                .doesNotContain("{{", "src=\"http", "href=\"http", "@import");
    }

    @Test
    void measuredCallsAreRepricedAndSaidToBeSimulatedWhereTheyAre() throws Exception {
        Path file = Files.writeString(folder.resolve("kpis.json"), HISTORY);

        JsonNode report = json("estimate", "--json", "--history", file.toString());

        assertThat(report.path("nature").asString()).startsWith("Simulated");
        JsonNode measured = report.path("rows").path(0);
        assertThat(measured.path("name").asString()).isEqualTo("as measured");
        assertThat(measured.path("per_call_usd").asDouble()).isCloseTo(0.10, within(1e-9));
        assertThat(measured.path("completes_from").asString()).contains("80 of 100");
        assertThat(report.path("calls_per_month").asInt()).isEqualTo(101);
        assertThat(report.path("curves")).isEmpty();
    }

    private String store(boolean simulated) {
        Path file = folder.resolve("calls-" + simulated);
        StoreSettings settings = StoreSettings.defaults(StoreAddress.file(file), UnaryOperator.identity());
        try (Store store = Store.open(settings.simulated(simulated))) {
            assertThat(store.awaitUp(Duration.ofSeconds(30))).isTrue();
            for (int n = 0; n < 10; n++) {
                SessionId id = new SessionId("call_" + n);
                Instant at = Instant.parse("2026-11-02T10:00:00Z").plus(Duration.ofMinutes(n));
                SessionObserver writer = store.writer();
                writer.on(new SessionEvent.SessionStarted(id, at, "booking", "v1", "mini", "gpt-realtime-mini"));
                writer.on(new SessionEvent.ResponseBilled(
                        id, at, "mini", 1, new Usage(1_000, 1_000, 0, 500, 500, 0, 10, 200), Money.usd("0.02")));
                writer.on(new SessionEvent.ResponseBilled(
                        id, at, "full", 2, new Usage(1_000, 0, 0, 0, 0, 0, 10, 0), Money.usd("0.01")));
                writer.on(new SessionEvent.SessionEnded(
                        id,
                        at.plus(Duration.ofSeconds(150)),
                        "booking",
                        "mini",
                        n < 8 ? new Outcome.Completed("done", "x") : new Outcome.Abandoned("left"),
                        Duration.ofSeconds(150),
                        5,
                        Usage.NONE,
                        CallCost.NONE));
            }
            assertThat(store.flush(Duration.ofSeconds(30))).isTrue();
        }
        return file.toString();
    }

    private static String assumption(JsonNode report, String name) {
        for (JsonNode each : report.path("assumptions")) {
            if (each.path("name").asString().equals(name)) {
                return each.path("value").asString() + ", "
                        + each.path("source").asString();
            }
        }
        return "none";
    }

    @Test
    void aStoreTellsWhatItKnowsAndWhatItCannotKnow() {
        String store = store(false);

        JsonNode report = json("estimate", "--json", "--store", store);

        assertThat(report.path("basis").asString()).isEqualTo("measured");
        assertThat(report.path("nature").asString()).startsWith("From calls that were measured");
        assertThat(report.path("calls_per_month").asInt()).isEqualTo(304);
        assertThat(report.at("/rows/0/per_call_usd").asDouble()).isCloseTo(0.03, within(1e-9));
        assertThat(report.at("/rows/0/completes_from").asString()).contains("8 of 10");
        assertThat(assumption(report, "minutes")).isEqualTo("2.50, measured: the mean of the calls");
        assertThat(assumption(report, "peak"))
                .startsWith("3, measured: the most calls at once, first at 2026-11-02T10:02");
        assertThat(assumption(report, "cache-share")).startsWith("33.3 %, measured");
        assertThat(assumption(report, "busy-hour-share")).startsWith("100.0 %, measured");
        assertThat(assumption(report, "words-per-minute")).startsWith("not known, the store keeps no words");
        assertThat(assumption(report, "tier mini"))
                .isEqualTo(
                        "100.0 % began, 100.0 % ended, 50.0 % of responses, measured: model gpt-realtime-mini (that of"
                                + " most calls that began there)");
        assertThat(assumption(report, "tier full"))
                .contains("assumed, as no call began there: --tier-model full=MODEL");
        JsonNode given = json(
                "estimate",
                "--json",
                "--store",
                store,
                "--calls-per-month",
                "9000",
                "--tier-model",
                "full=gpt-realtime");
        assertThat(assumption(given, "calls-per-month")).isEqualTo("9000, given");
        assertThat(assumption(given, "peak")).isEqualTo("none");
        assertThat(assumption(given, "blocking")).contains("assumed");
        assertThat(assumption(given, "tier full")).contains("model gpt-realtime (given)");
    }

    @Test
    void aSimulatedStoreIsCalledSimulatedInEveryOutput() throws Exception {
        String store = store(true);
        Path page = folder.resolve("simulated.html");

        assertThat(json("estimate", "--json", "--store", store).path("basis").asString())
                .isEqualTo("simulated");
        out.getBuffer().setLength(0);
        assertThat(run("estimate", "--store", store, "--html", page.toString())).isZero();
        assertThat(out.toString())
                .startsWith("Simulated: an emulator answered these calls.")
                .contains("10 simulated calls");
        assertThat(Files.readString(page)).contains("Simulated: an emulator answered these calls.");
        out.getBuffer().setLength(0);
        assertThat(run("estimate", "--store", store, "--csv")).isZero();
        assertThat(out.toString().lines().skip(1)).isNotEmpty().allMatch(line -> line.endsWith(",simulated"));
    }

    @Test
    void whereNoCallCompletesNobodyKnowsWhatACompletedOneCosts() {
        String none = "estimate --completes-lower 0 --completes-upper 0 --completes-escalated 0";
        JsonNode rows = json((none + " --json").split(" ")).path("rows");
        assertThat(rows.isEmpty()).isFalse();
        rows.forEach(row -> assertThat(row.path("per_completed_usd").isNull())
                .as(row.toString())
                .isTrue());
        assertThat(run(none.split(" "))).isZero();
        assertThat(out.toString()).contains("none completes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--calls-per-month 0 | --calls-per-month must be at least 1, but was 0",
                "--days-per-month 99 | --days-per-month must be above 0 and at most 31, but was 99.0",
                "--tool-calls -1 | --tool-calls must be 0 or more, but was -1.0",
                "--tokens-per-word 0 | --tokens-per-word must be above 0, but was 0.0",
                "--peak 0 | --peak must be at least 1, but was 0",
                "--html /nonexistent/a.html | --html must name a file in a folder that exists, but was /nonexistent/a.html",
                "--minutes 0.001 | --minutes must be at least 0.1, in which nobody says more than a word, but was 0.001",
                "--minutes 61 | --minutes must be at most 60",
                "--cache-share 120% | must be from 0 to 1 or from 0% to 100%, but was '120%'",
                "--model gpt-5 | --model must name a model of the catalogue, one of gpt-realtime-2.1",
                "--completes gpt-5=1 | --completes must name a model of the catalogue",
                "--provider nobody | --provider must be one of openai",
                "--turns-per-minute 20 | minutes of speech in each minute",
                "--width 10 | --width must be at least 40, but was 10",
                "--json --csv | --json and --csv cannot be given together",
                "--store calls --minutes 3 --days 0 | --days must be between 1 and 36500, but was 0",
                "--store none | --store must name a file or a database, but was 'none'",
                "--store calls --history none.json | --store and --history cannot be given together",
                "--days 3 | --days and --tier-model are about the calls of --store, which is missing",
                "--history none.json --minutes 3 | --minutes cannot be given with --history",
                "--history none.json | --history: none.json cannot be read"
            })
    void wrongUsageIsToldWithTheRule(String arguments, String message) {
        assertThat(run(("estimate " + arguments).split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"calls\": 100, \"minutes\" | \"calls\": 90, \"minutes\" | calls must be the sum of the calls that began on each tier, 100, but was 90",
                "\"completed\": 80 | \"completed\": 180 | completed of tier mini must be between 0 and its calls, 100, but was 180",
                "\"turns\": 1500 | \"turn\": 1500 | has not the shape of docs/costs.md",
                "\"costUsd\": 9 | \"costUsd\": null | has not the shape of docs/costs.md"
            })
    void aHistoryThatCannotBeIsRefused(String good, String bad, String message) throws Exception {
        Path file = Files.writeString(folder.resolve("kpis.json"), HISTORY.replace(good, bad));

        assertThat(run("estimate", "--history", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }
}
