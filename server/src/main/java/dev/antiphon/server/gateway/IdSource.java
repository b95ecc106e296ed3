package dev.antiphon.server.gateway;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Makes ids that nobody can guess. Thread-safe. */
@FunctionalInterface
public interface IdSource {

    /** A new id that starts with {@code prefix} and an underscore. */
    String next(String prefix);

    /** Ids with 130 random bits. */
    static IdSource random() {
        return of(new SecureRandom());
    }

    /** Ids from this source: guessable unless it is a secure one. */
    static IdSource of(RandomGenerator random) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        return prefix -> {
            StringBuilder id = new StringBuilder(prefix).append('_');
            for (int i = 0; i < 22; i++) {
                id.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            return id.toString();
        };
    }
}
