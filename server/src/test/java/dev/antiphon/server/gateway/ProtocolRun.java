package dev.antiphon.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.Usage;
import dev.antiphon.realtime.wire.Dialect;
import dev.antiphon.session.CallerChannel.Signal;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.session.VoiceSession;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Drives one protocol machine with JSON and signals; checks every event that it sends against the provider's schema. */
final class ProtocolRun {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Dialect dialect;
    private final ClientFrames frames;
    private final GatewayProtocol protocol;
    final List<JsonNode> sent = new ArrayList<>();
    final List<VoiceSession.Command> told = new ArrayList<>();
    final List<GatewayEffect.Close> closed = new ArrayList<>();
    private int ids;

    ProtocolRun() {
        this(Dialect.ga());
    }

    /** A client of this dialect. */
    ProtocolRun(Dialect dialect) {
        this.dialect = dialect;
        this.frames = new ClientFrames(dialect);
        ClientSession session = ClientSession.begin(
                "sess_1",
                "gpt-realtime-mini",
                "Books visits.",
                Instant.parse("2026-11-20T10:00:00Z"),
                SessionSettings.defaults());
        protocol = new GatewayProtocol(session, prefix -> prefix + "_" + ++ids);
    }

    /** A call whose greeting has been said, with nothing recorded yet. */
    static ProtocolRun greeted() {
        return greeted(Dialect.ga());
    }

    static ProtocolRun greeted(Dialect dialect) {
        ProtocolRun run = new ProtocolRun(dialect);
        run.open();
        run.begin();
        run.says("item_hello", "Hello.").signal(new Signal.TurnEnded(Usage.NONE));
        run.sent.clear();
        return run;
    }

    ProtocolRun open() {
        perform(protocol.opened(dialect == Dialect.beta()));
        return this;
    }

    /** The call begins and the model can be talked to. */
    ProtocolRun begin() {
        protocol.begin();
        return signal(new Signal.Ready("gpt-realtime-mini"));
    }

    ProtocolRun client(String json) {
        perform(protocol.onFrame(frames.read(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)))));
        return this;
    }

    ProtocolRun signal(Signal signal) {
        perform(protocol.onSignal(signal));
        return this;
    }

    ProtocolRun binary() {
        perform(protocol.onError(Errors.binaryFrame()));
        return this;
    }

    ProtocolRun types(String text) {
        return client("""
                        {"type":"conversation.item.create","item":{"type":"message","role":"user",\
                        "content":[{"type":"input_text","text":"%s"}]}}""".formatted(text)).client("{\"type\":\"response.create\"}");
    }

    ProtocolRun speaks(String itemId) {
        return signal(new Signal.SpeechStarted(itemId, Duration.ofMillis(640)))
                .signal(new Signal.SpeechStopped(itemId, Duration.ofMillis(1888)))
                .signal(new Signal.CallerTurn(itemId, Optional.empty()));
    }

    ProtocolRun begins(String utteranceId, String words) {
        return signal(new Signal.UtteranceStarted(utteranceId))
                .signal(new Signal.UtteranceText(utteranceId, words))
                .signal(new Signal.UtteranceAudio(utteranceId, AudioPayload.ofBytes(new byte[48_000])));
    }

    ProtocolRun says(String utteranceId, String words) {
        return begins(utteranceId, words).signal(new Signal.UtteranceEnded(utteranceId, words, false));
    }

    List<String> types() {
        return sent.stream().map(e -> e.path("type").asString()).toList();
    }

    JsonNode last() {
        return sent.get(sent.size() - 1);
    }

    JsonNode only(String type) {
        List<JsonNode> found = sent.stream()
                .filter(e -> e.path("type").asString().equals(type))
                .toList();
        assertThat(found).as(type).hasSize(1);
        return found.get(0);
    }

    /** Types with repeated deltas once, and without what the gateway never sends. */
    static List<String> condensed(List<String> types) {
        List<String> condensed = new ArrayList<>();
        for (String type : types) {
            boolean repeated = type.endsWith(".delta") && condensed.contains(type);
            if (!repeated && !type.equals("rate_limits.updated")) {
                condensed.add(type);
            }
        }
        return condensed;
    }

    private void perform(List<GatewayEffect> effects) {
        for (GatewayEffect effect : effects) {
            switch (effect) {
                case GatewayEffect.Send send -> sent(send.event());
                case GatewayEffect.Tell tell -> told.add(tell.command());
                case GatewayEffect.Close close -> closed.add(close);
            }
        }
    }

    private void sent(ServerEvent event) {
        if (dialect.has(event)) {
            JsonNode json = JSON.readTree(text(dialect.encode(event)));
            Protocol.present(dialect).ifPresent(p -> p.validate(json));
            sent.add(json);
        }
    }

    private static String text(ByteBuffer utf8) {
        return StandardCharsets.UTF_8.decode(utf8).toString();
    }
}
