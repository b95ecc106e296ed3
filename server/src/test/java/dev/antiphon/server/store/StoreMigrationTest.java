package dev.antiphon.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store of an earlier version is renewed and keeps its calls. */
class StoreMigrationTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    /** A call that has begun, as version 1 had it. */
    private static final String VERSION_ONE = """
            insert into call (id, flow, flow_version, model, simulated, start_tier, end_tier, started_at, turns, escalated,
              cost_micros, transcription_micros, unknown_usages, input_text_tokens, input_audio_tokens, input_image_tokens,
              cached_text_tokens, cached_audio_tokens, cached_image_tokens, output_text_tokens, output_audio_tokens,
              utterances, interrupted, overlooked, no_matches, no_inputs, repeated_prompts, corrections, stalled,
              tool_errors, unbacked_claims, connection_troubles, rows_left_out)
            values (:id, 'orders', 'v1', 'model-mini', true, 'mini', 'mini', :at, 0, false, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
              0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)""";

    @ParameterizedTest
    @EnumSource
    void callsOfVersionOneAreKept(Databases database) {
        StoreAddress address = database.fresh();
        try (StoreDatabase old = new StoreDatabase(address)) {
            StoreDatabase.flyway(address, old.connections()).target("1").load().migrate();
            old.jdbi()
                    .useHandle(handle -> MadeCall.some(3, 12)
                            .forEach(call -> handle.createUpdate(VERSION_ONE)
                                    .bind("id", call.id().value())
                                    .bind("at", StoredText.time(MadeCall.MONDAY.plusSeconds(1)))
                                    .execute()));
        }
        try (Store store = Store.open(StoreSettings.defaults(address, UnaryOperator.identity()))) {
            assertThat(store.awaitUp(LONG)).isTrue();
            store.writer().saved("booking", "mini", "R=1", MadeCall.MONDAY);
            assertThat(store.flush(LONG)).isTrue();

            Instant end = MadeCall.MONDAY.plus(Duration.ofDays(30));
            assertThat(store.kpis(KpiQuery.between(MadeCall.MONDAY, end))
                            .outcomes()
                            .unfinished())
                    .isEqualTo(12);
            assertThat(store.routerStates()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void decisionsOfAnEarlierVersionAreKeptWithoutRungAndEstimate(Databases database) {
        StoreAddress address = database.fresh();
        try (StoreDatabase old = new StoreDatabase(address)) {
            StoreDatabase.flyway(address, old.connections()).target("7").load().migrate();
            old.jdbi().useHandle(handle -> {
                handle.createUpdate(VERSION_ONE)
                        .bind("id", "old")
                        .bind("at", StoredText.time(MadeCall.MONDAY))
                        .execute();
                handle.execute("""
                        insert into tier_decision (call_id, number, decided_at, from_tier, evidence, signals, reason)
                        values ('old', 1, ?, 'mini', 1.5, 'no_match', 'it struggles')""", StoredText.time(MadeCall.MONDAY));
            });
        }
        try (Store store = Store.open(StoreSettings.defaults(address, UnaryOperator.identity()))) {
            assertThat(store.awaitUp(LONG)).isTrue();
            assertThat(store.call("old").orElseThrow().decisions())
                    .containsExactly(new StoredCall.Decision(
                            MadeCall.MONDAY,
                            "mini",
                            Optional.empty(),
                            Optional.empty(),
                            1.5,
                            "no_match",
                            OptionalLong.empty(),
                            "it struggles"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStoreThatIsOpenedAgainIsTheSame(Databases database) {
        StoreAddress address = database.fresh();
        for (int time = 1; time <= 2; time++) {
            try (Store store = Store.open(StoreSettings.defaults(address, UnaryOperator.identity()))) {
                MadeCall.some(time, 4).forEach(call -> call.tell(store));
                assertThat(store.awaitUp(LONG) && store.flush(LONG)).isTrue();
                assertThat(store.state().lost()).isZero();
            }
        }
        try (Store read = Store.toRead(address)) {
            Kpis kpis = read.kpis(KpiQuery.between(MadeCall.MONDAY, MadeCall.MONDAY.plus(Duration.ofDays(30))));
            assertThat(kpis.returns().started()).isEqualTo(4);
        }
    }
}
