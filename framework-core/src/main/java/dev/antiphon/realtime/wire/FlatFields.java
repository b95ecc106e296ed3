package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.AudioPayload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * The fast path of the wire: the fields of a JSON object that has only plain texts ({@link PlainText}), whole numbers of at most
 * nine digits, true, false and null. It gives up, without judging, on anything else: the JSON library then decides. Audio and
 * all other pieces of speech are of this kind, and each of their bytes is looked at once.
 */
final class FlatFields extends Fields {
    private static final int MOST_DIGITS = 9;
    private static final int USUAL_MEMBERS = 8;
    private static final int LONG_TEXT = 256;
    /** Where in {@link #members} a member has the beginning and end of its name, its kind, and its text's ends or its number. */
    private static final int NAME_FROM = 0;

    private static final int NAME_TO = 1;
    private static final int KIND = 2;
    private static final int FROM = 3;
    private static final int TO = 4;
    private static final int WIDTH = 5;

    private static final int TEXT = 0;
    private static final int NUMBER = 1;
    private static final int TRUE = 2;
    private static final int FALSE = 3;
    private static final int NULL = 4;

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;
    private int[] members = new int[USUAL_MEMBERS * WIDTH];
    private int used;
    private boolean whole;
    /** The text that is known to be audio, if one is, and where it begins. */
    private @Nullable AudioPayload audio;

    private int audioFrom;

    private FlatFields(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.start = offset;
        this.at = offset;
        this.end = offset + length;
    }

    /**
     * The object in these bytes, with nothing but white space around it. Of one of another kind, {@link #isWhole} is false, and
     * only the fields before the first that is foreign are there. Valid as long as the bytes.
     */
    static FlatFields of(byte[] bytes, int offset, int length) {
        FlatFields fields = new FlatFields(bytes, offset, length);
        fields.whole = fields.read();
        return fields;
    }

    /** Whether all fields were read. */
    boolean isWhole() {
        return whole;
    }

    @Override
    @Nullable
    JsonNode get(String name) {
        int member = find(name);
        return member < 0
                ? null
                : switch (members[member + KIND]) {
                    case TEXT -> StringNode.valueOf(text(member));
                    case NUMBER -> IntNode.valueOf(members[member + FROM]);
                    case TRUE -> BooleanNode.TRUE;
                    case FALSE -> BooleanNode.FALSE;
                    default -> NullNode.getInstance();
                };
    }

    @Override
    JsonNode object() {
        return Json.tree(bytes, start, end - start);
    }

    @Override
    AudioPayload audio(String name) {
        int member = find(name);
        if (member < 0 || members[member + KIND] != TEXT) {
            return super.audio(name);
        }
        return audio != null && members[member + FROM] == audioFrom
                ? audio
                : AudioPayload.in(bytes, members[member + FROM], members[member + TO]);
    }

    /** Of two members with one name the last counts, as the library has it. */
    private int find(String ascii) {
        int member = used - WIDTH;
        while (member >= 0 && !is(members[member + NAME_FROM], members[member + NAME_TO], ascii)) {
            member -= WIDTH;
        }
        return member;
    }

    private String text(int member) {
        int from = members[member + FROM];
        return new String(bytes, from, members[member + TO] - from, StandardCharsets.ISO_8859_1);
    }

    private boolean read() {
        if (visible() != '{') {
            return false;
        }
        int before = '{';
        do {
            at++;
            if (visible() != '"' || !member()) {
                return false;
            }
            before = visible();
        } while (before == ',');
        at++;
        return before == '}' && visible() == -1;
    }

    private boolean member() {
        if (used == members.length) {
            members = Arrays.copyOf(members, 2 * used);
        }
        int to = PlainText.end(bytes, at + 1, end);
        members[used + NAME_FROM] = at + 1;
        members[used + NAME_TO] = to;
        at = to + 1;
        boolean named = to < end && bytes[to] == '"' && visible() == ':';
        at++;
        boolean read = named && value(visible());
        used += read ? WIDTH : 0;
        return read;
    }

    private boolean value(int first) {
        return switch (first) {
            case '"' -> readText();
            case 't' -> readWord("true", TRUE);
            case 'f' -> readWord("false", FALSE);
            case 'n' -> readWord("null", NULL);
            default -> readNumber();
        };
    }

    private boolean readText() {
        int from = at + 1;
        int to = end - from > LONG_TEXT ? endOfLong(from) : PlainText.end(bytes, from, end);
        keep(TEXT, from, to);
        at = to + 1;
        return to < end && bytes[to] == '"';
    }

    /**
     * Long texts are audio, behind which little follows: that all up to the first quote near the end is base64 proves that the text
     * ends there, in a fraction of the time that it takes to look for its end.
     */
    private int endOfLong(int from) {
        int likely = PlainText.end(bytes, end - LONG_TEXT, end);
        Optional<AudioPayload> found = AudioPayload.validIn(bytes, from, likely);
        if (found.isEmpty()) {
            return PlainText.end(bytes, from, end);
        }
        audio = found.get();
        audioFrom = from;
        return likely;
    }

    private boolean readWord(String word, int kind) {
        int to = at + word.length();
        boolean there = to <= end && is(at, to, word);
        keep(kind, at, to);
        at = to;
        return there;
    }

    /** What could go on as another number is not read as this one. */
    private boolean readNumber() {
        boolean negative = at < end && bytes[at] == '-';
        int from = negative ? at + 1 : at;
        int to = from;
        int number = 0;
        while (to < end && to - from < MOST_DIGITS && bytes[to] >= '0' && bytes[to] <= '9') {
            number = 10 * number + bytes[to] - '0';
            to++;
        }
        keep(NUMBER, negative ? -number : number, to);
        at = to;
        boolean leadingZero = to - from > 1 && bytes[from] == '0';
        int follows = visible();
        return to > from && !leadingZero && (follows == ',' || follows == '}');
    }

    private void keep(int kind, int from, int to) {
        members[used + KIND] = kind;
        members[used + FROM] = from;
        members[used + TO] = to;
    }

    private boolean is(int from, int to, String ascii) {
        if (to - from != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The byte here or behind white space; -1 at the end. */
    private int visible() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
        return at < end ? bytes[at] & 0xFF : -1;
    }
}
