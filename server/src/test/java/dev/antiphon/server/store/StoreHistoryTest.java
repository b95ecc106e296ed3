package dev.antiphon.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.antiphon.estimate.CallKpis;
import dev.antiphon.model.Money;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreHistoryTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static StoreSettings settings(StoreAddress address) {
        return StoreSettings.defaults(address, UnaryOperator.identity());
    }

    private static void call(Store store, String name, String begins, int minutes, String endTier, boolean completed) {
        SessionId id = new SessionId(name);
        Instant start = Instant.parse(begins);
        Instant end = start.plus(Duration.ofMinutes(minutes));
        StoreWriter writer = store.writer();
        writer.on(new SessionEvent.SessionStarted(id, start, "booking", "v1", "mini", "gpt-realtime-mini"));
        writer.on(new SessionEvent.ResponseBilled(
                id, start, "mini", 1, new Usage(1_000, 500, 0, 800, 400, 0, 10, 200), Money.usd("0.02")));
        if (!endTier.equals("mini")) {
            writer.on(new SessionEvent.TierChanged(id, start, "mini", endTier, Duration.ZERO));
            writer.on(new SessionEvent.ResponseBilled(
                    id, start, endTier, 2, new Usage(2_000, 0, 0, 0, 0, 0, 20, 100), Money.usd("0.05")));
        }
        Outcome outcome = completed ? new Outcome.Completed("done", "x") : new Outcome.Abandoned("left");
        writer.on(new SessionEvent.SessionEnded(
                id, end, "booking", endTier, outcome, Duration.ofMinutes(minutes), 4, Usage.NONE, CallCost.NONE));
    }

    /** Two at once on the first day, none on the second, one on the third. */
    private static void threeCalls(Store store) {
        call(store, "a", "2026-11-02T10:00:00Z", 6, "mini", true);
        call(store, "b", "2026-11-02T10:05:00Z", 5, "full", true);
        call(store, "c", "2026-11-02T12:00:00Z", 1, "mini", false);
        call(store, "d", "2026-11-04T11:00:00Z", 2, "mini", true);
        assertThat(store.awaitUp(LONG) && store.flush(LONG)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void figuresOfAnEstimateAreThoseOfTheCalls(Databases database) {
        try (Store store = Store.open(settings(database.fresh()))) {
            threeCalls(store);

            StoreHistory history = StoreHistory.of(store, Optional.empty());

            assertThat(history.from()).isEqualTo(LocalDate.of(2026, 11, 2));
            assertThat(history.to()).isEqualTo(LocalDate.of(2026, 11, 5));
            assertThat(history.days()).isEqualTo(3);
            assertThat(history.activeDays()).isEqualTo(2);
            assertThat(history.simulated()).isFalse();
            assertThat(history.calls()).isEqualTo(4);
            assertThat(history.minutes()).isEqualTo(14);
            assertThat(history.turns()).isEqualTo(16);
            assertThat(history.escalated()).isEqualTo(1);
            assertThat(history.peak()).isEqualTo(2);
            assertThat(history.peakAt()).isEqualTo(Instant.parse("2026-11-02T10:05:00Z"));
            assertThat(history.busyHourShare()).isCloseTo(3 / 4.0, within(1e-9));
            assertThat(history.tiers())
                    .containsExactly(
                            new StoreHistory.OfTier(
                                    "full",
                                    Optional.empty(),
                                    0,
                                    0,
                                    1,
                                    1,
                                    new CallKpis.Tokens(2_000, 0, 0, 0, 20, 100),
                                    0,
                                    50_000),
                            new StoreHistory.OfTier(
                                    "mini",
                                    Optional.of("gpt-realtime-mini"),
                                    4,
                                    3,
                                    3,
                                    4,
                                    new CallKpis.Tokens(4_000, 3_200, 2_000, 1_600, 40, 800),
                                    0,
                                    80_000));
            assertThat(StoreHistory.of(store, Optional.of(1)).calls()).isEqualTo(1);
            assertThat(StoreHistory.of(store, Optional.of(3)).calls()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void simulatedCallsAreNeverMixedWithOthers(Databases database) {
        StoreAddress address = database.fresh();
        try (Store simulated = Store.open(settings(address).simulated(true))) {
            threeCalls(simulated);
            assertThat(StoreHistory.of(simulated, Optional.empty()).simulated()).isTrue();
            assertThat(StoreHistory.of(simulated, Optional.empty()).leftOut()).isZero();
            try (Store real = Store.open(settings(address))) {
                assertThat(real.awaitUp(LONG)).isTrue();
                call(real, "real", "2026-11-02T09:00:00Z", 30, "mini", true);
                assertThat(real.flush(LONG)).isTrue();
                StoreHistory history = StoreHistory.of(real, Optional.empty());
                assertThat(history.simulated()).isFalse();
                assertThat(history.calls()).isEqualTo(1);
                assertThat(history.leftOut()).isEqualTo(4);
                assertThat(history.peak()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStoreWithoutFinishedCallsSaysSo(Databases database) {
        try (Store store = Store.open(settings(database.fresh()))) {
            assertThat(store.awaitUp(LONG)).isTrue();
            assertThatThrownBy(() -> StoreHistory.of(store, Optional.empty()))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("has no finished call to estimate from");
        }
    }
}
