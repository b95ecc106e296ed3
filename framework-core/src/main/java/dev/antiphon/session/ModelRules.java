package dev.antiphon.session;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.Response;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallerChannel.Signal;
import java.time.Duration;
import java.util.Optional;

/** The rules of the {@link TurnMachine} for what the model does: responses, utterances, tool calls, errors. */
final class ModelRules {
    private final TurnDraft draft;

    ModelRules(TurnDraft draft) {
        this.draft = draft;
    }

    void responseCreated(Response response) {
        boolean unwanted = draft.gate.isUnwanted();
        draft.gate = draft.gate.created(response.id(), draft.unasked());
        if (unwanted) {
            draft.send(new ClientEvent.ResponseCancel(Optional.empty(), Optional.empty()));
            draft.gate = draft.gate.cancelling();
        }
        draft.responseDone = false;
        draft.waits = draft.waits.responds(false);
        progress();
    }

    void progress() {
        if (!draft.gate.isIdle()) {
            draft.arm(TurnTimer.RESPONSE, draft.rules.responseTimeout());
        }
    }

    void itemAdded(ServerEvent.OutputItemAdded event) {
        if (isAbandoned(event.responseId())) {
            return;
        }
        progress();
        draft.waits = draft.waits.responds(true);
        if (event.item() instanceof Item.Message message && !draft.gate.isSilent()) {
            String id = message.id().orElse(event.responseId() + "_" + event.outputIndex());
            draft.utterance = Optional.of(new TurnState.Utterance(id, "", draft.cancelSent()));
            if (!draft.gate.interruptible()) {
                draft.guarded = CallerRules.latest(draft.guarded, id);
            }
            draft.deliver(new Signal.UtteranceStarted(id));
        }
    }

    void audio(ServerEvent.AudioDelta event) {
        if (isAbandoned(event.responseId()) || isDropped(event.itemId())) {
            return;
        }
        if (draft.gate.isSilent()) {
            progress();
            return;
        }
        draft.playback = draft.playback.received(event.itemId(), event.delta().byteCount(), draft.now);
        if (!event.delta().isEmpty()) {
            draft.deliver(new Signal.UtteranceAudio(event.itemId(), event.delta()));
        }
        firstOutput();
        progress();
    }

    void spokenWords(ServerEvent.AudioTranscriptDelta event) {
        words(event.responseId(), event.itemId(), event.delta());
    }

    void writtenWords(ServerEvent.TextDelta event) {
        if (words(event.responseId(), event.itemId(), event.delta())) {
            firstOutput();
        }
    }

    private boolean words(String responseId, String itemId, String delta) {
        if (isAbandoned(responseId) || isDropped(itemId)) {
            return false;
        }
        if (draft.gate.isSilent()) {
            progress();
            return false;
        }
        draft.utterance = draft.utterance.map(u -> new TurnState.Utterance(u.id(), u.text() + delta, u.dropped()));
        draft.deliver(new Signal.UtteranceText(itemId, delta));
        progress();
        return true;
    }

    /** Whether it belongs to a response that was given up, whose words nobody waits for any more. */
    private boolean isAbandoned(String responseId) {
        return draft.abandoned.filter(responseId::equals).isPresent();
    }

    private boolean isDropped(String itemId) {
        return draft.utterance.filter(u -> u.id().equals(itemId) && u.dropped()).isPresent();
    }

    /** A farewell is no answer to what the caller said before it. */
    private void firstOutput() {
        draft.clock
                .filter(c -> !draft.closing)
                .ifPresent(c -> draft.effects.add(new TurnEffect.Answered(c.answered(draft.now))));
        draft.clock = Optional.empty();
    }

    void itemDone(ServerEvent.OutputItemDone event) {
        if (isAbandoned(event.responseId())) {
            calledTooLate(event.item());
            return;
        }
        progress();
        draft.waits = draft.waits.responds(true);
        switch (event.item()) {
            case Item.Message message -> {
                if (draft.gate.isSilent()) {
                    forgetUnasked(message);
                } else {
                    utteranceDone(message);
                }
            }
            case Item.FunctionCall call -> toolCalled(call);
            case Item.McpApprovalRequest request -> {
                draft.gate = draft.gate.called();
                draft.effects.add(new TurnEffect.McpApprovalWanted(request));
            }
            case Item.McpCall call -> mcpCalled(call);
            default -> {
                // The service's own doing, or unknown.
            }
        }
    }

    /** The call is not run, but it owes an output like any other. */
    private void calledTooLate(Item item) {
        if (item instanceof Item.FunctionCall call && !draft.calls.wasSettled(call.callId())) {
            draft.calls = draft.calls
                    .opened(call.callId(), call.name())
                    .answered(call.callId(), "{\"error\":\"the call came too late and was not run\"}");
        }
    }

    /** The caller has not heard it, so the model must not believe that it said it. */
    private void forgetUnasked(Item.Message message) {
        message.id().ifPresent(id -> draft.send(new ClientEvent.ItemDelete(Optional.empty(), id)));
    }

    private void mcpCalled(Item.McpCall call) {
        draft.gate = draft.gate.called();
        draft.toolSinceCaller = true;
        draft.effects.add(new TurnEffect.McpCalled(call));
    }

    private void utteranceDone(Item.Message message) {
        draft.utterance.ifPresent(u -> {
            boolean cutOff = u.dropped() || message.status() == Item.Status.INCOMPLETE;
            if (!u.text().isEmpty() && !u.dropped()) {
                firstOutput();
            }
            draft.deliver(new Signal.UtteranceEnded(u.id(), u.text(), cutOff));
            draft.effects.add(new TurnEffect.Said(u.id(), u.text(), cutOff));
            if (u.dropped()) {
                forgetUnheard(u);
            } else {
                draft.spoken = draft.spoken.isEmpty() ? u.text() : draft.spoken + " " + u.text();
            }
        });
        draft.utterance = Optional.empty();
    }

    /** The model remembers all that it generated, also what came after the barge-in and was not passed on. */
    private void forgetUnheard(TurnState.Utterance u) {
        Duration received = draft.playback.received(u.id());
        if (received.isZero()) {
            if (u.text().isEmpty()) {
                draft.send(new ClientEvent.ItemDelete(Optional.empty(), u.id()));
            }
        } else if (!draft.playback.isStopped(u.id())) {
            draft.send(
                    new ClientEvent.ItemTruncate(Optional.empty(), u.id(), 0, draft.playback.heard(u.id(), draft.now)));
        }
    }

    private void toolCalled(Item.FunctionCall call) {
        draft.gate = draft.gate.called();
        if (draft.calls.isOpen(call.callId()) || draft.calls.wasSettled(call.callId())) {
            draft.problem("duplicate_call", "call id " + call.callId() + " was used twice; the second call is not run");
            return;
        }
        draft.calls = draft.calls.opened(call.callId(), call.name());
        draft.toolSinceCaller = true;
        draft.clock = draft.clock.map(c -> c.toolCalled(draft.now));
        if (call.status() == Item.Status.INCOMPLETE) {
            draft.calls = draft.calls.answered(call.callId(), ToolAnswers.cutOff());
        } else if (draft.before.ownTools().contains(call.name())) {
            draft.effects.add(new TurnEffect.Feed(
                    new Conversation.Event.ToolCalled(call.callId(), call.name(), call.argumentsJson())));
        } else {
            toolOfThePool(call);
        }
    }

    private void toolOfThePool(Item.FunctionCall call) {
        if (draft.waits.calls() >= draft.rules.maxToolCalls()) {
            draft.problem(
                    "too_many_calls", "more than " + draft.rules.maxToolCalls() + " tools were called in one turn");
            draft.calls = draft.calls.answered(
                    call.callId(),
                    "{\"error\":\"at most " + draft.rules.maxToolCalls()
                            + " tools may be called in one turn; answer the caller with what there is\"}");
            return;
        }
        draft.waits = draft.waits.called();
        draft.effects.add(new TurnEffect.CallTool(call.callId(), call.name(), call.argumentsJson()));
    }

    void responseDone(Response response) {
        if (response.conversationId().isEmpty() && isOtherThanActive(response.id())) {
            return;
        }
        if (isAbandoned(response.id())) {
            draft.abandoned = Optional.empty();
            bill(response);
            return;
        }
        ResponseGate inFlight = draft.gate;
        draft.gate = draft.gate.done();
        draft.responseDone = true;
        draft.disarm(TurnTimer.RESPONSE);
        draft.closeUtterance();
        draft.turnUsage = draft.turnUsage.plus(response.usage().orElse(Usage.NONE));
        bill(response);
        if (response.status() instanceof Response.Status.Failed failed) {
            responseFailed(failed.error(), inFlight);
            return;
        }
        if (!(response.status() instanceof Response.Status.Cancelled)) {
            draft.stalledResponses = 0;
            inFlight.missed().filter(ignored -> draft.callerTurnOpen).ifPresent(this::missed);
            askOnceMore(response, inFlight);
        }
        if (response.status() instanceof Response.Status.Completed && endsWithMcpCall(response)) {
            draft.gate = draft.gate.wantAnswer();
        }
        if (response.status() instanceof Response.Status.Incomplete incomplete) {
            draft.problem("response_incomplete", incomplete.reason());
        }
    }

    /** A response that brings nothing would leave the caller in silence; it is asked for once more. */
    private void askOnceMore(Response response, ResponseGate inFlight) {
        boolean nothing = response.status() instanceof Response.Status.Completed
                && !draft.waits.outputs()
                && response.output().isEmpty()
                && draft.spoken.isEmpty();
        boolean owed = draft.callerTurnOpen && inFlight.answers() && !draft.callerSpeaking;
        if (nothing && owed && !draft.waits.askedAgain()) {
            draft.problem("no_speech", "the model said nothing; it is asked once more");
            draft.waits = draft.waits.again();
            draft.gate = inFlight.again();
        }
    }

    /** The model called nothing although it had to: it is asked once more, and then the caller is. */
    private void missed(ResponseGate.Ask.Understand turn) {
        if (turn.attempt() == 0) {
            draft.gate = draft.gate.wanting(new ResponseGate.Ask.Understand(1, false));
        } else {
            new CallRules(draft).notUnderstood();
        }
    }

    /** A failed response may leave its usage out, it has none; any other owes it (protocol section 8). */
    private void bill(Response response) {
        response.usage().ifPresent(usage -> draft.effects.add(new TurnEffect.Bill(usage)));
        if (response.usage().isEmpty() && !(response.status() instanceof Response.Status.Failed)) {
            draft.effects.add(new TurnEffect.BillMissing());
        }
    }

    /** The service has called a remote tool and said nothing after it (protocol section 13). */
    private static boolean endsWithMcpCall(Response response) {
        return !response.output().isEmpty() && response.output().getLast() instanceof Item.McpCall;
    }

    private boolean isOtherThanActive(String responseId) {
        return draft.gate.phase() instanceof ResponseGate.Phase.Active active
                && !active.responseId().isEmpty()
                && !active.responseId().equals(responseId);
    }

    private void responseFailed(ApiError error, ResponseGate inFlight) {
        draft.problem(error.code().orElse(error.type()), error.message());
        draft.stalledResponses++;
        if (draft.stalledResponses >= TurnDraft.MAX_STALLED_RESPONSES) {
            draft.giveUpLine("the model failed " + draft.stalledResponses + " responses in a row: " + error.message());
        }
        draft.gate = inFlight.again();
    }

    void errorReported(ApiError error) {
        if (error.hasCode("response_cancel_not_active")) {
            // Our cancel and the response's own end crossed on the wire; nothing is wrong.
            return;
        }
        draft.problem(error.code().orElse(error.type()), error.message());
        if (error.hasCode("conversation_already_has_active_response")) {
            draft.gate = draft.gate.refusedAsBusy(draft.unasked());
        } else if (draft.committing && error.hasCode("input_audio_buffer_commit_empty")) {
            new CallerRules(draft).commitRefused(error);
        } else if (draft.gate.phase() instanceof ResponseGate.Phase.Asked
                && error.clientEventId().isEmpty()) {
            // The refusal may concern the response.create; the response timer decides.
            progress();
        }
    }
}
