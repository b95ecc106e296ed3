package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Times as people write them in scripts and options: {@code 700ms}, {@code 5s}, {@code 2m}, up to nine digits. */
public final class WrittenDuration {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s?(ms|s|m)");

    private WrittenDuration() {}

    /** The time of a member that may be missing; {@code problem} is made of what is wrong with it. */
    static Duration member(
            JsonNode node, String member, Duration usual, Function<String, ? extends RuntimeException> problem) {
        JsonNode value = node.path(member);
        return value.isMissingNode()
                ? usual
                : parse(value.asString(""))
                        .orElseThrow(() -> problem.apply("'" + member
                                + "' must be a number with ms, s or m, for example 700ms, but was " + value));
    }

    /** The time; empty when the text is none. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    default -> Duration.ofMinutes(amount);
                });
    }
}
