package dev.antiphon.testkit.emulator;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One item of a conversation as the emulator keeps it: what is shown, and what was heard or said. Not thread-safe. */
final class StoredItem {
    private final ObjectNode shown;
    private short[] callerSamples = {};
    private @Nullable String callerWords;
    private String spoken = "";
    private boolean cutOff;
    private boolean acted;
    private long spokenMs;
    private long heardMs = -1;

    StoredItem(ObjectNode shown) {
        this.shown = shown;
    }

    String id() {
        return shown.path("id").asString("");
    }

    String type() {
        return shown.path("type").asString("");
    }

    String role() {
        return shown.path("role").asString("");
    }

    JsonNode content() {
        return shown.path("content");
    }

    String text(String field) {
        return shown.path(field).asString("");
    }

    /** The item as events show it: without audio. */
    ObjectNode shown() {
        return shown;
    }

    /** The model has ended it, or was cut off while it wrote. Items of MCP show no status. */
    void ended(boolean complete) {
        cutOff = !complete;
        if (shown.has("status")) {
            shown.put("status", complete ? "completed" : "incomplete");
        }
    }

    /** Whether the model was cut off while it wrote this. */
    boolean cutOff() {
        return cutOff;
    }

    /** The call that this request asked approval for has begun. */
    void actedUpon() {
        acted = true;
    }

    /** Whether that call has begun, even if its item was deleted since. */
    boolean wasActedUpon() {
        return acted;
    }

    /** What a remote server was found to offer. */
    void listed(List<McpServer.Tool> tools) {
        ArrayNode list = shown.putArray("tools");
        for (McpServer.Tool tool : tools) {
            ObjectNode entry = list.addObject().put("name", tool.name());
            entry.put("description", tool.description()).set("input_schema", tool.inputSchema());
            if (tool.annotations().isEmpty()) {
                entry.putNull("annotations");
            } else {
                entry.set("annotations", tool.annotations());
            }
        }
    }

    void setField(String field, String value) {
        shown.put(field, value);
    }

    ArrayNode contentForWriting() {
        return (ArrayNode) shown.path("content");
    }

    /** The caller's audio and the words that were recognised in it, if any; empty text is silence. */
    void callerSpoke(short[] samples, Optional<String> words) {
        callerSamples = samples;
        callerWords = words.orElse(null);
    }

    short[] callerSamples() {
        return callerSamples;
    }

    Optional<String> callerWords() {
        return Optional.ofNullable(callerWords);
    }

    long callerMs() {
        return callerSamples.length / AudioCodec.SAMPLES_PER_MS;
    }

    void saidMore(String words) {
        spoken += words;
    }

    void playedMore(long ms) {
        spokenMs += ms;
    }

    /** The agent's words so far, whole even after a truncation. */
    String spoken() {
        return spoken;
    }

    long spokenMs() {
        return spokenMs;
    }

    /** Keeps only the first {@code ms} as heard and removes the transcript, as the service does. */
    void truncate(long ms) {
        heardMs = ms;
        if (content().path(0) instanceof ObjectNode part) {
            part.remove("transcript");
        }
    }

    boolean truncated() {
        return heardMs >= 0;
    }

    OptionalLong heardMs() {
        return truncated() ? OptionalLong.of(heardMs) : OptionalLong.empty();
    }

    /** The words that were heard: cut in proportion to the played time, at the last whole word. */
    String heardWords() {
        if (!truncated() || heardMs >= spokenMs) {
            return spoken;
        }
        int end = (int) (spoken.length() * heardMs / Math.max(1, spokenMs));
        if (end < spoken.length() && spoken.charAt(end) != ' ') {
            end = Math.max(0, spoken.lastIndexOf(' ', end));
        }
        return spoken.substring(0, end).stripTrailing();
    }
}
