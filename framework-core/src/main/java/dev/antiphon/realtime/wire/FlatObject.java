package dev.antiphon.realtime.wire;

import java.nio.charset.StandardCharsets;

/**
 * Walks through the members of a JSON object that has only plain texts ({@link PlainText}), whole numbers of at most nine digits,
 * true, false and null. It gives up, without judging, on anything else: the JSON library then decides. Audio messages are of
 * this kind, and each of their bytes is looked at once.
 */
final class FlatObject {
    private static final int MOST_DIGITS = 9;

    /** What a member holds. */
    enum Value {
        TEXT,
        NUMBER,
        OTHER
    }

    private enum State {
        BEFORE,
        WITHIN,
        ENDED,
        GIVEN_UP
    }

    private final byte[] bytes;
    private final int end;
    private int at;
    private State state = State.BEFORE;
    private int nameFrom;
    private int nameTo;
    private Value value = Value.OTHER;
    private int textFrom;
    private int textTo;
    private int number;

    /** The object in these bytes, with nothing but white space around it. */
    FlatObject(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    /** Goes to the next member; false at the end, and when it gives up. */
    boolean next() {
        boolean member = switch (state) {
            case BEFORE -> visible() == '{' && step() && visible() == '"';
            case WITHIN -> more();
            case ENDED, GIVEN_UP -> false;
        };
        if (state == State.ENDED) {
            return false;
        }
        state = member && name() && read() ? State.WITHIN : State.GIVEN_UP;
        return state == State.WITHIN;
    }

    /** Whether every member was seen, and nothing follows. */
    boolean ended() {
        return state == State.ENDED;
    }

    boolean isNamed(String ascii) {
        return is(nameFrom, nameTo, ascii);
    }

    Value value() {
        return value;
    }

    /** Of a {@link Value#TEXT}. */
    String text() {
        return new String(bytes, textFrom, textTo - textFrom, StandardCharsets.ISO_8859_1);
    }

    /** Whether it is a text, and this one. */
    boolean isText(String ascii) {
        return value == Value.TEXT && is(textFrom, textTo, ascii);
    }

    /** Of a {@link Value#NUMBER}. */
    int number() {
        return number;
    }

    private boolean more() {
        int separator = visible();
        step();
        if (separator == '}') {
            state = visible() == -1 ? State.ENDED : State.GIVEN_UP;
            return false;
        }
        return separator == ',' && visible() == '"';
    }

    private boolean name() {
        int from = at + 1;
        int to = PlainText.end(bytes, from, end);
        nameFrom = from;
        nameTo = to;
        at = to + 1;
        return to < end && bytes[to] == '"' && visible() == ':' && step();
    }

    private boolean read() {
        int first = visible();
        return switch (first) {
            case '"' -> readText();
            case 't' -> readWord("true");
            case 'f' -> readWord("false");
            case 'n' -> readWord("null");
            default -> readNumber();
        };
    }

    private boolean readText() {
        textFrom = at + 1;
        textTo = PlainText.end(bytes, textFrom, end);
        at = textTo + 1;
        value = Value.TEXT;
        return textTo < end && bytes[textTo] == '"';
    }

    private boolean readWord(String word) {
        boolean there = end - at >= word.length() && is(at, at + word.length(), word);
        at += word.length();
        value = Value.OTHER;
        return there;
    }

    /** What could go on as another number is not read as this one. */
    private boolean readNumber() {
        boolean negative = at < end && bytes[at] == '-';
        int from = negative ? at + 1 : at;
        int to = from;
        int read = 0;
        while (to < end && to - from < MOST_DIGITS && bytes[to] >= '0' && bytes[to] <= '9') {
            read = 10 * read + bytes[to] - '0';
            to++;
        }
        number = negative ? -read : read;
        value = Value.NUMBER;
        at = to;
        boolean leadingZero = to - from > 1 && bytes[from] == '0';
        int follows = visible();
        return to > from && !leadingZero && (follows == ',' || follows == '}');
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
        return at < end ? bytes[at] : -1;
    }

    private boolean step() {
        at++;
        return true;
    }
}
