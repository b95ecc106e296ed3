package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.TurnDetection;
import java.math.BigDecimal;

/** Writes turn detection, which both dialects spell alike (protocol section 7). */
final class TurnDetectionWriter {
    private static final String NAME = "turn_detection";

    private TurnDetectionWriter() {}

    static void write(JsonObjectWriter out, TurnDetection detection) {
        switch (detection) {
            case TurnDetection.Manual ignored -> out.nothing(NAME);
            case TurnDetection.ServerVad vad -> out.object(NAME, object -> serverVad(object, vad));
            case TurnDetection.SemanticVad vad ->
                out.object(
                        NAME,
                        object -> object.text("type", "semantic_vad")
                                .text("eagerness", vad.eagerness())
                                .flag("create_response", vad.createResponse())
                                .flag("interrupt_response", vad.interruptResponse()));
        }
    }

    private static void serverVad(JsonObjectWriter out, TurnDetection.ServerVad vad) {
        out.text("type", "server_vad")
                .decimal("threshold", BigDecimal.valueOf(vad.threshold()))
                .millis("prefix_padding_ms", vad.prefixPadding())
                .millis("silence_duration_ms", vad.silenceDuration());
        vad.idleTimeout().ifPresent(timeout -> out.millis("idle_timeout_ms", timeout));
        out.flag("create_response", vad.createResponse()).flag("interrupt_response", vad.interruptResponse());
    }
}
