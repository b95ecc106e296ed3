package dev.antiphon.session;

/**
 * Whether heard audio becomes text in the model's memory when that is cheaper, see {@link dev.antiphon.model.ContextCost}.
 *
 * @param automatic whether it does
 * @param expectedResponses how many responses a call takes, tool calls included; at least 1. What is left of them decides whether a
 *     change pays
 */
public record ContextSettings(boolean automatic, int expectedResponses) {
    private static final int TYPICAL_RESPONSES = 30;

    /** Audio stays what it is. */
    public static final ContextSettings OFF = new ContextSettings(false, TYPICAL_RESPONSES);

    /** Audio becomes text when that is cheaper, for calls of about 30 responses. */
    public static final ContextSettings AUTOMATIC = new ContextSettings(true, TYPICAL_RESPONSES);

    public ContextSettings {
        if (expectedResponses < 1) {
            throw new IllegalArgumentException("expectedResponses must be at least 1, but was " + expectedResponses);
        }
    }
}
