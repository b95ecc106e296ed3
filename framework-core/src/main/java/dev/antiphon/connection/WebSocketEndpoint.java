package dev.antiphon.connection;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The port through which every accepted WebSocket travels: what a server does with an upgrade request.
 *
 * <p>Thread-safe; must not block.
 */
public interface WebSocketEndpoint {

    /** Decides about one upgrade. */
    Decision onUpgrade(Upgrade upgrade);

    /**
     * An upgrade request.
     *
     * @param path for example {@code /v1/realtime}
     * @param query decoded query parameters, the last value of each
     * @param headers lower-case names
     * @param subprotocols as offered, in order
     */
    record Upgrade(String path, Map<String, String> query, Map<String, String> headers, List<String> subprotocols) {
        private static final String BEARER = "Bearer ";
        private static final String KEY_SUBPROTOCOL = "openai-insecure-api-key.";

        public Upgrade {
            query = Map.copyOf(query);
            headers = Map.copyOf(headers);
            subprotocols = List.copyOf(subprotocols);
        }

        /**
         * The key that a Realtime client shows: {@code Authorization: Bearer}, {@code api-key} as header or query parameter, or
         * subprotocol {@code openai-insecure-api-key.KEY} (protocol section 1).
         */
        public Optional<String> key() {
            String authorization = headers.getOrDefault("authorization", "");
            if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                return Optional.of(authorization.substring(BEARER.length()).strip());
            }
            return Optional.ofNullable(headers.get("api-key"))
                    .or(() -> Optional.ofNullable(query.get("api-key")))
                    .filter(key -> !key.isEmpty())
                    .or(() -> subprotocols.stream()
                            .filter(name -> name.startsWith(KEY_SUBPROTOCOL))
                            .map(name -> name.substring(KEY_SUBPROTOCOL.length()))
                            .findFirst());
        }

        /** Whether a Realtime client asks for the beta, by header or subprotocol (protocol section 4). */
        public boolean wantsBeta() {
            return headers.getOrDefault("openai-beta", "").contains("realtime=v1")
                    || subprotocols.contains("openai-beta.realtime-v1");
        }

        /** The subprotocol to select for a Realtime client: {@code realtime} when it is offered, never the one with the key. */
        public Optional<String> realtimeSubprotocol() {
            return subprotocols.stream().filter("realtime"::equals).findFirst();
        }

        @Override
        public String toString() {
            return "Upgrade[" + path + "]";
        }
    }

    /** The answer to an upgrade request. */
    sealed interface Decision {
        /** Answer 101, with the chosen subprotocol, and attach a listener to the new link. */
        record Accept(Optional<String> subprotocol, Attach attach) implements Decision {}

        /** Answer with an HTTP error; {@code retryAfter} says when trying again makes sense. */
        record Refuse(int httpStatus, String body, Optional<Duration> retryAfter) implements Decision {
            /** One that does not say when to try again. */
            public Refuse(int httpStatus, String body) {
                this(httpStatus, body, Optional.empty());
            }
        }
    }

    /** Makes the listener of a newly opened link. */
    @FunctionalInterface
    interface Attach {
        /** Called once, before the first frame. */
        WebSocketListener attach(WebSocketLink link);
    }
}
