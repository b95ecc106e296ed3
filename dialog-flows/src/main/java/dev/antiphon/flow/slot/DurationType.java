package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A length of time, to the second: {@code PT1H30M}, {@code two and a half hours}, {@code an hour and a half}. A bare number is
 * unsure when more than one unit fits the bounds. Months and years have no one length and are refused. At most 300 characters are
 * read.
 *
 * @param min the shortest allowed, included; not negative
 * @param max the longest allowed, included
 */
public record DurationType(Duration min, Duration max) implements SlotType<Duration> {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    public DurationType {
        if (min.isNegative() || min.compareTo(max) > 0 || max.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "min must lie between 0 and max, and max must not exceed 36500 days, but were " + min + " and "
                            + max);
        }
    }

    @Override
    public Class<Duration> valueType() {
        return Duration.class;
    }

    @Override
    public Reading<Duration> read(String said, ZonedDateTime now) {
        List<Duration> meanings = DurationWords.meanings(Heard.lower(said));
        if (meanings.isEmpty()) {
            return new Reading.Unclear<>(Line.of(Phrase.DURATION_UNCLEAR), true);
        }
        List<Duration> possible = meanings.stream()
                .filter(each -> each.compareTo(min) >= 0 && each.compareTo(max) <= 0)
                .toList();
        return Reading.of(
                possible,
                new Reading.Unclear<>(
                        Line.of(Phrase.OUT_OF_BOUNDS, "min", min, "max", max, "heard", meanings.getFirst()), false));
    }

    @Override
    public String normal(Duration value) {
        return value.toString();
    }

    @Override
    public String spoken(Duration value, Language language) {
        return language.spoken(value);
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "string").put("format", "duration");
        property.putArray("examples").add("PT1H30M");
    }

    @Override
    public Line shortQuestion() {
        return Line.of(Phrase.DURATION_SHORT);
    }

    @Override
    public Line hint() {
        return Line.of(Phrase.DURATION_HINT, "min", min, "max", max, "example", min.isZero() ? max : min);
    }
}
