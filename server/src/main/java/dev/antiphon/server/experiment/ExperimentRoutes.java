package dev.antiphon.server.experiment;

import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentState.Result;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /v1/experiments}: all of them; {@code GET /v1/experiments/{key}}: the report of one with its audit log; {@code POST
 * /v1/experiments/{key}/start}, {@code pause}, {@code stop}, {@code ramp}: changes it, the body is JSON with {@code who}, {@code why}
 * and, for a start and a ramp, {@code stage} in percent. Thread-safe; blocks. Who may ask is decided before.
 */
public final class ExperimentRoutes {
    /** Where they are. */
    public static final String PATH = "/v1/experiments";

    private static final Pattern ONE = Pattern.compile(PATH + "/([A-Za-z0-9._-]{1,64})(/(start|pause|stop|ramp))?");

    private final ExperimentDesk desk;

    /** Routes to this desk. */
    public ExperimentRoutes(ExperimentDesk desk) {
        this.desk = desk;
    }

    /** What came of asking. */
    public record Answer(int status, ObjectNode body) {}

    /** Whether the path is one of these. */
    public static boolean own(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    /** Whether there are any. */
    public boolean isOpen() {
        return !desk.isEmpty();
    }

    /** Answers. */
    public Answer answer(String method, String path, byte[] body) {
        if (path.equals(PATH)) {
            return method.equals("GET") ? new Answer(200, all()) : refused(405, "Use GET for " + path + ".");
        }
        Matcher one = ONE.matcher(path);
        if (!one.matches()) {
            return refused(404, "There is nothing at " + path + ".");
        }
        Optional<Experiment> experiment = desk.named(one.group(1));
        if (experiment.isEmpty()) {
            return refused(
                    404,
                    "There is no experiment '" + one.group(1) + "'; there are "
                            + desk.experiments().stream().map(Experiment::key).toList() + ".");
        }
        Optional<String> action = Optional.ofNullable(one.group(3));
        String wanted = action.isPresent() ? "POST" : "GET";
        if (!method.equals(wanted)) {
            return refused(405, "Use " + wanted + " for " + path + ".");
        }
        return action.map(does -> change(experiment.get(), does, body))
                .orElseGet(() -> new Answer(
                        200, ExperimentJson.whole(desk.report(experiment.get()), desk.spend(experiment.get()))
                                .put("lasting", desk.isLasting())));
    }

    private ObjectNode all() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("lasting", desk.isLasting());
        ArrayNode list = node.putArray("experiments");
        desk.experiments().forEach(each -> list.add(ExperimentJson.summary(desk.report(each), desk.spend(each))));
        return node;
    }

    private Answer change(Experiment experiment, String action, byte[] body) {
        try {
            JsonNode told = JsonMapper.shared().readTree(body);
            String who = told.path("who").asString("");
            String why = told.path("why").asString("");
            boolean staged = action.equals("start") || action.equals("ramp");
            JsonNode stage = told.path("stage");
            if (staged && !stage.isMissingNode() && !stage.isInt()) {
                return refused(400, "'stage' must be a whole number of percent, but was " + stage + ".");
            }
            if (!staged && !stage.isMissingNode()) {
                return refused(400, "'stage' is for start and ramp only.");
            }
            if (action.equals("ramp") && stage.isMissingNode()) {
                return refused(400, "'stage' is needed: how many percent.");
            }
            Result result = switch (action) {
                case "start" -> desk.start(experiment, stage.asInt(100), who, why);
                case "pause" -> desk.pause(experiment, who, why);
                case "stop" -> desk.stop(experiment, who, why);
                default -> desk.ramp(experiment, stage.asInt(0), who, why);
            };
            return switch (result) {
                case Result.Changed changed ->
                    new Answer(
                            200,
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("key", experiment.key())
                                    .put("state", changed.state().shown()));
                case Result.Refused no -> refused(409, "Not done: " + no.rule() + ".");
            };
        } catch (JacksonException e) {
            return refused(400, "The body must be JSON: {\"who\": \"…\", \"why\": \"…\", \"stage\": 10}.");
        } catch (IllegalArgumentException e) {
            return refused(400, e.getMessage() + ".");
        }
    }

    private static Answer refused(int status, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("message", message);
        return new Answer(status, body);
    }
}
