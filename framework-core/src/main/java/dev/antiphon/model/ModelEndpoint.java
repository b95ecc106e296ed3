package dev.antiphon.model;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where and how one model is reached, ready to connect.
 *
 * @param provider the provider's name in the catalogue, for example {@code openai}
 * @param model the model name as the provider spells it
 * @param uri the WebSocket address, model included
 * @param headers with the credentials; never logged
 * @param subprotocols offered in the handshake; may carry credentials, never logged
 * @param dialect the spelling of the protocol it speaks
 * @param sessionLimit when the service ends a session, if that is known and the service does not say so itself
 * @param status where the service tells whether the model can be used for now, if it does
 */
public record ModelEndpoint(
        String provider,
        String model,
        URI uri,
        Map<String, String> headers,
        List<String> subprotocols,
        WireDialect dialect,
        Optional<Duration> sessionLimit,
        Optional<StatusPage> status) {
    public ModelEndpoint {
        headers = Map.copyOf(headers);
        subprotocols = List.copyOf(subprotocols);
    }

    /** An endpoint whose sessions have no known limit, of a service that tells no status. */
    public ModelEndpoint(
            String provider,
            String model,
            URI uri,
            Map<String, String> headers,
            List<String> subprotocols,
            WireDialect dialect) {
        this(provider, model, uri, headers, subprotocols, dialect, Optional.empty(), Optional.empty());
    }

    /** An endpoint that speaks the GA dialect. */
    public ModelEndpoint(
            String provider, String model, URI uri, Map<String, String> headers, List<String> subprotocols) {
        this(provider, model, uri, headers, subprotocols, WireDialect.GA);
    }

    /** Host and port, for messages: an address may carry credentials elsewhere. */
    public String address() {
        String host = Optional.ofNullable(uri.getHost()).orElse("an address without a host name");
        return uri.getPort() >= 0 ? host + ":" + uri.getPort() : host;
    }

    @Override
    public String toString() {
        return "ModelEndpoint[" + provider + "/" + model + "]";
    }
}
