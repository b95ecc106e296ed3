package dev.antiphon.realtime.wire;

/** A frame that is not a JSON object with a string {@code type}. */
public final class MalformedFrame extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedFrame(String rule) {
        super(rule);
    }

    public MalformedFrame(String rule, Throwable cause) {
        super(rule, cause);
    }
}
