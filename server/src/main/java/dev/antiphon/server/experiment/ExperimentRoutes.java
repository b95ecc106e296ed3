package dev.antiphon.server.experiment;

import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentReport;
import dev.antiphon.experiment.ExperimentState.Result;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * /v1/experiments/{key}/start}, {@code pause}, {@code stop}, {@code ramp}, {@code weights}: changes it, the body is JSON with {@code who},
 * {@code why} and, for a start and a ramp, {@code stage} in percent, for weights {@code weights}, a share for each arm. {@code GET
 * /v1/experiments/{key}/phases/{number}}: the report of one phase. Thread-safe; blocks. Who may ask is decided before.
 */
public final class ExperimentRoutes {
    /** Where they are. */
    public static final String PATH = "/v1/experiments";

    private static final Pattern ONE =
            Pattern.compile(PATH + "/([A-Za-z0-9._-]{1,64})(/(start|pause|stop|ramp|weights)|/phases/([0-9]{1,4}))?");

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
        Optional<Integer> phase = Optional.ofNullable(one.group(4)).map(Integer::valueOf);
        return action.map(does -> change(experiment.get(), does, body))
                .orElseGet(() -> report(experiment.get(), phase));
    }

    private Answer report(Experiment experiment, Optional<Integer> phase) {
        ExperimentReport report;
        try {
            report = phase.isPresent() ? desk.report(experiment, phase.get()) : desk.report(experiment);
        } catch (IllegalArgumentException none) {
            return refused(404, none.getMessage() + ".");
        }
        int now = report.state().phase();
        ObjectNode whole = ExperimentJson.whole(report, desk.spend(experiment), desk.stayedOut(experiment.key()))
                .put("phase", phase.orElse(now))
                .put("phases", now)
                .put("lasting", desk.isLasting());
        if (phase.filter(asked -> asked < now).isPresent()) {
            whole.remove("notice");
        }
        return new Answer(200, whole);
    }

    private ObjectNode all() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("lasting", desk.isLasting());
        ArrayNode list = node.putArray("experiments");
        desk.experiments()
                .forEach(each -> list.add(
                        ExperimentJson.summary(desk.report(each), desk.spend(each), desk.stayedOut(each.key()))));
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
            if (!action.equals("weights") && told.has("weights")) {
                return refused(400, "'weights' is for weights only.");
            }
            Result result = switch (action) {
                case "weights" -> desk.weights(experiment, weights(told.path("weights")), who, why);
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

    /**
     * A share for each arm.
     *
     * @throws IllegalArgumentException when it is no object of numbers
     */
    public static Map<String, Double> weights(JsonNode told) {
        Map<String, Double> weights = new LinkedHashMap<>();
        told.properties().forEach(arm -> {
            if (!arm.getValue().isNumber()) {
                throw new IllegalArgumentException(
                        "the weight of arm " + arm.getKey() + " must be a number, but was " + arm.getValue());
            }
            weights.put(arm.getKey(), arm.getValue().asDouble());
        });
        if (weights.isEmpty()) {
            throw new IllegalArgumentException(
                    "'weights' is needed: {\"ARM\": 0.2, …}, a share for each arm, but was " + told);
        }
        return weights;
    }

    private static Answer refused(int status, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("message", message);
        return new Answer(status, body);
    }
}
