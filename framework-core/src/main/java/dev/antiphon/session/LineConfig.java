package dev.antiphon.session;

import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.SessionTool;
import dev.antiphon.realtime.TurnDetection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The configuration that every connection of a call is given. The service never answers, never prompts a silent caller and never
 * cancels by itself: the response gate is the only sender of {@code response.create} and {@code response.cancel}.
 */
final class LineConfig {
    private LineConfig() {}

    /**
     * The configuration.
     *
     * @param effort raised in mid-call, on a model that has it
     * @param spoken whether the session has spoken: its voice is locked then and must not be sent again
     */
    static SessionConfig of(
            SessionSettings settings,
            Conversation.Opening opening,
            List<FunctionTool> tools,
            Optional<String> effort,
            boolean spoken) {
        List<SessionTool> offered = offered(settings, opening, tools);
        return SessionConfig.of(c -> {
            c.instructions(opening.instructions())
                    .outputModality(settings.modality())
                    .inputFormat(settings.lineInput())
                    .outputFormat(settings.lineOutput())
                    .turnDetection(ownedByUs(settings.turnDetection()))
                    .tools(offered)
                    .toolChoice(opening.toolChoice());
            settings.transcription().ifPresent(c::transcription);
            settings.line().applyTo(c, spoken);
            effort.ifPresent(c::reasoningEffort);
            if (!spoken) {
                c.voice(settings.voice());
            }
        });
    }

    /** What changes in mid-call when the dialog briefs its model anew. */
    static SessionConfig brief(SessionSettings settings, Conversation.Opening opening, List<FunctionTool> tools) {
        return SessionConfig.of(c -> c.instructions(opening.instructions()).tools(offered(settings, opening, tools)));
    }

    /** What changes in mid-call when the model has to reason more. */
    static SessionConfig effort(String level) {
        return SessionConfig.of(c -> c.reasoningEffort(level));
    }

    private static List<SessionTool> offered(
            SessionSettings settings, Conversation.Opening opening, List<FunctionTool> tools) {
        List<SessionTool> offered = new ArrayList<>(opening.tools());
        offered.addAll(tools);
        offered.addAll(settings.line().mcpServers());
        return offered;
    }

    /** How much silence the service waits for before it says that the caller stopped. */
    static Duration closingSilence(SessionSettings settings) {
        return switch (settings.turnDetection()) {
            case TurnDetection.ServerVad vad -> vad.silenceDuration();
            case TurnDetection.SemanticVad ignored -> Duration.ZERO;
            case TurnDetection.Manual ignored -> Duration.ZERO;
        };
    }

    /** How much audio from before the speech the service counts in. */
    static Duration prefixPadding(SessionSettings settings) {
        return switch (settings.turnDetection()) {
            case TurnDetection.ServerVad vad -> vad.prefixPadding();
            case TurnDetection.SemanticVad ignored -> Duration.ZERO;
            case TurnDetection.Manual ignored -> Duration.ZERO;
        };
    }

    /** How long nobody may speak: what turn detection says, as the client knows it from the service, else the setting. */
    static Duration silenceTimeout(SessionSettings settings) {
        return switch (settings.turnDetection()) {
            case TurnDetection.ServerVad vad -> vad.idleTimeout().orElse(settings.silenceTimeout());
            case TurnDetection.SemanticVad ignored -> settings.silenceTimeout();
            case TurnDetection.Manual ignored -> settings.silenceTimeout();
        };
    }

    private static TurnDetection ownedByUs(TurnDetection detection) {
        return switch (detection) {
            case TurnDetection.ServerVad vad ->
                new TurnDetection.ServerVad(
                        vad.threshold(), vad.prefixPadding(), vad.silenceDuration(), Optional.empty(), false, false);
            case TurnDetection.SemanticVad vad -> new TurnDetection.SemanticVad(vad.eagerness(), false, false);
            case TurnDetection.Manual manual -> manual;
        };
    }
}
