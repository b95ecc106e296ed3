package dev.antiphon.server.operator;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads orders from JSON: {@code {"reason": "…", "flow": "…", "tier": "…", …}}. Pure. */
final class ControlReading {
    static final int MAX_CHARACTERS = 300;

    private ControlReading() {}

    /**
     * The order of this name.
     *
     * @throws IllegalArgumentException with rule and value, when there is no such order or something is missing
     */
    static Control read(String name, JsonNode body) {
        return switch (name) {
            case "force-tier" -> new Control.ForceTier(text(body, "flow"), text(body, "tier"));
            case "release-tier" -> new Control.ReleaseTier(text(body, "flow"));
            case "drain" -> new Control.Drain();
            case "resume" -> new Control.Resume();
            case "pause-router" -> new Control.PauseRouter(text(body, "flow"));
            case "resume-router" -> new Control.ResumeRouter(text(body, "flow"));
            case "pause-experiment" -> new Control.PauseExperiment(text(body, "experiment"));
            case "resume-experiment" -> new Control.ResumeExperiment(text(body, "experiment"));
            case "stop-experiment" -> new Control.StopExperiment(text(body, "experiment"));
            case "weights" -> new Control.Weights(text(body, "experiment"), weights(body.path("weights")));
            default -> throw new IllegalArgumentException("there is no control '" + name + "'");
        };
    }

    /** A text that must be there. */
    static String text(JsonNode body, String member) {
        JsonNode value = body.path(member);
        String text = value.isString() ? value.asString().strip() : "";
        if (text.isEmpty() || text.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("'" + member + "' must be a text of 1 to " + MAX_CHARACTERS
                    + " characters, but has " + text.length());
        }
        return text;
    }

    private static Map<String, Double> weights(JsonNode node) {
        Map<String, Double> weights = new LinkedHashMap<>();
        node.properties().forEach(arm -> {
            if (!arm.getValue().isNumber()) {
                throw new IllegalArgumentException(
                        "the weight of '" + arm.getKey() + "' must be a number, but was " + arm.getValue());
            }
            weights.put(arm.getKey(), arm.getValue().asDouble());
        });
        return weights;
    }
}
