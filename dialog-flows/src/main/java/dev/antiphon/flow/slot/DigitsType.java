package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import java.time.ZonedDateTime;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Digits that are no number: a PIN, a customer number, keys pressed on a phone. Leading zeros are kept. Spoken digits are read with
 * "double five" and "oh"; "twenty five" is 25 or 205, whichever has the right length, else unsure; "one hundred and five" is 105 and no code of four digits. Read back in groups. At most 300
 * characters are read.
 *
 * @param min the fewest digits, from 1
 * @param max the most digits, to 40
 * @param groups sizes of the groups in which they are read back, the last for the rest; empty: threes or fours
 */
public record DigitsType(int min, int max, List<Integer> groups) implements SlotType<String> {
    private static final int MOST_DIGITS = 40;

    public DigitsType {
        groups = List.copyOf(groups);
        if (min < 1 || min > max || max > MOST_DIGITS) {
            throw new IllegalArgumentException(
                    "digits need 1 <= min <= max <= " + MOST_DIGITS + ", but were " + min + " and " + max);
        }
        if (groups.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("sizes of groups must be at least 1, but were " + groups);
        }
    }

    @Override
    public Class<String> valueType() {
        return String.class;
    }

    @Override
    public Reading<String> read(String said, ZonedDateTime now) {
        String words = Heard.lower(said);
        List<String> readings = DigitWords.readings(words, false);
        if (readings.isEmpty()) {
            return new Reading.Unclear<>(Line.of(Phrase.DIGITS_UNCLEAR), true);
        }
        List<String> possible = readings.stream()
                .filter(digits -> digits.length() >= min && digits.length() <= max)
                .toList();
        if (possible.size() > DigitWords.MOST_CANDIDATES) {
            return new Reading.Unclear<>(Line.of(Phrase.ONE_BY_ONE), false);
        }
        return Reading.of(
                possible,
                new Reading.Unclear<>(
                        counted(
                                Phrase.DIGITS_COUNT,
                                Phrase.DIGITS_RANGE,
                                readings.getFirst().length()),
                        false));
    }

    private Line counted(Phrase exactly, Phrase range, int heard) {
        return min == max
                ? Line.of(exactly, "count", min, "heard", heard)
                : Line.of(range, "min", min, "max", max, "heard", heard);
    }

    @Override
    public boolean readBack() {
        return true;
    }

    @Override
    public String normal(String value) {
        return value;
    }

    @Override
    public String spoken(String value, Language language) {
        return Spelling.groups(value, groups);
    }

    @Override
    public String spelled(String value, Language language) {
        return Spelling.letters(value);
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "string")
                .put("format", "digits")
                .put("pattern", min == max ? "^\\d{" + min + "}$" : "^\\d{" + min + "," + max + "}$")
                .put("minLength", min)
                .put("maxLength", max);
    }

    @Override
    public Line shortQuestion() {
        return Line.of(Phrase.SO_THE);
    }

    @Override
    public Line hint() {
        return counted(Phrase.DIGITS_HINT, Phrase.DIGITS_RANGE_HINT, 0);
    }
}
