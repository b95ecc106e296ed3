package dev.antiphon.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.connection.ConnectFailure;
import dev.antiphon.connection.Endpoints;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EndpointMetersTest {
    private static final Tier FIRST = at("first");
    private static final Tier SECOND = at("second");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Endpoints endpoints = new Endpoints(new SplittableRandom(7));
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");

    private static Tier at(String provider) {
        return new Tier(
                "mini",
                new ModelEndpoint(
                        provider,
                        "gpt",
                        URI.create("ws://" + provider + ":81/v1?key=secret"),
                        Map.of("Authorization", "Bearer secret"),
                        List.of()),
                PriceCard.FREE);
    }

    private double gauge(String name, String provider) {
        return registry.get(name)
                .tags("provider", provider, "model", "gpt", "address", provider + ":81")
                .gauge()
                .value();
    }

    @Test
    void everyPlaceOfTheLadderHasItsHealthAndTheRestOfItsCoolDown() {
        EndpointMeters.register(registry, endpoints, new TierLadder(List.of(FIRST.orElse(SECOND))), () -> now);
        endpoints.refused(FIRST.endpoint(), new ConnectFailure.Silent("nothing"), now);
        now = now.plusMillis(1_500);

        assertThat(gauge("voice.endpoint.healthy", "first")).isZero();
        assertThat(gauge("voice.endpoint.cooldown", "first")).isEqualTo(3.5);
        assertThat(gauge("voice.endpoint.healthy", "second")).isEqualTo(1);
        assertThat(gauge("voice.endpoint.cooldown", "second")).isZero();

        now = now.plusSeconds(60);
        assertThat(gauge("voice.endpoint.cooldown", "first")).isZero();
        assertThat(gauge("voice.endpoint.healthy", "first")).isZero();
        endpoints.worked(FIRST.endpoint());
        assertThat(gauge("voice.endpoint.healthy", "first")).isEqualTo(1);
    }

    @Test
    void noTagHoldsACredential() {
        EndpointMeters.register(registry, endpoints, new TierLadder(List.of(FIRST)), () -> now);

        assertThat(registry.getMetersAsString()).contains("first").doesNotContain("secret");
    }
}
