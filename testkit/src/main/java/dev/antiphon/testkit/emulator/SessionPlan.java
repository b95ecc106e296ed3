package dev.antiphon.testkit.emulator;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.wire.ClientEventRules;
import dev.antiphon.realtime.wire.Dialect;
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

        record Bad(ApiError problem) implements Reading {}
    }

    /** A conversation with this model, all else by default. */
    static SessionPlan realtime(String model) {
        return new SessionPlan(model, JsonNodeFactory.instance.objectNode().put("type", "realtime"));
    }

    /** A session that only transcribes. */
    static SessionPlan transcription() {
        return new SessionPlan("", JsonNodeFactory.instance.objectNode().put("type", "transcription"));
    }

    /** The same configuration with another model. */
    SessionPlan with(String other) {
        return new SessionPlan(other, settings);
    }

    /** Whether its session transcribes and never answers (protocol.md section 14). */
    boolean transcribesOnly() {
        return settings.path("type").asString("").equals("transcription");
    }

    /** The session object with which it begins; settings that were not read by {@link #read} must be right. */
    EffectiveSession begin(String sessionId, Instant expiresAt) {
        EffectiveSession session = defaults(sessionId, expiresAt);
        session.update(settings);
        return session;
    }

    private EffectiveSession defaults(String sessionId, Instant expiresAt) {
        return transcribesOnly()
                ? EffectiveSession.transcription(sessionId, expiresAt)
                : EffectiveSession.defaults(sessionId, model, expiresAt);
    }

    /** Reads a session object; one that is missing stands for all defaults. */
    static Reading read(JsonNode session, String sessionId, Instant now, ServedDialects dialects) {
        ObjectNode settings = session.isObject()
                ? ((ObjectNode) session).deepCopy()
                : JsonNodeFactory.instance.objectNode().put("type", "realtime");
        String model = settings.path("model").asString(EmulatedModels.FULL);
        settings.remove("model");
        SessionPlan plan = new SessionPlan(model, settings);
        EffectiveSession effective = plan.defaults(sessionId, now.plus(Duration.ofHours(1)));
        Optional<ApiError> problem = ClientEventRules.of(Dialect.ga())
                .broken(update(settings))
                .or(() -> plan.transcribesOnly()
                        ? Optional.empty()
                        : ConnectCheck.unservable("session.model", model, dialects))
                .or(() -> effective.update(settings));
        return problem.<Reading>map(Reading.Bad::new).orElseGet(() -> new Reading.Good(plan, effective.snapshot()));
    }

    private static ObjectNode update(JsonNode session) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", "session.update");
        event.set("session", session);
        return event;
    }
}
