package dev.antiphon.session;

import java.time.Duration;
import java.util.Optional;

/**
 * The keys that a caller presses on a telephone: together they are one typed turn, ended by {@code #} or by a pause. {@code *}
 * begins anew. Not thread-safe.
 */
final class Keypad {
    /** So long nothing is pressed, and the turn is over. */
    static final Duration PAUSE = Duration.ofSeconds(3);

    /** What is pressed beyond is passed over. */
    static final int MOST_KEYS = 64;

    private static final String END = "#";
    private static final String ANEW = "*";

    private final StringBuilder keys = new StringBuilder();

    /** Whether nothing has been pressed since the last turn. */
    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Takes one key; the turn that it ends, when it ends one. */
    Optional<String> pressed(String key) {
        if (key.equals(END)) {
            return complete();
        }
        if (key.equals(ANEW)) {
            keys.setLength(0);
        } else if (key.length() == 1 && Character.isLetterOrDigit(key.charAt(0)) && keys.length() < MOST_KEYS) {
            keys.append(key);
        }
        return Optional.empty();
    }

    /** What was pressed; empty when nothing was. The next key begins another turn. */
    Optional<String> complete() {
        Optional<String> all = Optional.of(keys.toString()).filter(text -> !text.isEmpty());
        keys.setLength(0);
        return all;
    }
}
