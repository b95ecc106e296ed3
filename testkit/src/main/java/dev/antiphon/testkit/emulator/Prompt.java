package dev.antiphon.testkit.emulator;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one response reads, in tokens: instructions and tools first, then the items. Assistant speech counts as audio while it was
 * heard, and as no text. From the first change on nothing is cached, whether it is in an item, in the tools or in the instructions.
 */
record Prompt(List<Part> parts) {
    /** The service caches prefixes in steps of this many tokens. */
    private static final long CACHE_STEP = 64;
    /** Characters of one part of instructions and tools, a whole number of tokens: the text before a change stays cached. */
    private static final int HEAD_PART = 64;

    /** One part; equal parts at equal places are served from the cache. */
    record Part(String key, long text, long audio, long image) {
        long all() {
            return text + audio + image;
        }
    }

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
        for (int begin = 0; begin < head.length(); begin += HEAD_PART) {
            String part = head.substring(begin, Math.min(head.length(), begin + HEAD_PART));
            parts.add(new Part(part, Tokens.ofText(part), 0, 0));
        }
        parts.addAll(ofItems(items).parts());
        return new Prompt(parts);
    }

    /** The items alone. */
    static Prompt ofItems(List<StoredItem> items) {
        return new Prompt(items.stream().map(Prompt::part).toList());
    }

    private static Part part(StoredItem item) {
        String text = item.text("name") + item.text("arguments") + item.text("output");
        long image = 0;
        for (JsonNode content : item.content()) {
            text += content.path("text").asString("");
            if (content.path("type").asString("").equals("input_image")) {
                image += Tokens.ofImage(content.path("detail").asString("auto"));
            }
        }
        long spokenMs = item.heardMs().orElse(item.spokenMs());
        long audio = Tokens.ofCallerAudio(item.callerMs()) + Tokens.ofAssistantAudio(spokenMs);
        return new Part(item.id() + "/" + text.length() + "/" + spokenMs, Tokens.ofText(text), audio, image);
    }

    /** All tokens that are read. */
    long inputTokens() {
        return parts.stream().mapToLong(Part::all).sum();
    }

    /**
     * Writes the usage of one response that read this prompt.
     *
     * @param earlier a prompt that was read before, whose common prefix is cached
     */
    void writeUsage(ObjectNode usage, Prompt earlier, long outputText, long outputAudio) {
        long text = parts.stream().mapToLong(Part::text).sum();
        long audio = parts.stream().mapToLong(Part::audio).sum();
        long image = parts.stream().mapToLong(Part::image).sum();
        long output = outputText + outputAudio;
        usage.put("total_tokens", inputTokens() + output)
                .put("input_tokens", inputTokens())
                .put("output_tokens", output);
        Part cached = cached(earlier);
        ObjectNode details = usage.putObject("input_token_details")
                .put("text_tokens", text)
                .put("audio_tokens", audio)
                .put("image_tokens", image)
                .put("cached_tokens", cached.all());
        details.putObject("cached_tokens_details")
                .put("text_tokens", cached.text())
                .put("audio_tokens", cached.audio())
                .put("image_tokens", cached.image());
        usage.putObject("output_token_details").put("text_tokens", outputText).put("audio_tokens", outputAudio);
    }

    /** How many tokens both begin with. */
    long shared(Prompt earlier) {
        return commonParts(earlier).inputTokens();
    }

    private Prompt commonParts(Prompt earlier) {
        int common = 0;
        while (common < Math.min(parts.size(), earlier.parts.size())
                && parts.get(common).equals(earlier.parts.get(common))) {
            common++;
        }
        return new Prompt(parts.subList(0, common));
    }

    private Part cached(Prompt earlier) {
        List<Part> prefix = commonParts(earlier).parts();
        long left = shared(earlier) / CACHE_STEP * CACHE_STEP;
        long text = 0;
        long audio = 0;
        long image = 0;
        for (Part part : prefix) {
            long fromText = Math.min(left, part.text());
            long fromAudio = Math.min(left - fromText, part.audio());
            long fromImage = Math.min(left - fromText - fromAudio, part.image());
            text += fromText;
            audio += fromAudio;
            image += fromImage;
            left -= fromText + fromAudio + fromImage;
        }
        return new Part("", text, audio, image);
    }
}
