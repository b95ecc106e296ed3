package dev.antiphon.realtime;

import java.util.Objects;

/**
 * A function that the model may call.
 *
 * @param name letters, digits, {@code _} and {@code -}, at most 64 characters
 * @param description what it does and when to call it, for the model
 * @param parameters JSON Schema of the arguments object
 */
public record FunctionTool(String name, String description, RawJson parameters) implements SessionTool {
    public FunctionTool {
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(parameters, "parameters");
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "tool name must be 1 to 64 letters, digits, '_' or '-', but was '" + name + "'");
        }
    }
}
