package dev.antiphon.samples.clinic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.samples.clinic.WatchedClinic;
import dev.antiphon.server.gateway.AccessPolicy;
import dev.antiphon.session.Outcome;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a caller's software may do wrong, over a real socket. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BadInputTest {
    private static final int MEBIBYTE = 1024 * 1024;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"type":"response.create"                      | invalid_json               | not valid JSON
                    hello                                          | invalid_json               | not valid JSON
                    [1,2,3]                                        | invalid_event              | must be an object
                    {"event_id":"mine"}                            | invalid_event              | 'type'
                    {"type":"scooby.dooby.doo","event_id":"mine"}  | invalid_value              | Supported values are: 'session.update'
                    {"type":"session.update"}                      | missing_required_parameter | 'session'
                    {"type":"input_audio_buffer.append","audio":7} | invalid_type               | 'audio'
                    """)
    void aBadFrameGetsOneClearErrorAndTheCallGoesOn(String frame, String code, String rule) throws Exception {
        try (WatchedClinic clinic = WatchedClinic.open();
                ClinicDesk desk = ClinicDesk.of(clinic.bot());
                RawCaller caller = RawCaller.connect(desk.realtime(), "any")) {
            caller.send(frame);
            assertError(caller.await("error"), code, rule);
            assertThat(caller.answer()).contains("vaccination");
            caller.send(frame);
            assertError(caller.await("error"), code, rule);
            books(caller, clinic, 2);
            new Callers(desk).anOrdinaryCallStillWorks();
        }
    }

    @Test
    void aBinaryFrameGetsOneClearErrorAndTheCallGoesOn() throws Exception {
        try (WatchedClinic clinic = WatchedClinic.open();
                ClinicDesk desk = ClinicDesk.of(clinic.bot());
                RawCaller caller = RawCaller.connect(desk.realtime(), "any")) {
            assertThat(caller.answer()).contains("vaccination");
            caller.sendBinary(new byte[] {1, 2, 3});
            assertError(caller.await("error"), "invalid_event", "binary frames are not supported");
            books(caller, clinic, 1);
            new Callers(desk).anOrdinaryCallStillWorks();
        }
    }

    @Test
    void aFrameOfTwentyMebibytesGetsOneClearErrorAndTheCallGoesOn() throws Exception {
        try (WatchedClinic clinic = WatchedClinic.open();
                ClinicDesk desk = ClinicDesk.of(clinic.bot());
                RawCaller caller = RawCaller.connect(desk.realtime(), "any")) {
            assertThat(caller.answer()).contains("vaccination");
            caller.send(append(20 * MEBIBYTE));
            assertError(caller.await("error"), "invalid_event", "may have at most 15729664 bytes");
            books(caller, clinic, 1);
            new Callers(desk).anOrdinaryCallStillWorks();
        }
    }

    @Test
    void aFrameAboveEveryLimitClosesTheSocketWithAReasonAndHarmsNobodyElse() throws Exception {
        try (WatchedClinic clinic = WatchedClinic.open();
                ClinicDesk desk = ClinicDesk.of(clinic.bot());
                RawCaller caller = RawCaller.connect(desk.realtime(), "any")) {
            assertThat(caller.answer()).contains("vaccination");
            caller.send(append(30 * MEBIBYTE));
            assertThat(caller.closed()).startsWith("1009 ").hasSizeGreaterThan("1009 ".length());
            assertThat(clinic.call().outcome()).isInstanceOf(Outcome.Abandoned.class);
            new Callers(desk).anOrdinaryCallStillWorks();
        }
    }

    @Test
    void aWrongKeyIsRefusedWithAReasonAndTheRightOneIsServed() throws Exception {
        try (WatchedClinic clinic = WatchedClinic.open();
                ClinicDesk desk = ClinicDesk.of(
                        clinic.bot(),
                        models -> models,
                        settings -> settings.withAccess(AccessPolicy.withKeys(Set.of("sk-right"))))) {
            try (RawCaller stranger = RawCaller.connect(desk.realtime(), "sk-wrong")) {
                assertError(stranger.await("error"), "invalid_api_key", "Incorrect API key provided.");
                assertThat(stranger.closed()).isEqualTo("3000 invalid_request_error.invalid_api_key");
                assertThat(stranger.errors()).hasSize(1);
            }
            assertThat(clinic.calls()).isEmpty();
            try (RawCaller friend = RawCaller.connect(desk.realtime(), "sk-right")) {
                assertThat(friend.answer()).contains("vaccination");
                books(friend, clinic, 0);
            }
        }
    }

    private static String append(int audioChars) {
        return "{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + "A".repeat(audioChars) + "\"}";
    }

    private static void assertError(JsonNode event, String code, String rule) {
        assertThat(event.at("/error/code").asString()).as(event.toString()).isEqualTo(code);
        assertThat(event.at("/error/type").asString()).isEqualTo("invalid_request_error");
        assertThat(event.at("/error/message").asString()).contains(rule);
    }

    private static void books(RawCaller caller, WatchedClinic clinic, int errors) throws InterruptedException {
        caller.say("A checkup next Wednesday at two, I'm Bob Jones, my number is 415 555 0177.");
        assertThat(caller.answer()).contains("Bob Jones", "Shall I book it?");
        caller.say("Yes, please.");
        assertThat(caller.answer()).contains("You're booked. Your reference is");
        assertThat(clinic.call().bookings()).isEqualTo(1);
        assertThat(caller.errors()).hasSize(errors);
    }
}
