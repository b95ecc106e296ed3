package dev.antiphon.session;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.Item;
import dev.antiphon.session.CallerChannel.Signal;
import java.util.List;
import java.util.Optional;

/** The rules of the {@link TurnMachine} for what the dialog wants, for time that passes, and for the line to the model. */
final class CallRules {
    private static final String LATE = "late_";
    private static final int LONGEST_ID = 32;

    private final TurnDraft draft;

    CallRules(TurnDraft draft) {
        this.draft = draft;
    }

    void callAnswered(TurnInput.CallAnswered answer) {
        String callId = answer.callId();
        String outputJson = answer.outputJson();
        if (draft.calls.isOpen(callId)) {
            draft.calls = draft.calls.answered(callId, outputJson, answer.isProtected(), answer.nextTool());
        }
    }

    /** Another model has asked for nothing, and is told by the seed where the dialog stands. */
    private void forgetWhatWasForTheOldModel() {
        draft.kept = draft.kept.stream()
                .filter(event -> !(event instanceof ClientEvent.ItemCreate create && isForOneModel(create.item())))
                .toList();
    }

    private static boolean isForOneModel(Item item) {
        return switch (item) {
            case Item.McpApprovalResponse ignored -> true;
            case Item.Message message -> message.role() == Item.Role.SYSTEM && !isLateResult(message);
            case Item ignored -> false;
        };
    }

    private static boolean isLateResult(Item.Message message) {
        return message.id().filter(id -> id.startsWith(LATE)).isPresent();
    }

    /** Behind the outputs of the calls that it is about, and before the response that tells them. */
    void noteWanted(String text) {
        draft.keep(new ClientEvent.ItemCreate(Optional.empty(), Optional.empty(), Item.Message.system(text)));
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
        // An approved call is made by the next response that may call; a refusal only has to be told.
        draft.gate = draft.isStrict() && answered.approved() ? draft.gate.wantUnderstanding() : draft.gate.wantAnswer();
    }

    /** Once, and only into silence: what comes too late for that is not said at all. */
    void toolSlow(TurnInput.ToolSlow slow) {
        boolean quiet = draft.gate.isIdle()
                && !draft.gate.hasLines()
                && !draft.callerSpeaking
                && draft.playback.playing(draft.now).isEmpty()
                && draft.ending.isEmpty();
        if (draft.calls.owes(slow.callId()) && quiet && slow.rung() > draft.waits.said()) {
            draft.waits = draft.waits.told(slow.rung());
            sayWanted(Conversation.Speech.say(slow.words()));
        }
    }

    /** The caller hears it when nobody speaks and nothing else is owed; it is for any model. */
    void toolLate(TurnInput.ToolLate late) {
        String id = LATE + late.callId();
        draft.keep(new ClientEvent.ItemCreate(
                Optional.empty(),
                Optional.empty(),
                new Item.Message(
                        Optional.of(id.substring(0, Math.min(id.length(), LONGEST_ID))),
                        Item.Role.SYSTEM,
                        Item.Status.COMPLETED,
                        List.of(new ContentPart.InputText("The result of '" + late.tool()
                                + "', which took longer, has come: " + late.resultJson()
                                + "\nTell the caller about it now, in a few words.")))));
        draft.gate = draft.gate.wantAnswer();
    }

    void sayWanted(Conversation.Speech speech) {
        draft.gate = draft.gate.wantSay(speech);
    }

    void endWanted(TurnInput.EndWanted end) {
        if (draft.ending.isEmpty()) {
            draft.ending = Optional.of(end.outcome());
        }
        draft.closing |= end.isClosing();
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
            draft.wantReply();
        }
        draft.responseDone = true;
    }

    void callerConfigured(SessionSettings settings) {
        draft.rules = TurnState.Rules.of(settings, draft.rules.sayAgain());
        AudioFormat format = settings.outputFormat();
        if (format != draft.playback.format()) {
            draft.playback = PlaybackLedger.empty(format);
        }
    }

    void lineChanged() {
        draft.lineUp = true;
        draft.gate = draft.gate.again();
        forgetWhatWasForTheOldModel();
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
            draft.wantReply();
        }
    }

    void lineLost() {
        draft.lineUp = false;
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

    /** The line took the caller's words with it: they are asked for again, an answer would be one to nothing. */
    void turnUnheard() {
        draft.callerTurnOpen = false;
        draft.gate = draft.gate.withoutAnswer();
        sayAgain();
    }

    /** The model had to call a tool and did not, twice: the dialog learns that nothing was acted on when this was said. */
    void notUnderstood() {
        draft.problem("no_tool_call", "the model called no tool although it had to");
        sayAgain();
    }

    private void sayAgain() {
        Conversation.Speech again = Conversation.Speech.say(draft.rules.sayAgain());
        if (draft.ending.isEmpty() && !draft.gate.says().contains(again)) {
            draft.gate = draft.gate.wantSay(again);
        }
    }

    void farewellOver() {
        draft.ending.filter(o -> draft.gate.isIdle()).ifPresent(draft::finish);
    }
}
