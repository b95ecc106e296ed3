package dev.antiphon.realtime.wire;

/** A JSON value that lacks what its event needs. Never leaves this package: the event becomes {@code Unknown}. */
final class UnreadableShape extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableShape(String rule) {
        // Without a stack trace: it is caught a few frames up, and a peer may cause as many as it likes.
        super(rule, null, false, false);
    }
}
