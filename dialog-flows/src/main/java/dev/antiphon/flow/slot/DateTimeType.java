package dev.antiphon.flow.slot;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Line;
import dev.antiphon.flow.say.Phrase;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * A day and a time in one value, to the minute, in the zone of the session: {@code 2026-11-24T15:00}, {@code next Friday at half
 * past seven}, {@code tonight at eight}. A time from one to eleven without its half of the day is unsure, unless the bounds leave one meaning or the
 * other one is past; so is one that a change
 * of the clocks makes come twice; one that it leaves out is refused. A {@code Z} behind a time is passed over, since models add it
 * to local times; other offsets count. At most 300 characters are read.
 *
 * @param first the earliest time of day that is possible, included
 * @param last the latest time of day that is possible, included; before {@code first}: on the next day
 */
public record DateTimeType(LocalTime first, LocalTime last) implements SlotType<ZonedDateTime> {
    private static final Pattern NORMAL = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2})(Z|[+-]\\d{2}:\\d{2}(?::\\d{2})?)\\[([\\w+/:~-]{1,60})]");
    private static final Pattern ISO = Pattern.compile(
            "(?i)(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2})(?::\\d{2}(?:\\.\\d{1,9})?)?\\s?(Z|[+-]\\d{2}:\\d{2})?(?:\\[.{1,60}])?");
    private static final Pattern NOW_PLUS = Pattern.compile("(?:in|after) (.+?)(?: from now)?|(.+) from now");
    private static final Pattern DAYTIME = Pattern.compile(
            "\\b(?:(tonight)|(?:this|in the|on the|at|early|late)?\\s?\\b(?:(morning)|(afternoon|evening)|(night)))\\b");
    private static final Pattern DAY_T_HOUR = Pattern.compile("^(\\d{4}-\\d{2}-\\d{2})[Tt](?=\\d{1,2}(?::\\d{2})?$)");
    private static final int MOST_WORDS = 16;

    /** Any time of day. */
    public DateTimeType() {
        this(LocalTime.MIDNIGHT, Hours.LAST_MINUTE);
    }

    @Override
    public Class<ZonedDateTime> valueType() {
        return ZonedDateTime.class;
    }

    @Override
    public Reading<ZonedDateTime> read(String said, ZonedDateTime now) {
        Optional<ZonedDateTime> normal = exact(said.length() > 100 ? "" : said);
        if (normal.isPresent()) {
            return possible(List.of(normal.get()));
        }
        String words = DAY_T_HOUR.matcher(Heard.plain(said)).replaceFirst("$1 ");
        Matcher iso = ISO.matcher(words);
        if (iso.matches()) {
            return iso(iso, now);
        }
        String lower = words.toLowerCase(Locale.ROOT).replaceAll("[,;.!?]+(?=\\s|$)", "");
        return fromNow(lower, now).map(moment -> possible(List.of(moment))).orElseGet(() -> spoken(lower, now));
    }

    /** Those within the hours, of at least one. */
    private Reading<ZonedDateTime> possible(List<ZonedDateTime> meanings) {
        Hours hours = new Hours(first, last);
        return Reading.of(
                meanings.stream()
                        .filter(each -> hours.contain(each.toLocalTime()))
                        .toList(),
                hours.refusal(meanings.stream().map(ZonedDateTime::toLocalTime).toList()));
    }

    private static Reading.Unclear<ZonedDateTime> unclear(Line reason, boolean malformed) {
        return new Reading.Unclear<>(reason, malformed);
    }

    private Reading<ZonedDateTime> iso(Matcher iso, ZonedDateTime now) {
        try {
            LocalDateTime local = LocalDateTime.parse(iso.group(1) + "T" + iso.group(2));
            String offset = Optional.ofNullable(iso.group(3)).orElse("Z");
            if (offset.equalsIgnoreCase("Z")) {
                List<ZonedDateTime> meanings = meanings(local, now.getZone());
                return meanings.isEmpty() ? skipped(local) : possible(meanings);
            }
            return possible(
                    List.of(OffsetDateTime.of(local, ZoneOffset.of(offset)).atZoneSameInstant(now.getZone())));
        } catch (DateTimeException noMoment) {
            return unclear(Line.of(Phrase.DATE_TIME_UNCLEAR), true);
        }
    }

    private static Reading.Unclear<ZonedDateTime> skipped(LocalDateTime local) {
        return unclear(
                Line.of(Phrase.CLOCKS_GO_FORWARD, "date", local.toLocalDate(), "time", local.toLocalTime()), false);
    }

    /** None in a gap of the clocks, two in an overlap. */
    private static List<ZonedDateTime> meanings(LocalDateTime local, ZoneId zone) {
        return zone.getRules().getValidOffsets(local).stream()
                .map(offset -> ZonedDateTime.ofInstant(local, offset, zone))
                .toList();
    }

    private static Optional<ZonedDateTime> fromNow(String words, ZonedDateTime now) {
        Matcher match = NOW_PLUS.matcher(words);
        if (!match.matches()) {
            return Optional.empty();
        }
        String span = Stream.of(match.group(1), match.group(2))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse("");
        return DurationWords.exact(span)
                .filter(time -> time.toDays() < 1)
                .map(time -> now.plus(time).truncatedTo(ChronoUnit.MINUTES));
    }

    private Reading<ZonedDateTime> spoken(String words, ZonedDateTime now) {
        Optional<Moment> moment = moment(words, now);
        if (moment.isEmpty()) {
            return incomplete(words, now);
        }
        List<LocalDateTime> locals = moment.get().days().stream()
                .flatMap(day -> moment.get().times().stream().map(day::atTime))
                .toList();
        List<ZonedDateTime> all = locals.stream()
                .flatMap(local -> meanings(local, now.getZone()).stream())
                .toList();
        List<ZonedDateTime> ahead =
                all.stream().filter(each -> !each.isBefore(now)).toList();
        if (all.isEmpty()) {
            return skipped(locals.getFirst());
        }
        Reading<ZonedDateTime> reading = possible(ahead.isEmpty() ? all : ahead);
        boolean isTooMuch = reading instanceof Reading.Unsure<ZonedDateTime> unsure
                && unsure.candidates().size() > EitherOr.MOST_PARTS;
        return isTooMuch ? incomplete(words, now) : reading;
    }

    private static Reading<ZonedDateTime> incomplete(String words, ZonedDateTime now) {
        if (new DateType().read(words, now) instanceof Reading.Understood<LocalDate> day) {
            return unclear(Line.of(Phrase.TIME_MISSING, "date", day.value()), false);
        }
        Optional<LocalDate> spanned = spanned(words, now.toLocalDate());
        if (spanned.isPresent()) {
            return unclear(Line.of(Phrase.DATE_ONE_DAY, "example", spanned.get()), false);
        }
        return ClockWords.read(words).isPresent()
                ? unclear(Line.of(Phrase.DAY_MISSING), false)
                : unclear(Line.of(Phrase.DATE_TIME_UNCLEAR), true);
    }

    /** A day of the week, weekend or month at the beginning or end of the words; empty when there is none. */
    private static Optional<LocalDate> spanned(String words, LocalDate today) {
        List<String> tokens = List.of(words.strip().split("\\s+"));
        return IntStream.rangeClosed(1, Math.min(tokens.size(), MOST_WORDS))
                .mapToObj(size -> Stream.of(
                        String.join(" ", tokens.subList(0, size)),
                        String.join(" ", tokens.subList(tokens.size() - size, tokens.size()))))
                .flatMap(Function.identity())
                .flatMap(part -> Stream.concat(
                        MonthWords.weekend(part, today).stream(), MonthWords.dayOfSpan(part, today).stream()))
                .findFirst();
    }

    private record Moment(List<LocalDate> days, List<LocalTime> times) {}

    /** The day and the time may stand in either order; each part must be nothing but the one or the other. */
    private static Optional<Moment> moment(String words, ZonedDateTime now) {
        Matcher daytime = DAYTIME.matcher(words);
        boolean found = daytime.find();
        String half = !found ? "" : daytime.group(2) != null ? " am" : daytime.group(4) != null ? " at night" : " pm";
        String day = found && (daytime.group(1) != null || daytime.group().startsWith("this")) ? " today " : " ";
        String rest = found ? words.substring(0, daytime.start()) + day + words.substring(daytime.end()) : words;
        List<String> tokens = List.of(rest.strip().replaceAll("\\s+", " ").split(" "));
        if (tokens.size() > MOST_WORDS) {
            return Optional.empty();
        }
        for (int split = 1; split < tokens.size(); split++) {
            String first = String.join(" ", tokens.subList(0, split));
            String second = String.join(" ", tokens.subList(split, tokens.size()));
            Optional<Moment> moment = moment(first, second + half, now).or(() -> moment(second, first + half, now));
            if (moment.isPresent()) {
                return moment;
            }
        }
        return Optional.empty();
    }

    private static Optional<Moment> moment(String day, String time, ZonedDateTime now) {
        List<LocalTime> times =
                ClockWords.meanings(time.replaceAll("(\\s(?:on|in the|in))+(?=$| am$| pm$| at night$)", ""));
        List<LocalDate> days = times.isEmpty()
                ? List.of()
                : switch (new DateType().read(day.replaceAll("\\s(?:at|around|about|by)$", ""), now)) {
                    case Reading.Understood<LocalDate> understood -> List.of(understood.value());
                    case Reading.Unsure<LocalDate> unsure -> unsure.candidates();
                    case Reading.Unclear<LocalDate> unclear -> List.of();
                };
        return days.isEmpty() ? Optional.empty() : Optional.of(new Moment(days, times));
    }

    @Override
    public String normal(ZonedDateTime value) {
        return value.toLocalDateTime().truncatedTo(ChronoUnit.MINUTES)
                + value.getOffset().getId() + "[" + value.getZone().getId() + "]";
    }

    @Override
    public ZonedDateTime restore(String normal) {
        return exact(normal)
                .orElseThrow(() -> new IllegalArgumentException("a normal form of a date and time must look like"
                        + " '2026-11-24T15:00+01:00[Europe/Berlin]', but has " + normal.length() + " characters"));
    }

    private static Optional<ZonedDateTime> exact(String normal) {
        Matcher match = NORMAL.matcher(normal);
        if (!match.matches()) {
            return Optional.empty();
        }
        try {
            ZonedDateTime moment = ZonedDateTime.ofInstant(
                    LocalDateTime.parse(match.group(1)), ZoneOffset.of(match.group(2)), ZoneId.of(match.group(3)));
            return Optional.of(moment);
        } catch (DateTimeException noMoment) {
            return Optional.empty();
        }
    }

    /** A time that comes twice is told by where the clocks stand. */
    @Override
    public String spoken(ZonedDateTime value, Language language) {
        List<ZoneOffset> offsets = value.getZone().getRules().getValidOffsets(value.toLocalDateTime());
        if (offsets.size() < 2) {
            return language.spoken(value);
        }
        boolean first = offsets.getFirst().equals(value.getOffset());
        return language.text(first ? Phrase.BEFORE_CLOCKS_GO_BACK : Phrase.AFTER_CLOCKS_WENT_BACK, "moment", value);
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "string")
                .put("format", "date-time")
                .put("maxLength", Heard.MOST_CHARS)
                .put("description", TimeType.OPEN_HALF);
        property.putArray("examples").add("2026-11-24T15:00").add("2026-11-24 at 7");
        new Hours(first, last).describe(property);
    }

    @Override
    public Line shortQuestion() {
        return Line.of(Phrase.DATE_TIME_SHORT);
    }

    @Override
    public Line hint() {
        return Line.of(Phrase.DATE_TIME_HINT);
    }
}
