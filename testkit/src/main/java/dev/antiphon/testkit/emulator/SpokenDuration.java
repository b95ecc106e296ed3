package dev.antiphon.testkit.emulator;

import java.time.Duration;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Reads {@linkplain WrittenDuration times as people write them}. */
final class SpokenDuration extends StdDeserializer<Duration> {
    SpokenDuration() {
        super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context) {
        String text = parser.getString();
        return WrittenDuration.parse(text).orElseGet(() -> (Duration) context.handleWeirdStringValue(
                Duration.class, text, "a time must be a number with ms, s or m, for example 700ms"));
    }
}
