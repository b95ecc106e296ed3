package dev.antiphon.testkit.emulator;

import java.util.Optional;
import java.util.function.Predicate;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * Which keys the emulator's REST side takes, as Bearer or in the header {@code api-key}. Thread-safe.
 *
 * @param accepted the good API keys
 */
record RestKeys(Predicate<String> accepted, ClientSecrets secrets) {

    /** Whether the request shows a good API key. */
    boolean accept(HttpRequest request) {
        return shown(request).filter(accepted).isPresent();
    }

    /** The client secret that the request shows, while it is good. */
    Optional<ClientSecrets.Secret> secret(HttpRequest request) {
        return shown(request).flatMap(secrets::find);
    }

    private static Optional<String> shown(HttpRequest request) {
        String header = request.getHeader("Authorization").map(h -> h.value()).orElse("");
        String key = header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : request.getHeader("api-key").map(h -> h.value()).orElse("");
        return Optional.of(key).filter(text -> !text.isEmpty());
    }
}
