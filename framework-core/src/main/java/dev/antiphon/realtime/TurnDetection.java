package dev.antiphon.realtime;

import java.time.Duration;
import java.util.Optional;

/** How the service finds the end of the caller's turn (protocol section 7). */
public sealed interface TurnDetection {

    /** Push-to-talk: the client commits. On the wire: {@code null}. */
    record Manual() implements TurnDetection {}

    /**
     * Energy-based detection.
     *
     * @param threshold 0 to 1; default 0.5
     * @param prefixPadding audio kept from before the speech; default 300 ms
     * @param silenceDuration silence that ends a turn; default 500 ms
     * @param idleTimeout 5 to 30 s without speech after which the service prompts by itself; empty: never
     * @param createResponse whether the service answers by itself
     * @param interruptResponse whether speech cancels the running response
     */
    record ServerVad(
            double threshold,
            Duration prefixPadding,
            Duration silenceDuration,
            Optional<Duration> idleTimeout,
            boolean createResponse,
            boolean interruptResponse)
            implements TurnDetection {

        public ServerVad {
            if (!(threshold >= 0 && threshold <= 1)) {
                throw new IllegalArgumentException("VAD threshold must be between 0 and 1, but was " + threshold);
            }
        }

        /** The documented defaults: 0.5, 300 ms, 500 ms, no idle timeout, create and interrupt. */
        public static ServerVad defaults() {
            return new ServerVad(0.5, Duration.ofMillis(300), Duration.ofMillis(500), Optional.empty(), true, true);
        }

        /** A copy whose responses are created by the client alone. */
        public ServerVad withCreateResponse(boolean create) {
            return new ServerVad(threshold, prefixPadding, silenceDuration, idleTimeout, create, interruptResponse);
        }

        /** A copy with another {@code interrupt_response}. */
        public ServerVad withInterruptResponse(boolean interrupt) {
            return new ServerVad(threshold, prefixPadding, silenceDuration, idleTimeout, createResponse, interrupt);
        }
    }

    /**
     * Detection by a model of what was said.
     *
     * @param eagerness {@code low}, {@code medium}, {@code high} or {@code auto}
     */
    record SemanticVad(String eagerness, boolean createResponse, boolean interruptResponse) implements TurnDetection {}
}
