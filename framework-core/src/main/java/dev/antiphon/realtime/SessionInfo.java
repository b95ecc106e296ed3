package dev.antiphon.realtime;

import java.time.Instant;
import java.util.Optional;

/**
 * The effective session as the server shows it in {@code session.created} and {@code session.updated}.
 *
 * @param id the session id
 * @param expiresAt when the server will end the session
 * @param config the effective settings, as far as they are modelled
 * @param raw the whole object as sent
 */
public record SessionInfo(String id, Optional<Instant> expiresAt, SessionConfig config, RawJson raw) {

    /** The model that answers; gateways may omit it. */
    public Optional<String> model() {
        return config.model();
    }
}
