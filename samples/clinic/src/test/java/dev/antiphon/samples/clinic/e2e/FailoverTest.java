package dev.antiphon.samples.clinic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.connection.EndpointHealth;
import dev.antiphon.connection.Endpoints;
import dev.antiphon.samples.clinic.WatchedClinic;
import dev.antiphon.server.ServerSettings;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.testkit.brain.BrainProfile;
import dev.antiphon.testkit.brain.SchemaBrain;
import dev.antiphon.testkit.emulator.EmulatedModels;
import dev.antiphon.testkit.emulator.EmulatorProfile;
import dev.antiphon.testkit.emulator.EmulatorSettings;
import dev.antiphon.testkit.emulator.Fault;
import dev.antiphon.testkit.emulator.FaultScript;
import dev.antiphon.testkit.emulator.RealtimeEmulator;
import dev.antiphon.testkit.speech.FreeTtsSynthesizer;
import dev.antiphon.testkit.speech.RegisteredSpeech;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A tier that can be had at two services, of which the first has trouble. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FailoverTest {
    private final List<SessionEvent> facts = new CopyOnWriteArrayList<>();
    private final Endpoints endpoints = new Endpoints(new SplittableRandom(1));

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of("too many requests", new Fault.RefuseUpgrade(429, "slow down")),
                Arguments.of("maintenance", new Fault.RefuseUpgrade(503, "maintenance")),
                Arguments.of(
                        "no quota", new Fault.Reject("insufficient_quota", "insufficient_quota", "no credit", 1008)),
                Arguments.of("silence", new Fault.NeverAnswer()));
    }

    private ServerSettings withSpare(ServerSettings settings, RealtimeEmulator spare) {
        return settings.withLadder(settings.ladder().orElse(EmulatedModels.ladder(spare.wsUri())))
                .withEndpoints(endpoints)
                .withObserver(facts::add)
                .withSession(settings.session()
                        .withConnection(settings.session().connection().withConnectTimeout(Duration.ofSeconds(2))));
    }

    private static RealtimeEmulator spare() {
        FreeTtsSynthesizer voice = new FreeTtsSynthesizer();
        return RealtimeEmulator.start(EmulatorSettings.of(
                        new SchemaBrain(BrainProfile.ByModel.withoutMisunderstandings()),
                        voice,
                        new RegisteredSpeech(voice))
                .withProfile(EmulatorProfile.instant()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void callsAreHeldElsewhereAndTheSickServiceIsSpared(String name, Fault trouble) {
        try (WatchedClinic clinic = WatchedClinic.open();
                RealtimeEmulator spare = spare();
                ClinicDesk desk = ClinicDesk.of(
                        clinic.bot(),
                        models -> models.withFaults((number, model) -> FaultScript.of(trouble)),
                        settings -> withSpare(settings, spare))) {
            JsonNode report = new Callers(desk).call("--script", "all-at-once");

            assertThat(Callers.outcomes(report)).as(report.toPrettyString()).containsExactly("completed");
            assertThat(desk.modelSessions()).isLessThanOrEqualTo(1);
            assertThat(spare.sessions()).isEqualTo(1);
            assertThat(endpoints.unwell()).hasSize(1);
        }
    }

    @Test
    void aCallWhoseModelStopsAnsweringGoesOnElsewhere() {
        try (WatchedClinic clinic = WatchedClinic.open();
                RealtimeEmulator spare = spare();
                ClinicDesk desk = ClinicDesk.of(
                        clinic.bot(),
                        models -> models.withFaults((number, model) -> FaultScript.of(
                                Fault.FailResponse.insufficientQuota(3), Fault.FailResponse.insufficientQuota(4))),
                        settings -> withSpare(settings, spare))) {
            JsonNode report = new Callers(desk).call("--script", "happy");

            assertThat(Callers.outcomes(report)).as(report.toPrettyString()).containsExactly("completed");
            assertThat(facts)
                    .filteredOn(SessionEvent.EndpointChanged.class::isInstance)
                    .hasSize(1);
            assertThat(endpoints.unwell().values()).singleElement().isInstanceOf(EndpointHealth.CoolingDown.class);
        }
    }
}
