package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * With which configuration a session begins, as client secrets and calls name it (protocol.md section 15).
 *
 * @param settings an object as in {@code session.update}
 */
record SessionPlan(String model, JsonNode settings) {

    /** What becomes of a configuration that somebody asks for. */
    sealed interface Reading {
        /** The plan, and the session object that it leads to. */
        record Good(SessionPlan plan, ObjectNode shown) implements Reading {}

        record Bad(ApiProblem problem) implements Reading {}
    }

    /** Reads a session object; one that is missing stands for all defaults. */
    static Reading read(JsonNode session, String sessionId, Instant now) {
        ObjectNode settings = session.isObject()
                ? ((ObjectNode) session).deepCopy()
                : JsonNodeFactory.instance.objectNode().put("type", "realtime");
        String model = settings.path("model").asString(EmulatedModels.FULL);
        settings.remove("model");
        EffectiveSession effective = EffectiveSession.defaults(sessionId, model, now.plus(Duration.ofHours(1)));
        Optional<ApiProblem> problem = ClientShapes.of("session.update")
                .flatMap(shape -> shape.check("", update(settings)))
                .or(() -> effective.update(settings));
        return problem.<Reading>map(Reading.Bad::new)
                .orElseGet(() -> new Reading.Good(
                        new SessionPlan(model, settings), effective.snapshot().put("model", model)));
    }

    private static ObjectNode update(JsonNode session) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", "session.update");
        event.set("session", session);
        return event;
    }
}
