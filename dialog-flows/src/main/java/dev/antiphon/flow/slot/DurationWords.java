package dev.antiphon.flow.slot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lengths of time: ISO 8601, "two and a half hours", "an hour and a half", "1h30", "1:30", "ninety". */
final class DurationWords {
    private static final Pattern ISO =
            Pattern.compile("p(?:\\d{1,6}d)?(?:t(?=\\d)(?:\\d{1,9}h)?(?:\\d{1,9}m)?(?:\\d{1,9}s)?)?");
    private static final Pattern ISO_WEEKS = Pattern.compile("p(\\d{1,5})w");
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2}))?");
    private static final Map<String, ChronoUnit> UNITS = Map.ofEntries(
            Map.entry("second", ChronoUnit.SECONDS),
            Map.entry("seconds", ChronoUnit.SECONDS),
            Map.entry("sec", ChronoUnit.SECONDS),
            Map.entry("secs", ChronoUnit.SECONDS),
            Map.entry("s", ChronoUnit.SECONDS),
            Map.entry("minute", ChronoUnit.MINUTES),
            Map.entry("minutes", ChronoUnit.MINUTES),
            Map.entry("min", ChronoUnit.MINUTES),
            Map.entry("mins", ChronoUnit.MINUTES),
            Map.entry("m", ChronoUnit.MINUTES),
            Map.entry("hour", ChronoUnit.HOURS),
            Map.entry("hours", ChronoUnit.HOURS),
            Map.entry("hr", ChronoUnit.HOURS),
            Map.entry("hrs", ChronoUnit.HOURS),
            Map.entry("h", ChronoUnit.HOURS),
            Map.entry("day", ChronoUnit.DAYS),
            Map.entry("days", ChronoUnit.DAYS),
            Map.entry("d", ChronoUnit.DAYS),
            Map.entry("night", ChronoUnit.DAYS),
            Map.entry("nights", ChronoUnit.DAYS),
            Map.entry("week", ChronoUnit.WEEKS),
            Map.entry("weeks", ChronoUnit.WEEKS),
            Map.entry("fortnight", ChronoUnit.WEEKS));
    private static final Set<String> FILLERS = Set.of(
            "and",
            "about",
            "around",
            "roughly",
            "approximately",
            "maybe",
            "perhaps",
            "it's",
            "it",
            "takes",
            "for",
            "please",
            "long",
            "just",
            "only",
            "exactly",
            ",",
            ".",
            "um",
            "uh");
    private static final Set<String> ARTICLES = Set.of("a", "an", "one");

    private static final BigDecimal MOST_UNITS = new BigDecimal(1_000_000_000);

    private DurationWords() {}

    /** The one length that the words are. */
    static Optional<Duration> exact(String lower) {
        List<Duration> meanings = meanings(lower);
        return meanings.size() == 1 ? Optional.of(meanings.getFirst()) : Optional.empty();
    }

    /** What plain words in lower case may mean, the likeliest first: a bare number may be minutes, hours or days. */
    static List<Duration> meanings(String lower) {
        String words = lower.strip();
        Matcher weeks = ISO_WEEKS.matcher(words);
        Matcher clock = CLOCK.matcher(words);
        if (weeks.matches()) {
            return List.of(Duration.ofDays(7L * Integer.parseInt(weeks.group(1))));
        }
        if (ISO.matcher(words).matches() && words.length() > 2) {
            return iso(words);
        }
        if (clock.matches()) {
            return clock(clock);
        }
        return spoken(Tokens.of(words));
    }

    private static List<Duration> iso(String words) {
        try {
            return List.of(Duration.parse(words));
        } catch (DateTimeParseException notALength) {
            return List.of();
        }
    }

    private static List<Duration> clock(Matcher clock) {
        Duration first = Duration.ofMinutes(60L * Integer.parseInt(clock.group(1)) + Integer.parseInt(clock.group(2)));
        return clock.group(3) == null
                ? List.of(first, first.dividedBy(60))
                : List.of(first.plusSeconds(Integer.parseInt(clock.group(3))));
    }

    private static List<Duration> spoken(List<String> tokens) {
        Sum sum = new Sum();
        int at = 0;
        while (at < tokens.size()) {
            Optional<NumberWords.Part> number = number(tokens, at);
            if (number.isEmpty() && !FILLERS.contains(tokens.get(at))) {
                return List.of();
            }
            at = number.map(NumberWords.Part::next).orElse(at + 1);
            if (number.isPresent()) {
                String unit = Tokens.at(tokens, at);
                if (!sum.takes(number.get().value(), unit)) {
                    return List.of();
                }
                at = UNITS.containsKey(unit) ? at + 1 : at;
            }
        }
        return sum.meanings();
    }

    /** Lengths that are added up, or one number without a unit. */
    private static final class Sum {
        private Duration sum = Duration.ZERO;
        private Optional<ChronoUnit> last = Optional.empty();
        private Optional<BigDecimal> bare = Optional.empty();
        private boolean measured;

        /** Whether a number, with or without a unit behind it, is part of a length; then it is added. */
        boolean takes(BigDecimal value, String unit) {
            Optional<ChronoUnit> own = Optional.ofNullable(UNITS.get(unit));
            if (value.abs().compareTo(MOST_UNITS) > 0 || bare.isPresent()) {
                return false;
            }
            if (own.isEmpty() && !measured) {
                bare = Optional.of(value);
                return true;
            }
            Optional<ChronoUnit> meant = own.or(() -> implied(value));
            meant.ifPresent(each ->
                    sum = sum.plus(length(unit.equals("fortnight") ? value.multiply(new BigDecimal(2)) : value, each)));
            measured = true;
            last = own;
            return meant.isPresent();
        }

        /** "An hour and a half" goes on in hours, "an hour twenty" in minutes. */
        private Optional<ChronoUnit> implied(BigDecimal value) {
            boolean part = value.signum() > 0 && value.compareTo(BigDecimal.ONE) < 0;
            return part ? last : last.flatMap(DurationWords::below);
        }

        List<Duration> meanings() {
            return bare.map(DurationWords::bare).orElseGet(() -> measured ? List.of(sum) : List.of());
        }
    }

    private static List<Duration> bare(BigDecimal value) {
        return List.of(
                length(value, ChronoUnit.MINUTES), length(value, ChronoUnit.HOURS), length(value, ChronoUnit.DAYS));
    }

    /** A number, or an article in front of a unit. */
    private static Optional<NumberWords.Part> number(List<String> tokens, int at) {
        boolean article = ARTICLES.contains(tokens.get(at)) && UNITS.containsKey(Tokens.at(tokens, at + 1));
        return article ? Optional.of(new NumberWords.Part(BigDecimal.ONE, at + 1)) : NumberWords.at(tokens, at);
    }

    private static Optional<ChronoUnit> below(ChronoUnit unit) {
        return switch (unit) {
            case HOURS -> Optional.of(ChronoUnit.MINUTES);
            case MINUTES -> Optional.of(ChronoUnit.SECONDS);
            default -> Optional.empty();
        };
    }

    private static Duration length(BigDecimal count, ChronoUnit unit) {
        BigDecimal seconds = count.multiply(new BigDecimal(unit.getDuration().toSeconds()));
        return Duration.ofSeconds(seconds.setScale(0, RoundingMode.HALF_UP).longValue());
    }
}
