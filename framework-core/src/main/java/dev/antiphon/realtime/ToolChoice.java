package dev.antiphon.realtime;

/** Which tools the model may or must call. */
public sealed interface ToolChoice {
    /** The model decides. */
    ToolChoice AUTO = new Mode("auto");
    /** No tool. */
    ToolChoice NONE = new Mode("none");
    /** At least one tool. */
    ToolChoice REQUIRED = new Mode("required");

    /** One of the protocol's modes. */
    record Mode(String name) implements ToolChoice {}

    /** Exactly this function. */
    record Function(String name) implements ToolChoice {}
}
