package dev.antiphon.realtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Overrides of one {@code response.create} (protocol section 8). What is empty follows the session.
 *
 * @param instructions replaces the session's instructions for this response
 * @param outputModality speech or text
 * @param tools replaces the session's tools
 * @param toolChoice replaces the session's tool choice
 * @param outOfBand whether nothing is written to the conversation ({@code conversation: "none"})
 * @param input full replacement context; empty: the conversation
 * @param metadata at most 16 pairs, key up to 64 and value up to 512 characters; echoed by the server
 * @param maxOutputTokens 1 to 4,096
 */
public record ResponseConfig(
        Optional<String> instructions,
        Optional<SessionConfig.Modality> outputModality,
        Optional<List<FunctionTool>> tools,
        Optional<ToolChoice> toolChoice,
        boolean outOfBand,
        Optional<List<Item>> input,
        Map<String, String> metadata,
        Optional<Integer> maxOutputTokens) {

    /** Nothing overridden. */
    public static final ResponseConfig NONE = new ResponseConfig(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Map.of(),
            Optional.empty());

    public ResponseConfig {
        tools = tools.map(List::copyOf);
        input = input.map(List::copyOf);
        metadata = Map.copyOf(metadata);
        if (metadata.size() > 16) {
            throw new IllegalArgumentException("metadata must have at most 16 pairs, but had " + metadata.size());
        }
    }

    /** A copy with these instructions. */
    public ResponseConfig withInstructions(String text) {
        return new ResponseConfig(
                Optional.of(text), outputModality, tools, toolChoice, outOfBand, input, metadata, maxOutputTokens);
    }

    /** A copy with this tool choice. */
    public ResponseConfig withToolChoice(ToolChoice choice) {
        return new ResponseConfig(
                instructions, outputModality, tools, Optional.of(choice), outOfBand, input, metadata, maxOutputTokens);
    }

    /** A copy that writes nothing to the conversation. */
    public ResponseConfig withOutOfBand(List<Item> context) {
        return new ResponseConfig(
                instructions, outputModality, tools, toolChoice, true, Optional.of(context), metadata, maxOutputTokens);
    }

    /** A copy with this metadata. */
    public ResponseConfig withMetadata(Map<String, String> pairs) {
        return new ResponseConfig(
                instructions, outputModality, tools, toolChoice, outOfBand, input, pairs, maxOutputTokens);
    }
}
