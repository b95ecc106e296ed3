package dev.antiphon.tool;

/** A tool cannot be offered: its name is taken, or no JSON Schema can be made from its input. Says every reason at once. */
public final class UnusableTool extends IllegalArgumentException {

    UnusableTool(String message) {
        super(message);
    }

    UnusableTool(String message, Throwable cause) {
        super(message, cause);
    }
}
