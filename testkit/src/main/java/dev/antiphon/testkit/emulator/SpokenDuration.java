package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Durations as people write them: {@code 700ms}, {@code 3s}, {@code 2m}. */
final class SpokenDuration extends StdDeserializer<Duration> {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,9})\\s?(ms|s|m)");

    SpokenDuration() {
        super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context) {
        String text = parser.getString();
        return parse(text).orElseGet(() -> (Duration) context.handleWeirdStringValue(
                Duration.class, text, "a time must be a number with ms, s or m, for example 700ms"));
    }

    /** The time that a text means; empty when it is none. */
    static Optional<Duration> parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    default -> Duration.ofMinutes(number);
                });
    }
}
