package dev.antiphon.samples.clinic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.samples.clinic.WatchedClinic;
import dev.antiphon.session.Outcome;
import dev.antiphon.testkit.emulator.EmulatorProfile;
import dev.antiphon.testkit.emulator.ServedDialects;
import dev.antiphon.testkit.emulator.TierProfile;
import dev.antiphon.testkit.emulator.TlsIdentity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Official clients of the Realtime API and one after the beta's reference, with nothing but their address changed: each holds
 * every kind of turn, with the emulator and with the clinic in front of it.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClientsTest {
    private static final String SPOKEN = "I would like a check-up next Tuesday at three in the afternoon";
    private static final int SILENCE_BYTES = 3 * 48_000;

    /** The clients of {@code clients.mjs}. */
    enum Client {
        AGENTS("agents", false),
        OPENAI("openai", true),
        OPENAI_BETA("openai-beta", true),
        REFERENCE_BETA("reference-beta", false);

        private final String name;
        private final boolean needsTls;

        Client(String name, boolean needsTls) {
            this.name = name;
            this.needsTls = needsTls;
        }
    }

    @TempDir
    private static Path folder;

    /** In the order of opening; what could not be opened, for example because Node.js is missing, is not there. */
    private static final List<AutoCloseable> open = new ArrayList<>();

    private static WatchedClinic clinic;
    private static ClinicDesk desk;
    private static CuttableWire secure;
    private static Path speech;
    private static Path certificate;

    @BeforeAll
    static void open() throws IOException {
        NodeProgram.need();
        TlsIdentity identity = TlsIdentity.selfSigned();
        certificate = Files.writeString(folder.resolve("certificate.pem"), identity.certificatePem());
        clinic = WatchedClinic.open();
        open.add(clinic);
        // Answers come at five times the speed of speech, so that there is something left to interrupt.
        desk = ClinicDesk.of(
                clinic.bot(),
                models -> models.withDialects(ServedDialects.AS_ASKED)
                        .withTls(Optional.of(identity))
                        .withProfile(EmulatorProfile.of(TierProfile.instant().withDeliverySpeed(5))),
                settings -> settings);
        open.add(desk);
        secure = new CuttableWire(identity.sslContext());
        open.add(secure);
        byte[] words = desk.speech(SPOKEN);
        speech = Files.write(folder.resolve("speech.pcm"), Arrays.copyOf(words, words.length + SILENCE_BYTES));
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    // The emulator.

    @ParameterizedTest
    @EnumSource
    void aTextTurnWithTheEmulator(Client client) throws Exception {
        JsonNode seen = withEmulator(client, "text", "Hello, how are you?");

        assertThat(said(seen)).hasSize(1).allSatisfy(words -> assertThat(words).isNotBlank());
        assertNoErrors(seen);
    }

    @ParameterizedTest
    @EnumSource
    void anAudioTurnWithTheEmulator(Client client) throws Exception {
        assertAudioTurn(withEmulator(client, "audio"));
    }

    @ParameterizedTest
    @EnumSource
    void aFunctionCallWithTheEmulator(Client client) throws Exception {
        JsonNode seen = withEmulator(client, "function", "What is the weather in Paris?");

        assertThat(seen.path("calls").toString()).isEqualTo("[{\"city\":\"Paris\"}]");
        assertThat(said(seen)).last().asString().contains("It is 18 degrees and sunny in Paris.");
        assertNoErrors(seen);
    }

    @ParameterizedTest
    @EnumSource
    void aBargeInWithTheEmulator(Client client) throws Exception {
        assertBargeIn(withEmulator(client, "barge-in", "Hello, how are you?"));
    }

    @ParameterizedTest
    @EnumSource
    void anErrorWithTheEmulator(Client client) throws Exception {
        assertErrorAndGoesOn(withEmulator(client, "error", "Hello, how are you?"));
    }

    // The clinic.

    @ParameterizedTest
    @EnumSource
    void aTextTurnWithTheClinic(Client client) throws Exception {
        JsonNode seen = withClinic(client, "text", SPOKEN);

        assertThat(said(seen)).last().asString().contains("name");
        assertNoErrors(seen);
    }

    @ParameterizedTest
    @EnumSource
    void anAudioTurnWithTheClinic(Client client) throws Exception {
        JsonNode seen = withClinic(client, "audio");

        assertAudioTurn(seen);
        assertThat(said(seen)).last().asString().contains("name");
    }

    @ParameterizedTest
    @EnumSource
    void aVisitIsBookedAtTheClinic(Client client) throws Exception {
        int before = clinic.calls().size();
        JsonNode seen = withClinic(
                client, "function", SPOKEN, "My name is Grace Hopper", "My number is 415 555 2671", "Yes, please");

        assertThat(said(seen)).last().asString().contains("You're booked. Your reference is");
        assertNoErrors(seen);
        assertThat(clinic.calls()).hasSize(before + 1);
        assertThat(clinic.calls().getLast().outcome()).isInstanceOf(Outcome.Completed.class);
        assertThat(clinic.calls().getLast().bookings()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aBargeInAtTheClinic(Client client) throws Exception {
        assertBargeIn(withClinic(client, "barge-in", "What are your opening hours?"));
    }

    @ParameterizedTest
    @EnumSource
    void anErrorAtTheClinic(Client client) throws Exception {
        assertErrorAndGoesOn(withClinic(client, "error", SPOKEN));
    }

    private static void assertNoErrors(JsonNode seen) {
        assertThat(seen.path("errors")).as(seen.toString()).isEmpty();
    }

    private static void assertAudioTurn(JsonNode seen) {
        assertThat(seen.path("types").path("input_audio_buffer.committed").asInt())
                .as(seen.toString())
                .isEqualTo(1);
        assertThat(seen.path("audioBytes").asLong()).as(seen.toString()).isGreaterThan(24_000);
        assertThat(said(seen)).isNotEmpty();
        assertNoErrors(seen);
    }

    private static void assertBargeIn(JsonNode seen) {
        assertThat(seen.path("statuses").valueStream().map(JsonNode::asString))
                .as(seen.toString())
                .contains("cancelled");
        assertThat(seen.path("types").path("conversation.item.truncated").asInt())
                .as(seen.toString())
                .isEqualTo(1);
        assertNoErrors(seen);
    }

    private static void assertErrorAndGoesOn(JsonNode seen) {
        assertThat(seen.path("errors").toString())
                .isEqualTo("[{\"code\":\"unknown_parameter\",\"param\":\"session.nonsense\"}]");
        assertThat(said(seen)).last().asString().isNotBlank();
    }

    private static Stream<String> said(JsonNode seen) {
        return seen.path("said").valueStream().map(JsonNode::asString);
    }

    private static JsonNode withEmulator(Client client, String turn, String... lines) throws Exception {
        return run(client, client.needsTls ? desk.modelHttps() : desk.modelHttp(), false, turn, lines);
    }

    private static JsonNode withClinic(Client client, String turn, String... lines) throws Exception {
        URI base = desk.http("/v1");
        return run(
                client,
                client.needsTls ? URI.create(secure.to(base).toString().replace("http:", "https:")) : base,
                true,
                turn,
                lines);
    }

    private static JsonNode run(Client client, URI base, boolean greets, String turn, String... lines)
            throws Exception {
        List<String> arguments = Stream.concat(
                        Stream.of(client.name, base.toString(), speech.toString(), String.valueOf(greets), turn),
                        Stream.of(lines))
                .toList();
        return NodeProgram.run("turns.mjs", certificate, arguments);
    }
}
