package dev.antiphon.realtime;

import java.time.Instant;

/**
 * A key that a browser may hold: it opens sessions of one configuration until it expires (protocol section 15). {@link #toString()}
 * does not show it.
 *
 * @param value the key, {@code ek_...}; secret
 * @param expiresAt when it opens no more sessions; those that it has opened go on
 * @param session what its sessions begin with
 */
public record ClientSecret(String value, Instant expiresAt, SessionInfo session) {
    @Override
    public String toString() {
        return "ClientSecret[until " + expiresAt + "]";
    }
}
