package dev.antiphon.samples.clinic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.connection.ConnectionSettings;
import dev.antiphon.samples.clinic.WatchedCall;
import dev.antiphon.samples.clinic.WatchedClinic;
import dev.antiphon.server.ServerSettings;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.testkit.emulator.EmulatorSettings;
import dev.antiphon.testkit.emulator.Fault;
import dev.antiphon.testkit.emulator.FaultScript;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What the model's side may do wrong, over real sockets. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ModelTroubleTest {
    private static final UnaryOperator<ServerSettings> IMPATIENT =
            settings -> settings.withSession(SessionSettings.defaults()
                    .withConnection(ConnectionSettings.defaults().withConnectTimeout(Duration.ofMillis(500))));

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(new Fault.RefuseUpgrade(503, "overloaded"), "503"),
                Arguments.of(new Fault.NeverAnswer(), "session.created"),
                Arguments.of(new Fault.CloseAfter(0, 1011, "out of order"), "1011"),
                Arguments.of(new Fault.DropAfter(0), "1006"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aModelThatCannotBeReachedAtFirstIsTriedAgainAndTheCallIsServed(Fault fault) {
        try (WatchedClinic clinic = WatchedClinic.open();
                ClinicDesk desk = ClinicDesk.of(clinic.bot(), inSessions(1, fault), IMPATIENT)) {
            JsonNode report = new Callers(desk).call("--script", "all-at-once");

            assertBookedOnce(report, clinic);
            assertThat(desk.modelSessions()).isGreaterThan(1);
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aModelThatCannotBeReachedAtAllFailsTheCallWithAReason(Fault fault, String reason) {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (WatchedClinic clinic = WatchedClinic.open();
                ClinicDesk desk = ClinicDesk.of(
                        clinic.bot(),
                        models -> models.withFaults(
                                (number, model) -> broken.get() ? FaultScript.of(fault) : FaultScript.none()),
                        IMPATIENT)) {
            Callers callers = new Callers(desk);
            JsonNode report = callers.call("--script", "all-at-once", "--expect", "failed");

            assertThat(Callers.outcomes(report)).as(report.toPrettyString()).containsExactly("failed");
            assertThat(Callers.reasons(report)).singleElement().asString().contains("could not be reached", reason);
            broken.set(false);
            callers.anOrdinaryCallStillWorks();
        }
    }

    @Test
    void aKeyThatTheModelRefusesFailsTheCallAtOnceWithAReason() {
        AtomicBoolean good = new AtomicBoolean();
        try (WatchedClinic clinic = WatchedClinic.open();
                ClinicDesk desk = ClinicDesk.of(
                        clinic.bot(), models -> models.withAcceptedKeys(key -> good.get()), settings -> settings)) {
            Callers callers = new Callers(desk);
            JsonNode report = callers.call("--script", "all-at-once", "--expect", "failed");

            assertThat(Callers.outcomes(report)).as(report.toPrettyString()).containsExactly("failed");
            assertThat(Callers.reasons(report)).singleElement().asString().containsIgnoringCase("key");
            assertThat(desk.modelSessions()).isEqualTo(1);
            good.set(true);
            callers.anOrdinaryCallStillWorks();
        }
    }

    @Test
    void sessionsThatTheServiceEndsAreRenewedBeforeAndTheCallGoesOn() {
        List<SessionEvent> facts = new CopyOnWriteArrayList<>();
        try (WatchedClinic clinic = WatchedClinic.open();
                ClinicDesk desk = ClinicDesk.of(
                        clinic.bot(),
                        models -> models.withSessionLifetime(Duration.ofSeconds(3)),
                        settings -> settings.withObserver(facts::add))) {
            JsonNode report = new Callers(desk).call("--script", "happy");

            assertThat(Callers.outcomes(report)).as(report.toPrettyString()).containsExactly("completed");
            assertThat(facts).anyMatch(SessionEvent.ConnectionRenewed.class::isInstance);
            assertThat(facts).noneMatch(SessionEvent.ConnectionTroubled.class::isInstance);
        }
    }

    @Test
    void whereverTheLineBreaksTheCallGoesOnAndBooksExactlyOnce() {
        int calls = 40;
        try (WatchedClinic clinic = WatchedClinic.open();
                ClinicDesk desk = ClinicDesk.of(
                        clinic.bot(),
                        models -> models.withFaults((number, model) ->
                                number > calls ? FaultScript.none() : FaultScript.of(droppedAfterEvents(number))),
                        IMPATIENT)) {
            Callers callers = new Callers(desk);
            JsonNode report = callers.call(Stream.concat(
                            Stream.of("--timeout=90"),
                            Stream.concat(
                                    Callers.calls(calls / 2, "all-at-once").stream(),
                                    Callers.calls(calls / 2, "happy").stream()))
                    .toList());

            assertThat(Callers.reports(report)
                            .filter(call -> !call.path("as_expected").asBoolean())
                            .map(JsonNode::toPrettyString))
                    .isEmpty();
            assertThat(clinic.calls())
                    .hasSize(calls)
                    .allSatisfy(call -> assertThat(call.bookings()).isEqualTo(1));
            assertThat(desk.modelSessions()).isGreaterThan(calls + calls / 2);
            callers.anOrdinaryCallStillWorks();
        }
    }

    private static Fault droppedAfterEvents(long number) {
        return new Fault.DropAfter((int) (2 + 2 * number));
    }

    @Test
    void unknownEventsBrokenFramesAndMissingUsageChangeNothingForTheCaller() {
        Fault[] oddities = {
            new Fault.UnknownEventAfter(1, "session.sparkle"),
            new Fault.UnknownEventAfter(8, "response.sparkle"),
            new Fault.MalformedFrameAfter(12),
            new Fault.OmitUsage()
        };
        try (WatchedClinic clinic = WatchedClinic.open();
                ClinicDesk desk = ClinicDesk.of(
                        clinic.bot(), models -> models.withFaults(FaultScript.of(oddities)), settings -> settings)) {
            JsonNode report = new Callers(desk).call("--script", "all-at-once");

            assertBookedOnce(report, clinic);
            assertThat(desk.modelSessions()).isEqualTo(1);
        }
    }

    @Test
    void aResponseThatFailsIsMadeUpForAndTheCallBooks() {
        List<Fault> failures = List.of(Fault.FailResponse.serverError(2), Fault.FailResponse.rateLimited(4));
        try (WatchedClinic clinic = WatchedClinic.open();
                ClinicDesk desk = ClinicDesk.of(
                        clinic.bot(), models -> models.withFaults(new FaultScript(failures)), settings -> settings)) {
            JsonNode report = new Callers(desk).call("--script", "all-at-once");

            assertBookedOnce(report, clinic);
        }
    }

    private static UnaryOperator<EmulatorSettings> inSessions(int first, Fault fault) {
        return models ->
                models.withFaults((number, model) -> number <= first ? FaultScript.of(fault) : FaultScript.none());
    }

    private static void assertBookedOnce(JsonNode report, WatchedClinic clinic) {
        assertThat(Callers.outcomes(report)).as(report.toPrettyString()).containsExactly("completed");
        WatchedCall call = clinic.call();
        assertThat(call.outcome()).isInstanceOf(Outcome.Completed.class);
        assertThat(call.bookings()).isEqualTo(1);
    }
}
