package dev.antiphon.tool;

import java.util.Map;
import java.util.Optional;

/**
 * A credential of a tool source, a text model or a server, from configuration or the environment; never a parameter that a model fills. Its text is
 * {@code ***} wherever it is printed. Immutable.
 */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * This value.
     *
     * @throws UnusableToolSource when it is blank, or has a control character
     */
    public static Secret of(String value) {
        if (value.isBlank()) {
            throw new UnusableToolSource("a secret must not be blank; give it in the configuration");
        }
        return checked("a secret", value);
    }

    /**
     * The value of an environment variable.
     *
     * @throws UnusableToolSource when it is not set, or has a control character
     */
    public static Secret ofEnvironment(String variable) {
        return in(System.getenv(), variable)
                .orElseThrow(() -> new UnusableToolSource(
                        "the environment variable " + variable + " is not set; set it to the credential"));
    }

    /**
     * The value that an environment has, if it has one that is not blank.
     *
     * @throws UnusableToolSource when it has a control character; it names the variable, never the value
     */
    public static Optional<Secret> in(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(value -> checked("the environment variable " + variable, value));
    }

    /** No header can carry a line break, and who refuses it later would repeat the value. */
    private static Secret checked(String where, String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new UnusableToolSource(where
                    + " must be one line without control characters, but has one; a file that was written under Windows leaves"
                    + " a carriage return");
        }
        return new Secret(value);
    }

    /** The value itself, for the request that needs it. */
    public String reveal() {
        return value;
    }

    /** Text without the value. */
    public String scrubbedFrom(String text) {
        return text.replace(value, "***");
    }

    @Override
    public String toString() {
        return "***";
    }
}
