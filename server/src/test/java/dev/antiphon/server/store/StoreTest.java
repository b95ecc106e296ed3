package dev.antiphon.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.antiphon.model.Money;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.tier.RouterDecision;
import dev.antiphon.tier.Struggle;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is stored of calls, whatever the database does. */
class StoreTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    private static final SessionId CALL = new SessionId("sess_1");

    private static Store open(StoreAddress address) {
        return open(address, unchanged -> unchanged);
    }

    private static Store open(StoreAddress address, UnaryOperator<StoreSettings> changes) {
        return Store.open(
                changes.apply(StoreSettings.defaults(address, UnitKey.of("a key of this test"))
                        .withPauses(Duration.ofMillis(20), Duration.ofMillis(50))),
                InstantSource.fixed(AT));
    }

    private static void stored(Store store) {
        assertThat(store.awaitUp(LONG)).isTrue();
        assertThat(store.flush(LONG)).isTrue();
    }

    /** What a query gives, as JSON. */
    private static JsonNode rows(Store store, String sql) {
        StringWriter out = new StringWriter();
        store.export().query(sql, RowFormat.JSON, new PrintWriter(out));
        return JsonMapper.shared().readTree(out.toString());
    }

    private static long count(Store store, String table) {
        return rows(store, "select count(*) as n from " + table).get(0).get("n").asLong();
    }

    private static SessionEvent.SessionStarted started(SessionId id) {
        return new SessionEvent.SessionStarted(id, AT, "booking", "v1", "mini", "model");
    }

    private static SessionEvent.SessionEnded ended(SessionId id, Instant at, Outcome outcome) {
        return new SessionEvent.SessionEnded(
                id,
                at,
                "booking",
                "full",
                outcome,
                Duration.ofSeconds(65),
                7,
                new Usage(100, 50, 0, 40, 10, 0, 7, 30),
                CallCost.NONE.plusModel("full", Money.usd("0.0321")));
    }

    private static SessionEvent moved(String step, Map<String, String> slots) {
        return new SessionEvent.DialogMoved(
                CALL, AT, new Conversation.View(step, slots, Optional.of("What " + step + "?")));
    }

    private static SessionEvent struggled(Struggle.Signal signal, String detail) {
        return new SessionEvent.Struggled(CALL, AT, new Struggle(signal, detail));
    }

    @ParameterizedTest
    @EnumSource
    void aCallIsStoredWithItsCallerAsAHash(Databases database) {
        try (Store store = open(database.fresh())) {
            var observer = store.writer().forCaller(Optional.of("Ada"));
            observer.on(started(CALL));
            observer.on(new SessionEvent.TierChanged(CALL, AT, "mini", "full", Duration.ZERO));
            observer.on(ended(CALL, AT.plusSeconds(65), new Outcome.Completed("booking", "reference 4711")));
            stored(store);

            JsonNode call = rows(store, "select * from call").get(0);

            assertThat(call.get("id").asString()).isEqualTo("sess_1");
            assertThat(call.get("unit").asString()).matches("[0-9a-f]{64}");
            assertThat(call.get("started_at").asString()).isEqualTo("2026-11-20T10:00:00Z");
            assertThat(call.get("ended_at").asString()).isEqualTo("2026-11-20T10:01:05Z");
            assertThat(call.get("outcome").asString()).isEqualTo("completed");
            assertThat(call.get("outcome_detail").asString()).isEqualTo("goal");
            assertThat(call.get("start_tier").asString()).isEqualTo("mini");
            assertThat(call.get("end_tier").asString()).isEqualTo("full");
            assertThat(call.get("escalated").asBoolean()).isTrue();
            assertThat(call.get("simulated").asBoolean()).isFalse();
            assertThat(call.get("cost_micros").asLong()).isEqualTo(32_100);
            assertThat(call.get("cached_audio_tokens").asLong()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingThatAnybodySaidIsStored(Databases database) {
        try (Store store = open(database.fresh())) {
            MadeCall.some(4711, 40).forEach(call -> call.tell(store));
            stored(store);

            for (String table : StoreExport.tables()) {
                StringWriter out = new StringWriter();
                store.export().table(table, Optional.empty(), Optional.empty(), RowFormat.CSV, new PrintWriter(out));
                assertThat(out.toString()).doesNotContain(MadeCall.SECRET).doesNotContain("caller");
            }
            assertThat(count(store, "call")).isEqualTo(40);
            assertThat(count(store, "turn")).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void factsThatAreToldTwiceChangeNothing(Databases database) {
        try (Store store = open(database.fresh())) {
            List<MadeCall> calls = MadeCall.some(99, 30);
            calls.forEach(call -> call.tell(store));
            stored(store);
            Map<String, Long> before = sizes(store);
            calls.forEach(call -> call.tell(store));
            stored(store);
            calls.stream()
                    .filter(call -> call.end().isPresent())
                    .forEach(call -> store.writer()
                            .on(ended(call.id(), AT, new Outcome.Failed("told by somebody else, and later"))));
            stored(store);

            assertThat(sizes(store)).isEqualTo(before);
            assertThat(store.state().lost()).isZero();
            assertThat(store.kpis(KpiQuery.between(MadeCall.MONDAY, AT.plus(Duration.ofDays(9))))
                            .outcomes()
                            .failed())
                    .isEqualTo(calls.stream()
                            .filter(call -> call.end()
                                    .filter(end -> end.outcome() instanceof Outcome.Failed)
                                    .isPresent())
                            .count());
        }
    }

    private static Map<String, Long> sizes(Store store) {
        return Map.of(
                "call", count(store, "call"),
                "turn", count(store, "turn"),
                "step", count(store, "step"),
                "tool_use", count(store, "tool_use"),
                "exposure", count(store, "exposure"));
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatBeganIsThereBeforeItEnds(Databases database) {
        try (Store store = open(database.fresh())) {
            store.writer().on(started(CALL));
            store.writer().on(new SessionEvent.ExperimentEntered(CALL, AT, "tiers", "a", "00ff"));
            stored(store);

            Kpis.Outcomes outcomes =
                    store.kpis(KpiQuery.between(AT, AT.plusSeconds(1))).outcomes();
            assertThat(outcomes.unfinished()).isEqualTo(1);
            assertThat(outcomes.finished()).isZero();
            assertThat(store.exposedUnits("tiers")).containsExactly(new Kpis.Counted("a", 1));
            assertThat(store.unitTotals("tiers", KpiQuery.SLOW_TURN, AT)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClockThatGoesBackChangesNoDuration(Databases database) {
        try (Store store = open(database.fresh())) {
            store.writer().on(started(CALL));
            store.writer().on(ended(CALL, AT.minusSeconds(3_600), new Outcome.Abandoned("the caller left")));
            stored(store);

            Kpis kpis = store.kpis(KpiQuery.between(AT, AT.plusSeconds(1)));
            assertThat(kpis.outcomes().abandoned()).isEqualTo(1);
            assertThat(kpis.talk().durationMs().mean()).isEqualTo(65_000);
        }
    }

    @Test
    void slotsAreFilledFailedOrDropped() {
        try (Store store = open(Databases.H2.fresh())) {
            store.writer().on(started(CALL));
            store.writer().on(moved("date", Map.of()));
            store.writer().on(struggled(Struggle.Signal.NO_MATCH, "date"));
            store.writer().on(moved("time", Map.of("date", "Monday")));
            store.writer().on(struggled(Struggle.Signal.CORRECTION, "date"));
            store.writer().on(moved("name", Map.of("date", "Tuesday")));
            store.writer().on(struggled(Struggle.Signal.NO_MATCH, "name"));
            store.writer().on(struggled(Struggle.Signal.NO_MATCH, "name"));
            store.writer().on(ended(CALL, AT, new Outcome.HandedOver("desk", "not understood")));
            stored(store);

            assertThat(rows(store, "select * from slot_result order by slot"))
                    .extracting(
                            slot -> slot.get("slot").asString(),
                            slot -> slot.get("result").asString(),
                            slot -> slot.get("attempts").asInt(),
                            slot -> slot.get("corrections").asInt())
                    .containsExactly(
                            tuple("date", "filled", 2, 1),
                            tuple("name", "failed", 3, 0),
                            tuple("time", "dropped", 1, 0));
            assertThat(rows(store, "select outcome_detail, last_step from call")
                            .get(0)
                            .toString())
                    .isEqualTo("{\"outcome_detail\":\"no_match\",\"last_step\":\"name\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheRouterKnowsAndDecidesIsKept(Databases database) {
        StoreAddress address = database.fresh();
        RouterDecision decision = new RouterDecision(
                AT,
                "booking",
                "mini",
                RouterDecision.Kind.ESCALATED,
                RouterDecision.State.CLOSED,
                RouterDecision.State.OPEN,
                2_017.5,
                53,
                "completes 70 %");
        try (Store store = open(address)) {
            store.writer().decided(decision);
            store.writer().decided(decision);
            store.writer().saved("booking", "mini", "R=1", AT);
            store.writer().saved("booking", "mini", "R=2", AT.plusSeconds(1));
            stored(store);

            assertThat(count(store, "router_decision")).isEqualTo(1);
            assertThat(store.routerStates())
                    .containsExactly(new Store.KeptState("booking", "mini", "R=2", AT.plusSeconds(1)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void oldCallsAreDeletedWithAllThatBelongsToThem(Databases database) {
        StoreAddress address = database.fresh();
        List<MadeCall> calls = MadeCall.some(5, 60);
        Instant kept = AT.minus(Duration.ofDays(10));
        try (Store store = open(address)) {
            calls.forEach(call -> call.tell(store));
            stored(store);
            assertThat(count(store, "call")).isEqualTo(60);
        }
        try (Store store = open(address, settings -> settings.keeping(Duration.ofDays(10)))) {
            store.writer().on(started(new SessionId("sess_new")));
            stored(store);
        }
        try (Store store = open(address)) {
            stored(store);
            long young = calls.stream()
                    .filter(call -> !call.start().at().isBefore(kept))
                    .count();
            assertThat(young).isBetween(1L, 59L);
            assertThat(count(store, "call")).isEqualTo(young + 1);
            assertThat(count(store, "turn where call_id not in (select id from call)"))
                    .isZero();
            assertThat(count(store, "exposure"))
                    .isEqualTo(calls.stream()
                            .flatMap(call -> call.all(SessionEvent.ExperimentEntered.class).stream())
                            .filter(entered -> !entered.at().isBefore(kept))
                            .count());
        }
    }

    @Test
    void callsWaitForADatabaseThatIsMadeLater() {
        StoreAddress missing = Databases.missing();
        try (Store store = open(missing)) {
            List<MadeCall> calls = MadeCall.some(1, 20);
            calls.forEach(call -> call.tell(store));
            assertThat(store.await(state -> state.condition() == StoreState.Condition.AWAY, LONG))
                    .isTrue();
            assertThat(store.state().problem()).contains("does not exist");
            assertThatThrownBy(() -> store.routerStates())
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining(missing.toString());

            Databases.make(missing);
            stored(store);

            assertThat(count(store, "call")).isEqualTo(20);
            assertThat(store.state().lost()).isZero();
        }
    }

    @Test
    void callsWaitForADatabaseThatWentAway() {
        StoreAddress address = Databases.POSTGRES.fresh();
        try (Store store = open(address)) {
            MadeCall.some(1, 5).forEach(call -> call.tell(store));
            stored(store);
            Databases.admits(address, false);
            MadeCall other = MadeCall.one(new SplittableRandom(1), "sess_other");
            other.tell(store);
            assertThat(store.await(state -> state.condition() == StoreState.Condition.AWAY, LONG))
                    .isTrue();

            Databases.admits(address, true);
            stored(store);

            assertThat(count(store, "call")).isEqualTo(6);
            assertThat(store.state().lost()).isZero();
        }
    }

    @Test
    void whatDoesNotFitInTheQueueIsLostAndCounted() {
        StoreAddress missing = Databases.missing();
        try (Store store = open(missing, settings -> settings.withBounds(10, 5))) {
            for (int i = 0; i < 100; i++) {
                store.writer().on(started(new SessionId("sess_" + i)));
            }
            StoreState state = store.state();
            assertThat(state.lost() + state.queued())
                    .isGreaterThanOrEqualTo(100 - 5)
                    .isLessThanOrEqualTo(100);
            assertThat(state.lost()).isGreaterThanOrEqualTo(85);

            Databases.make(missing);
            stored(store);

            assertThat(count(store, "call") + store.state().lost()).isEqualTo(100);
        }
    }

    @Test
    void whatIsNotWrittenWhenTheStoreIsClosedIsCounted() {
        Store store = open(Databases.missing());
        store.writer().on(started(CALL));
        store.close();

        assertThat(store.state().condition()).isEqualTo(StoreState.Condition.CLOSED);
        assertThat(store.state().lost()).isEqualTo(1);
        store.writer().on(ended(CALL, AT, new Outcome.Failed("too late")));
        assertThat(store.state().queued()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whatTheDatabaseRefusesIsLostAlone(Databases database) {
        try (Store store = open(database.fresh())) {
            stored(store);
            store.writer().on(started(new SessionId("sess_" + "x".repeat(200))));
            store.writer().on(started(CALL));
            stored(store);

            assertThat(count(store, "call")).isEqualTo(1);
            assertThat(store.state().lost()).isEqualTo(1);
            assertThat(store.state().condition()).isEqualTo(StoreState.Condition.UP);
        }
    }
}
