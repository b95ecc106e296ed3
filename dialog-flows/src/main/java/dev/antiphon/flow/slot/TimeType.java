package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * A time of day, to the minute: {@code 15:00}, {@code 3 pm}, {@code half past seven}, {@code quarter to nine in the evening},
 * {@code noon}. An hour from one to eleven without its half of the day is unsure ({@code 7}, {@code 7:00}, {@code seven o'clock}),
 * unless the bounds leave one meaning, and so is {@code 7 or 8 pm}; twelve is noon. Two digits for the hour and nothing else are the normal form, in which all
 * 24 hours are told: {@code 07:00}, {@code 10:30}. At most 300 characters are read.
 *
 * @param first the earliest that is possible, included
 * @param last the latest that is possible, included; before {@code first}: on the next day
 */
public record TimeType(LocalTime first, LocalTime last) implements SlotType<LocalTime> {
    private static final Pattern NORMAL = Pattern.compile("\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?z?");
    /** What a model is told, since it would choose a half of the day itself. */
    static final String OPEN_HALF = "In 24 hours; the hour alone, as in \"7\", when it may be morning or evening";

    /** Any time of day. */
    public TimeType() {
        this(LocalTime.MIDNIGHT, Hours.LAST_MINUTE);
    }

    @Override
    public Class<LocalTime> valueType() {
        return LocalTime.class;
    }

    @Override
    public Reading<LocalTime> read(String said, ZonedDateTime now) {
        String words = Heard.lower(said);
        List<LocalTime> all = ClockWords.meanings(words);
        List<LocalTime> meanings = NORMAL.matcher(words).matches() ? all.subList(0, Math.min(1, all.size())) : all;
        List<LocalTime> possible =
                meanings.stream().filter(hours()::contain).distinct().toList();
        return meanings.isEmpty() || possible.size() > EitherOr.MOST_PARTS
                ? new Reading.Unclear<>(Line.of(Phrase.TIME_UNCLEAR), true)
                : Reading.of(possible, hours().refusal(meanings));
    }

    private Hours hours() {
        return new Hours(first, last);
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
        property.put("type", "string")
                .put("format", "time")
                .put("pattern", "^(?:\\d{2}:\\d{2}|\\d{1,2}(?::\\d{2})?)$")
                .put("description", OPEN_HALF);
        property.putArray("examples").add("15:00").add("7");
        hours().describe(property);
    }

    @Override
    public Line shortQuestion() {
        return Line.of(Phrase.TIME_SHORT);
    }

    @Override
    public Line hint() {
        return hours().areAll()
                ? Line.of(Phrase.TIME_HINT)
                : Line.of(Phrase.TIME_BOUNDS_HINT, "min", first, "max", last);
    }
}
