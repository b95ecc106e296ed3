package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whole number in figures or words: {@code 4}, {@code twenty-five}, {@code a table for four}. Two different numbers are unsure. At
 * most 300 characters are read.
 *
 * @param min the least allowed, included
 * @param max the most allowed, included
 */
public record NumberType(int min, int max) implements SlotType<Integer> {
    /** Words around a number that do not change it. */
    static final Set<String> FILLERS = Set.of(
            ("about around approximately roughly maybe perhaps or it's it is that's for of us people persons person guests guest"
                            + " please just only exactly a an the party table group we are we're there will be um uh well say sure"
                            + " , . ! in total all together")
                    .split(" "));

    public NumberType {
        if (min > max) {
            throw new IllegalArgumentException("min must not exceed max, but was " + min + " > " + max);
        }
    }

    @Override
    public Class<Integer> valueType() {
        return Integer.class;
    }

    @Override
    public Reading<Integer> read(String said, ZonedDateTime now) {
        List<BigDecimal> numbers = NumberWords.among(Heard.lower(said), FILLERS);
        if (numbers.isEmpty()) {
            return new Reading.Unclear<>(Line.of(Phrase.NUMBER_UNCLEAR), true);
        }
        List<BigDecimal> whole = numbers.stream()
                .filter(number -> number.stripTrailingZeros().scale() <= 0)
                .toList();
        if (whole.isEmpty()) {
            return new Reading.Unclear<>(Line.of(Phrase.NUMBER_NOT_WHOLE), true);
        }
        List<Integer> possible = whole.stream()
                .filter(number -> number.compareTo(BigDecimal.valueOf(min)) >= 0
                        && number.compareTo(BigDecimal.valueOf(max)) <= 0)
                .map(BigDecimal::intValueExact)
                .toList();
        return Reading.of(
                possible,
                new Reading.Unclear<>(
                        Line.of(
                                Phrase.OUT_OF_BOUNDS,
                                "min",
                                min,
                                "max",
                                max,
                                "heard",
                                whole.getFirst().stripTrailingZeros().toPlainString()),
                        false));
    }

    @Override
    public String normal(Integer value) {
        return value.toString();
    }

    @Override
    public String spoken(Integer value, Language language) {
        return value.toString();
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "integer").put("minimum", min).put("maximum", max);
    }

    @Override
    public Line shortQuestion() {
        return Line.of(Phrase.NUMBER_SHORT);
    }

    @Override
    public Line hint() {
        return Line.of(Phrase.NUMBER_HINT, "min", min, "max", max);
    }
}
