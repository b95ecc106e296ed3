package dev.antiphon.testkit.emulator;

import dev.antiphon.realtime.ApiError;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The short-lived keys that a server hands to browsers (protocol section 15): each opens sessions with the configuration for
 * which it was made, until it expires. Thread-safe.
 */
final class ClientSecrets {
    static final String PREFIX = "ek_";

    private static final long LEAST_SECONDS = 10;
    private static final long MOST_SECONDS = 7_200;
    private static final long USUAL_SECONDS = 600;

    private final InstantSource clock;
    private final Ids ids;
    private final ServedDialects dialects;
    private final Map<String, Secret> secrets = new ConcurrentHashMap<>();

    private static final Set<String> KNOWN = Set.of("session", "expires_after");

    /** One key: until when it opens sessions, and with which configuration. */
    record Secret(Instant expiresAt, SessionPlan plan) {}

    /** What becomes of a request for a key. */
    sealed interface Answer {
        record Made(ObjectNode body) implements Answer {}

        record Refused(ApiError problem) implements Answer {}
    }

    /** Secrets of an emulator with these settings. */
    ClientSecrets(InstantSource clock, EmulatorSettings settings) {
        this.clock = clock;
        this.ids = new Ids(new SplittableRandom(settings.seed() ^ 0x5EC2E7L));
        this.dialects = settings.dialects();
    }

    /** {@code POST /v1/realtime/client_secrets}. */
    synchronized Answer make(JsonNode request) {
        if (!request.isObject()) {
            return new Answer.Refused(ApiError.invalid("invalid_json", "The body must be a JSON object."));
        }
        Optional<ApiError> problem = whyNot(request);
        if (problem.isPresent()) {
            return new Answer.Refused(problem.get());
        }
        return switch (SessionPlan.read(request.path("session"), ids.session(), clock.instant(), dialects)) {
            case SessionPlan.Reading.Bad bad -> new Answer.Refused(bad.problem());
            case SessionPlan.Reading.Good good -> made(request, good);
        };
    }

    private Answer made(JsonNode request, SessionPlan.Reading.Good session) {
        long seconds = request.path("expires_after").path("seconds").asLong(USUAL_SECONDS);
        Instant end = clock.instant().plusSeconds(seconds);
        String key = PREFIX + ids.conversation().substring("conv_".length());
        secrets.values().removeIf(secret -> secret.expiresAt().isBefore(clock.instant()));
        secrets.put(key, new Secret(end, session.plan()));
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("value", key);
        body.put("expires_at", end.getEpochSecond());
        body.set("session", session.shown());
        return new Answer.Made(body);
    }

    private static Optional<ApiError> whyNot(JsonNode request) {
        for (String name : request.propertyNames()) {
            if (!KNOWN.contains(name)) {
                return Optional.of(ApiError.invalidAt(name, "unknown_parameter", "Unknown parameter: '" + name + "'."));
            }
        }
        JsonNode anchor = request.path("expires_after").path("anchor");
        if (!anchor.isMissingNode() && !anchor.asString("").equals("created_at")) {
            return Optional.of(ApiError.invalidAt(
                    "expires_after.anchor",
                    "invalid_value",
                    "Invalid value: " + anchor + ". Supported values are: 'created_at'."));
        }
        JsonNode seconds = request.path("expires_after").path("seconds");
        if (seconds.isMissingNode()) {
            return Optional.empty();
        }
        String at = "expires_after.seconds";
        if (!seconds.isIntegralNumber()) {
            return Optional.of(ApiError.invalidAt(
                    at,
                    "invalid_type",
                    "Invalid type for '" + at + "': expected an integer, but got " + seconds + "."));
        }
        boolean low = seconds.asLong() < LEAST_SECONDS;
        return low || seconds.asLong() > MOST_SECONDS
                ? Optional.of(ApiError.invalidAt(
                        at,
                        low ? "integer_below_min_value" : "integer_above_max_value",
                        "Invalid '" + at + "': expected an integer from " + LEAST_SECONDS + " to " + MOST_SECONDS
                                + ", but got " + seconds + " instead."))
                : Optional.empty();
    }

    /** A key that is good now. */
    Optional<Secret> find(String key) {
        return Optional.ofNullable(secrets.get(key))
                .filter(secret -> secret.expiresAt().isAfter(clock.instant()));
    }
}
