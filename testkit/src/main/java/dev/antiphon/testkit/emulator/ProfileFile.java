package dev.antiphon.testkit.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Latencies of simulated models as people write them, YAML or JSON: for all, and by the beginning of a model's name.
 *
 * <pre>{@code
 * others: full                 # mini, full or instant
 * models:
 *   gpt-realtime-mini:
 *     like: mini               # what is not said below; default: full
 *     to-first-output: 150ms
 *     jitter: 50ms
 *     delivery-speed: 5        # times real time
 *     per-text-delta: 12ms
 *     transcription: 250ms
 *     rate-limits: 40ms
 * }</pre>
 */
public final class ProfileFile {
    private static final Set<String> MEMBERS = Set.of(
            "like", "to-first-output", "jitter", "delivery-speed", "per-text-delta", "transcription", "rate-limits");

    private ProfileFile() {}

    /** The profiles that need no file: {@code simulated} and {@code instant}; empty for other names. */
    public static Optional<EmulatorProfile> named(String name) {
        return switch (name) {
            case "simulated" -> Optional.of(EmulatorProfile.simulated());
            case "instant" -> Optional.of(EmulatorProfile.instant());
            default -> Optional.empty();
        };
    }

    /**
     * Reads a file.
     *
     * @throws ProfileProblem when it cannot be read or breaks a rule
     */
    public static EmulatorProfile read(Path path) {
        try {
            return parse(path.toString(), Files.readString(path));
        } catch (IOException unreadable) {
            throw new ProfileProblem(
                    path + " must be a readable text file, or one of simulated, instant, but: " + unreadable);
        }
    }

    /**
     * Reads a text.
     *
     * @param source named in errors
     * @throws ProfileProblem when it breaks a rule
     */
    public static EmulatorProfile parse(String source, String text) {
        JsonNode root;
        try {
            root = new YAMLMapper().readTree(text);
        } catch (JacksonException broken) {
            throw new ProfileProblem(source + " must be YAML or JSON, but: " + broken.getOriginalMessage());
        }
        if (!root.isObject() || !Set.of("others", "models").containsAll(root.propertyNames())) {
            throw new ProfileProblem(source + " must be an object with 'others' and 'models' and nothing else");
        }
        Map<String, TierProfile> byModel = new HashMap<>();
        root.path("models")
                .properties()
                .forEach(model -> byModel.put(model.getKey(), tier(source + ", " + model.getKey(), model.getValue())));
        JsonNode others = root.path("others");
        return new EmulatorProfile(
                byModel, others.isMissingNode() ? TierProfile.simulatedFull() : tier(source + ", others", others));
    }

    private static TierProfile tier(String place, JsonNode node) {
        if (node.isString()) {
            return like(place, node.stringValue());
        }
        if (!node.isObject() || !MEMBERS.containsAll(node.propertyNames())) {
            throw new ProfileProblem(place + ": must be mini, full, instant, or an object with some of "
                    + String.join(", ", MEMBERS.stream().sorted().toList()) + ", but was " + node);
        }
        TierProfile base = like(place, node.path("like").asString("full"));
        double speed = node.path("delivery-speed").asDouble(base.deliverySpeed());
        if (!(speed > 0)) {
            throw new ProfileProblem(place + ": 'delivery-speed' must be above 0, but was " + speed);
        }
        return new TierProfile(
                time(place, node, "to-first-output", base.toFirstOutput()),
                time(place, node, "jitter", base.jitter()),
                speed,
                time(place, node, "per-text-delta", base.perTextDelta()),
                time(place, node, "transcription", base.transcription()),
                time(place, node, "rate-limits", base.rateLimits()));
    }

    private static TierProfile like(String place, String name) {
        return switch (name) {
            case "mini" -> TierProfile.simulatedMini();
            case "full" -> TierProfile.simulatedFull();
            case "instant" -> TierProfile.instant();
            default -> throw new ProfileProblem(place + ": must be like mini, full or instant, but was '" + name + "'");
        };
    }

    private static Duration time(String place, JsonNode node, String member, Duration usual) {
        return WrittenDuration.member(node, member, usual, problem -> new ProfileProblem(place + ": " + problem));
    }

    /** Latencies that cannot be read; the message names the place and the rule. */
    public static final class ProfileProblem extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ProfileProblem(String message) {
            super(message);
        }
    }
}
