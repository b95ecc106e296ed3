package dev.antiphon.testkit.bed;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.connection.WebSocketTransport;
import dev.antiphon.model.TierLadder;
import dev.antiphon.session.CallClock;
import dev.antiphon.session.VoiceSessions;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorSystem;

/** The agent that a {@link TestBed} tests: anything that answers calls at a WebSocket endpoint. */
@FunctionalInterface
public interface Agent {

    /** Starts it; called once per test bed. */
    WebSocketEndpoint start(Surroundings surroundings);

    /**
     * What the agent lives in. One that uses these, and no clock, thread, socket or random number besides, behaves the same
     * in each run in virtual time.
     *
     * @param system runs its calls
     * @param transport reaches the models
     * @param ladder the emulated models
     * @param clock the time
     * @param random seeded; thread-safe
     * @param tools runs tools and effects: virtual threads in real time; after a simulated time of work in virtual time
     */
    record Surroundings(
            ActorSystem<VoiceSessions.Command> system,
            WebSocketTransport transport,
            TierLadder ladder,
            CallClock clock,
            RandomGenerator random,
            Executor tools) {}
}
