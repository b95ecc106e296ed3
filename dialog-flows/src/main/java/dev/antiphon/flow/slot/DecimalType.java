package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A number with decimals, in figures or words: {@code 2.5}, {@code two and a half}, {@code one point seven five}. Two different
 * numbers are unsure. At most 300 characters are read. Values have no trailing zeros.
 *
 * @param min the least allowed, included
 * @param max the most allowed, included; both within 10^12
 * @param decimals how many digits after the point are allowed, 0 to 12
 */
public record DecimalType(BigDecimal min, BigDecimal max, int decimals) implements SlotType<BigDecimal> {
    private static final BigDecimal LIMIT = new BigDecimal(1_000_000_000_000L);
    private static final int MOST_DECIMALS = 12;

    public DecimalType {
        if (min.compareTo(max) > 0
                || min.abs().compareTo(LIMIT) >= 0
                || max.abs().compareTo(LIMIT) >= 0) {
            throw new IllegalArgumentException(
                    "min must not exceed max, and both must be within " + LIMIT + ", but were " + min + " and " + max);
        }
        if (decimals < 0 || decimals > MOST_DECIMALS) {
            throw new IllegalArgumentException("decimals must lie between 0 and 12, but was " + decimals);
        }
    }

    @Override
    public Class<BigDecimal> valueType() {
        return BigDecimal.class;
    }

    @Override
    public Reading<BigDecimal> read(String said, ZonedDateTime now) {
        List<BigDecimal> numbers = NumberWords.among(Heard.lower(said), NumberType.FILLERS).stream()
                .map(DecimalType::plain)
                .toList();
        if (numbers.isEmpty()) {
            return new Reading.Unclear<>(Line.of(Phrase.NUMBER_UNCLEAR), true);
        }
        List<BigDecimal> exact =
                numbers.stream().filter(number -> number.scale() <= decimals).toList();
        if (exact.isEmpty()) {
            return new Reading.Unclear<>(
                    Line.of(Phrase.DECIMALS, "decimals", decimals, "heard", numbers.getFirst()), false);
        }
        List<BigDecimal> possible = exact.stream()
                .filter(number -> number.compareTo(min) >= 0 && number.compareTo(max) <= 0)
                .toList();
        return Reading.of(
                possible,
                new Reading.Unclear<>(
                        Line.of(Phrase.OUT_OF_BOUNDS, "min", min, "max", max, "heard", exact.getFirst()), false));
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    @Override
    public String normal(BigDecimal value) {
        return plain(value).toPlainString();
    }

    @Override
    public String spoken(BigDecimal value, Language language) {
        return language.spoken(plain(value));
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "number").put("minimum", min).put("maximum", max);
        property.put("multipleOf", BigDecimal.ONE.movePointLeft(decimals));
    }

    @Override
    public Line shortQuestion() {
        return Line.of(Phrase.AMOUNT_SHORT);
    }

    @Override
    public Line hint() {
        return Line.of(Phrase.NUMBER_HINT, "min", min, "max", max);
    }
}
