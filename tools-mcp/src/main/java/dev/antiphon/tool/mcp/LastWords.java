package dev.antiphon.tool.mcp;

import java.util.regex.Pattern;

/**
 * Of what a program writes to its error output, the line that says why it ended. Programs end with a stack trace, with the rest
 * of an object, or with the version of their runtime, so the last line seldom is it. Thread-safe.
 */
final class LastWords {
    private static final int MOST_CHARS = 300;
    private static final Pattern NO_SENTENCE = Pattern.compile("\\s.*|[^\\p{L}]*|Node\\.js v[0-9.]+");

    private volatile String telling = "";
    private volatile String any = "";

    /** It wrote this line. */
    void heard(String line) {
        if (line.isBlank()) {
            return;
        }
        any = shortened(line.strip());
        if (!NO_SENTENCE.matcher(line).matches()) {
            telling = any;
        }
    }

    private static String shortened(String line) {
        return line.substring(0, Math.min(line.length(), MOST_CHARS));
    }

    /** The last line that is a sentence of its own; else the last one; empty when there was none. */
    String told() {
        return telling.isEmpty() ? any : telling;
    }
}
