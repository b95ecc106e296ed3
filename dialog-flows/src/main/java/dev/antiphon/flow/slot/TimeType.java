package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * A time of day, to the minute: {@code 15:00}, {@code 3 pm}, {@code half past seven}, {@code quarter to nine in the evening},
 * {@code noon}. One from 1:00 to 7:59 is taken as the afternoon, unless it has a leading zero. At most 300 characters are read.
 */
public record TimeType() implements SlotType<LocalTime> {
    private static final int FIRST_MORNING_HOUR = 8;

    @Override
    public Class<LocalTime> valueType() {
        return LocalTime.class;
    }

    @Override
    public Reading<LocalTime> read(String said, ZonedDateTime now) {
        return ClockWords.read(Heard.lower(said))
                .map(TimeType::likeliest)
                .<Reading<LocalTime>>map(Reading.Understood::new)
                .orElseGet(() -> new Reading.Unclear<>(Line.of(Phrase.TIME_UNCLEAR), true));
    }

    private static LocalTime likeliest(ClockWords.Clock clock) {
        List<LocalTime> meanings = clock.meanings();
        return clock.hour() < FIRST_MORNING_HOUR ? meanings.getLast() : meanings.getFirst();
    }

    @Override
    public String normal(LocalTime value) {
        return String.format(Locale.ROOT, "%02d:%02d", value.getHour(), value.getMinute());
    }

    @Override
    public String spoken(LocalTime value, Language language) {
        return language.spoken(value);
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "string").put("format", "time").put("pattern", "^\\d{2}:\\d{2}$");
    }

    @Override
    public Line shortQuestion() {
        return Line.of(Phrase.TIME_SHORT);
    }

    @Override
    public Line hint() {
        return Line.of(Phrase.TIME_HINT);
    }
}
