package dev.antiphon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.audio.G711;
import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.session.LineOptions;
import dev.antiphon.session.SessionSettings;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Callers of one format, a model of another, the gateway between them, the emulator behind it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TelephoneTest {
    private static final int BYTES_PER_MS = 8;

    /** The emulated voice hums 80 samples of 8 kHz for each character. */
    private static final int BYTES_PER_CHARACTER = 80;

    private static final double VOICE_STEP = 0.3;
    private static final double CALLER_STEP = 2 * Math.PI * 440 / 8_000;

    @ParameterizedTest
    @CsvSource({"audio/pcmu, ULAW", "audio/pcma, ALAW"})
    void aTelephoneHearsAModelThatSpeaksPcm(String format, G711 law) throws Exception {
        try (OrderDesk desk = withLine(AudioFormat.PCM16_24KHZ);
                RealtimeClient phone = RealtimeClient.connect(desk.realtime())) {
            JsonNode greeting = greeting(phone, format);
            byte[] audio = audioOf(phone, greeting);
            assertThat(audio).hasSize(greeting.path("transcript").asString().length() * BYTES_PER_CHARACTER);
            assertThat(signalToNoise(law, audio, VOICE_STEP)).isGreaterThan(25);
            int whole = audio.length / BYTES_PER_MS;
            phone.send("{\"type\":\"conversation.item.truncate\",\"content_index\":0,\"item_id\":\""
                    + greeting.path("item_id").asString() + "\",\"audio_end_ms\":" + whole + "}");
            assertThat(phone.next("conversation.item.truncated")
                            .path("audio_end_ms")
                            .asInt())
                    .isEqualTo(whole);
            assertThat(phone.seen("error")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"audio/pcmu, ULAW", "audio/pcma, ALAW"})
    void aModelThatHearsPcmHearsATelephone(String format, G711 law) throws Exception {
        try (OrderDesk desk = withLine(AudioFormat.PCM16_24KHZ);
                RealtimeClient phone = RealtimeClient.connect(desk.realtime())) {
            greeting(phone, format);
            speak(phone, law);
            int start = phone.next("input_audio_buffer.speech_started")
                    .path("audio_start_ms")
                    .asInt();
            int end = phone.next("input_audio_buffer.speech_stopped")
                    .path("audio_end_ms")
                    .asInt();
            assertThat(start).isBetween(0, 400);
            assertThat(end).isBetween(1_400, 2_100);
            phone.next("input_audio_buffer.committed");
            phone.next("response.done");
            assertThat(loudestHz(desk.speech.heard)).isBetween(430.0, 450.0);
            assertThat(phone.seen("error")).isEmpty();
        }
    }

    @Test
    void aCallerOfPcmHearsAModelThatSpeaksMuLaw() throws Exception {
        try (OrderDesk desk = withLine(AudioFormat.G711_ULAW);
                RealtimeClient caller = RealtimeClient.connect(desk.realtime())) {
            JsonNode greeting = greeting(caller, "audio/pcm");
            byte[] audio = audioOf(caller, greeting);
            assertThat(audio).hasSize(greeting.path("transcript").asString().length() * BYTES_PER_CHARACTER * 6);
            assertThat(loudestHz(audio)).isBetween(372.0, 392.0);
        }
    }

    private static OrderDesk withLine(AudioFormat format) {
        return OrderDesk.open(settings -> settings.withSession(SessionSettings.defaults()
                .withLine(LineOptions.of(line -> line.inputFormat(format).outputFormat(format)))));
    }

    /** Chooses the format and waits until the bot has said hello; the event that its words are done. */
    private static JsonNode greeting(RealtimeClient client, String format) throws InterruptedException {
        client.send("""
                {"type":"session.update","session":{"type":"realtime","audio":{
                "input":{"format":{"type":"%1$s"}},"output":{"format":{"type":"%1$s"}}}}}""".formatted(format));
        JsonNode audio = client.next("session.updated").path("session").path("audio");
        assertThat(audio.path("input").path("format").path("type").asString()).isEqualTo(format);
        assertThat(audio.path("output").path("format").path("type").asString()).isEqualTo(format);
        JsonNode words = client.next("response.output_audio_transcript.done");
        client.next("response.done");
        return words;
    }

    private static byte[] audioOf(RealtimeClient client, JsonNode words) {
        ByteArrayOutputStream audio = new ByteArrayOutputStream();
        List<JsonNode> deltas = client.seen("response.output_audio.delta");
        deltas.stream()
                .filter(d -> d.path("item_id").equals(words.path("item_id")))
                .forEach(d -> audio.writeBytes(
                        Base64.getDecoder().decode(d.path("delta").asString())));
        return audio.toByteArray();
    }

    /** A moment of quiet, a second of a tone, and silence, in frames of 20 ms. */
    private static void speak(RealtimeClient client, G711 law) {
        byte[] call = new byte[3_000 * BYTES_PER_MS];
        for (int i = 0; i < call.length; i++) {
            boolean tone = i >= 500 * BYTES_PER_MS && i < 1_500 * BYTES_PER_MS;
            call[i] = law.encode(tone ? (int) (8_000 * Math.sin(CALLER_STEP * i)) : 0);
        }
        for (int at = 0; at < call.length; at += 20 * BYTES_PER_MS) {
            byte[] frame = Arrays.copyOfRange(call, at, at + 20 * BYTES_PER_MS);
            client.send("{\"type\":\"input_audio_buffer.append\",\"audio\":\""
                    + Base64.getEncoder().encodeToString(frame) + "\"}");
        }
    }

    /** Decibels of the emulated voice, in phase, over everything else. */
    private static double signalToNoise(G711 law, byte[] audio, double step) {
        double signal = 0;
        double noise = 0;
        for (int i = 100; i < audio.length - 100; i++) {
            double wanted = 3_000 * Math.sin(step * i);
            signal += wanted * wanted;
            noise += Math.pow(law.decode(audio[i]) - wanted, 2);
        }
        return 10 * Math.log10(signal / noise);
    }

    /** The strongest frequency between 100 and 1,000 Hz in PCM of 24 kHz, in steps of 2 Hz. */
    private static double loudestHz(byte[] pcm) {
        double loudest = 0;
        double best = -1;
        for (double hz = 100; hz <= 1_000; hz += 2) {
            double level = level(pcm, 2 * Math.PI * hz / 24_000);
            if (level > best) {
                best = level;
                loudest = hz;
            }
        }
        return loudest;
    }

    private static double level(byte[] pcm, double step) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < pcm.length / 2; i++) {
            int sample = (short) (pcm[2 * i] & 0xFF | pcm[2 * i + 1] << 8);
            re += sample * Math.cos(step * i);
            im += sample * Math.sin(step * i);
        }
        return re * re + im * im;
    }
}
