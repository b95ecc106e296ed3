package dev.antiphon.experiment;

import java.util.regex.Pattern;

/** What may name an experiment, an arm, a namespace. */
final class Keys {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private Keys() {}

    static void check(String what, String key) {
        if (!PLAIN.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    what + " must have 1 to 64 letters, digits, '.', '_' or '-' and begin with a"
                            + " letter or digit, but was '" + key + "'");
        }
    }
}
