package dev.antiphon.server.gateway;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.ClientEvent;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What a client sent, checked as strictly as the service checks it. */
sealed interface ClientFrame {

    /** An event of a known type. */
    record Event(ClientEvent event) implements ClientFrame {}

    /** A {@code session.update}, with its session object as sent: absent and null differ there. */
    record Update(Optional<String> eventId, ObjectNode session) implements ClientFrame {}

    /** Nothing that can be done. */
    record Rejected(ApiError error) implements ClientFrame {}
}
