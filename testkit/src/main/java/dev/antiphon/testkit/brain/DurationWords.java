package dev.antiphon.testkit.brain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds lengths of time: "two and a half hours", "an hour twenty", "90 minutes". */
final class DurationWords {
    private static final String UNIT = "(?:seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?)";
    private static final String AND_PART = "\\s+and\\s+(?:a|three)\\s+(?:half|quarters?)";
    private static final Pattern LENGTH = Pattern.compile(
            "(?<!\\bin\\s)\\b(?<q>half an?|(?:a quarter|three quarters) of an|" + NumberWords.PHRASE + "|an?)(?<f>"
                    + AND_PART
                    + ")?[\\s-]*(?<u>" + UNIT + ")\\b(?<g>" + AND_PART + ")?(?:,?\\s+(?:and\\s+)?(?<q2>"
                    + NumberWords.PHRASE
                    + ")(?:\\s*(?<u2>" + UNIT + ")\\b|(?=\\s*(?:$|[.,!]))))?(?!\\s+(?:from|ago|later|after|before)\\b)",
            Pattern.CASE_INSENSITIVE);

    private DurationWords() {}

    /** All lengths in ISO 8601, in order. */
    static List<Found<String>> findAll(Words words) {
        List<Found<String>> found = new ArrayList<>();
        Matcher matcher = LENGTH.matcher(words.text());
        while (matcher.find()) {
            long unit = seconds(matcher.group("u"));
            double count = number(matcher.group("q")) + part(matcher.group("f")) + part(matcher.group("g"));
            double seconds = count * unit + rest(matcher, unit);
            found.add(new Found<>(Duration.ofSeconds(Math.round(seconds)).toString(), matcher.start(), matcher.end()));
        }
        return found;
    }

    /** "Twenty minutes" after the hours; "twenty" alone is of the next smaller unit. */
    private static double rest(Matcher matcher, long unit) {
        String more = matcher.group("q2");
        String name = matcher.group("u2");
        return more == null ? 0 : number(more) * (name == null ? unit / 60 : seconds(name));
    }

    private static double part(@Nullable String words) {
        String lower = Objects.requireNonNullElse(words, "").toLowerCase(Locale.ROOT);
        double one = lower.contains("half") ? 0.5 : lower.contains("quarter") ? 0.25 : 0;
        return lower.contains("three") ? 3 * one : one;
    }

    private static double number(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.matches("an?")) {
            return 1;
        }
        double part = part(lower);
        return part > 0
                ? part
                : Optional.of(NumberWords.findAll(Words.of(words))).stream()
                        .flatMap(List::stream)
                        .mapToDouble(Found::value)
                        .findFirst()
                        .orElse(0);
    }

    private static long seconds(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT).charAt(0)) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3_600;
            case 'w' -> 604_800;
            default -> 86_400;
        };
    }
}
