package dev.antiphon.session;

import dev.antiphon.realtime.ServerEvent;
import java.util.List;
import java.util.Optional;

/**
 * Who speaks when: the pure core of a call. It is the only place that asks for responses, cancels them, answers tool calls
 * and truncates what was not heard.
 *
 * <p>No clock, no I/O, no logging: time arrives as monotonic nanoseconds. {@link CallerRules}, {@link OverlapRules},
 * {@link ModelRules} and {@link CallRules} hold the rules.
 */
final class TurnMachine {

    /** The next state and what to do. */
    record Transition(TurnState next, List<TurnEffect> effects) {}

    private TurnMachine() {}

    /** Takes one input. A finished call takes none any more. */
    static Transition step(TurnState state, TurnInput input, long now) {
        if (state.finished()) {
            return new Transition(state, List.of());
        }
        TurnDraft draft = new TurnDraft(state, now);
        switch (input) {
            case TurnInput.FromModel model -> fromModel(draft, model.event());
            case TurnInput.CallerStopped stopped -> new OverlapRules(draft).callerStopped(stopped);
            case TurnInput.CallerTyped typed -> new CallerRules(draft).callerTyped(typed);
            case TurnInput.CallerCommitted ignored -> new CallerRules(draft).callerCommitted();
            case TurnInput.CallerPlayed played -> new CallerRules(draft).callerPlayed(played);
            case TurnInput.CallerInterrupted ignored -> new CallerRules(draft).callerInterrupted();
            case TurnInput.CallAnswered answered -> new CallRules(draft).callAnswered(answered);
            case TurnInput.ToolSlow slow -> new CallRules(draft).toolSlow(slow);
            case TurnInput.ToolLate late -> new CallRules(draft).toolLate(late);
            case TurnInput.SayWanted say -> new CallRules(draft).sayWanted(say.speech());
            case TurnInput.NoteWanted note -> new CallRules(draft).noteWanted(note.text());
            case TurnInput.EndWanted end -> new CallRules(draft).endWanted(end);
            case TurnInput.EndSettled end -> draft.ending = end.outcome();
            case TurnInput.CallerGone gone -> draft.finish(gone.outcome());
            case TurnInput.CallerConfigured configured -> new CallRules(draft).callerConfigured(configured.settings());
            case TurnInput.CallerRecords ignored -> new CallerRules(draft).recording();
            case TurnInput.CallerCleared ignored -> draft.recordingSince = Optional.empty();
            case TurnInput.McpAnswered answered -> new CallRules(draft).mcpAnswered(answered);
            case TurnInput.TimerFired fired -> timerFired(draft, fired.timer());
            case TurnInput.LineChanged ignored -> new CallRules(draft).lineChanged();
            case TurnInput.LineLost ignored -> new CallRules(draft).lineLost();
            case TurnInput.TurnUnheard unheard -> new CallRules(draft).turnUnheard();
        }
        return draft.settle();
    }

    /** Whether nothing is in flight and nobody speaks: the moment to change the line. */
    static boolean atBoundary(TurnState state) {
        return state.gate().isIdle()
                && !state.gate().hasWishes()
                && state.calls().isEmpty()
                && !state.callerSpeaking();
    }

    private static void fromModel(TurnDraft draft, ServerEvent event) {
        switch (event) {
            case ServerEvent.SpeechStarted e -> new OverlapRules(draft).speechStarted(e);
            case ServerEvent.SpeechStopped e ->
                new OverlapRules(draft).callerStopped(new TurnInput.CallerStopped(e, draft.now));
            case ServerEvent.AudioCommitted e -> new OverlapRules(draft).committed(e);
            case ServerEvent.InputTranscriptCompleted e -> new OverlapRules(draft).transcribed(e);
            case ServerEvent.ResponseCreated e -> new ModelRules(draft).responseCreated(e.response());
            case ServerEvent.ResponseDone e -> new ModelRules(draft).responseDone(e.response());
            case ServerEvent.OutputItemAdded e -> new ModelRules(draft).itemAdded(e);
            case ServerEvent.OutputItemDone e -> new ModelRules(draft).itemDone(e);
            case ServerEvent.AudioDelta e -> new ModelRules(draft).audio(e);
            case ServerEvent.AudioTranscriptDelta e -> new ModelRules(draft).spokenWords(e);
            case ServerEvent.TextDelta e -> new ModelRules(draft).writtenWords(e);
            case ServerEvent.ItemTruncated e -> new CallerRules(draft).truncated(e);
            case ServerEvent.ErrorReported e -> new ModelRules(draft).errorReported(e.error());
            case ServerEvent.Unknown e -> draft.problem("unknown_event", e.type());
            case ServerEvent.InputTranscriptFailed e -> new OverlapRules(draft).transcriptFailed(e);
            case ServerEvent.AudioCleared ignored -> draft.releaseFloor();
            case ServerEvent.FunctionArgumentsDelta ignored -> new ModelRules(draft).progress();
            case ServerEvent.McpArgumentsDelta ignored -> new ModelRules(draft).progress();
            case ServerEvent.McpListToolsFailed e ->
                draft.problem("mcp_list_tools_failed", "the tools of a remote server could not be listed");
            case ServerEvent.McpCallInProgress ignored -> new ModelRules(draft).progress();
            case ServerEvent.McpCallCompleted ignored -> new ModelRules(draft).progress();
            case ServerEvent.McpCallFailed ignored -> new ModelRules(draft).progress();
            default -> {
                // The others tell nothing that a call acts on.
            }
        }
    }

    private static void timerFired(TurnDraft draft, TurnTimer timer) {
        switch (timer) {
            case SILENCE -> new CallRules(draft).silent();
            case RESPONSE -> new CallRules(draft).responseStalled();
            case FLOOR -> draft.releaseFloor();
            case OVERLAP -> new OverlapRules(draft).becomesTurn();
            case TRANSCRIPT -> new CallerRules(draft).tellTranscripts(draft.transcripts.withoutMissing());
            case HEARD -> new CallerRules(draft).tellWhatWasHeard();
            case FAREWELL -> new CallRules(draft).farewellOver();
        }
    }
}
