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
        public Upgrade {
            query = Map.copyOf(query);
            headers = Map.copyOf(headers);
            subprotocols = List.copyOf(subprotocols);
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
