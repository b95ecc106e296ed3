package dev.antiphon.server.gateway;

import dev.antiphon.connection.WebSocketEndpoint.Upgrade;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;

/**
 * Who may talk to a server. Thread-safe.
 *
 * <p>A key may come as {@link Upgrade#key} says. A browser page may connect only from this server, from this
 * machine, or from an allowed origin, so that no foreign page can use a server on the visitor's machine.
 *
 * @param keys accepted keys; empty accepts any, and none
 * @param origins further origins whose pages may connect, for example {@code https://app.example.com}
 */
public record AccessPolicy(Set<String> keys, Set<String> origins) {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    public AccessPolicy {
        keys = Set.copyOf(keys);
        origins = Set.copyOf(origins);
    }

    /** No key needed. */
    public static AccessPolicy open() {
        return new AccessPolicy(Set.of(), Set.of());
    }

    /** One of these keys needed. */
    public static AccessPolicy withKeys(Set<String> keys) {
        return new AccessPolicy(keys, Set.of());
    }

    /** Whether the request carries an accepted key. */
    public boolean accepts(Upgrade request) {
        return keys.isEmpty() || request.key().filter(this::isAccepted).isPresent();
    }

    /** Whether a page of this request's origin may connect; requests without {@code Origin} are not from pages. */
    public boolean acceptsOrigin(Map<String, String> headers) {
        String origin = headers.get("origin");
        if (origin == null || origins.contains(origin)) {
            return true;
        }
        try {
            URI uri = URI.create(origin);
            return uri.getHost() != null
                    && (THIS_MACHINE.contains(uri.getHost())
                            || uri.getAuthority().equals(headers.get("host")));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isAccepted(String key) {
        byte[] given = key.getBytes(StandardCharsets.UTF_8);
        boolean found = false;
        for (String accepted : keys) {
            found |= MessageDigest.isEqual(given, accepted.getBytes(StandardCharsets.UTF_8));
        }
        return found;
    }

    @Override
    public String toString() {
        return "AccessPolicy[" + keys.size() + " keys, origins=" + origins + "]";
    }
}
