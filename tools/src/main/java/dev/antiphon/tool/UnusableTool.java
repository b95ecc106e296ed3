package dev.antiphon.tool;

/** A tool cannot be offered: its name is taken, or no model can be given its input. Says every reason at once, and what to do. */
public final class UnusableTool extends IllegalArgumentException {

    UnusableTool(String message) {
        super(message);
    }

    UnusableTool(String message, Throwable cause) {
        super(message, cause);
    }
}
