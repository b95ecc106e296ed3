package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them in scripts and options: {@code 700ms}, {@code 5s}, {@code 2m}, up to nine digits. */
public final class WrittenDuration {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s?(ms|s|m)");

    private WrittenDuration() {}

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
