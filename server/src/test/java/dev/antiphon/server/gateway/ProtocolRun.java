package dev.antiphon.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.AudioPayload;
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
    private static final Dialect DIALECT = Dialect.ga();

    private final ClientFrames frames = new ClientFrames(DIALECT);
    private final GatewayProtocol protocol;
    final List<JsonNode> sent = new ArrayList<>();
    final List<VoiceSession.Command> told = new ArrayList<>();
    final List<GatewayEffect.Close> closed = new ArrayList<>();
    private int ids;

    ProtocolRun() {
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
        ProtocolRun run = new ProtocolRun();
        run.open();
        run.begin();
        run.says("item_hello", "Hello.").signal(new Signal.TurnEnded(Usage.NONE));
        run.sent.clear();
        return run;
    }

    ProtocolRun open() {
        perform(protocol.opened());
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
                case GatewayEffect.Send send -> {
                    JsonNode event = JSON.readTree(text(DIALECT.encode(send.event())));
                    Protocol.present().ifPresent(p -> p.validate(event));
                    sent.add(event);
                }
                case GatewayEffect.Tell tell -> told.add(tell.command());
                case GatewayEffect.Close close -> closed.add(close);
            }
        }
    }

    private static String text(ByteBuffer utf8) {
        return StandardCharsets.UTF_8.decode(utf8).toString();
    }
}
