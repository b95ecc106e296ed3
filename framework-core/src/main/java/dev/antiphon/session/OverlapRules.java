package dev.antiphon.session;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The rules of the {@link TurnMachine} for speech over the agent's words: what is no turn, and what must not be interrupted. What
 * turns out to be a turn is handed to {@link CallerRules}, as if it had just begun.
 */
final class OverlapRules {
    private final TurnDraft draft;
    private final CallerRules caller;

    OverlapRules(TurnDraft draft) {
        this.draft = draft;
        this.caller = new CallerRules(draft);
    }

    void speechStarted(ServerEvent.SpeechStarted event) {
        becomesTurn();
        boolean onProtected = draft.protectedWords();
        if (onProtected || considered()) {
            draft.overlap = Optional.of(Overlap.began(event, onProtected, draft.now));
            caller.holdsFloor();
            if (onProtected) {
                spokeTooEarly();
            } else {
                draft.arm(
                        TurnTimer.OVERLAP,
                        draft.rules.bargeIn().longestConsidered().plus(draft.rules.closingSilence()));
            }
        } else {
            caller.speechStarted(event);
        }
    }

    /** Only over words that are heard, and not over the last of them: who speaks then answers early. */
    private boolean considered() {
        BargeIn policy = draft.rules.bargeIn();
        if (!policy.considers()
                || draft.ending.isPresent()
                || draft.playback.playing(draft.now).isEmpty()) {
            return false;
        }
        Duration left = Duration.ofNanos(Math.max(0, draft.playback.endsAt() - draft.now));
        return !draft.gate.isIdle() || left.compareTo(policy.lastWords()) >= 0;
    }

    /** What the caller says now is no answer to words that are still to be heard; the dialog must not take it for one. */
    private void spokeTooEarly() {
        List<String> playing = draft.playback.playing(draft.now);
        if (draft.gate.isIdle() && !playing.isEmpty()) {
            caller.heardOnly(playing.getLast());
        } else {
            draft.effects.add(new TurnEffect.Feed(new Conversation.Event.AgentCutOff(0)));
        }
    }

    void callerStopped(TurnInput.CallerStopped stopped) {
        Optional<Overlap> mine = open(stopped.event().itemId());
        if (mine.isEmpty()) {
            caller.callerStopped(stopped);
            return;
        }
        draft.overlap = mine.map(o -> o.ended(stopped));
        draft.disarm(TurnTimer.OVERLAP);
    }

    void committed(ServerEvent.AudioCommitted event) {
        Optional<Overlap> mine = open(event.itemId());
        if (mine.isEmpty()) {
            caller.committed(event);
            return;
        }
        Overlap overlap = mine.get().taken(event);
        draft.overlap = Optional.of(overlap);
        if (overlap.onProtected()) {
            overProtected(overlap);
            return;
        }
        switch (Overlap.verdict(draft.rules, overlap.voice(draft.rules, draft.now))) {
            case TURN -> becomesTurn();
            case NOISE -> overlook(overlap, "");
            case WORDS -> draft.arm(TurnTimer.OVERLAP, draft.rules.bargeIn().transcriptWait());
        }
    }

    /** Nothing is stopped, so that nobody is told that speech began; the turn itself is a turn like any other. */
    private void overProtected(Overlap overlap) {
        draft.overlap = Optional.empty();
        draft.clock = overlap.stopped().map(s -> TurnClock.startedByVoice(s.voiceEndNanos(), draft.now));
        overlap.committed().ifPresent(caller::committed);
    }

    void transcribed(ServerEvent.InputTranscriptCompleted event) {
        if (draft.overlooked.contains(event.itemId())) {
            return;
        }
        Optional<Overlap> mine = open(event.itemId()).filter(o -> o.committed().isPresent());
        if (mine.isPresent() && draft.rules.bargeIn().isBackChannel(event.transcript())) {
            overlook(mine.get(), event.transcript());
            return;
        }
        mine.ifPresent(o -> becomesTurn());
        caller.callerTranscribed(event);
    }

    void transcriptFailed(ServerEvent.InputTranscriptFailed event) {
        if (!draft.overlooked.contains(event.itemId())) {
            open(event.itemId()).filter(o -> o.committed().isPresent()).ifPresent(o -> becomesTurn());
            caller.transcriptFailed(event);
        }
    }

    /** It has lasted too long for anything else, or nobody says what it was: everything that was held back happens now. */
    void becomesTurn() {
        draft.overlap.filter(o -> !o.onProtected()).ifPresent(overlap -> {
            draft.overlap = Optional.empty();
            draft.disarm(TurnTimer.OVERLAP);
            caller.speechStarted(overlap.started());
            overlap.stopped().ifPresent(caller::callerStopped);
            overlap.committed().ifPresent(caller::committed);
        });
    }

    private void overlook(Overlap overlap, String words) {
        String itemId = overlap.started().itemId();
        draft.send(new ClientEvent.ItemDelete(Optional.empty(), itemId));
        draft.overlooked = CallerRules.latest(draft.overlooked, itemId);
        draft.effects.add(new TurnEffect.Overlooked(itemId, words));
        draft.releaseFloor();
    }

    private Optional<Overlap> open(String itemId) {
        return draft.overlap.filter(o -> o.isOf(itemId));
    }
}
