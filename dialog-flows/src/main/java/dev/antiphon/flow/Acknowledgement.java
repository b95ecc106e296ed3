package dev.antiphon.flow;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.say.TextPattern;
import java.util.List;
import java.util.Optional;

/**
 * The sentence that tells which values were taken.
 *
 * @param start its words before the values
 * @param values in words
 * @param end its words after them
 */
record Acknowledgement(String start, String values, String end) {
    private static final String PLACE = "\u0001";

    static Acknowledgement of(Language language, List<String> values) {
        String sentence = language.text(Phrase.ACKNOWLEDGED, "values", PLACE);
        int place = sentence.indexOf(PLACE);
        if (place < 0) {
            return new Acknowledgement(sentence, "", "");
        }
        String end = sentence.substring(place + PLACE.length());
        String all = String.join(", ", values);
        return new Acknowledgement(
                sentence.substring(0, place), end.startsWith(".") ? TextPattern.withoutStop(all) : all, end);
    }

    String sentence() {
        return start + values + end;
    }

    /** One sentence with the values of an earlier one, which ends these words; empty when they end otherwise. */
    Optional<String> after(String words) {
        boolean isOne = !start.isBlank()
                && !end.isEmpty()
                && words.startsWith(start)
                && words.endsWith(end)
                && words.length() > start.length() + end.length();
        return isOne
                ? Optional.of(words.substring(0, words.length() - end.length()) + ", " + values + end)
                : Optional.empty();
    }
}
