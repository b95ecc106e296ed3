package dev.antiphon.connection;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pekko.http.impl.engine.server.UpgradeToOtherProtocolResponseHeader;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpProtocols;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;

/**
 * Accepts WebSockets among the requests of a {@link NettyServer} or of a Pekko HTTP server: these read the request and switch the
 * protocol, our own RFC 6455 frames follow. {@link #handle} fits a route as well as a plain request handler.
 *
 * <p>Close codes and reasons travel exactly, both ways; closing with 1006 ends the connection without a close frame, after
 * what was queued. {@code pekko.http.server.max-connections} (1,024 by default) bounds the WebSockets too. Under a Pekko HTTP
 * server the {@code idle-timeout} beside it must be longer than the keep-alive interval.
 *
 * <p>Thread-safe.
 */
public final class PekkoHttpWebSockets {
    /** For {@link NettyServer}, which has no use for a stream: what follows a response of status 101. */
    static final AttributeKey<Accepted> ACCEPTED = AttributeKey.create("antiphon-web-socket", Accepted.class);

    private final WebSocketEndpoint endpoint;
    private final WebSocketLimits limits;

    /** A WebSocket that begins when the response has been sent. */
    record Accepted(WebSocketProtocol.Side.Server side, WebSocketLimits limits, WebSocketEndpoint.Attach attach) {
        WebSocketProtocol over(WebSocketProtocol.Wire wire) {
            return new WebSocketProtocol(side, new SendQueue(limits), limits, attach, wire);
        }

        /** The caller has gone before it could begin: who accepted it has to know, as of any that ends at once. */
        void abandon() {
            SendQueue queue = new SendQueue(limits);
            WebSocketListener listener = attach.attach(queue);
            queue.abandon();
            listener.onOpen(side.subprotocol());
            listener.onClosed(CloseCode.ABNORMAL, "the connection ended before the WebSocket began");
        }
    }

    private PekkoHttpWebSockets(WebSocketEndpoint endpoint, WebSocketLimits limits) {
        this.endpoint = endpoint;
        this.limits = limits;
    }

    /** With the default limits. */
    public static PekkoHttpWebSockets of(WebSocketEndpoint endpoint) {
        return new PekkoHttpWebSockets(endpoint, WebSocketLimits.defaults());
    }

    /** With limits of one's own. */
    public static PekkoHttpWebSockets of(WebSocketEndpoint endpoint, WebSocketLimits limits) {
        return new PekkoHttpWebSockets(endpoint, limits);
    }

    /**
     * Answers an upgrade request: 101, or what the endpoint refuses with, or 426 when it is not a WebSocket upgrade and 400
     * when it is not a sound one. Does not block.
     */
    public HttpResponse handle(HttpRequest request) {
        Map<String, String> headers = headers(request);
        if (!headers.getOrDefault("upgrade", "").equalsIgnoreCase("websocket")) {
            return plain(426, "This address speaks WebSocket; send an upgrade request.")
                    .addHeader(RawHeader.create("Upgrade", "websocket"));
        }
        String key = headers.getOrDefault("sec-websocket-key", "");
        if (!isKey(key) || !headers.getOrDefault("sec-websocket-version", "").equals("13")) {
            return plain(400, "An upgrade needs Sec-WebSocket-Key, 16 bytes as base64, and Sec-WebSocket-Version: 13.");
        }
        if (!request.method().equals(HttpMethods.GET)
                || request.protocol().equals(HttpProtocols.HTTP_1_0)
                || !words(headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT))
                        .contains("upgrade")) {
            return plain(400, "An upgrade is a GET of HTTP/1.1 with the header Connection: Upgrade.");
        }
        List<String> subprotocols = words(headers.getOrDefault("sec-websocket-protocol", ""));
        WebSocketEndpoint.Upgrade upgrade =
                new WebSocketEndpoint.Upgrade(request.getUri().path(), query(request), headers, subprotocols);
        return switch (endpoint.onUpgrade(upgrade)) {
            case WebSocketEndpoint.Decision.Accept accept -> accept(key, accept);
            case WebSocketEndpoint.Decision.Refuse refuse -> refused(refuse);
        };
    }

    private static List<String> words(String header) {
        return Arrays.stream(header.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** As RFC 6455 wants it, section 4.2.1. */
    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == 16;
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    private static HttpResponse refused(WebSocketEndpoint.Decision.Refuse refuse) {
        HttpResponse response = plain(refuse.httpStatus(), refuse.body());
        return refuse.retryAfter()
                .map(pause -> response.addHeader(
                        RawHeader.create("Retry-After", String.valueOf((pause.toMillis() + 999) / 1_000))))
                .orElse(response);
    }

    private HttpResponse accept(String key, WebSocketEndpoint.Decision.Accept accept) {
        Accepted accepted =
                new Accepted(new WebSocketProtocol.Side.Server(accept.subprotocol()), limits, accept.attach());
        WebSocketStage stage = new WebSocketStage(accepted.side(), new SendQueue(limits), limits, accepted.attach());
        // Pekko HTTP marks this header internal; its public upgrade offers only its own messages, without close codes.
        HttpHeader switchProtocol = new UpgradeToOtherProtocolResponseHeader(Flow.<ByteString>create()
                .via(stage)
                .<Object>mapMaterializedValue(nothing -> nothing)
                .asScala());
        HttpResponse response = HttpResponse.create()
                .withStatus(StatusCodes.SWITCHING_PROTOCOLS)
                .addHeader(RawHeader.create("Upgrade", "websocket"))
                .addHeader(Connection.create("upgrade"))
                .addHeader(RawHeader.create("Sec-WebSocket-Accept", ClientHandshake.accept(key)))
                .addHeader(switchProtocol)
                .addAttribute(ACCEPTED, accepted);
        return accept.subprotocol()
                .map(name -> response.addHeader(RawHeader.create("Sec-WebSocket-Protocol", name)))
                .orElse(response);
    }

    private static Map<String, String> headers(HttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (HttpHeader header : request.getHeaders()) {
            headers.merge(header.lowercaseName(), header.value(), (first, second) -> first + ", " + second);
        }
        return headers;
    }

    private static Map<String, String> query(HttpRequest request) {
        Map<String, String> query = new HashMap<>();
        request.getUri().query().toList().forEach(pair -> query.put(pair.first(), pair.second()));
        return query;
    }

    private static HttpResponse plain(int status, String body) {
        StatusCode code =
                StatusCodes.lookup(status).orElseGet(() -> StatusCodes.custom(status, "Refused", "", false, true));
        boolean json = body.stripLeading().startsWith("{");
        return HttpResponse.create()
                .withStatus(code)
                .withEntity(
                        json ? ContentTypes.APPLICATION_JSON : ContentTypes.TEXT_PLAIN_UTF8,
                        ByteString.fromString(body));
    }
}
