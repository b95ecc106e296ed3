package dev.antiphon.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.model.Money;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.statistics.InterpolatedRank;
import dev.antiphon.tier.Rung;
import dev.antiphon.tier.TierDecision;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tables and answers to SQL outside of the store. */
class StoreExportTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final List<MadeCall> CALLS = MadeCall.some(17, 50);

    private static Store filled(Databases database) {
        Store store = Store.open(StoreSettings.defaults(database.fresh(), UnaryOperator.identity()));
        CALLS.forEach(call -> call.tell(store));
        assertThat(store.awaitUp(LONG) && store.flush(LONG)).isTrue();
        return store;
    }

    private static String table(Store store, String table, Optional<Instant> from, Optional<Instant> to, RowFormat as) {
        StringWriter out = new StringWriter();
        store.export().table(table, from, to, as, new PrintWriter(out));
        return out.toString();
    }

    private static String query(Store store, String sql, RowFormat format) {
        StringWriter out = new StringWriter();
        store.export().query(sql, format, new PrintWriter(out));
        return out.toString();
    }

    @ParameterizedTest
    @EnumSource
    void aTierDecisionIsExportedWithItsReasonInsideItsBound(Databases database) {
        try (Store store = Store.open(StoreSettings.defaults(database.fresh(), UnaryOperator.identity()))) {
            CALLS.forEach(call -> call.tell(store));
            SessionId id = new SessionId("long");
            store.writer()
                    .on(new SessionEvent.SessionStarted(id, MadeCall.MONDAY, "booking", "v1", "mini", "model-mini"));
            store.writer()
                    .on(new SessionEvent.TierDecided(
                            id,
                            MadeCall.MONDAY,
                            new TierDecision(
                                    "mini",
                                    Optional.empty(),
                                    Optional.of(new Rung.RaiseEffort("high")),
                                    1,
                                    "x".repeat(5_000),
                                    Optional.of(Money.usd("0.0103")),
                                    List.of())));
            store.writer()
                    .on(new SessionEvent.SessionEnded(
                            id,
                            MadeCall.MONDAY,
                            "booking",
                            "mini",
                            new Outcome.Abandoned("gone"),
                            Duration.ZERO,
                            0,
                            Usage.NONE,
                            CallCost.NONE));
            assertThat(store.awaitUp(LONG) && store.flush(LONG)).isTrue();
            assertThat(query(store, "select distinct reason from tier_decision order by reason", RowFormat.CSV))
                    .contains(MadeCall.REASON, "x".repeat(999) + "…")
                    .doesNotContain("x".repeat(1_000));
            assertThat(table(store, "tier-decisions", Optional.empty(), Optional.empty(), RowFormat.CSV))
                    .contains(MadeCall.REASON)
                    .contains(",effort high,10300")
                    .contains(",larger model,")
                    .doesNotContain(MadeCall.SECRET);
            assertThat(table(store, "tier-decisions", Optional.empty(), Optional.empty(), RowFormat.JSON))
                    .contains("\"rung\":\"effort high\",\"cost_estimate_micros\":10300");
        }
    }

    @ParameterizedTest
    @EnumSource
    void percentilesOfSqlAreThoseOfTheConsole(Databases database) {
        try (Store store = filled(database)) {
            List<Double> sorted = numbers(store, "select total_ms from turn order by total_ms");
            assertThat(sorted).hasSizeGreaterThan(50);
            for (double share : List.of(0.5, 0.95, 0.99)) {
                String sql = "select percentile_cont(" + share + ") within group (order by total_ms) from turn";
                assertThat(numbers(store, sql))
                        .singleElement(InstanceOfAssertFactories.DOUBLE)
                        .isCloseTo(InterpolatedRank.of(sorted, share).orElseThrow(), Offset.offset(1e-6));
            }
        }
    }

    private static List<Double> numbers(Store store, String sql) {
        return query(store, sql, RowFormat.CSV)
                .lines()
                .skip(1)
                .map(Double::parseDouble)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void csvAndJsonHaveTheSameRows(Databases database) throws IOException {
        try (Store store = filled(database)) {
            for (String table : StoreExport.tables()) {
                String csv = table(store, table, Optional.empty(), Optional.empty(), RowFormat.CSV);
                JsonNode json = JsonMapper.shared()
                        .readTree(table(store, table, Optional.empty(), Optional.empty(), RowFormat.JSON));
                List<CSVRecord> records = CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(new StringReader(csv))
                        .getRecords();
                assertThat(records).as(table).hasSize(json.size());
                for (int i = 0; i < records.size(); i++) {
                    CSVRecord record = records.get(i);
                    json.get(i).properties().forEach(value -> {
                        String told = record.get(value.getKey());
                        if (value.getValue().isFloatingPointNumber()) {
                            assertThat(Double.parseDouble(told))
                                    .isEqualTo(value.getValue().asDouble());
                        } else {
                            assertThat(told)
                                    .isEqualTo(
                                            value.getValue().isNull()
                                                    ? ""
                                                    : value.getValue().asString());
                        }
                    });
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPeriodChoosesCallsByTheirStart(Databases database) {
        Instant from = MadeCall.MONDAY.plus(Duration.ofDays(3));
        Instant to = MadeCall.MONDAY.plus(Duration.ofDays(9));
        try (Store store = filled(database)) {
            List<MadeCall> chosen = CALLS.stream()
                    .filter(call -> !call.start().at().isBefore(from)
                            && call.start().at().isBefore(to))
                    .toList();
            JsonNode calls = JsonMapper.shared()
                    .readTree(table(store, "calls", Optional.of(from), Optional.of(to), RowFormat.JSON));
            assertThat(calls).hasSize(chosen.size()).isNotEmpty();
            JsonNode turns = JsonMapper.shared()
                    .readTree(table(store, "turns", Optional.of(from), Optional.of(to), RowFormat.JSON));
            assertThat(turns).hasSize((int) chosen.stream()
                    .filter(call -> call.end().isPresent())
                    .flatMap(call -> call.all(SessionEvent.TurnAnswered.class).stream())
                    .count());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIndependentQueryAgreesWithTheFigures(Databases database) {
        try (Store store = filled(database)) {
            Kpis kpis = store.kpis(KpiQuery.between(MadeCall.MONDAY, MadeCall.MONDAY.plus(Duration.ofDays(30))));
            String told = query(
                    store,
                    "select sum(case when outcome = 'completed' then 1 else 0 end) as completed,"
                            + " sum(case when outcome is null then 0 else 1 end) as finished from call",
                    RowFormat.CSV);
            assertThat(told)
                    .isEqualTo("completed,finished\r\n" + kpis.outcomes().completed() + ","
                            + kpis.outcomes().finished() + "\r\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void queriesChangeNothing(Databases database) {
        try (Store store = filled(database)) {
            assertThatThrownBy(() -> query(store, "delete from call", RowFormat.CSV))
                    .hasMessageContaining("only queries")
                    .hasMessageContaining("delete");
            assertThatThrownBy(() -> query(store, "select 1; delete from call", RowFormat.CSV))
                    .hasMessageContaining("';'");
            String hidden = database == Databases.H2
                    ? "select * from final table (insert into router_state values ('a', 'b', 'c', current_timestamp))"
                    : "with gone as (delete from call returning id) select * from gone";
            assertThatThrownBy(() -> query(store, hidden, RowFormat.CSV))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the database refuses the query");
            assertThatThrownBy(() -> query(store, "select nothing from call", RowFormat.CSV))
                    .hasMessageContaining("nothing");
            assertThat(query(store, "select count(*) as n from call;", RowFormat.TABLE))
                    .isEqualToNormalizingNewlines(" n\n50\n(1 row)\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownTableIsNamedWithThoseThatThereAre(Databases database) {
        try (Store store = filled(database)) {
            assertThatThrownBy(() -> table(store, "callers", Optional.empty(), Optional.empty(), RowFormat.CSV))
                    .hasMessageContaining("calls, turns")
                    .hasMessageContaining("'callers'");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aQueryEndsInTheDatabaseWhenItsTimeIsOver(Databases database) {
        try (Store store = filled(database)) {
            String slow = database == Databases.H2
                    ? "select count(*) from call a, call b, call c, call d, call e, call f"
                    : "select pg_sleep(100)";
            assertThatThrownBy(() -> store.export()
                            .query(slow, Duration.ofSeconds(1), RowFormat.CSV, new PrintWriter(new StringWriter())))
                    .isInstanceOf(StoreQueryTimeout.class)
                    .hasMessage("the query took longer than 1 s and was stopped");
            assertThat(query(store, "select count(*) as n from call", RowFormat.CSV))
                    .isEqualTo("n\r\n50\r\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void columnsWithoutANameHaveTheirNumberAndErrorsHaveTheirSentence(Databases database) {
        try (Store store = filled(database)) {
            assertThat(query(store, "select 7 as seven, count(*) from call", RowFormat.CSV))
                    .isEqualTo("seven," + (database == Databases.H2 ? "column2" : "count") + "\r\n7,50\r\n");
            assertThatThrownBy(() -> query(store, "select nothing from call", RowFormat.CSV))
                    .hasMessageNotContaining("SQL statement");
        }
    }

    @Test
    void onlyARefusedLoginIsCalledSo() {
        assertThat(StoreDatabase.reason(new SQLException("permission denied for table password_users", "42501")))
                .isEqualTo("permission denied for table password_users");
        assertThat(StoreDatabase.reason(
                        new IllegalStateException(new SQLException("password authentication failed", "28P01"))))
                .isEqualTo("user or password are refused");
    }

    @Test
    void whatRunsIsCancelledWhenTheProcessEnds() throws InterruptedException {
        List<String> asked = new ArrayList<>();
        Statement statement = (Statement) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    return null;
                });
        try (CancelledAtExit running = CancelledAtExit.watch(statement)) {
            running.hook().start();
            running.hook().join();
        }
        assertThat(asked).containsExactly("cancel");
    }
}
