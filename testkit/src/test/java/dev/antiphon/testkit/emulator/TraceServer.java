package dev.antiphon.testkit.emulator;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketListener;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A server that says word for word what the server of a trace said, each time that its client has said as much. */
final class TraceServer implements WebSocketEndpoint, WebSocketListener {
    private final List<JsonNode> trace;
    private final List<JsonNode> heard = new ArrayList<>();
    private Optional<WebSocketLink> link = Optional.empty();
    private int at;

    TraceServer(List<JsonNode> trace) {
        this.trace = trace;
    }

    /** What the client of the trace said. */
    List<JsonNode> clientEvents() {
        return of("client");
    }

    /** The types of what this server says in all. */
    List<String> sentTypes() {
        return of("server").stream()
                .map(event -> event.path("type").asString(""))
                .toList();
    }

    /** What its client has said. */
    List<JsonNode> heard() {
        return heard;
    }

    private List<JsonNode> of(String side) {
        return trace.stream()
                .filter(line -> line.path("from").asString("").equals(side) && line.has("event"))
                .map(line -> line.path("event"))
                .toList();
    }

    @Override
    public Decision onUpgrade(Upgrade upgrade) {
        return new Decision.Accept(Optional.empty(), accepted -> {
            link = Optional.of(accepted);
            return this;
        });
    }

    @Override
    public void onOpen(Optional<String> subprotocol) {
        sayOn();
    }

    @Override
    public void onText(ByteBuffer utf8) {
        heard.add(SharedProtocol.MAPPER.readTree(
                StandardCharsets.UTF_8.decode(utf8).toString()));
        at++;
        sayOn();
    }

    private void sayOn() {
        while (at < trace.size() && trace.get(at).path("from").asString("").equals("server")) {
            say(trace.get(at++), link.orElseThrow());
        }
    }

    private static void say(JsonNode line, WebSocketLink link) {
        JsonNode close = line.path("close");
        if (close.isObject()) {
            link.close(close.path("code").asInt(), close.path("reason").asString());
        } else {
            link.send(ByteBuffer.wrap(line.path("event").toString().getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Override
    public void onBinary(ByteBuffer content) {
        throw new AssertionError("a binary frame");
    }

    @Override
    public void onClosed(int code, String reason) {}

    @Override
    public void onRefused(Refusal refusal) {}
}
