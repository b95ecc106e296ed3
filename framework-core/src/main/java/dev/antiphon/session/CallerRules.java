package dev.antiphon.session;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallerChannel.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of the {@link TurnMachine} for what the caller does: turns, barge-in, what was heard. */
final class CallerRules {
    /** How long a barge-in waits for the caller's side to say what was heard before an estimate is used. */
    private static final Duration HEARD_GRACE = Duration.ofMillis(400);
    /** How long the caller may hold the floor without the model saying that they stopped. */
    static final Duration LONGEST_SPEECH = Duration.ofSeconds(60);

    /** How long a transcript waits for those of earlier turns. */
    private static final Duration TRANSCRIPT_GRACE = Duration.ofSeconds(3);
    /** How many items of each kind are remembered. */
    private static final int REMEMBERED = 6;

    private final TurnDraft draft;

    CallerRules(TurnDraft draft) {
        this.draft = draft;
    }

    void speechStarted(ServerEvent.SpeechStarted event) {
        holdsFloor();
        draft.silences = 0;
        draft.deliver(new Signal.SpeechStarted(event.itemId(), event.audioStart()));
        draft.playback.lastCutShort().ifPresent(this::heardOnly);
        bargeIn();
    }

    void holdsFloor() {
        draft.callerSpeaking = true;
        draft.arm(TurnTimer.FLOOR, LONGEST_SPEECH);
        draft.disarm(TurnTimer.SILENCE);
    }

    /** Push-to-talk: a caller who records is not silent. */
    void recording() {
        draft.silences = 0;
        draft.recordingSince = Optional.of(draft.now);
    }

    /** The floor stays the caller's until the turn is committed. */
    void callerStopped(TurnInput.CallerStopped stopped) {
        draft.clock = Optional.of(TurnClock.startedByVoice(stopped.voiceEndNanos(), draft.now));
        draft.deliver(new Signal.SpeechStopped(
                stopped.event().itemId(), stopped.event().audioEnd()));
    }

    void committed(ServerEvent.AudioCommitted event) {
        draft.releaseFloor();
        draft.committing = false;
        if (draft.clock.isEmpty()) {
            draft.clock = Optional.of(TurnClock.started(draft.now));
        }
        draft.deliver(new Signal.CallerTurn(event.itemId(), Optional.empty()));
        draft.effects.add(new TurnEffect.TurnTaken(event.itemId(), ""));
        if (draft.rules.transcribes()) {
            tellTranscripts(draft.transcripts.expecting(event.itemId()));
        }
        callerTurn();
    }

    void callerTyped(TurnInput.CallerTyped typed) {
        bargeIn();
        draft.releaseFloor();
        draft.typed++;
        String itemId = "item_typed_" + draft.typed;
        draft.clock = Optional.of(TurnClock.started(draft.now));
        // Behind what the model is still saying, so that it is the last word when the answer is asked for.
        draft.keep(new ClientEvent.ItemCreate(Optional.empty(), Optional.empty(), typed.asItem(Optional.of(itemId))));
        draft.deliver(new Signal.CallerTurn(itemId, Optional.of(typed.text())));
        draft.effects.add(new TurnEffect.TurnTaken(itemId, typed.text()));
        callerTurn();
    }

    void callerCommitted() {
        bargeIn();
        draft.clock = Optional.of(TurnClock.started(draft.now));
        draft.committing = true;
        sendCommit();
    }

    /** Sends what a line that is gone, or not there yet, did not take. */
    void commitAgain() {
        if (draft.committing) {
            sendCommit();
        }
    }

    private void sendCommit() {
        draft.send(new ClientEvent.AudioCommit(Optional.empty()));
    }

    /** The model has nothing that it could commit: the caller's side must know, it waits for an answer. */
    void commitRefused(ApiError error) {
        draft.committing = false;
        draft.clock = Optional.empty();
        draft.deliver(new Signal.Problem(error.code().orElse(error.type()), error.message()));
    }

    private void callerTurn() {
        draft.silences = 0;
        draft.recordingSince = Optional.empty();
        if (draft.closing) {
            draft.clock = Optional.empty();
            tellWhatWasHeard();
            return;
        }
        draft.spoken = "";
        draft.toolSinceCaller = false;
        draft.turnUsage = Usage.NONE;
        draft.callerTurnOpen = true;
        draft.waits = draft.waits.callerTurn();
        cancelLookUps();
        tellWhatWasHeard();
        dropLines();
        draft.wantReply();
    }

    /** What was looked up for the turn before is not waited for. */
    private void cancelLookUps() {
        for (OpenCalls.Call call : draft.calls.inOrder()) {
            if (call.output().isEmpty() && draft.waits.cancellable().contains(call.tool())) {
                draft.calls = draft.calls.answered(
                        call.callId(), "{\"error\":\"cancelled: the caller has said something else since\"}");
                draft.effects.add(new TurnEffect.CancelTool(call.callId()));
            }
        }
    }

    /** Lines that were meant for a moment that has passed; the dialog must not believe that they were heard. */
    private void dropLines() {
        if (draft.closing) {
            return;
        }
        if (draft.gate.hasLines()) {
            draft.effects.add(new TurnEffect.Feed(new Conversation.Event.AgentCutOff(0)));
        }
        draft.gate = draft.gate.withoutSays();
    }

    void transcriptFailed(ServerEvent.InputTranscriptFailed event) {
        String code = event.error().code().orElse(event.error().type());
        draft.problem("transcription_failed", event.error().message());
        draft.deliver(new Signal.CallerTranscriptFailed(
                event.itemId(), code, event.error().message()));
        tellTranscripts(draft.transcripts.without(event.itemId()));
    }

    void callerTranscribed(ServerEvent.InputTranscriptCompleted event) {
        draft.deliver(new Signal.CallerTranscript(event.itemId(), event.transcript()));
        draft.effects.add(new TurnEffect.TranscriptPaid(event.itemId(), event.usage()));
        tellTranscripts(draft.transcripts.arrived(event.itemId(), event.transcript()));
    }

    /** To the record and to the dialog, in the order of the turns; the caller's side orders by item itself. */
    void tellTranscripts(TranscriptOrder.Step step) {
        boolean held = draft.transcripts.holds();
        draft.transcripts = step.next();
        for (TranscriptOrder.Turn turn : step.told()) {
            String text = turn.text().orElse("");
            draft.effects.add(new TurnEffect.Transcribed(turn.itemId(), text));
            draft.effects.add(new TurnEffect.Feed(new Conversation.Event.CallerSpoke(text)));
        }
        if (draft.transcripts.holds() && !held) {
            draft.arm(TurnTimer.TRANSCRIPT, TRANSCRIPT_GRACE);
        }
    }

    void callerPlayed(TurnInput.CallerPlayed played) {
        boolean news = !draft.playback.isStopped(played.utteranceId());
        draft.playback = draft.playback.reported(played.utteranceId(), played.played(), played.stopped(), draft.now);
        if (played.stopped()) {
            new OverlapRules(draft).becomesTurn();
        }
        if (played.stopped() && news) {
            cutShort(played.utteranceId());
        }
        if (played.stopped()) {
            tellWhatWasHeard();
        }
    }

    /**
     * The caller's side stopped playing by itself: a barge-in that it noticed before the model did. A report about what a
     * barge-in here stopped already is no second one: by then the answer to the caller's new turn may be under way.
     */
    private void cutShort(String id) {
        Duration heard = draft.playback.heard(id, draft.now);
        if (heard.compareTo(draft.playback.received(id)) < 0) {
            bargeIn();
            draft.effects.add(new TurnEffect.BargedIn(id, heard));
            draft.barged = append(draft.barged, id);
        }
    }

    void callerInterrupted() {
        new OverlapRules(draft).becomesTurn();
        bargeIn();
        dropLines();
    }

    private void bargeIn() {
        if (draft.protectedWords() || draft.ending.isPresent()) {
            return;
        }
        List<String> playing = draft.playback.playing(draft.now);
        wordsCutOff(playing);
        if (draft.gate.phase() instanceof ResponseGate.Phase.Active active && !active.cancelSent()) {
            draft.send(new ClientEvent.ResponseCancel(Optional.empty(), Optional.empty()));
            draft.gate = draft.gate.cancelling();
        }
        draft.gate = draft.gate.unwanted();
        draft.utterance = draft.utterance.map(u -> new TurnState.Utterance(u.id(), u.text(), true));
        if (playing.isEmpty()) {
            return;
        }
        draft.playback = draft.playback.stopAll(draft.now);
        for (String id : playing) {
            draft.deliver(new Signal.StopPlayback(id));
            draft.effects.add(new TurnEffect.BargedIn(id, draft.playback.heard(id, draft.now)));
            draft.barged = append(draft.barged, id);
        }
        draft.arm(TurnTimer.HEARD, HEARD_GRACE);
    }

    /**
     * Tells the dialog that its last words were not heard whole: cut off, or not even begun. Who types has read words that were
     * delivered, however much of their sound was played.
     */
    private void wordsCutOff(List<String> playing) {
        boolean generating = draft.utterance.filter(u -> !u.dropped()).isPresent();
        boolean unbegun = !draft.gate.isIdle()
                && !draft.cancelSent()
                && draft.utterance.isEmpty()
                && draft.toolSinceCaller
                && draft.spoken.isEmpty();
        if (generating || unbegun) {
            draft.effects.add(new TurnEffect.Feed(new Conversation.Event.AgentCutOff(0)));
        } else if (draft.callerSpeaking && !playing.isEmpty()) {
            heardOnly(playing.get(playing.size() - 1));
        }
    }

    void heardOnly(String id) {
        double share = draft.playback.heard(id, draft.now).toNanos()
                / (double) Math.max(1, draft.playback.received(id).toNanos());
        draft.effects.add(new TurnEffect.Feed(new Conversation.Event.AgentCutOff(share)));
    }

    /** Cuts the model's memory of interrupted utterances to what was heard; never to nothing, never past the end. */
    void tellWhatWasHeard() {
        for (String id : draft.barged.stream().filter(draft.playback::isKnown).toList()) {
            Duration heard = draft.playback.heard(id, draft.now);
            if (heard.toMillis() >= 1 && heard.compareTo(draft.playback.received(id)) < 0) {
                draft.send(new ClientEvent.ItemTruncate(Optional.empty(), id, 0, Duration.ofMillis(heard.toMillis())));
            } else if (heard.toMillis() < 1) {
                draft.send(new ClientEvent.ItemDelete(Optional.empty(), id));
            }
        }
        if (!draft.barged.isEmpty()) {
            draft.disarm(TurnTimer.HEARD);
        }
        draft.barged = List.of();
    }

    void truncated(ServerEvent.ItemTruncated event) {
        draft.deliver(new Signal.Truncated(event.itemId(), event.audioEnd()));
    }

    /** With one more, without the oldest when there are too many. */
    static List<String> latest(List<String> list, String element) {
        List<String> next = append(list, element);
        return next.subList(Math.max(0, next.size() - REMEMBERED), next.size());
    }

    private static List<String> append(List<String> list, String element) {
        List<String> next = new ArrayList<>(list);
        next.add(element);
        return next;
    }
}
