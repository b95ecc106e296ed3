package dev.antiphon.testkit.emulator;

import dev.antiphon.connection.WebSocketLink.Breakdown;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.wire.Dialect;
import dev.antiphon.realtime.wire.MalformedFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A session as a client of the beta dialect sees it: the same events in the other spelling, both ways (protocol section 4). What
 * cannot be read passes as it is, so that the session tells what is wrong with it. Used on the session's timeline only.
 */
final class BetaFace implements EventSink {
    private static final Dialect GA = Dialect.ga();
    private static final Dialect BETA = Dialect.beta();
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final double DEFAULT_TEMPERATURE = 0.8;

    private final EventSink client;
    private final String conversationId;
    private double temperature = DEFAULT_TEMPERATURE;

    BetaFace(EventSink client, String conversationId) {
        this.client = client;
        this.conversationId = conversationId;
    }

    /** A client's frame as the session reads it. */
    String toSession(String frame) {
        try {
            ClientEvent event = BETA.decodeClient(utf8(frame));
            if (event instanceof ClientEvent.Unknown) {
                return frame;
            }
            if (event instanceof ClientEvent.SessionUpdate update) {
                temperature = update.session().temperature().orElse(temperature);
            }
            return text(GA.encode(event));
        } catch (MalformedFrame notAnEvent) {
            return frame;
        }
    }

    @Override
    public void frame(String json) {
        ServerEvent event;
        try {
            event = GA.decodeServer(utf8(json));
        } catch (MalformedFrame fault) {
            client.frame(json);
            return;
        }
        switch (event) {
            case ServerEvent.Unknown ignored -> client.frame(json);
            case ServerEvent.SessionCreated created -> {
                client.frame(withTemperature(created));
                client.frame(text(
                        BETA.encode(new ServerEvent.ConversationCreated(created.eventId() + "_c", conversationId))));
            }
            case ServerEvent.SessionUpdated updated -> client.frame(withTemperature(updated));
            case ServerEvent other -> {
                if (BETA.has(other)) {
                    client.frame(text(BETA.encode(other)));
                }
            }
        }
    }

    /** GA sessions have none to take over. */
    private String withTemperature(ServerEvent sessionEvent) {
        ObjectNode event = (ObjectNode) MAPPER.readTree(text(BETA.encode(sessionEvent)));
        ((ObjectNode) event.get("session")).put("temperature", temperature);
        return MAPPER.writeValueAsString(event);
    }

    @Override
    public void close(int code, String reason) {
        client.close(code, reason);
    }

    @Override
    public void drop() {
        client.drop();
    }

    @Override
    public void breakDown(Breakdown how) {
        client.breakDown(how);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer utf8) {
        return StandardCharsets.UTF_8.decode(utf8).toString();
    }
}
