package dev.antiphon.testkit.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.testkit.emulator.FrameObserver.Direction;
import dev.antiphon.testkit.record.RecordedSession.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    @TempDir
    private Path folder;

    @Test
    void whatWasRecordedIsReadBackBySession() {
        Path file = folder.resolve("calls.jsonl");
        try (SessionRecorder recorder = SessionRecorder.to(file, CLOCK)) {
            recorder.frame("a", Direction.OUT, "{\"type\":\"response.output_text.done\",\"text\":\"Hello.\"}");
            recorder.frame("b", Direction.IN, "{\"type\":\"input_audio_buffer.append\",\"audio\":\"AAAA\"}");
            recorder.frame("a", Direction.IN, """
                    {"type":"conversation.item.create","item":{"type":"message","role":"user",
                     "content":[{"type":"input_text","text":"A cleaning, please."}]}}""");
            recorder.frame("a", Direction.IN, "not JSON at all");
            recorder.frame("b", Direction.OUT, """
                    {"type":"conversation.item.input_audio_transcription.completed","transcript":"Hi there."}""");
            recorder.frame("a", Direction.OUT, """
                    {"type":"response.function_call_arguments.done","name":"fill_slots","arguments":"{}"}""");
            recorder.frame("a", Direction.OUT, """
                    {"type":"response.output_item.done","item":{"type":"mcp_call","name":"forecast","arguments":"{}"}}""");
            recorder.frame("a", Direction.OUT, """
                    {"type":"error","error":{"code":"invalid_json","message":"no"}}""");
        }

        assertThat(RecordedSession.read(file)).extracting(RecordedSession::id).containsExactly("a", "b");
        RecordedSession first = RecordedSession.read(file).getFirst();
        assertThat(first.moments())
                .containsExactly(
                        new Moment.AgentSaid(0, "Hello."),
                        new Moment.CallerSaid(0, "A cleaning, please."),
                        new Moment.ToolCalled(0, "fill_slots", "{}"),
                        new Moment.ToolCalled(0, "forecast", "{}"),
                        new Moment.Failed(0, "invalid_json", "no"));
        assertThat(first.callerWords()).containsExactly("A cleaning, please.");
        assertThat(first.agentWords()).containsExactly("Hello.");
        assertThat(first.toolCalls()).containsExactly("fill_slots", "forecast");
        assertThat(RecordedSession.read(file).get(1).callerWords()).containsExactly("Hi there.");
    }

    @Test
    void aLastLineThatWasCutIsLeftOut() throws IOException {
        String whole = """
                {"at_ms":1,"session":"a","event":{"type":"response.output_text.done","text":"Hello."}}
                """;
        Path file = Files.writeString(folder.resolve("calls.jsonl"), whole + "{\"at_ms\":2,\"sess");
        assertThat(RecordedSession.read(file))
                .singleElement()
                .extracting(RecordedSession::agentWords)
                .isEqualTo(List.of("Hello."));
    }

    @Test
    void aBrokenLineIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("calls.jsonl"), "{\"at_ms\":1,\"session\":\"a\"}\n{oops\n");
        assertThatThrownBy(() -> RecordedSession.read(file)).hasMessageContaining("line 2");
        Path other = Files.writeString(folder.resolve("other.jsonl"), "{\"at_ms\":1}\n");
        assertThatThrownBy(() -> RecordedSession.read(other)).hasMessageContaining("line 1");
    }

    @Test
    void aSessionWithoutWordsCannotBeCalledAgain() throws IOException {
        Path file = Files.writeString(folder.resolve("calls.jsonl"), "{\"at_ms\":1,\"session\":\"a\"}\n");
        assertThatThrownBy(() -> RecordedSession.read(file).getFirst().script())
                .isInstanceOf(IllegalStateException.class);
    }
}
