package dev.antiphon.testkit.emulator;

/** The session of a call that was accepted, with who follows it. Thread-safe: work goes to the session's timeline. */
record CallSession(EmulatedSession session, Timeline timeline, Sidebands sidebands) {

    /** Lets {@code client} follow: its first frame is {@code session.created} with the configuration in force. */
    void attach(EventSink client) {
        timeline.execute(() -> {
            session.greet(client);
            sidebands.attach(client);
        });
    }

    void detach(EventSink client) {
        timeline.execute(() -> sidebands.detach(client));
    }

    void open() {
        timeline.execute(session::open);
    }

    /** Ends the session and closes its sidebands with 1000. */
    void hangUp(String why) {
        timeline.execute(() -> session.hangUp(why));
    }
}
