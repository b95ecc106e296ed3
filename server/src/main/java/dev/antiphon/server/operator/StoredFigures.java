package dev.antiphon.server.operator;

import dev.antiphon.server.store.KpiQuery;
import dev.antiphon.server.store.Kpis;
import dev.antiphon.server.store.Rate;
import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoreState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Reads the store's figures; waits for its database. Thread-safe. */
final class StoredFigures {
    private static final String NO_STORE = "Calls are not stored here, so nothing outlives the server."
            + " ServerSettings.withStore, or demo with its store, keeps them.";

    private final Optional<Store> store;
    private final InstantSource clock;

    StoredFigures(Optional<Store> store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Of the calls that began in the last so many days. */
    Shown<StoredView> last(int days) {
        return store.map(open -> last(open, days)).orElseGet(() -> new Shown.Missing<>(NO_STORE));
    }

    private Shown<StoredView> last(Store open, int days) {
        StoreState state = open.state();
        if (state.condition() != StoreState.Condition.UP) {
            return new Shown.Missing<>("The store at " + state.place() + " cannot be read now: " + words(state) + ".");
        }
        Instant now = clock.instant();
        Instant from = now.minus(Duration.ofDays(days));
        KpiQuery query = KpiQuery.between(from, now.plusMillis(1)).withSlowTurn(LiveFigures.SLOW_TURN);
        Kpis figures = open.kpis(query);
        return new Shown.Known<>(new StoredView(
                days,
                from,
                state,
                shown(figures.outcomes().completion()),
                shown(figures.outcomes().callBacks()),
                shown(figures.returns().returned()),
                figures,
                days == 1 ? open.byHour(query) : open.byDay(query)));
    }

    private static String words(StoreState state) {
        return state.problem().isEmpty() ? "it has not answered yet" : state.problem();
    }

    private static dev.antiphon.server.operator.Rate shown(Rate stored) {
        return dev.antiphon.server.operator.Rate.of(stored);
    }
}
