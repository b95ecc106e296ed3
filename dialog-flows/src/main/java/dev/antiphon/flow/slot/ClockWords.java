package dev.antiphon.flow.slot;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a time of day in figures or English words, and knows whether the half of the day was said. */
final class ClockWords {
    private static final Pattern CLOCK = Pattern.compile(
            "(?:\\d{4}-\\d{2}-\\d{2}t)?(\\d{1,2})(?:[:.h](\\d{2}))?(?::\\d{2}(?:\\.\\d{1,9})?)?z?\\s?([ap]m)?");
    private static final Pattern HALF_OF_DAY = Pattern.compile("\\b([ap])\\s?\\.?\\s?m\\b\\.?");
    private static final Pattern O_CLOCK = Pattern.compile("\\s?o' ?clock\\b| oclock\\b| o clock\\b|\\s?\\buhr\\b");
    private static final Pattern END = Pattern.compile("[,.!?]+$");
    private static final Pattern LEAD_IN =
            Pattern.compile("^(?:(?:at|around|about|by|for|it's|say|maybe|let's say|exactly|sharp|um|gegen)\\s+)+");
    private static final Pattern HALF = Pattern.compile(
            "[\\s,]*(?<![\\p{L}])(am|pm|(?:in )?the (?:early )?(?:morning|afternoon|evening)|in the night|at night|tonight|this (?:morning|afternoon|evening))$");
    private static final Pattern HALF_FIRST = Pattern.compile(
            "^(tonight|this (?:morning|afternoon|evening)|in the (?:early )?(?:morning|afternoon|evening)|at night)[\\s,]+(.+)$");
    private static final Pattern PAST_OR_TO =
            Pattern.compile("(\\d{1,2}|half|(?:a )?quarter)(?: minutes?)? (past|after|to|before|till|of) (\\d{1,2})");
    private static final Pattern HALF_HOUR = Pattern.compile("half (\\d{1,2})");
    private static final Pattern HOUR = Pattern.compile("(\\d{1,2})(?: ?:? ?(\\d{2}))?(?: hours)?");

    private ClockWords() {}

    /** What was said of the half of the day. */
    enum Half {
        MORNING,
        AFTERNOON,
        /** Nothing: an hour from 1 to 11 has two meanings. */
        OPEN,
        /** The hour itself tells, as in {@code 15:00} and {@code 03:00}. */
        TOLD
    }

    /** A time as it was said; hour 0 to 23. */
    record Clock(int hour, int minute, Half half) {

        /** What it may mean: the time as it was said, and for an open half of the day twelve hours later. */
        List<LocalTime> meanings() {
            LocalTime said = LocalTime.of(hour, minute);
            return half == Half.OPEN && hour != 12 ? List.of(said, said.plusHours(12)) : List.of(said);
        }
    }

    /** Reads plain words in lower case that are nothing but a time. */
    static Optional<Clock> read(String lower) {
        String halves = HALF_OF_DAY.matcher(lower).replaceAll("$1m");
        String plain = END.matcher(O_CLOCK.matcher(halves).replaceAll(""))
                .replaceFirst("")
                .strip();
        String turned = HALF_FIRST.matcher(plain).replaceFirst("$2 $1");
        String words = LEAD_IN.matcher(turned).replaceFirst("");
        return named(words).or(() -> figures(words)).or(() -> spoken(words));
    }

    /** What plain words in lower case that are nothing but a time, or a choice of two or three, may mean; the likeliest first. */
    static List<LocalTime> meanings(String lower) {
        return read(lower).map(Clock::meanings).orElseGet(() -> either(lower));
    }

    /** "7 or 8 pm": the half of the day is said once. */
    private static List<LocalTime> either(String lower) {
        List<String> parts = EitherOr.parts(
                END.matcher(HALF_OF_DAY.matcher(lower).replaceAll("$1m")).replaceFirst(""));
        if (parts.isEmpty()) {
            return List.of();
        }
        Matcher half = HALF.matcher(parts.getLast());
        String behind = half.find() ? " " + half.group(1) : "";
        List<LocalTime> meanings = new ArrayList<>();
        for (String part : parts) {
            Optional<Clock> alone = read(part);
            Optional<Clock> clock = alone.filter(each -> each.half() == Half.TOLD)
                    .or(() -> read(part + behind))
                    .or(() -> alone);
            if (clock.isEmpty()) {
                return List.of();
            }
            meanings.addAll(clock.get().meanings());
        }
        return meanings;
    }

    private static Optional<Clock> named(String words) {
        return switch (words) {
            case "noon", "midday", "12 noon", "twelve noon" -> Optional.of(new Clock(12, 0, Half.TOLD));
            case "midnight", "12 midnight", "twelve midnight" -> Optional.of(new Clock(0, 0, Half.TOLD));
            default -> Optional.empty();
        };
    }

    private static Optional<Clock> figures(String words) {
        Matcher match = CLOCK.matcher(words);
        if (!match.matches()) {
            return Optional.empty();
        }
        String hour = match.group(1);
        boolean dated = words.contains("t");
        Half open = dated || hour.startsWith("0") ? Half.TOLD : Half.OPEN;
        Half half = Optional.ofNullable(match.group(3))
                .map(said -> said.equals("am") ? Half.MORNING : Half.AFTERNOON)
                .orElse(open);
        return clock(hour, Optional.ofNullable(match.group(2)).orElse("0"), half);
    }

    private static Optional<Clock> spoken(String words) {
        Matcher halfOfDay = HALF.matcher(words);
        boolean said = halfOfDay.find();
        String rest = inFigures(said ? words.substring(0, halfOfDay.start()) : words);
        String daytime = said ? halfOfDay.group(1) : "";
        Matcher relative = PAST_OR_TO.matcher(rest);
        if (relative.matches()) {
            return relative(relative.group(1), relative.group(2), relative.group(3), daytime);
        }
        Matcher halfHour = HALF_HOUR.matcher(rest);
        if (halfHour.matches()) {
            return clock(halfHour.group(1), "30", half(halfHour.group(1), daytime));
        }
        Matcher hour = HOUR.matcher(rest);
        return hour.matches()
                ? clock(hour.group(1), Optional.ofNullable(hour.group(2)).orElse("0"), half(hour.group(1), daytime))
                : Optional.empty();
    }

    private static Optional<Clock> relative(String minutes, String direction, String hour, String daytime) {
        int count = switch (minutes) {
            case "half" -> 30;
            case "quarter", "a quarter" -> 15;
            default -> Integer.parseInt(minutes);
        };
        boolean past = direction.equals("past") || direction.equals("after");
        if (count > 59 || count == 0) {
            return Optional.empty();
        }
        return clock(hour, "0", half(hour, daytime)).map(full -> {
            LocalTime time = LocalTime.of(full.hour(), 0).plusMinutes(past ? count : -count);
            boolean open = full.half() == Half.OPEN;
            int shown = open && time.getHour() % 12 == 0 ? 12 : time.getHour();
            return new Clock(shown, time.getMinute(), full.half());
        });
    }

    private static Half half(String hour, String daytime) {
        int number = Integer.parseInt(hour);
        return switch (daytime) {
            case "" -> hour.startsWith("0") ? Half.TOLD : Half.OPEN;
            case "am" -> Half.MORNING;
            case "pm", "tonight" -> Half.AFTERNOON;
            case "at night", "in the night" -> number >= 6 && number < 12 ? Half.AFTERNOON : Half.MORNING;
            default -> daytime.endsWith("morning") ? Half.MORNING : Half.AFTERNOON;
        };
    }

    /** Hours above 12 tell the half of the day themselves. */
    private static Optional<Clock> clock(String hourText, String minuteText, Half half) {
        int hour = Integer.parseInt(hourText);
        int minute = Integer.parseInt(minuteText);
        boolean halved = half == Half.MORNING || half == Half.AFTERNOON;
        if (minute > 59 || hour > 23 || halved && hour < 1) {
            return Optional.empty();
        }
        return Optional.of(
                switch (half) {
                    case MORNING -> new Clock(hour == 12 ? 0 : hour, minute, Half.TOLD);
                    case AFTERNOON -> new Clock(hour < 12 ? hour + 12 : hour, minute, Half.TOLD);
                    case OPEN -> new Clock(hour, minute, hour == 0 || hour > 12 ? Half.TOLD : Half.OPEN);
                    case TOLD -> new Clock(hour, minute, Half.TOLD);
                });
    }

    /** Number words as figures: "seven oh five" is "7 05". */
    private static String inFigures(String words) {
        List<String> tokens = Tokens.of(words);
        List<String> figures = new ArrayList<>();
        int at = 0;
        while (at < tokens.size()) {
            String token = tokens.get(at);
            Optional<String> digit = DigitWords.digit(Tokens.at(tokens, at + 1));
            if ((token.equals("oh") || token.equals("o")) && digit.isPresent()) {
                figures.add("0" + digit.get());
                at += 2;
            } else {
                Optional<NumberWords.Part> number =
                        token.matches("half|quarter|a|\\d.*") ? Optional.empty() : NumberWords.at(tokens, at);
                figures.add(number.map(part -> part.value().toPlainString()).orElse(token));
                at = number.map(NumberWords.Part::next).orElse(at + 1);
            }
        }
        return String.join(" ", figures);
    }
}
