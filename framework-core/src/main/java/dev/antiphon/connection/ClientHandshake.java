package dev.antiphon.connection;

import dev.antiphon.connection.WebSocketTransport.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** The client's half of a WebSocket upgrade (RFC 6455 section 4.1). Not thread-safe. */
final class ClientHandshake {
    private static final int MAX_HEAD_BYTES = 32 * 1024;
    private static final int MAX_BODY_BYTES = 2 * 1024;
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final Request request;
    private final String key;
    private final Secrets secrets;
    private ByteString received = ByteString.emptyByteString();

    /** What is known of the server's answer. */
    sealed interface Answer {
        record Incomplete() implements Answer {}

        /** The status is an error; its text is not here yet. */
        record Refusing() implements Answer {}

        /** {@code rest} are the bytes after the upgrade. */
        record Accepted(Optional<String> subprotocol, ByteString rest) implements Answer {}

        record Refused(WebSocketListener.Refusal refusal) implements Answer {}
    }

    /** @throws IllegalArgumentException when a header would break the request's lines */
    ClientHandshake(Request request) {
        this.request = request;
        this.secrets = Secrets.of(request.headers(), request.subprotocols());
        byte[] nonce = new byte[16];
        new SecureRandom().nextBytes(nonce);
        this.key = Base64.getEncoder().encodeToString(nonce);
        request.headers().forEach(ClientHandshake::requireOneLine);
    }

    /** The value of {@code Sec-WebSocket-Accept} for a key. */
    static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-1", missing);
        }
    }

    /** The bytes that ask for the upgrade. */
    ByteString question() {
        URI uri = request.uri();
        String path =
                Optional.ofNullable(uri.getRawPath()).filter(p -> !p.isEmpty()).orElse("/");
        String query = Optional.ofNullable(uri.getRawQuery()).map(q -> "?" + q).orElse("");
        StringBuilder head = new StringBuilder(512)
                .append("GET ")
                .append(path)
                .append(query)
                .append(" HTTP/1.1\r\n")
                .append("Host: ")
                .append(uri.getHost());
        if (uri.getPort() >= 0) {
            head.append(':').append(uri.getPort());
        }
        head.append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ")
                .append(key);
        if (!request.subprotocols().isEmpty()) {
            head.append("\r\nSec-WebSocket-Protocol: ").append(String.join(", ", request.subprotocols()));
        }
        request.headers()
                .forEach((name, value) ->
                        head.append("\r\n").append(name).append(": ").append(value));
        return ByteString.fromArray(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads on. */
    Answer feed(ByteString bytes) {
        received = received.concat(bytes);
        return answer(false);
    }

    /** Nothing more will come. */
    Answer end() {
        Answer answer = answer(true);
        return answer instanceof Answer.Incomplete ? refused(Optional.empty(), ended()) : answer;
    }

    private String ended() {
        return new String(received.toArray(), StandardCharsets.ISO_8859_1).startsWith(ConnectionFault.ALERT)
                ? ConnectionFault.withTls("ws")
                : "the server ended the connection without an answer";
    }

    /** The refusal, if its status has come; with as much of its text as has come too. */
    Optional<WebSocketListener.Refusal> refusalSoFar() {
        return answer(true) instanceof Answer.Refused refused ? Optional.of(refused.refusal()) : Optional.empty();
    }

    /** What must not appear in any message about this request. */
    Secrets secrets() {
        return secrets;
    }

    private Answer answer(boolean ended) {
        String text = new String(received.toArray(), StandardCharsets.ISO_8859_1);
        int headEnd = text.indexOf("\r\n\r\n");
        if (headEnd < 0) {
            return text.length() > MAX_HEAD_BYTES
                    ? refused(Optional.empty(), "the answer's head must have at most " + MAX_HEAD_BYTES + " bytes")
                    : new Answer.Incomplete();
        }
        String[] lines = text.substring(0, headEnd).split("\r\n", -1);
        String[] statusLine = lines[0].split(" ", 3);
        if (!lines[0].startsWith("HTTP/1.") || statusLine.length < 2 || !statusLine[1].matches("\\d{3}")) {
            return refused(Optional.empty(), "the answer is not HTTP/1.1; is this the right port?");
        }
        int status = Integer.parseInt(statusLine[1]);
        Map<String, String> headers = headers(lines);
        return status == 101
                ? upgraded(headers, received.drop(headEnd + 4))
                : notUpgraded(status, headers, received.drop(headEnd + 4), ended);
    }

    private Answer upgraded(Map<String, String> headers, ByteString rest) {
        Optional<String> subprotocol = Optional.ofNullable(headers.get("sec-websocket-protocol"));
        if (!accept(key).equals(headers.get("sec-websocket-accept"))) {
            return refused(Optional.of(101), "the answer does not belong to this upgrade (Sec-WebSocket-Accept)");
        }
        if (subprotocol
                .filter(chosen -> !request.subprotocols().contains(chosen))
                .isPresent()) {
            return refused(Optional.of(101), "the server chose a subprotocol that was not offered");
        }
        return new Answer.Accepted(subprotocol, rest);
    }

    private Answer notUpgraded(int status, Map<String, String> headers, ByteString body, boolean ended) {
        boolean chunked = headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked");
        String announced = headers.getOrDefault("content-length", "");
        int expected =
                announced.matches("\\d{1,6}") ? Math.min(Integer.parseInt(announced), MAX_BODY_BYTES) : MAX_BODY_BYTES;
        String text = new String(body.toArray(), StandardCharsets.UTF_8);
        boolean complete = ended || body.size() >= expected || (chunked && text.endsWith("0\r\n\r\n"));
        if (!complete) {
            return new Answer.Refusing();
        }
        String shown = (chunked ? unchunked(text) : text).strip();
        return refused(
                Optional.of(status), shown.length() > MAX_BODY_BYTES ? shown.substring(0, MAX_BODY_BYTES) : shown);
    }

    /** Good enough for a short text: drops the lines that hold nothing but a chunk's size. */
    private static String unchunked(String body) {
        StringBuilder text = new StringBuilder();
        Arrays.stream(body.split("\r\n", -1))
                .filter(line -> !line.matches("[0-9a-fA-F]{0,6}"))
                .forEach(text::append);
        return text.toString();
    }

    private Answer refused(Optional<Integer> status, String detail) {
        return new Answer.Refused(new WebSocketListener.Refusal(status, secrets.removedFrom(detail)));
    }

    private static Map<String, String> headers(String[] lines) {
        Map<String, String> headers = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static void requireOneLine(String name, String value) {
        if ((name + value).chars().anyMatch(c -> c < ' ' && c != '\t')) {
            throw new IllegalArgumentException(
                    "header '" + name.strip() + "' must be one line without control characters");
        }
    }
}
