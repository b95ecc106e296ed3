package dev.antiphon.flow.slot;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes plain what a model or caller gave: no control characters, one kind of digits, dashes, quotes and spaces. */
final class Heard {
    /** Longer words are no value of a short type. */
    static final int MOST_CHARS = 300;

    private static final Pattern SPACES = Pattern.compile(" {2,}");
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int MINUS = 0x2212;

    private Heard() {}

    /** Words for a value of a short type, digits of all scripts as {@code 0} to {@code 9}; empty when too long. */
    static String plain(String said) {
        if (said.length() > MOST_CHARS) {
            return "";
        }
        String fractions = said.replace("½", " 1/2").replace("¼", " 1/4").replace("¾", " 3/4");
        StringBuilder plain = new StringBuilder();
        Normalizer.normalize(fractions, Form.NFKC).codePoints().forEach(each -> plain.append(plain(each)));
        return plain.length() > 2 * MOST_CHARS ? "" : plain.toString().strip().transform(Heard::spaced);
    }

    /** {@link #plain} in lower case. */
    static String lower(String said) {
        return plain(said).toLowerCase(Locale.ROOT);
    }

    /** Words as data: nothing but what cannot be seen or spoken is changed. Empty when there are more than {@code mostChars}. */
    static Optional<String> text(String said, int mostChars) {
        if (said.length() > 8L * mostChars) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        Normalizer.normalize(said, Form.NFC).codePoints().forEach(each -> text.append(visible(each)));
        return Optional.of(text.toString().strip().transform(Heard::spaced))
                .filter(words -> words.length() <= mostChars);
    }

    private static String plain(int each) {
        int type = Character.getType(each);
        if (type == Character.FORMAT) {
            return "";
        }
        if (Character.isDigit(each)) {
            return String.valueOf(Character.digit(each, 10));
        }
        return switch (each) {
            case '\u2018', '\u2019', '\u201B', '\u02BC', '`' -> "'";
            case '\u201C', '\u201D', '\u201E' -> "\"";
            case MINUS -> "-";
            case '\u066B' -> ".";
            case '\u066C' -> ",";
            default -> type == Character.DASH_PUNCTUATION ? "-" : visible(each);
        };
    }

    private static String spaced(String words) {
        return SPACES.matcher(words).replaceAll(" ");
    }

    private static String visible(int each) {
        return switch (Character.getType(each)) {
            case Character.FORMAT ->
                each == ZERO_WIDTH_NON_JOINER || each == ZERO_WIDTH_JOINER ? Character.toString(each) : "";
            case Character.SURROGATE, Character.PRIVATE_USE -> "";
            case Character.CONTROL,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> " ";
            default -> Character.toString(each);
        };
    }
}
