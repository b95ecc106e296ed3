package dev.antiphon.server.operator;

/** What came of a control: whether it was done, and one sentence for people. */
public record ControlAnswer(boolean done, String message) {
    /** It was. */
    public static ControlAnswer done(String message) {
        return new ControlAnswer(true, message);
    }

    /** It was not. */
    public static ControlAnswer refused(String message) {
        return new ControlAnswer(false, message);
    }
}
