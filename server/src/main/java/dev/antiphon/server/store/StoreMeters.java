package dev.antiphon.server.store;

import dev.antiphon.telemetry.Names;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Shows how a store is in meters, named by {@link Names}. */
public final class StoreMeters {
    private StoreMeters() {}

    /** Meters of this store. */
    public static void register(MeterRegistry registry, Store store) {
        FunctionCounter.builder(Names.STORE_WRITTEN, store, s -> s.state().written())
                .register(registry);
        FunctionCounter.builder(Names.STORE_LOST, store, s -> s.state().lost()).register(registry);
        Gauge.builder(Names.STORE_QUEUED, store, s -> s.state().queued()).register(registry);
        Gauge.builder(Names.STORE_UP, store, s -> s.state().condition() == StoreState.Condition.UP ? 1 : 0)
                .register(registry);
    }
}
