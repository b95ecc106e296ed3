package dev.antiphon.session;

import dev.antiphon.handover.HandoverResult;
import dev.antiphon.model.Tier;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.tier.Struggle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the {@link Conversation} of one call: feeds it, performs its directives, and gives its evidence of struggle to
 * {@link Climbing}. Confined to one session actor.
 */
final class DialogRunner {

    /** What the session does for the dialog. */
    interface Port {
        void input(TurnInput input);

        void runEffect(Conversation.Directive.Run run);

        /** The tier in use. */
        Tier tier();

        /** Starts to move to this tier; false when that cannot be begun. */
        boolean moveTo(Tier tier);

        /** Tells the model in use. */
        void send(ClientEvent event);

        /** The dialog has ended so: a person may have to be asked first. */
        void handsOver(Outcome.HandedOver to);

        /** The model gets what {@link DialogRunner#opening} is now. */
        void rebriefed();
    }

    private static final String CALL_ENDS = "{\"error\":\"the call ends\"}";

    /** A call of one of the dialog's own tools. */
    private record OwnCall(String tool, long startedNanos) {}

    private final CallSetup call;
    private final CallRecord record;
    private final Port port;
    private Conversation.Opening opening;
    private final Set<String> runningEffects = new HashSet<>();
    private final Map<String, OwnCall> ownCalls = new HashMap<>();
    private final Climbing climbing;
    private Optional<Outcome> ended = Optional.empty();
    private boolean mustEnd;

    DialogRunner(CallSetup call, CallRecord record, Port port) {
        this.call = call;
        this.record = record;
        this.port = port;
        this.opening = call.conversation().opening();
        this.climbing = new Climbing(call, record, new Climbing.Port() {
            @Override
            public Tier tier() {
                return port.tier();
            }

            @Override
            public boolean moveTo(Tier tier) {
                return port.moveTo(tier);
            }

            @Override
            public void send(ClientEvent event) {
                port.send(event);
            }

            @Override
            public boolean handOver(String reason) {
                return feed(new Conversation.Event.PersonNeeded(reason));
            }

            @Override
            public boolean effectRuns() {
                return effectRunning();
            }

            @Override
            public boolean isOver() {
                return ended.isPresent();
            }
        });
    }

    /** What the evidence of struggle leads to. */
    Climbing climbing() {
        return climbing;
    }

    Conversation.Opening opening() {
        return opening;
    }

    Set<String> ownTools() {
        return call.conversation().ownTools();
    }

    String sayAgain() {
        return call.conversation().sayAgain();
    }

    Optional<String> seed() {
        return call.conversation().seed();
    }

    boolean effectRunning() {
        return !runningEffects.isEmpty();
    }

    /** The model called one of the dialog's own tools. The arguments hold what the caller said, so no fact carries them. */
    void toolCalled(Conversation.Event.ToolCalled called) {
        ownCalls.put(called.callId(), new OwnCall(called.name(), call.clock().nanoTime()));
        record.toolStarted(called.callId(), called.name(), false, "");
        if (concerns(called)) {
            feed(called);
        } else {
            answered(new Conversation.Directive.Answer(called.callId(), CALL_ENDS, true));
        }
    }

    /** When the call has to end, the dialog only keeps its caller company who waits for a person. */
    private boolean concerns(Conversation.Event event) {
        boolean toEachTurn =
                event instanceof Conversation.Event.ToolCalled || event instanceof Conversation.Event.CallsComplete;
        return !mustEnd
                || event instanceof Conversation.Event.HandoverAsked
                || event instanceof Conversation.Event.CallerHungUp
                || toEachTurn
                        && ended.filter(Outcome.HandedOver.class::isInstance).isPresent();
    }

    private void answered(Conversation.Directive.Answer answer) {
        Optional.ofNullable(ownCalls.remove(answer.callId()))
                .ifPresent(own -> record.toolSettled(
                        answer.callId(),
                        own.tool(),
                        false,
                        new ToolOutcome.Ok(answer.outputJson()),
                        own.startedNanos()));
        port.input(new TurnInput.CallAnswered(
                answer.callId(), answer.outputJson(), !answer.interruptible(), answer.nextTool()));
    }

    /** Feeds one event and performs what the dialog wants; false when that is nothing. */
    boolean feed(Conversation.Event event) {
        if (!concerns(event)) {
            return false;
        }
        List<Conversation.Directive> directives = call.conversation().on(event);
        directives.forEach(this::perform);
        boolean struggled = directives.stream().anyMatch(Conversation.Directive.Report.class::isInstance);
        // A correction changes the view, and is no progress all the same.
        if (record.dialogAt(call.conversation().view()) && !struggled) {
            climbing.progressed();
        }
        // When all has been done: what was begun in the same breath counts.
        directives.forEach(this::weigh);
        if (event instanceof Conversation.Event.CallsComplete || event instanceof Conversation.Event.EffectSettled) {
            climbing.turned(struggled);
        }
        return !directives.isEmpty();
    }

    void effectSettled(String effectId, ToolOutcome outcome) {
        runningEffects.remove(effectId);
        feed(new Conversation.Event.EffectSettled(effectId, outcome));
    }

    /** A tool that is not the dialog's own has settled: a call with bad arguments or an unknown name is struggle. */
    void toolSettled(String tool, ToolOutcome outcome) {
        switch (outcome) {
            case ToolOutcome.Rejected ignored -> struggled(new Struggle(Struggle.Signal.TOOL_ERROR, tool));
            case ToolOutcome.UnknownTool ignored -> struggled(new Struggle(Struggle.Signal.TOOL_ERROR, tool));
            case ToolOutcome.Failed ignored -> {}
            case ToolOutcome.TimedOut ignored -> {}
            case ToolOutcome.Cancelled ignored -> {}
            case ToolOutcome.Ok ignored -> {}
        }
    }

    /**
     * A person has answered. Unless they have taken the call, the dialog says how it goes on.
     *
     * @param last whether nobody else is asked
     */
    void handoverSettled(Outcome.HandedOver to, HandoverResult result, boolean last) {
        if (result instanceof HandoverResult.Accepted accepted) {
            ended = Optional.of(taken(to, accepted));
            port.input(new TurnInput.EndSettled(ended));
            feed(new Conversation.Event.HandoverSettled(to.target(), result));
            return;
        }
        ended = Optional.empty();
        port.input(new TurnInput.EndSettled(ended));
        boolean answered = !last && feed(new Conversation.Event.HandoverSettled(to.target(), result));
        if (!answered) {
            Conversation.HandoverWords words = call.conversation().handoverWords();
            mustEnd(
                    words.of(result) + " " + words.later(),
                    new Outcome.Abandoned("not taken over by " + to.target() + ": " + result.name()));
        }
    }

    private static Outcome taken(Outcome.HandedOver to, HandoverResult.Accepted accepted) {
        return accepted.reference().isEmpty()
                ? to
                : new Outcome.HandedOver(to.target(), to.reason() + "; reference " + accepted.reference());
    }

    /**
     * The call has to end for a reason that is not the dialog's; a hand-over asks a person first. The words are the last ones: what the
     * caller says from now on reaches the record only, and the dialog neither takes values nor speaks any more.
     */
    void mustEnd(String words, Outcome outcome) {
        mustEnd = true;
        List.copyOf(ownCalls.keySet())
                .forEach(callId -> answered(new Conversation.Directive.Answer(callId, CALL_ENDS, true)));
        port.input(new TurnInput.SayWanted(Conversation.Speech.say(words)));
        ends(outcome, true);
    }

    /** How the dialog has ended, if it has. */
    Optional<Outcome> decided() {
        return ended;
    }

    /** How the call ends when the caller hangs up now. */
    Outcome outcomeOnHangUp(String reason) {
        feed(new Conversation.Event.CallerHungUp(reason));
        return ended.orElseGet(() -> new Outcome.Abandoned(reason));
    }

    private void perform(Conversation.Directive directive) {
        switch (directive) {
            case Conversation.Directive.Answer d -> answered(d);
            case Conversation.Directive.Say d -> port.input(new TurnInput.SayWanted(d.speech()));
            case Conversation.Directive.Run d -> {
                runningEffects.add(d.effectId());
                port.runEffect(d);
            }
            case Conversation.Directive.Rebrief d -> {
                opening = d.opening();
                port.rebriefed();
            }
            case Conversation.Directive.Note d -> port.input(new TurnInput.NoteWanted(d.text()));
            case Conversation.Directive.Report d -> record.struggled(d.struggle());
            case Conversation.Directive.Escalate ignored -> {}
            case Conversation.Directive.End d -> ends(d.outcome(), false);
        }
    }

    private void ends(Outcome outcome, boolean isClosing) {
        boolean first = ended.isEmpty();
        ended = Optional.of(ended.orElse(outcome));
        port.input(new TurnInput.EndWanted(outcome, isClosing));
        if (first && outcome instanceof Outcome.HandedOver to) {
            port.handsOver(to);
        }
    }

    private void struggled(Struggle struggle) {
        record.struggled(struggle);
        climbing.struggled(struggle);
    }

    private void weigh(Conversation.Directive directive) {
        switch (directive) {
            case Conversation.Directive.Report d -> climbing.struggled(d.struggle());
            case Conversation.Directive.Escalate d -> climbing.asked(d.reason());
            case Conversation.Directive.Answer ignored -> {}
            case Conversation.Directive.Say ignored -> {}
            case Conversation.Directive.Run ignored -> {}
            case Conversation.Directive.Rebrief ignored -> {}
            case Conversation.Directive.Note ignored -> {}
            case Conversation.Directive.End ignored -> {}
        }
    }
}
