package dev.antiphon.session;

import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.ServerEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can happen to a call, as the {@link TurnMachine} sees it. */
sealed interface TurnInput {

    /** The model sent something. */
    record FromModel(ServerEvent event) implements TurnInput {}

    /** The model heard the caller stop; {@code voiceEndNanos} is when the last voiced frame was taken. */
    record CallerStopped(ServerEvent.SpeechStopped event, long voiceEndNanos) implements TurnInput {}

    /** The caller typed, or shows pictures. */
    record CallerTyped(String text, List<ContentPart.InputImage> images) implements TurnInput {
        CallerTyped(String text) {
            this(text, List.of());
        }

        Item.Message asItem(Optional<String> id) {
            List<ContentPart> content = new ArrayList<>();
            if (!text.isBlank()) {
                content.add(new ContentPart.InputText(text));
            }
            content.addAll(images);
            return new Item.Message(id, Item.Role.USER, Item.Status.COMPLETED, content);
        }
    }

    /** The caller's turn was committed by hand; its audio is with the model, or is sent to it first. */
    record CallerCommitted() implements TurnInput {}

    /** The caller's side reported a playback position. */
    record CallerPlayed(String utteranceId, Duration played, boolean stopped) implements TurnInput {}

    /** The caller's software wants the agent to stop. */
    record CallerInterrupted() implements TurnInput {}

    /**
     * The dialog or a tool answered a call.
     *
     * @param nextTool the tool that the model must call next
     */
    record CallAnswered(String callId, String outputJson, boolean isProtected, Optional<String> nextTool)
            implements TurnInput {
        CallAnswered(String callId, String outputJson) {
            this(callId, outputJson, false);
        }

        CallAnswered(String callId, String outputJson, boolean isProtected) {
            this(callId, outputJson, isProtected, Optional.empty());
        }
    }

    /**
     * A tool has no result yet.
     *
     * @param rung how often that was so for this call, from 1
     * @param words for the caller
     */
    record ToolSlow(String callId, int rung, String words) implements TurnInput {}

    /** The result of a call that was answered without it. */
    record ToolLate(String callId, String tool, String resultJson) implements TurnInput {}

    /** The dialog wants something said. */
    record SayWanted(Conversation.Speech speech) implements TurnInput {}

    /** The dialog wants the model to know this. */
    record NoteWanted(String text) implements TurnInput {}

    /**
     * The call ends so, once all has been said.
     *
     * @param isClosing whether nothing is said any more but lines that are wanted already, whatever the caller says; of a hand-over:
     *     until these have been said, since its caller then waits for a person
     */
    record EndWanted(Outcome outcome, boolean isClosing) implements TurnInput {
        EndWanted(Outcome outcome) {
            this(outcome, false);
        }
    }

    /** A person who was asked has answered: how the call ends, or that it goes on. */
    record EndSettled(Optional<Outcome> outcome) implements TurnInput {}

    /** The caller is gone. */
    record CallerGone(Outcome outcome) implements TurnInput {}

    /** The caller's side has set this from now on. */
    record CallerConfigured(SessionSettings settings) implements TurnInput {}

    /** Push-to-talk: the first sound since the last turn arrived. */
    record CallerRecords() implements TurnInput {}

    /** Push-to-talk: the sound since the last turn is forgotten. */
    record CallerCleared() implements TurnInput {}

    /** The call's policy has decided on a remote tool's call. */
    record McpAnswered(String requestId, boolean approved) implements TurnInput {}

    /** A timer fired. */
    record TimerFired(TurnTimer timer) implements TurnInput {}

    /** The connection that is gone took the caller's last turn with it before its words were known. Follows {@link LineLost}. */
    record TurnUnheard() implements TurnInput {}

    /** The call now runs on another connection, which was told the seed and the {@link CallHistory}. */
    record LineChanged() implements TurnInput {}

    /** The connection is gone; nothing can be sent until {@link LineChanged}. */
    record LineLost() implements TurnInput {}
}
