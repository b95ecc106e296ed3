package dev.antiphon.session;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import dev.antiphon.session.CallerChannel.Signal;
import java.util.List;
import java.util.Optional;

/** The rules of the {@link TurnMachine} for what the dialog wants, for time that passes, and for the line to the model. */
final class CallRules {
    private final TurnDraft draft;

    CallRules(TurnDraft draft) {
        this.draft = draft;
    }

    void callAnswered(TurnInput.CallAnswered answer) {
        String callId = answer.callId();
        String outputJson = answer.outputJson();
        if (draft.calls.isOpen(callId)) {
            draft.calls = draft.calls.answered(callId, outputJson, answer.isProtected());
        } else if (!draft.calls.wasSettled(callId)) {
            tellAsMessage(outputJson);
            draft.gate = draft.gate.wantAnswer();
        }
    }

    /** The connection that made the call is gone: the result must not be lost with it. */
    private void tellAsMessage(String outputJson) {
        draft.keep(new ClientEvent.ItemCreate(
                Optional.empty(),
                Optional.empty(),
                Item.Message.system("A tool that was called earlier has answered: " + outputJson)));
    }

    /** Another model has asked for nothing. */
    private void forgetApprovals() {
        draft.kept = draft.kept.stream()
                .filter(event -> !(event instanceof ClientEvent.ItemCreate create
                        && create.item() instanceof Item.McpApprovalResponse))
                .toList();
    }

    private void abandonCalls() {
        draft.calls.inOrder().forEach(call -> call.output().ifPresent(this::tellAsMessage));
        draft.calls = draft.calls.abandoned();
    }

    void mcpAnswered(TurnInput.McpAnswered answered) {
        draft.keep(new ClientEvent.ItemCreate(
                Optional.empty(),
                Optional.empty(),
                new Item.McpApprovalResponse(
                        "mcpa_" + answered.requestId().replace("mcpr_", ""),
                        answered.requestId(),
                        answered.approved(),
                        answered.approved() ? Optional.empty() : Optional.of("not allowed by this bot"))));
        draft.gate = draft.gate.wantAnswer();
    }

    void sayWanted(Conversation.Speech speech) {
        draft.gate = draft.gate.wantSay(speech);
    }

    void endWanted(Outcome outcome) {
        if (draft.ending.isEmpty()) {
            draft.ending = Optional.of(outcome);
        }
    }

    void silent() {
        if (draft.callerSpeaking || !draft.gate.isIdle() || !draft.calls.isEmpty() || draft.ending.isPresent()) {
            return;
        }
        if (draft.records()) {
            draft.arm(TurnTimer.SILENCE, draft.rules.silenceTimeout());
            return;
        }
        draft.silences++;
        if (draft.silences > draft.rules.maxSilences()) {
            draft.finish(new Outcome.Abandoned("the caller fell silent"));
        } else {
            draft.effects.add(new TurnEffect.Feed(new Conversation.Event.CallerSilent(draft.silences)));
            draft.arm(TurnTimer.SILENCE, draft.rules.silenceTimeout());
        }
    }

    void responseStalled() {
        if (draft.gate.isIdle()) {
            return;
        }
        draft.stalledResponses++;
        draft.problem("response_stalled", "no event for " + draft.rules.responseTimeout());
        if (draft.stalledResponses >= TurnDraft.MAX_STALLED_RESPONSES) {
            draft.giveUpLine("the model does not answer");
            return;
        }
        draft.send(new ClientEvent.ResponseCancel(Optional.empty(), Optional.empty()));
        draft.abandoned = draft.gate.activeId();
        draft.closeUtterance();
        boolean cancelled = draft.cancelSent();
        draft.gate = draft.gate.again();
        if (cancelled && draft.callerTurnOpen) {
            draft.gate = draft.gate.wantAnswer();
        }
        draft.responseDone = true;
    }

    void callerConfigured(SessionSettings settings) {
        draft.rules = TurnState.Rules.of(settings);
        AudioFormat format = settings.outputFormat();
        if (format != draft.playback.format()) {
            draft.playback = PlaybackLedger.empty(format);
        }
    }

    void lineChanged() {
        draft.lineUp = true;
        draft.gate = draft.gate.again();
        abandonCalls();
        forgetApprovals();
        draft.responseDone = true;
        draft.abandoned = Optional.empty();
        draft.releaseFloor();
        draft.barged = List.of();
        new CallerRules(draft).tellTranscripts(draft.transcripts.withoutMissing());
        draft.playback = draft.playback.onNewLine();
        draft.stalledResponses = 0;
        draft.closeUtterance();
        new CallerRules(draft).commitAgain();
        if (draft.callerTurnOpen) {
            draft.gate = draft.gate.wantAnswer();
        }
    }

    void lineLost() {
        draft.lineUp = false;
        abandonCalls();
        draft.responseDone = true;
        if (!draft.gate.isIdle() && !draft.callerTurnOpen) {
            draft.deliver(new Signal.TurnEnded(draft.turnUsage));
        }
        draft.gate = draft.gate.again();
        draft.releaseFloor();
        draft.closeUtterance();
        draft.disarm(TurnTimer.RESPONSE);
        draft.disarm(TurnTimer.SILENCE);
    }

    void farewellOver() {
        draft.ending.filter(o -> draft.gate.isIdle()).ifPresent(draft::finish);
    }
}
