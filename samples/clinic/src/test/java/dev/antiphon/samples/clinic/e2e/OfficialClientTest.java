package dev.antiphon.samples.clinic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.okhttp.OkHttpClient;
import com.openai.core.ClientOptions;
import com.openai.core.JsonValue;
import com.openai.core.http.WebSocketWriteNotAttempted;
import com.openai.helpers.RealtimeConnection;
import com.openai.helpers.RealtimeWebSocketOptions;
import com.openai.models.realtime.ConversationItem;
import com.openai.models.realtime.ConversationItemCreateEvent;
import com.openai.models.realtime.ConversationItemTruncateEvent;
import com.openai.models.realtime.InputAudioBufferAppendEvent;
import com.openai.models.realtime.RealtimeClientEvent;
import com.openai.models.realtime.RealtimeConversationItemFunctionCall;
import com.openai.models.realtime.RealtimeConversationItemFunctionCallOutput;
import com.openai.models.realtime.RealtimeConversationItemUserMessage;
import com.openai.models.realtime.RealtimeError;
import com.openai.models.realtime.RealtimeFunctionTool;
import com.openai.models.realtime.RealtimeResponse;
import com.openai.models.realtime.RealtimeServerEvent;
import com.openai.models.realtime.RealtimeSessionCreateRequest;
import com.openai.models.realtime.ResponseCreateEvent;
import com.openai.models.realtime.SessionUpdateEvent;
import dev.antiphon.samples.clinic.ClinicApp;
import dev.antiphon.server.cli.Storage;
import dev.antiphon.testkit.emulator.EmulatorProfile;
import dev.antiphon.testkit.emulator.TierProfile;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** com.openai:openai-java, with nothing but its base URL changed. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OfficialClientTest {
    private static final String SPOKEN = "I would like a check-up next Tuesday at three in the afternoon";
    private static final int FRAME_BYTES = 960;
    private static final int SILENCE_BYTES = 48_000;
    private static final RealtimeWebSocketOptions MODEL =
            RealtimeWebSocketOptions.builder().model("gpt-realtime").build();
    private static final RealtimeFunctionTool WEATHER = RealtimeFunctionTool.builder()
            .type(RealtimeFunctionTool.Type.FUNCTION)
            .name("get_weather")
            .description("Tells the weather in a city")
            .parameters(JsonValue.from(Map.of(
                    "type",
                    "object",
                    "properties",
                    Map.of("city", Map.of("type", "string", "description", "The city")),
                    "required",
                    List.of("city"))))
            .build();

    @Test
    void theOfficialJavaClientBooksAVisit() {
        try (ClinicDesk desk = ClinicDesk.open();
                RealtimeConnection client = connect(desk.http("/v1"))) {
            assertThat(answer(client)).contains("check-up, a cleaning or a vaccination");
            say(client, "I would like a check-up next Tuesday at three in the afternoon");
            assertThat(answer(client)).contains("name");
            say(client, "My name is Grace Hopper");
            assertThat(answer(client)).contains("phone");
            say(client, "My number is 415 555 2671");
            assertThat(answer(client)).contains("Grace Hopper", "Shall I book it?");
            say(client, "Yes, please");
            assertThat(answer(client)).contains("You're booked. Your reference is");
        }
    }

    @Test
    void theOfficialJavaClientTalksToTheEmulatorAndRunsAToolThatItCalls() {
        try (ClinicDesk desk = ClinicDesk.open();
                RealtimeConnection client = connect(desk.modelHttp())) {
            send(
                    client,
                    RealtimeClientEvent.ofSessionUpdate(SessionUpdateEvent.builder()
                            .session(RealtimeSessionCreateRequest.builder()
                                    .addTool(WEATHER)
                                    .build())
                            .build()));
            awaitEvent(client, RealtimeServerEvent::isSessionUpdated);
            say(client, "Hello, how are you?");
            assertThat(answer(client)).isNotBlank();

            say(client, "What is the weather in Paris?");
            RealtimeConversationItemFunctionCall call = awaitEvent(client, RealtimeServerEvent::isResponseDone)
                    .asResponseDone()
                    .response()
                    .output()
                    .orElseThrow()
                    .getFirst()
                    .asFunctionCall();
            assertThat(call.name()).isEqualTo("get_weather");
            assertThat(call.arguments()).isEqualTo("{\"city\":\"Paris\"}");

            send(
                    client,
                    ConversationItem.ofFunctionCallOutput(RealtimeConversationItemFunctionCallOutput.builder()
                            .callId(call.callId().orElseThrow())
                            .output("It is 18 degrees and sunny.")
                            .build()));
            assertThat(answer(client)).contains("It is 18 degrees and sunny.");
        }
    }

    @Test
    void theOfficialJavaClientSpeaksWithTheEmulator() {
        try (ClinicDesk desk = ClinicDesk.open();
                RealtimeConnection client = connect(desk.modelHttp())) {
            speak(client, desk.speech(SPOKEN));
            assertThat(answer(client)).isNotBlank();
        }
    }

    @Test
    void theOfficialJavaClientSpeaksWithTheClinic() {
        try (ClinicDesk desk = ClinicDesk.open();
                RealtimeConnection client = connect(desk.http("/v1"))) {
            answer(client);
            speak(client, desk.speech(SPOKEN));
            assertThat(answer(client)).contains("name");
        }
    }

    @Test
    void theOfficialJavaClientInterruptsTheEmulator() {
        try (ClinicDesk desk = slow();
                RealtimeConnection client = connect(desk.modelHttp())) {
            assertInterrupts(client, desk.speech(SPOKEN));
        }
    }

    @Test
    void theOfficialJavaClientInterruptsTheClinic() {
        try (ClinicDesk desk = slow();
                RealtimeConnection client = connect(desk.http("/v1"))) {
            answer(client);
            assertInterrupts(client, desk.speech(SPOKEN));
        }
    }

    @Test
    void theOfficialJavaClientIsToldItsMistakeByTheEmulatorAndGoesOn() {
        try (ClinicDesk desk = ClinicDesk.open();
                RealtimeConnection client = connect(desk.modelHttp())) {
            assertIsToldItsMistakeAndGoesOn(client);
        }
    }

    @Test
    void theOfficialJavaClientIsToldItsMistakeByTheClinicAndGoesOn() {
        try (ClinicDesk desk = ClinicDesk.open();
                RealtimeConnection client = connect(desk.http("/v1"))) {
            answer(client);
            assertIsToldItsMistakeAndGoesOn(client);
        }
    }

    /** Answers come at five times the speed of speech, so that there is something left to interrupt. */
    private static ClinicDesk slow() {
        return ClinicDesk.of(
                ClinicApp.bot(new Storage.PerCall()),
                models -> models.withProfile(
                        EmulatorProfile.of(TierProfile.instant().withDeliverySpeed(5))),
                settings -> settings);
    }

    private static void assertInterrupts(RealtimeConnection client, byte[] speech) {
        say(client, "What are your opening hours?");
        String item = awaitEvent(client, RealtimeServerEvent::isResponseOutputAudioDelta)
                .asResponseOutputAudioDelta()
                .itemId();
        speak(client, speech);
        awaitEvent(client, RealtimeServerEvent::isInputAudioBufferSpeechStarted);
        RealtimeResponse response = awaitEvent(client, RealtimeServerEvent::isResponseDone)
                .asResponseDone()
                .response();
        assertThat(response.status()).contains(RealtimeResponse.Status.CANCELLED);
        send(
                client,
                RealtimeClientEvent.ofConversationItemTruncate(ConversationItemTruncateEvent.builder()
                        .itemId(item)
                        .contentIndex(0)
                        .audioEndMs(20)
                        .build()));
        awaitEvent(client, RealtimeServerEvent::isConversationItemTruncated);
    }

    private static void assertIsToldItsMistakeAndGoesOn(RealtimeConnection client) {
        send(
                client,
                RealtimeClientEvent.ofSessionUpdate(SessionUpdateEvent.builder()
                        .session(RealtimeSessionCreateRequest.builder()
                                .putAdditionalProperty("nonsense", JsonValue.from(1))
                                .build())
                        .build()));
        RealtimeError error =
                awaitEvent(client, RealtimeServerEvent::isError).asError().error();
        assertThat(error.code()).contains("unknown_parameter");
        assertThat(error.param()).contains("session.nonsense");
        say(client, SPOKEN);
        assertThat(answer(client)).isNotBlank();
    }

    /** In frames of 20 ms, and silence after it. */
    private static void speak(RealtimeConnection client, byte[] speech) {
        byte[] audio = Arrays.copyOf(speech, speech.length + SILENCE_BYTES);
        for (int at = 0; at < audio.length; at += FRAME_BYTES) {
            byte[] frame = Arrays.copyOfRange(audio, at, Math.min(audio.length, at + FRAME_BYTES));
            send(
                    client,
                    RealtimeClientEvent.ofInputAudioBufferAppend(InputAudioBufferAppendEvent.builder()
                            .audio(Base64.getEncoder().encodeToString(frame))
                            .build()));
        }
    }

    /** The test closes it. */
    @SuppressWarnings("MustBeClosedChecker")
    private static RealtimeConnection connect(URI baseUrl) {
        ClientOptions options = ClientOptions.builder()
                .apiKey("sk-any")
                .baseUrl(baseUrl.toString())
                .httpClient(OkHttpClient.builder().build())
                .build();
        return RealtimeConnection.connect(options, MODEL);
    }

    private static void say(RealtimeConnection client, String text) {
        send(
                client,
                ConversationItem.ofRealtimeConversationItemUserMessage(RealtimeConversationItemUserMessage.builder()
                        .addContent(RealtimeConversationItemUserMessage.Content.builder()
                                .type(RealtimeConversationItemUserMessage.Content.Type.INPUT_TEXT)
                                .text(text)
                                .build())
                        .build()));
    }

    /**
     * Sends one event. The client has room for a single frame, and frees it a moment after the frame has left, so that an
     * answer can be here before; what it does not take, it says, and wants to be given again.
     */
    private static void send(RealtimeConnection client, RealtimeClientEvent event) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try {
                client.send(event);
                return;
            } catch (WebSocketWriteNotAttempted.Busy busy) {
                if (System.nanoTime() - deadline > 0) {
                    throw busy;
                }
                Thread.onSpinWait();
            }
        }
    }

    /** The client's send buffer takes one event at a time, so the first one's answer is awaited. */
    private static void send(RealtimeConnection client, ConversationItem item) {
        send(
                client,
                RealtimeClientEvent.ofConversationItemCreate(
                        ConversationItemCreateEvent.builder().item(item).build()));
        awaitEvent(client, RealtimeServerEvent::isConversationItemDone);
        send(
                client,
                RealtimeClientEvent.ofResponseCreate(
                        ResponseCreateEvent.builder().build()));
    }

    /** The words of the next response that was not cut short. */
    private static String answer(RealtimeConnection client) {
        StringBuilder words = new StringBuilder();
        awaitEvent(client, event -> {
            if (event.isResponseOutputAudioTranscriptDone()) {
                words.append(event.asResponseOutputAudioTranscriptDone().transcript())
                        .append(' ');
            }
            return event.isResponseDone()
                    && event.asResponseDone()
                            .response()
                            .status()
                            .filter(RealtimeResponse.Status.COMPLETED::equals)
                            .isPresent();
        });
        return words.toString();
    }

    private static RealtimeServerEvent awaitEvent(RealtimeConnection client, Predicate<RealtimeServerEvent> wanted) {
        while (true) {
            RealtimeServerEvent event = client.receive();
            event.validate();
            if (wanted.test(event)) {
                return event;
            }
            assertThat(event.isError()).as(event.toString()).isFalse();
        }
    }
}
