package dev.antiphon.testkit.emulator;

import java.util.Optional;
import java.util.function.Supplier;

/** One emulated call, from ringing to its end. Thread-safe. */
final class EmulatedCall {
    private final String id;
    private final Kind kind;
    private State state = new State.Ringing();

    /** How its media would travel. */
    enum Kind {
        SIP,
        WEBRTC
    }

    sealed interface State {
        record Ringing() implements State {}

        record Active(CallSession session) implements State {}

        record Ended(String how) implements State {}
    }

    EmulatedCall(String id, Kind kind) {
        this.id = id;
        this.kind = kind;
    }

    String id() {
        return id;
    }

    Kind kind() {
        return kind;
    }

    synchronized State state() {
        return state;
    }

    /** The session, while there is one. */
    Optional<CallSession> session() {
        return state() instanceof State.Active active ? Optional.of(active.session()) : Optional.empty();
    }

    /** Takes the call; false when it does not ring (any more). */
    synchronized boolean accept(Supplier<CallSession> session) {
        if (!(state instanceof State.Ringing)) {
            return false;
        }
        CallSession begun = session.get();
        state = new State.Active(begun);
        begun.open();
        return true;
    }

    /** Declines the call; false when it does not ring (any more). */
    synchronized boolean reject(int sipStatus) {
        boolean rings = state instanceof State.Ringing;
        if (rings) {
            state = new State.Ended("rejected with " + sipStatus);
        }
        return rings;
    }

    /** Ends a call that is active, and its session; false when it is not, and nothing has changed. */
    boolean end(String how) {
        Optional<CallSession> running = session();
        running.ifPresent(session -> {
            ended(how);
            session.hangUp(how);
        });
        return running.isPresent();
    }

    /** Ends a call and its session, whether it rings or is active. */
    void abandon(String how) {
        if (!end(how)) {
            ended(how);
        }
    }

    /** The session or the caller ended it. */
    synchronized void ended(String how) {
        if (!(state instanceof State.Ended)) {
            state = new State.Ended(how);
        }
    }
}
