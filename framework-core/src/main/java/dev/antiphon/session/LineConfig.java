package dev.antiphon.session;

import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.TurnDetection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration that every connection of a call is given. The service never answers and never cancels by itself: the
 * response gate is the only sender of {@code response.create} and {@code response.cancel}.
 */
final class LineConfig {
    private LineConfig() {}

    /**
     * The configuration.
     *
     * @param spoken whether the session has spoken: its voice is locked then and must not be sent again
     */
    static SessionConfig of(SessionSettings settings, Conversation.Opening opening, ToolInvoker tools, boolean spoken) {
        List<FunctionTool> offered = new ArrayList<>(opening.tools());
        offered.addAll(tools.offered());
        return SessionConfig.of(c -> {
            c.instructions(opening.instructions())
                    .outputModality(settings.modality())
                    .inputFormat(settings.inputFormat())
                    .outputFormat(settings.outputFormat())
                    .turnDetection(ownedByUs(settings.turnDetection()))
                    .tools(offered)
                    .toolChoice(opening.toolChoice());
            settings.transcription().ifPresent(c::transcription);
            if (!spoken) {
                c.voice(settings.voice());
            }
        });
    }

    /** How much silence the service waits for before it says that the caller stopped. */
    static Duration closingSilence(SessionSettings settings) {
        return switch (settings.turnDetection()) {
            case TurnDetection.ServerVad vad -> vad.silenceDuration();
            case TurnDetection.SemanticVad ignored -> Duration.ZERO;
            case TurnDetection.Manual ignored -> Duration.ZERO;
        };
    }

    private static TurnDetection ownedByUs(TurnDetection detection) {
        return switch (detection) {
            case TurnDetection.ServerVad vad -> vad.withCreateResponse(false).withInterruptResponse(false);
            case TurnDetection.SemanticVad vad -> new TurnDetection.SemanticVad(vad.eagerness(), false, false);
            case TurnDetection.Manual manual -> manual;
        };
    }
}
