package dev.antiphon.testkit.virtual;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.connection.WebSocketEndpoint.Upgrade;
import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketListener;
import dev.antiphon.connection.WebSocketTransport;
import dev.antiphon.testkit.emulator.Timeline;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A network without sockets: WebSockets between transports and endpoints of one process, on one timeline. A frame takes the
 * network's latency and arrives in the order of sending; nothing is lost unless a side ends the line with 1006.
 *
 * <p>Not thread-safe: use it from tasks of its timeline.
 */
public final class VirtualNetwork implements WebSocketTransport {
    private final Timeline timeline;
    private final Duration latency;
    private final Map<String, WebSocketEndpoint> servers = new HashMap<>();

    /**
     * A network without servers.
     *
     * @param latency of one frame, one way
     */
    public VirtualNetwork(Timeline timeline, Duration latency) {
        if (latency.isNegative()) {
            throw new IllegalArgumentException("latency must not be negative, but was " + latency);
        }
        this.timeline = timeline;
        this.latency = latency;
    }

    /**
     * Lets a server listen.
     *
     * @param host and port if any, as in addresses: {@code model} for {@code ws://model/v1/realtime}
     */
    public void listen(String host, WebSocketEndpoint server) {
        servers.put(host, server);
    }

    /** Takes a server off the network; its open lines stay. */
    public void unplug(String host) {
        servers.remove(host);
    }

    @Override
    public WebSocketLink connect(Request request, WebSocketListener listener) {
        VirtualLink client = new VirtualLink(timeline, latency, request.limits());
        client.listener(listener);
        timeline.schedule(latency.multipliedBy(2), () -> open(request, client));
        return client;
    }

    private void open(Request request, VirtualLink client) {
        String host = request.uri().getAuthority();
        WebSocketEndpoint server = servers.get(host);
        if (server == null) {
            client.refused(Optional.empty(), "there is no server at " + host);
            return;
        }
        switch (server.onUpgrade(upgrade(request))) {
            case WebSocketEndpoint.Decision.Refuse refusal ->
                client.refused(Optional.of(refusal.httpStatus()), refusal.body());
            case WebSocketEndpoint.Decision.Accept accept -> {
                VirtualLink service = new VirtualLink(timeline, latency, request.limits());
                client.peer(service);
                service.peer(client);
                service.listener(accept.attach().attach(service));
                service.opened(accept.subprotocol());
                client.opened(accept.subprotocol());
            }
        }
    }

    private static Upgrade upgrade(Request request) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        headers.put("host", request.uri().getAuthority());
        return new Upgrade(request.uri().getPath(), query(request.uri()), headers, request.subprotocols());
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new HashMap<>();
        for (String pair : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
