package dev.antiphon.flow;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.say.TextPattern;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The sentence that tells which values were taken.
 *
 * @param start its words before the values
 * @param values in words
 * @param end its words after them
 * @param corrected the words around values that take the place of others
 */
record Acknowledgement(String start, String values, String end, Around corrected) {
    private static final String PLACE = "\u0001";

    /** What stands before and after something. */
    record Around(String before, String after) {
        static Around place(String sentence) {
            int place = sentence.indexOf(PLACE);
            return place < 0
                    ? new Around("", "")
                    : new Around(sentence.substring(0, place), sentence.substring(place + PLACE.length()));
        }
    }

    static Acknowledgement of(Language language, List<String> values) {
        String sentence = language.text(Phrase.ACKNOWLEDGED, "values", PLACE);
        int place = sentence.indexOf(PLACE);
        if (place < 0) {
            return new Acknowledgement(sentence, "", "", Around.place(""));
        }
        String end = sentence.substring(place + PLACE.length());
        String all = String.join(", ", values);
        return new Acknowledgement(
                sentence.substring(0, place),
                end.startsWith(".") ? TextPattern.withoutStop(all) : all,
                end,
                Around.place(language.text(Phrase.CORRECTED, "value", PLACE)));
    }

    String sentence() {
        return start + values + end;
    }

    /**
     * One sentence with the values of an earlier one, which ends these words; empty when they end otherwise.
     *
     * @param among how a value that was said alone is told among others: {@code guests 3}
     */
    Optional<String> after(String words, UnaryOperator<String> among) {
        boolean isOne = !start.isBlank()
                && !end.isEmpty()
                && words.startsWith(start)
                && words.endsWith(end)
                && words.length() > start.length() + end.length();
        if (!isOne) {
            return Optional.empty();
        }
        String earlier = words.substring(start.length(), words.length() - end.length());
        return Optional.of(start + joined(among.apply(earlier)) + end);
    }

    /** That values take the place of others is said once, also of earlier ones. */
    private String joined(String earlier) {
        String before = corrected.before();
        String after = corrected.after();
        boolean both = earlier.contains(before)
                && earlier.endsWith(after)
                && values.startsWith(before)
                && values.endsWith(after)
                && !(before + after).isBlank();
        return both
                ? earlier.substring(0, earlier.length() - after.length()) + ", " + values.substring(before.length())
                : earlier + ", " + values;
    }
}
