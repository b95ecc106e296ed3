package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import java.util.List;

/** How values sound in English. */
public final class Spoken {
    private Spoken() {}

    /** The words for a value: dates, times, durations, amounts, addresses, enum constants, phone numbers; anything else as text. */
    public static String of(Object value) {
        return Language.ENGLISH.spoken(value);
    }

    /** Words without what only machines read: control characters, brackets of markup and templates, repeated quotes. */
    static String plain(String words) {
        return words.replaceAll("\\p{Cf}+", "")
                .replaceAll("[\\p{Cc}<>{}\\[\\]|`\\\\]+", " ")
                .replaceAll("\"{2,}", "\"")
                .replaceAll(" +", " ")
                .strip();
    }

    /** For example {@code S M I T H}: letters and digits one by one, a comma between words. */
    public static String spelled(Object value) {
        return Spelling.letters(value.toString().replaceAll("[\\-_]+", " "));
    }

    /** For example {@code 2 PM, 2:30 PM or 4 PM}. */
    public static String either(List<String> options) {
        return Language.ENGLISH.either(options);
    }

    /** For example {@code the date and the time}. */
    public static String all(List<String> parts) {
        return Language.ENGLISH.all(parts);
    }

    /** The first letter in upper case. */
    public static String sentence(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
