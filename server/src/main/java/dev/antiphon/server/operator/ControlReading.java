package dev.antiphon.server.operator;

import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.server.experiment.ExperimentRoutes;
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
            case "start-experiment" -> new Control.StartExperiment(text(body, "experiment"), stage(body));
            case "ramp-experiment" -> new Control.RampExperiment(text(body, "experiment"), stage(body));
            case "weigh-experiment" ->
                new Control.WeighExperiment(text(body, "experiment"), ExperimentRoutes.weights(body.path("weights")));
            case "stop-experiment" -> new Control.StopExperiment(text(body, "experiment"));
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
        text.chars().filter(ControlReading::isControl).findFirst().ifPresent(at -> {
            throw new IllegalArgumentException(
                    "'" + member + "' must be one line without control characters, but has " + Character.getName(at));
        });
        return text;
    }

    /** Ends a line, or is no letter at all: it would make one entry of the audit list look like two. */
    private static boolean isControl(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static int stage(JsonNode body) {
        int stage = body.path("stage").asInt(0);
        if (!ExperimentState.STAGES.contains(stage)) {
            throw new IllegalArgumentException(
                    "'stage' must be one of " + ExperimentState.STAGES + " percent, but was " + body.path("stage"));
        }
        return stage;
    }
}
