package dev.antiphon.telemetry;

import dev.antiphon.connection.Endpoints;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.TierLadder;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.InstantSource;

/** Gauges of the health of every place of a ladder, named by {@link Names}. As many as the ladder has places, whatever happens. */
public final class EndpointMeters {
    private EndpointMeters() {}

    /** Registers them; they are read when the registry is. */
    public static void register(MeterRegistry registry, Endpoints endpoints, TierLadder ladder, InstantSource clock) {
        for (ModelEndpoint endpoint : ladder.endpoints()) {
            Tags tags = Tags.of(
                    Names.PROVIDER,
                    endpoint.provider(),
                    Names.MODEL,
                    endpoint.model(),
                    Names.ADDRESS,
                    endpoint.address());
            Gauge.builder(
                            Names.ENDPOINT_HEALTHY,
                            () -> endpoints.state(endpoint).isWell() ? 1 : 0)
                    .tags(tags)
                    .register(registry);
            Gauge.builder(
                            Names.ENDPOINT_COOL_DOWN,
                            () -> endpoints
                                            .state(endpoint)
                                            .coolDownLeft(clock.instant())
                                            .toMillis()
                                    / 1_000.0)
                    .tags(tags)
                    .baseUnit("seconds")
                    .register(registry);
        }
    }
}
