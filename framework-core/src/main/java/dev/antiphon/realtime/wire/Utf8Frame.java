package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.RawJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One received text message. Valid only as long as the buffer it was made from. */
final class Utf8Frame {
    private static final int QUOTED_CHARACTERS = 60;
    private static final String RULE = "a frame must be one JSON object with a string 'type', but was ";

    private final byte[] bytes;
    private final int offset;
    private final int length;
    private final FlatFields flat;

    private Utf8Frame(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
        this.flat = FlatFields.of(bytes, offset, length);
    }

    static Utf8Frame of(ByteBuffer utf8) {
        if (utf8.hasArray()) {
            return new Utf8Frame(utf8.array(), utf8.arrayOffset() + utf8.position(), utf8.remaining());
        }
        byte[] copy = new byte[utf8.remaining()];
        utf8.duplicate().get(copy);
        return new Utf8Frame(copy, 0, copy.length);
    }

    /** The type, when it comes early enough to be seen by the fast path. */
    Optional<String> early() {
        return flat.optionalText("type");
    }

    /** The whole message, known to have a {@code type}: by the fast path, or else as a tree. */
    Fields event() {
        return flat.isWhole() ? typed(flat) : eventOfTree();
    }

    /** The slow path of {@link #event}. */
    Fields eventOfTree() {
        JsonNode root = tree();
        if (!root.isObject()) {
            throw new MalformedFrame(RULE + quoted());
        }
        return typed(Fields.of(root));
    }

    private Fields typed(Fields event) {
        if (event.optionalText("type").isEmpty()) {
            throw new MalformedFrame(RULE + quoted());
        }
        return event;
    }

    /** The whole message as it came. */
    RawJson raw() {
        return new RawJson(text());
    }

    private JsonNode tree() {
        try {
            return Json.tree(bytes, offset, length);
        } catch (JacksonException | NumberFormatException notReadable) {
            // The second is what the library throws for an exponent of more than 32 bits.
            throw new MalformedFrame(RULE + quoted(), notReadable);
        }
    }

    private String text() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    private String quoted() {
        // Four bytes a character at most: enough text without decoding a frame of megabytes.
        String head = new String(bytes, offset, Math.min(length, 4 * QUOTED_CHARACTERS), StandardCharsets.UTF_8);
        return "'" + (head.length() > QUOTED_CHARACTERS ? head.substring(0, QUOTED_CHARACTERS) + "…" : head) + "'";
    }
}
