package dev.antiphon.flow.slot;

import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * A time of day, to the minute: {@code 15:00}, {@code 15:00:00}, {@code 3 pm}, {@code 3:30 p.m.}, {@code noon}. One
 * from 1:00 to 7:59 is taken as the afternoon, unless it has a leading zero.
 */
public record TimeType() implements SlotType<LocalTime> {
    private static final Pattern CLOCK = Pattern.compile(
            "(?:\\d{4}-\\d{2}-\\d{2}t)?(\\d{1,2})(?:[:.h](\\d{2}))?(?::\\d{2}(?:\\.\\d+)?)?z?\\s*([ap]m)?(?:o clock|oclock)?");

    @Override
    public Class<LocalTime> valueType() {
        return LocalTime.class;
    }

    @Override
    public Reading<LocalTime> read(String said, ZonedDateTime now) {
        String words = said.strip()
                .toLowerCase(Locale.ROOT)
                .replace("a.m.", "am")
                .replace("p.m.", "pm")
                .replace("o'clock", "oclock")
                .replaceFirst("^(at|around|about)\\s+", "");
        return named(words)
                .or(() -> clock(words))
                .<Reading<LocalTime>>map(Reading.Understood::new)
                .orElseGet(() -> new Reading.Unclear<>("I couldn't make out the time.", true));
    }

    private static Optional<LocalTime> named(String words) {
        return switch (words) {
            case "noon", "midday" -> Optional.of(LocalTime.NOON);
            case "midnight" -> Optional.of(LocalTime.MIDNIGHT);
            default -> Optional.empty();
        };
    }

    private static Optional<LocalTime> clock(String words) {
        Matcher match = CLOCK.matcher(words);
        if (!match.matches()) {
            return Optional.empty();
        }
        int hour = Integer.parseInt(match.group(1));
        int minute = Optional.ofNullable(match.group(2)).map(Integer::parseInt).orElse(0);
        boolean afternoon = match.group(1).length() == 1 && hour >= 1 && hour <= 7;
        String half = Optional.ofNullable(match.group(3)).orElse(afternoon ? "pm" : "");
        if (minute > 59 || (half.isEmpty() ? hour > 23 : hour > 23 || hour < 1)) {
            return Optional.empty();
        }
        return Optional.of(LocalTime.of(onTheDay(hour, half), minute));
    }

    private static int onTheDay(int hour, String half) {
        return switch (half) {
            case "pm" -> hour < 12 ? hour + 12 : hour;
            case "am" -> hour == 12 ? 0 : hour;
            default -> hour;
        };
    }

    @Override
    public String normal(LocalTime value) {
        return String.format(Locale.ROOT, "%02d:%02d", value.getHour(), value.getMinute());
    }

    @Override
    public String spoken(LocalTime value) {
        return Spoken.of(value);
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "string").put("format", "time").put("pattern", "^\\d{2}:\\d{2}$");
    }

    @Override
    public String shortQuestion(String label) {
        return "So, what time?";
    }

    @Override
    public String hint() {
        return "You can say, for example, three PM.";
    }
}
