package dev.antiphon.testkit.emulator;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one response reads, in tokens: instructions and tools first, then the items. Assistant speech counts as audio while it was
 * heard, and as no text.
 */
record Prompt(List<Part> parts) {
    /** The service caches prefixes in steps of this many tokens. */
    private static final long CACHE_STEP = 64;

    /** One part; equal parts at equal places are served from the cache. */
    record Part(String key, long text, long audio) {}

    Prompt {
        parts = List.copyOf(parts);
    }

    static Prompt nothing() {
        return new Prompt(List.of());
    }

    static Prompt of(String instructions, JsonNode tools, List<StoredItem> items) {
        List<Part> parts = new ArrayList<>();
        String toolText = tools.isEmpty() ? "" : tools.toString();
        String head = instructions + toolText;
        parts.add(new Part(head, Tokens.ofText(head), 0));
        for (StoredItem item : items) {
            parts.add(part(item));
        }
        return new Prompt(parts);
    }

    private static Part part(StoredItem item) {
        String text = item.text("name") + item.text("arguments") + item.text("output");
        for (JsonNode content : item.content()) {
            text += content.path("text").asString("");
        }
        long spokenMs = item.heardMs().orElse(item.spokenMs());
        long audio = Tokens.ofCallerAudio(item.callerMs()) + Tokens.ofAssistantAudio(spokenMs);
        return new Part(item.id() + "/" + text.length() + "/" + spokenMs, Tokens.ofText(text), audio);
    }

    /**
     * Writes the usage of one response that read this prompt.
     *
     * @param earlier a prompt that was read before, whose common prefix is cached
     */
    void writeUsage(ObjectNode usage, Prompt earlier, long outputText, long outputAudio) {
        long text = parts.stream().mapToLong(Part::text).sum();
        long audio = parts.stream().mapToLong(Part::audio).sum();
        long output = outputText + outputAudio;
        usage.put("total_tokens", text + audio + output)
                .put("input_tokens", text + audio)
                .put("output_tokens", output);
        long[] cached = cachedTextAndAudio(earlier);
        ObjectNode details = usage.putObject("input_token_details")
                .put("text_tokens", text)
                .put("audio_tokens", audio)
                .put("image_tokens", 0)
                .put("cached_tokens", cached[0] + cached[1]);
        details.putObject("cached_tokens_details")
                .put("text_tokens", cached[0])
                .put("audio_tokens", cached[1])
                .put("image_tokens", 0);
        usage.putObject("output_token_details").put("text_tokens", outputText).put("audio_tokens", outputAudio);
    }

    /** How many tokens both begin with. */
    long shared(Prompt earlier) {
        return commonParts(earlier).stream()
                .mapToLong(part -> part.text() + part.audio())
                .sum();
    }

    private List<Part> commonParts(Prompt earlier) {
        int common = 0;
        while (common < Math.min(parts.size(), earlier.parts.size())
                && parts.get(common).equals(earlier.parts.get(common))) {
            common++;
        }
        return parts.subList(0, common);
    }

    private long[] cachedTextAndAudio(Prompt earlier) {
        List<Part> prefix = commonParts(earlier);
        long left = shared(earlier) / CACHE_STEP * CACHE_STEP;
        long text = 0;
        long audio = 0;
        for (Part part : prefix) {
            long fromText = Math.min(left, part.text());
            long fromAudio = Math.min(left - fromText, part.audio());
            text += fromText;
            audio += fromAudio;
            left -= fromText + fromAudio;
        }
        return new long[] {text, audio};
    }
}
