package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.AudioFormat;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallerTurnsTest {
    private final Doubles.ScriptedBrain brain = new Doubles.ScriptedBrain();
    private final VirtualCall call = VirtualCall.open(brain);

    @ParameterizedTest
    @EnumSource(AudioFormat.class)
    void findsATurnByTheEnergyOfTheSamplesInAudioTime(AudioFormat format) {
        call.send("{'type':'session.update','session':{'type':'realtime','audio':{'input':{'format':" + wire(format)
                + "}}}}");
        call.hear(format, Doubles.silence(1_000));
        assertThat(call.types()).doesNotContain("input_audio_buffer.speech_started");
        call.hear(format, Doubles.tone(500, 8_000));
        assertThat(call.last().path("audio_start_ms").asInt(-1)).isEqualTo(700);
        String item = call.last().path("item_id").asString("");
        call.hear(format, Doubles.silence(180));
        assertThat(call.last().path("type").asString("")).isEqualTo("input_audio_buffer.speech_started");
        call.hear(format, Doubles.silence(40));
        assertThat(call.last("input_audio_buffer.speech_stopped")
                        .path("audio_end_ms")
                        .asInt(-1))
                .isBetween(1_700, 1_720);
        assertThat(call.last("input_audio_buffer.speech_stopped")
                        .path("item_id")
                        .asString(""))
                .isEqualTo(item);
        assertThat(call.last("input_audio_buffer.committed").path("item_id").asString(""))
                .isEqualTo(item);
        assertThat(call.last("conversation.item.done").at("/item/id").asString(""))
                .isEqualTo(item);
        call.run();
        assertThat(brain.lastTurn().history()).containsExactly(new Brain.Entry.UserSaid("hello there", true));
    }

    @Test
    void quietNoiseAndClicksAreNoSpeech() {
        call.hear(Doubles.tone(2_000, 100));
        call.hear(Doubles.join(Doubles.tone(40, 20_000), Doubles.silence(500)));
        assertThat(call.types()).containsExactly("session.created");
    }

    @Test
    void aPauseShorterThanTheSilenceDoesNotEndTheTurn() {
        call.send(detection("'type':'server_vad','silence_duration_ms':600"));
        call.hear(Doubles.join(Doubles.tone(300, 8_000), Doubles.silence(500), Doubles.tone(300, 8_000)));
        assertThat(call.types()).doesNotContain("input_audio_buffer.speech_stopped");
        call.hear(Doubles.silence(600));
        assertThat(call.all("input_audio_buffer.speech_started")).hasSize(1);
        assertThat(call.all("input_audio_buffer.speech_stopped")).hasSize(1);
    }

    @Test
    void severalTurnsInOneAppendAreAllFound() {
        call.send(detection("'type':'server_vad','create_response':false"));
        short[] turn = Doubles.join(Doubles.silence(300), Doubles.tone(300, 8_000), Doubles.silence(300));
        call.hear(Doubles.join(turn, turn, turn));
        assertThat(call.all("input_audio_buffer.committed")).hasSize(3);
        assertThat(call.types()).doesNotContain("response.created");
    }

    @Test
    void bytesSplitInTheMiddleOfASampleAreJoinedAgain() {
        byte[] bytes = AudioCodec.bytes(Doubles.join(Doubles.tone(500, 8_000), Doubles.silence(400)));
        for (int at = 0; at < bytes.length; at += 961) {
            byte[] part = java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 961));
            call.send("{'type':'input_audio_buffer.append','audio':'"
                    + java.util.Base64.getEncoder().encodeToString(part) + "'}");
        }
        assertThat(call.last("input_audio_buffer.speech_stopped")
                        .path("audio_end_ms")
                        .asInt(0))
                .isEqualTo(700);
    }

    @Test
    void aCallerWhoMayNotInterruptIsAnsweredAfterTheResponse() {
        call.send(detection("'type':'server_vad','interrupt_response':false"));
        brain.says("A sentence that goes on while the caller speaks over it.");
        call.respond().runUntil("response.output_audio.delta");
        call.hear(Doubles.join(Doubles.tone(300, 8_000), Doubles.silence(300)));
        assertThat(call.all("response.created")).hasSize(1);
        call.run();
        assertThat(call.all("response.done")).hasSize(2);
        assertThat(call.all("response.done").getFirst().at("/response/status").asString(""))
                .isEqualTo("completed");
    }

    @Test
    void pushToTalkNeedsATenthOfASecond() {
        call.send("{'type':'session.update','session':{'type':'realtime','audio':{'input':{'turn_detection':null}}}}");
        call.hear(Doubles.tone(99, 8_000)).send("{'type':'input_audio_buffer.commit','event_id':'c1'}");
        assertThat(call.lastError().path("code").asString("")).isEqualTo("input_audio_buffer_commit_empty");
        assertThat(call.lastError().path("message").asString("")).contains("99.00ms");
        call.hear(Doubles.tone(1, 8_000)).send("{'type':'input_audio_buffer.commit'}");
        assertThat(call.last().path("type").asString("")).isEqualTo("conversation.item.done");
        call.run();
        assertThat(call.types()).doesNotContain("response.created", "input_audio_buffer.speech_started");
        call.hear(Doubles.tone(200, 8_000)).send("{'type':'input_audio_buffer.clear'}");
        assertThat(call.last().path("type").asString("")).isEqualTo("input_audio_buffer.cleared");
        call.send("{'type':'input_audio_buffer.commit'}");
        assertThat(call.lastError().path("message").asString("")).contains("0.00ms");
    }

    @Test
    void audioThatIsNoBase64IsRefused() {
        call.send("{'type':'input_audio_buffer.append','audio':'not base64!','event_id':'a1'}");
        assertThat(call.lastError().path("param").asString("")).isEqualTo("audio");
        assertThat(call.lastError().path("event_id").asString("")).isEqualTo("a1");
    }

    @Test
    void tooMuchAudioInOneEventIsRefused() {
        String audio = java.util.Base64.getEncoder().encodeToString(new byte[15 * 1024 * 1024 + 1]);
        call.send("{'type':'input_audio_buffer.append','audio':'" + audio + "'}");
        assertThat(call.lastError().path("message").asString("")).contains("15728640");
    }

    @Test
    void speechThatWasNotRegisteredFailsHonestly() {
        VirtualCall deaf = VirtualCall.open(
                brain, settings -> EmulatorSettings.of(brain, Doubles.tones(), Doubles.deaf()), FaultScript.none());
        deaf.send(
                "{'type':'session.update','session':{'type':'realtime','audio':{'input':{'transcription':{'model':'whisper-1'}}}}}");
        deaf.hear(Doubles.join(Doubles.tone(500, 8_000), Doubles.silence(300))).run();
        assertThat(deaf.last("conversation.item.input_audio_transcription.failed")
                        .at("/error/code")
                        .asString(""))
                .isEqualTo("audio_unintelligible");
        assertThat(brain.lastTurn().history()).containsExactly(new Brain.Entry.UserUnintelligible());
    }

    @Test
    void whisperTranscribesInOnePieceAndIsBilledByTime() {
        call.send(
                "{'type':'session.update','session':{'type':'realtime','audio':{'input':{'transcription':{'model':'whisper-1'}}}}}");
        call.hear(Doubles.join(Doubles.tone(500, 8_000), Doubles.silence(300))).run();
        assertThat(call.all("conversation.item.input_audio_transcription.delta"))
                .hasSize(1);
        var usage = call.last("conversation.item.input_audio_transcription.completed")
                .path("usage");
        assertThat(usage.path("type").asString("")).isEqualTo("duration");
        assertThat(usage.path("seconds").asDouble(0)).isEqualTo(0.7);
    }

    @Test
    void anOutOfBandResponseIsNotInterruptedByTheCaller() {
        brain.says("A long classification that goes on and on.");
        call.send("{'type':'response.create','response':{'conversation':'none'}}")
                .runUntil("response.output_audio.delta");
        call.hear(Doubles.tone(300, 8_000)).run();
        assertThat(call.last("response.done").at("/response/status").asString(""))
                .isEqualTo("completed");
    }

    @Test
    void theTranscriptIsKeptInTheItem() {
        call.send(
                "{'type':'session.update','session':{'type':'realtime','audio':{'input':{'transcription':{'model':'gpt-4o-transcribe'}}}}}");
        call.hear(Doubles.join(Doubles.tone(500, 8_000), Doubles.silence(300))).run();
        var completed = call.last("conversation.item.input_audio_transcription.completed");
        assertThat(completed.path("transcript").asString("")).isEqualTo("hello there");
        assertThat(completed.at("/usage/input_tokens").asInt(0)).isEqualTo(7);
        call.send("{'type':'conversation.item.retrieve','item_id':'"
                + completed.path("item_id").asString("") + "'}");
        assertThat(call.last().at("/item/content/0/transcript").asString("")).isEqualTo("hello there");
    }

    @Test
    void silenceAfterTheAgentsSpeechBecomesATurnWhenTheSessionAsksForIt() {
        call.send(detection("'type':'server_vad','idle_timeout_ms':5000"));
        brain.says("0123456789".repeat(4));
        call.respond().run().hear(Doubles.silence(500));
        call.timeline.advance(Duration.ofMillis(6_000));
        assertThat(call.types()).doesNotContain("input_audio_buffer.timeout_triggered");
        call.timeline.advance(Duration.ofMillis(1_000));
        assertThat(call.types())
                .containsSubsequence(
                        "input_audio_buffer.timeout_triggered", "input_audio_buffer.committed", "response.created");
        assertThat(call.last("input_audio_buffer.timeout_triggered")
                        .path("audio_end_ms")
                        .asInt(0))
                .isEqualTo(500);
    }

    @Test
    void aTurnOfSilenceIsNothingSaidForTheBrainAndTheTranscription() {
        VirtualCall deaf = VirtualCall.open(
                brain, settings -> EmulatorSettings.of(brain, Doubles.tones(), Doubles.deaf()), FaultScript.none());
        deaf.send(
                "{'type':'session.update','session':{'type':'realtime','audio':{'input':{'transcription':{'model':'whisper-1'},'turn_detection':{'type':'server_vad','idle_timeout_ms':5000}}}}}");
        deaf.respond().run().hear(Doubles.silence(1_000));
        deaf.timeline.advance(Duration.ofSeconds(6));
        deaf.run();
        assertThat(brain.lastTurn().history()).containsExactly(new Brain.Entry.AssistantSaid("Okay.", true));
        assertThat(deaf.last("conversation.item.input_audio_transcription.completed")
                        .path("transcript")
                        .asString("none"))
                .isEmpty();
        assertThat(deaf.types()).doesNotContain("conversation.item.input_audio_transcription.failed");
    }

    @Test
    void anIdleWaitGoesByTheSettingsOfTheMoment() {
        call.send(detection("'type':'server_vad','idle_timeout_ms':5000"));
        call.respond().run();
        call.send(detection("'type':'server_vad','idle_timeout_ms':9000"));
        call.timeline.advance(Duration.ofMillis(8_900));
        assertThat(call.types()).doesNotContain("input_audio_buffer.timeout_triggered");
        call.timeline.advance(Duration.ofMillis(400));
        assertThat(call.types()).contains("input_audio_buffer.timeout_triggered");
        call.run().forget();
        call.send(detection("'type':'server_vad','idle_timeout_ms':null"));
        call.timeline.advance(Duration.ofSeconds(60));
        assertThat(call.types()).doesNotContain("input_audio_buffer.timeout_triggered");
    }

    @Test
    void aTimeoutCommitsOnlyWhatCameAfterTheAgentsSpeech() {
        call.send(detection("'type':'server_vad','idle_timeout_ms':5000"));
        call.hear(Doubles.silence(3_000)).respond().run().hear(Doubles.silence(700));
        call.timeline.advance(Duration.ofSeconds(6));
        String item = call.last("input_audio_buffer.timeout_triggered")
                .path("item_id")
                .asString("");
        call.run().send("{'type':'conversation.item.retrieve','item_id':'" + item + "'}");
        String audio = call.last("conversation.item.retrieved")
                .at("/item/content/0/audio")
                .asString("");
        assertThat(java.util.Base64.getDecoder().decode(audio)).hasSize(700 * 48);
    }

    private static String detection(String fields) {
        return "{'type':'session.update','session':{'type':'realtime','audio':{'input':{'turn_detection':{" + fields
                + "}}}}}";
    }

    private static String wire(AudioFormat format) {
        return switch (format) {
            case PCM16_24KHZ -> "{'type':'audio/pcm','rate':24000}";
            case G711_ULAW -> "{'type':'audio/pcmu'}";
            case G711_ALAW -> "{'type':'audio/pcma'}";
        };
    }
}
