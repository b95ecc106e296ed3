package dev.antiphon.session;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallerChannel.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One step of the {@link TurnMachine} while it is computed: the fields of {@link TurnState} as variables, the effects
 * collected so far, and what every step ends with. Lives for one step only; {@link CallerRules}, {@link ModelRules} and
 * {@link CallRules} work on it.
 */
final class TurnDraft {
    /** After so many responses in a row that fail or never come the line is given up. */
    static final int MAX_STALLED_RESPONSES = 2;

    private static final int MAX_KEPT = 16;

    final TurnState before;
    final long now;
    final List<TurnEffect> effects = new ArrayList<>();

    TurnState.Rules rules;
    boolean lineUp;
    boolean callerSpeaking;
    ResponseGate gate;
    OpenCalls calls;
    boolean responseDone;
    PlaybackLedger playback;
    Optional<TurnClock> clock;
    Optional<TurnState.Utterance> utterance;
    String spoken;
    boolean toolSinceCaller;
    ToolWaits waits;
    boolean callerTurnOpen;
    Usage turnUsage;
    int silences;
    List<String> barged;
    int stalledResponses;
    Optional<String> abandoned;
    boolean committing;
    int typed;
    List<ClientEvent> kept;
    Optional<Overlap> overlap;
    List<String> overlooked;
    List<String> guarded;
    Optional<Long> recordingSince;
    TranscriptOrder transcripts;
    Optional<Outcome> ending;
    boolean closing;
    boolean finished;

    TurnDraft(TurnState state, long now) {
        this.before = state;
        this.now = now;
        this.rules = state.rules();
        this.lineUp = state.lineUp();
        this.callerSpeaking = state.callerSpeaking();
        this.gate = state.gate();
        this.calls = state.calls();
        this.responseDone = state.responseDone();
        this.playback = state.playback();
        this.clock = state.clock();
        this.utterance = state.utterance();
        this.spoken = state.spoken();
        this.toolSinceCaller = state.toolSinceCaller();
        this.waits = state.waits();
        this.callerTurnOpen = state.callerTurnOpen();
        this.turnUsage = state.turnUsage();
        this.silences = state.silences();
        this.barged = state.barged();
        this.stalledResponses = state.stalledResponses();
        this.abandoned = state.abandoned();
        this.committing = state.committing();
        this.typed = state.typed();
        this.kept = state.kept();
        this.overlap = state.overlap();
        this.overlooked = state.overlooked();
        this.guarded = state.guarded();
        this.recordingSince = state.recordingSince();
        this.transcripts = state.transcripts();
        this.ending = state.ending();
        this.closing = state.closing();
        this.finished = state.finished();
    }

    TurnMachine.Transition settle() {
        completeCalls();
        if (!finished && lineUp) {
            answerCalls();
            if (closing) {
                gate = gate.withoutAnswer();
            }
            sendKept();
            askForResponse();
            endOfTurn();
        }
        return new TurnMachine.Transition(toState(), List.copyOf(effects));
    }

    /** Tells the dialog that the response has made all its calls, when it has not answered them one by one. */
    private void completeCalls() {
        if (calls.isEmpty() && before.calls().isEmpty()) {
            return;
        }
        boolean ended = responseDone && !before.responseDone();
        boolean calledAfterwards = responseDone && !calls.equals(before.calls());
        boolean owed = (ended ? before.calls() : calls)
                .inOrder().stream()
                        .anyMatch(call -> before.ownTools().contains(call.tool())
                                && call.output().isEmpty());
        if (owed && (ended || calledAfterwards) && !finished) {
            effects.add(new TurnEffect.Feed(new Conversation.Event.CallsComplete()));
        }
    }

    /** Never beside a line that was asked for: behind the outputs it would look like the answer to them. */
    private void answerCalls() {
        if (calls.isEmpty() || !responseDone || gate.isAboutToSay() || !calls.allAnswered()) {
            return;
        }
        for (OpenCalls.Call call : calls.inOrder()) {
            sendOutput(call, call.output().orElseThrow());
        }
        boolean isProtected = calls.inOrder().stream().anyMatch(OpenCalls.Call::isProtected);
        Optional<String> nextTool = calls.nextTool();
        calls = calls.allSent();
        clock = clock.map(c -> c.resultsSent(now));
        gate = isProtected ? gate.wantProtectedAnswer() : gate.wantAnswer();
        gate = nextTool.map(gate::mustCall).orElse(gate);
    }

    private void sendOutput(OpenCalls.Call call, String fallback) {
        send(new ClientEvent.ItemCreate(
                Optional.empty(),
                Optional.empty(),
                new Item.FunctionCallOutput(
                        Optional.empty(), call.callId(), call.output().orElse(fallback))));
    }

    private void askForResponse() {
        boolean answerMayCome = calls.isEmpty();
        if (callerSpeaking) {
            return;
        }
        gate.next()
                .filter(ask -> answerMayCome || ask instanceof ResponseGate.Ask.Say)
                .ifPresent(ask -> {
                    send(new ClientEvent.ResponseCreate(Optional.empty(), AskedResponse.of(ask, isStrict())));
                    gate = gate.asked(ask);
                    disarm(TurnTimer.SILENCE);
                    arm(TurnTimer.RESPONSE, rules.responseTimeout());
                });
    }

    /** Whether the model must call before it speaks; where the dialog has no tools it could never speak. */
    boolean isStrict() {
        return rules.conduct() == Conduct.STRICT && !before.ownTools().isEmpty();
    }

    /** What a response counts as that nobody asked for. */
    ResponseGate.Ask unasked() {
        return isStrict() ? ResponseGate.Ask.Understand.FIRST : ResponseGate.Ask.Answer.FREE;
    }

    /** The model owes the caller's turn what comes next. */
    void wantReply() {
        gate = isStrict() && !toolSinceCaller ? gate.wantUnderstanding() : gate.wantAnswer();
    }

    private void endOfTurn() {
        if (!gate.isIdle() || gate.hasWishes() || !calls.isEmpty() || callerSpeaking) {
            return;
        }
        boolean wasBusy = !TurnMachine.atBoundary(before);
        if (wasBusy) {
            turnEnded();
        }
        if (ending.isPresent()) {
            closing &= !(ending.get() instanceof Outcome.HandedOver);
            arm(TurnTimer.FAREWELL, untilHeard());
        } else if (wasBusy || !before.lineUp() || !playback.equals(before.playback())) {
            arm(TurnTimer.SILENCE, untilHeard().plus(rules.silenceTimeout()));
        }
    }

    private void turnEnded() {
        deliver(new Signal.TurnEnded(turnUsage));
        if (!spoken.isEmpty()) {
            effects.add(
                    new TurnEffect.Feed(new Conversation.Event.AgentSpoke(spoken, toolSinceCaller || !callerTurnOpen)));
        }
        spoken = "";
        callerTurnOpen = false;
        clock = Optional.empty();
        turnUsage = Usage.NONE;
    }

    private Duration untilHeard() {
        return Duration.ofNanos(playback.playing(now).isEmpty() ? 0 : Math.max(0, playback.endsAt() - now));
    }

    void send(ClientEvent event) {
        if (lineUp) {
            effects.add(new TurnEffect.Send(event));
        }
    }

    /** Sends as soon as there is a line and nothing is being said; the oldest is dropped when too much waits. */
    void keep(ClientEvent event) {
        List<ClientEvent> next = new ArrayList<>(kept);
        next.add(event);
        kept = List.copyOf(next.subList(Math.max(0, next.size() - MAX_KEPT), next.size()));
    }

    private void sendKept() {
        if (gate.isIdle()) {
            kept.forEach(this::send);
            kept = List.of();
        }
    }

    void deliver(Signal signal) {
        effects.add(new TurnEffect.Deliver(signal));
    }

    void arm(TurnTimer timer, Duration delay) {
        effects.add(new TurnEffect.Arm(timer, delay));
    }

    void disarm(TurnTimer timer) {
        effects.add(new TurnEffect.Disarm(timer));
    }

    void problem(String code, String message) {
        effects.add(new TurnEffect.Problem(code, message));
    }

    /** The line is of no use any more; nothing is sent on it from here on, and what is owed is asked for on the next. */
    void giveUpLine(String reason) {
        effects.add(new TurnEffect.GiveUpLine(reason));
        lineUp = false;
    }

    /** The caller does not speak, or not any more. */
    void releaseFloor() {
        callerSpeaking = false;
        disarm(TurnTimer.FLOOR);
        if (overlap.isPresent()) {
            overlap = Optional.empty();
            disarm(TurnTimer.OVERLAP);
        }
    }

    void closeUtterance() {
        utterance.ifPresent(u -> {
            deliver(new Signal.UtteranceEnded(u.id(), u.text(), true));
            effects.add(new TurnEffect.Said(u.id(), u.text(), true));
        });
        utterance = Optional.empty();
    }

    /** Push-to-talk: whether the caller is recording a turn; one that never ends counts as silence again. */
    boolean records() {
        return recordingSince
                .filter(since -> now - since < CallerRules.LONGEST_SPEECH.toNanos())
                .isPresent();
    }

    /** Whether what is said, or still heard, may not be interrupted. */
    boolean protectedWords() {
        return !gate.interruptible() || playback.playing(now).stream().anyMatch(guarded::contains);
    }

    boolean cancelSent() {
        return gate.phase() instanceof ResponseGate.Phase.Active active && active.cancelSent();
    }

    void finish(Outcome outcome) {
        finished = true;
        new CallerRules(this).tellTranscripts(transcripts.withoutMissing());
        for (OpenCalls.Call call : calls.inOrder()) {
            sendOutput(call, "{\"error\":\"the call ended\"}");
        }
        calls = calls.allSent();
        effects.add(new TurnEffect.Finish(outcome));
    }

    private TurnState toState() {
        return new TurnState(
                rules,
                before.ownTools(),
                lineUp,
                callerSpeaking,
                gate,
                calls,
                responseDone,
                playback,
                clock,
                utterance,
                spoken,
                toolSinceCaller,
                waits,
                callerTurnOpen,
                turnUsage,
                silences,
                barged,
                stalledResponses,
                abandoned,
                committing,
                typed,
                kept,
                overlap,
                overlooked,
                guarded,
                recordingSince,
                transcripts,
                ending,
                closing,
                finished);
    }
}
