package dev.antiphon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.Money;
import dev.antiphon.realtime.Usage;
import dev.antiphon.server.Bot;
import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoreAddress;
import dev.antiphon.server.store.StoreSettings;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.PromptConversation;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.TurnTimeline;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The store on the command line. */
class StoreCommandTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return new AntiphonCommand(
                        Bot.of("talker", "Talks.", () -> new PromptConversation("talker", "Talk.", Optional.empty())))
                .writingTo(new PrintWriter(out), new PrintWriter(err))
                .run(args);
    }

    private String place() {
        return folder.resolve("calls").toString();
    }

    private Store open(boolean simulated) {
        return Store.open(StoreSettings.defaults(StoreAddress.file(Path.of(place())), UnaryOperator.identity())
                .simulated(simulated));
    }

    /** Four calls of the last hour, three of them completed. */
    private static void fill(Store store) {
        Instant at = Instant.now().minus(Duration.ofMinutes(30));
        for (int i = 0; i < 4; i++) {
            SessionId id = new SessionId("sess_" + i);
            store.writer().on(new SessionEvent.SessionStarted(id, at, "booking", "v1", "mini", "model"));
            store.writer()
                    .on(new SessionEvent.TurnAnswered(
                            id,
                            at,
                            "mini",
                            new TurnTimeline(Map.of(TurnTimeline.Part.MODEL, Duration.ofMillis(800)), false)));
            Outcome outcome =
                    i == 0 ? new Outcome.Abandoned("the caller left") : new Outcome.Completed("booking", "4711");
            store.writer()
                    .on(new SessionEvent.SessionEnded(
                            id,
                            at.plusSeconds(60),
                            "booking",
                            "mini",
                            outcome,
                            Duration.ofMinutes(1),
                            5,
                            Usage.NONE,
                            CallCost.NONE.plusModel("mini", Money.usd("0.03"))));
        }
        assertThat(store.awaitUp(LONG) && store.flush(LONG)).isTrue();
    }

    @Test
    void figuresArePrintedWhileAServerUsesTheStore() {
        try (Store store = open(false)) {
            fill(store);

            assertThat(run("store", "kpi", "--store", place(), "--flow", "booking"))
                    .isZero();

            assertThat(out.toString())
                    .containsPattern("Calls from [0-9-]+T[0-9:]{8}Z to [0-9-]+T[0-9:]{8}Z, flow booking")
                    .contains("finished               4 (and 0 not finished)")
                    .contains("completed              75.0 % of 4 (30.1 % to 95.4 %; at any time ")
                    .contains("a minute $0.0300, a call $0.0300, a completed call $0.0400")
                    .contains("all tiers, without tools: 4 turns, p50 800 ms")
                    .doesNotContain("SIMULATED");
        }
    }

    @Test
    void figuresOfSimulatedCallsSaySo() {
        try (Store store = open(true)) {
            fill(store);
        }
        assertThat(run("store", "kpi", "--store", place())).isZero();
        assertThat(out.toString()).contains("SIMULATED: 4 of these 4 calls");
    }

    @Test
    void figuresAreJsonToo() {
        try (Store store = open(false)) {
            fill(store);
        }
        assertThat(run("store", "kpi", "--store", place(), "--json")).isZero();
        JsonNode told = JsonMapper.shared().readTree(out.toString());
        assertThat(told.at("/outcomes/completion/count").asInt()).isEqualTo(3);
        assertThat(told.at("/outcomes/completion/wilson_95/0").asDouble()).isBetween(0.30, 0.31);
        assertThat(told.at("/turn_latency/0/ms/p95").asDouble()).isEqualTo(800);
        assertThat(told.at("/by_day").size()).isBetween(1, 2);
    }

    @Test
    void aTableGoesIntoAFileOnce() throws IOException {
        try (Store store = open(false)) {
            fill(store);
        }
        Path file = folder.resolve("calls.csv");
        String[] export = {"store", "export", "--store", place(), "--table", "calls", "--out", file.toString()};
        assertThat(run(export)).isZero();
        assertThat(out.toString()).contains("4 rows in " + file);
        assertThat(Files.readAllLines(file)).hasSize(5).first().asString().startsWith("id,unit,flow,");
        assertThat(run(export)).isEqualTo(2);
        assertThat(err.toString()).contains("exists already");
    }

    @Test
    void aQueryIsAnsweredAsATableCsvOrJson() {
        try (Store store = open(false)) {
            fill(store);
        }
        String query = "select outcome, count(*) as n from call group by outcome order by outcome";
        assertThat(run("store", "sql", "--store", place(), query)).isZero();
        assertThat(run("store", "sql", "--store", place(), "--csv", query)).isZero();
        assertThat(run("store", "sql", "--store", place(), "--json", query)).isZero();
        assertThat(out.toString())
                .isEqualToNormalizingNewlines("outcome    n\nabandoned  1\ncompleted  3\n(2 rows)\n"
                        + "outcome,n\nabandoned,1\ncompleted,3\n"
                        + "[\n  {\"outcome\":\"abandoned\",\"n\":1},\n  {\"outcome\":\"completed\",\"n\":3}\n]\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "store kpi --days 0|--days must be between 1 and 36500, but was 0",
                "store export --table callers|--table must be one of calls, turns",
                "store export --table calls --from yesterday|must be a day like 2026-11-01",
                "store export --table calls --from 2026-11-02 --to 2026-11-01|--from must be before --to",
                "store sql --store none values|--store is none",
                "store kpi --store jdbc:mysql://localhost/calls|must be a file or jdbc:postgresql://HOST/DATABASE",
                "store kpi --store jdbc:postgresql://localhost/calls?user=a&password=b|must have no user and no password",
                "demo --store-keep 4|must be days like 400d",
                "store|a command is missing"
            })
    void whatCannotWorkIsSaid(String command, String message) {
        assertThat(run(command.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void aStoreThatIsNotThereIsNotMade() {
        assertThat(run("store", "kpi", "--store", place())).isEqualTo(1);
        assertThat(err.toString()).contains("there is no store at " + place()).doesNotContain("--verbose");
        assertThat(folder).isEmptyDirectory();
        assertThat(run("store", "kpi", "--store", "jdbc:postgresql://localhost:1/calls"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("the store jdbc:postgresql://localhost:1/calls cannot be used");
    }

    @Test
    void aFileThatIsNoDatabaseIsCalledSoWithWhatToDo() throws IOException {
        for (String text : new String[] {"no database", "x".repeat(20_000)}) {
            Files.writeString(folder.resolve("calls.mv.db"), text);
            assertThat(run("store", "kpi", "--store", place())).isEqualTo(1);
            assertThat(err.toString())
                    .contains(
                            "the store " + place() + " cannot be used: its file is no H2 database, or is damaged: put a"
                                    + " copy in its place, or move it away and a new one is made")
                    .doesNotContain("EOFException");
            err.getBuffer().setLength(0);
        }
    }

    @Test
    void aQueryThatTakesTooLongIsStoppedAndToldHowItGetsMore() {
        try (Store store = open(false)) {
            fill(store);
            String slow = "select count(*) from turn a"
                    + ", information_schema.columns b, information_schema.columns c, information_schema.columns d";
            assertThat(run("store", "sql", "--store", place(), "--timeout", "1s", slow))
                    .isEqualTo(1);
            assertThat(err.toString())
                    .contains("the query took longer than 1 s and was stopped; --timeout gives it more, for example"
                            + " --timeout 10m");
            assertThat(run("store", "sql", "--store", place(), "--timeout", "100ms", slow))
                    .isEqualTo(2);
            assertThat(err.toString()).contains("a query must have 1s or more, but was given 100ms");
        }
    }
}
