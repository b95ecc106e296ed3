package dev.antiphon.testkit.emulator;

import dev.antiphon.realtime.AudioFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How one response is made: the session's values, overridden by {@code response.create} (protocol section 8).
 *
 * @param outOfBand whether it stays outside the default conversation
 * @param audio format and voice as the response object shows them
 * @param readsConversation whether it reads the default conversation and not an input of its own
 * @param metadata an object, or a missing node
 * @param maxOutputTokens a number, or {@code "inf"}
 * @param context the items the response reads
 */
record ResponseOptions(
        boolean outOfBand,
        boolean readsConversation,
        JsonNode modalities,
        ObjectNode audio,
        Optional<String> instructions,
        JsonNode tools,
        JsonNode toolChoice,
        JsonNode maxOutputTokens,
        JsonNode metadata,
        List<StoredItem> context) {

    /** Reads overrides whose shape was checked; {@code null} and missing overrides are the session's own values. */
    static ResponseOptions of(JsonNode overrides, SessionContext context, List<StoredItem> items) {
        EffectiveSession session = context.session();
        ObjectNode audio = JsonNodeFactory.instance.objectNode();
        JsonNode given = overrides.path("audio").path("output");
        audio.set(
                "format",
                given.path("format").isObject()
                        ? given.path("format")
                        : session.audioOutput().path("format"));
        JsonNode voice = either(given.path("voice"), session.audioOutput().path("voice"));
        audio.set("voice", voice.isObject() ? voice.path("id") : voice);
        return new ResponseOptions(
                outOfBand(overrides),
                !overrides.path("input").isArray(),
                either(overrides.path("output_modalities"), session.outputModalities()),
                audio,
                overrides.path("instructions").isString()
                        ? Optional.of(overrides.path("instructions").stringValue())
                        : Optional.empty(),
                either(overrides.path("tools"), session.tools()),
                either(overrides.path("tool_choice"), session.toolChoice()),
                either(overrides.path("max_output_tokens"), session.maxOutputTokens()),
                overrides.path("metadata"),
                items);
    }

    /** Whether {@code response.create} asks for a response outside of the conversation. */
    static boolean outOfBand(JsonNode overrides) {
        return overrides.path("conversation").isString()
                && overrides.path("conversation").stringValue().equals("none");
    }

    /**
     * The items that {@code input} names instead of the conversation.
     *
     * @return empty when a reference names no item
     */
    static Optional<List<StoredItem>> input(JsonNode input, SessionContext context) {
        List<StoredItem> items = new ArrayList<>();
        ItemFactory factory = new ItemFactory(context);
        for (JsonNode given : input) {
            if (given.path("type").asString("").equals("item_reference")) {
                Optional<StoredItem> found =
                        context.conversation().find(given.path("id").asString(""));
                if (found.isEmpty()) {
                    return Optional.empty();
                }
                items.add(found.get());
            } else {
                items.add(factory.fromClient(given));
            }
        }
        return Optional.of(items);
    }

    boolean spoken() {
        return modalities.path(0).asString("audio").equals("audio");
    }

    AudioFormat format() {
        return EffectiveSession.format(audio.path("format"));
    }

    /** The most tokens the response may have. */
    long tokenLimit() {
        return maxOutputTokens.isNumber() ? maxOutputTokens.asLong(0) : Long.MAX_VALUE;
    }

    private static JsonNode either(JsonNode override, JsonNode ours) {
        return override.isMissingNode() || override.isNull() ? ours : override;
    }
}
