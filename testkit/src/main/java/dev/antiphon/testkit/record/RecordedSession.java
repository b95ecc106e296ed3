package dev.antiphon.testkit.record;

import dev.antiphon.testkit.caller.CallerScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was said and done in one session of a recording.
 *
 * @param id the session's
 * @param moments in their order
 */
public record RecordedSession(String id, List<Moment> moments) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Logger LOG = LoggerFactory.getLogger(RecordedSession.class);

    public RecordedSession {
        moments = List.copyOf(moments);
    }

    /** One thing that happened. */
    public sealed interface Moment {
        /** Milliseconds since the recording began. */
        long atMs();

        /** The caller typed or spoke this. */
        record CallerSaid(long atMs, String text) implements Moment {}

        /** The agent said this. */
        record AgentSaid(long atMs, String text) implements Moment {}

        /** The model called a function, or a remote tool was called for it. */
        record ToolCalled(long atMs, String name, String arguments) implements Moment {}

        /** An error was reported. */
        record Failed(long atMs, String code, String message) implements Moment {}
    }

    /**
     * The sessions of a file written by {@link SessionRecorder}, in the order in which they began. A last line that was cut, since
     * what wrote it was ended, is left out with a warning.
     *
     * @throws IllegalArgumentException when another line is not a recorded frame; the message names it
     * @throws UncheckedIOException when the file cannot be read
     */
    public static List<RecordedSession> read(Path file) {
        Map<String, List<Moment>> sessions = new LinkedHashMap<>();
        int number = 0;
        String text = text(file);
        List<String> lines = text.lines().toList();
        try {
            for (String line : lines) {
                number++;
                JsonNode frame = JSON.readTree(line);
                if (!frame.path("session").isString() || !frame.path("at_ms").isIntegralNumber()) {
                    throw new IllegalArgumentException(
                            file + ", line " + number + ": a recorded frame must have session and at_ms");
                }
                List<Moment> moments =
                        sessions.computeIfAbsent(frame.path("session").stringValue(), key -> new ArrayList<>());
                moment(frame.path("at_ms").longValue(), frame.path("event")).ifPresent(moments::add);
            }
        } catch (JacksonException broken) {
            boolean cut = number == lines.size() && !text.endsWith("\n");
            if (!cut) {
                throw new IllegalArgumentException(file + ", line " + number + ": must be JSON, but is not", broken);
            }
            LOG.warn("{}: the last line, {}, was cut and is left out", file, number);
        }
        return sessions.entrySet().stream()
                .map(session -> new RecordedSession(session.getKey(), session.getValue()))
                .toList();
    }

    /** A file that was cut may end within a character. */
    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the recording cannot be read: " + file, unreadable);
        }
    }

    private static Optional<Moment> moment(long at, JsonNode event) {
        return switch (event.path("type").asString("")) {
            case "conversation.item.create" -> typed(at, event.path("item"));
            case "conversation.item.input_audio_transcription.completed" ->
                Optional.of(new Moment.CallerSaid(at, event.path("transcript").asString("")));
            case "response.output_text.done", "response.text.done" ->
                Optional.of(new Moment.AgentSaid(at, event.path("text").asString("")));
            case "response.output_audio_transcript.done", "response.audio_transcript.done" ->
                Optional.of(new Moment.AgentSaid(at, event.path("transcript").asString("")));
            case "response.function_call_arguments.done" ->
                Optional.of(new Moment.ToolCalled(
                        at,
                        event.path("name").asString(""),
                        event.path("arguments").asString("")));
            case "response.output_item.done" -> remote(at, event.path("item"));
            case "error" ->
                Optional.of(new Moment.Failed(
                        at,
                        event.path("error").path("code").asString(""),
                        event.path("error").path("message").asString("")));
            default -> Optional.empty();
        };
    }

    private static Optional<Moment> remote(long at, JsonNode item) {
        return item.path("type").asString("").equals("mcp_call")
                ? Optional.of(new Moment.ToolCalled(
                        at,
                        item.path("name").asString(""),
                        item.path("arguments").asString("")))
                : Optional.empty();
    }

    private static Optional<Moment> typed(long at, JsonNode item) {
        if (!item.path("role").asString("").equals("user")) {
            return Optional.empty();
        }
        String text = item.path("content").path(0).path("text").asString("");
        return text.isEmpty() ? Optional.empty() : Optional.of(new Moment.CallerSaid(at, text));
    }

    /** What the caller said, in order. */
    public List<String> callerWords() {
        return moments.stream()
                .filter(Moment.CallerSaid.class::isInstance)
                .map(moment -> ((Moment.CallerSaid) moment).text())
                .toList();
    }

    /** What the agent said, in order. */
    public List<String> agentWords() {
        return moments.stream()
                .filter(Moment.AgentSaid.class::isInstance)
                .map(moment -> ((Moment.AgentSaid) moment).text())
                .toList();
    }

    /** The tools that the model called, in order. */
    public List<String> toolCalls() {
        return moments.stream()
                .filter(Moment.ToolCalled.class::isInstance)
                .map(moment -> ((Moment.ToolCalled) moment).name())
                .toList();
    }

    /**
     * The same caller again: says the same words in the same order, each when the agent has finished. For calls against another
     * version of a flow, or another model.
     *
     * @throws IllegalStateException when the caller said nothing
     */
    public CallerScript script() {
        if (callerWords().isEmpty()) {
            throw new IllegalStateException(
                    "a recording must hold words of the caller to be called again, but has none");
        }
        return CallerScript.ofLines(callerWords());
    }
}
