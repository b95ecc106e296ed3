package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How the end of a caller's turn is found and what follows from it.
 *
 * <p>Semantic detection is approximated: the emulator waits a fixed silence by eagerness (high 600 ms, medium and auto
 * 800 ms, low 1,200 ms) instead of judging whether the sentence is complete.
 *
 * @param threshold from 0 to 1, see {@link VoiceActivity}
 * @param prefixPadding audio kept before the start of speech
 * @param silence how long it must be quiet for the turn to end
 * @param idleTimeout how long after the agent's speech the emulator takes a turn of silence
 */
record TurnTaking(
        double threshold,
        Duration prefixPadding,
        Duration silence,
        boolean createsResponse,
        boolean interruptsResponse,
        Optional<Duration> idleTimeout) {

    static final double USUAL_THRESHOLD = 0.5;

    static TurnTaking of(JsonNode detection) {
        boolean semantic = detection.path("type").asString("").equals("semantic_vad");
        return new TurnTaking(
                detection.path("threshold").asDouble(USUAL_THRESHOLD),
                Duration.ofMillis(detection.path("prefix_padding_ms").asInt(300)),
                semantic
                        ? semanticSilence(detection)
                        : Duration.ofMillis(
                                detection.path("silence_duration_ms").asInt(200)),
                detection.path("create_response").asBoolean(true),
                detection.path("interrupt_response").asBoolean(true),
                idle(detection.path("idle_timeout_ms")));
    }

    /** The same turns where nothing answers them. */
    TurnTaking listening() {
        return new TurnTaking(threshold, prefixPadding, silence, false, false, Optional.empty());
    }

    private static Optional<Duration> idle(JsonNode millis) {
        return millis.isNumber() ? Optional.of(Duration.ofMillis(millis.asInt(0))) : Optional.empty();
    }

    private static Duration semanticSilence(JsonNode detection) {
        return switch (detection.path("eagerness").asString("auto")) {
            case "high" -> Duration.ofMillis(600);
            case "low" -> Duration.ofMillis(1_200);
            default -> Duration.ofMillis(800);
        };
    }
}
