package dev.antiphon.testkit.bed;

import dev.antiphon.testkit.caller.CallRecord;
import dev.antiphon.testkit.caller.CallerScript;
import dev.antiphon.testkit.caller.PlacedCall;
import java.time.Duration;

/**
 * An agent, an emulated model and simulated callers. The same scenario runs in virtual time, the same in every run and as
 * quickly as the machine can, or over real sockets.
 */
public interface TestBed extends AutoCloseable {

    /** In virtual time, without sockets; to be used from one thread. */
    static TestBed inVirtualTime(BedSettings settings, Agent agent) {
        return VirtualBed.create(settings, agent);
    }

    /** In real time, over sockets of 127.0.0.1. */
    static TestBed overSockets(BedSettings settings, Agent agent) {
        return SocketBed.create(settings, agent);
    }

    /** Places a call; in virtual time nothing happens before {@link #await}. */
    default PlacedCall place(String name, CallerScript script, Manner manner) {
        return place(name, script, manner, Duration.ZERO);
    }

    /**
     * Places a call so much later.
     *
     * @param name of the line, for observers; the agent is told it as the caller's ({@code ?caller=}), as front ends do
     */
    PlacedCall place(String name, CallerScript script, Manner manner, Duration later);

    /**
     * Calls the agent as a typed caller whose words come from the test; in virtual time only.
     *
     * @throws UnsupportedOperationException over sockets
     */
    TestCall call();

    /** How a caller gives its words. */
    enum Manner {
        TYPED,
        SPOKEN
    }

    /**
     * Waits for a call's end.
     *
     * @param limit in the time of this bed
     * @throws CallTooLong when it goes on after that
     */
    CallRecord await(PlacedCall call, Duration limit);

    /** How much time has passed here. */
    Duration elapsed();

    /** Ends everything. */
    @Override
    void close();

    /** A call did not end in the time that was given. */
    final class CallTooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CallTooLong(Duration limit) {
            super("the call must end within " + limit + ", but goes on");
        }
    }
}
