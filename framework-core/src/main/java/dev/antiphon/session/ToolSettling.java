package dev.antiphon.session;

import java.util.function.Consumer;

/** What tools and effects that have settled mean for the turn and the dialog of one call. Confined to one session actor. */
final class ToolSettling {
    private final ToolRuns tools;
    private final DialogRunner dialog;
    private final CallRecord record;
    private final Consumer<TurnInput> inputs;

    ToolSettling(ToolRuns tools, DialogRunner dialog, CallRecord record, Consumer<TurnInput> inputs) {
        this.tools = tools;
        this.dialog = dialog;
        this.record = record;
        this.inputs = inputs;
    }

    void on(VoiceSession.ToolSettled settled) {
        boolean late = tools.settled(settled);
        dialog.toolSettled(settled.tool(), settled.outcome());
        String answer = ToolAnswers.json(settled.outcome(), tools.tooLong(settled.tool()));
        inputs.accept(
                late
                        ? new TurnInput.ToolLate(settled.callId(), settled.tool(), answer)
                        : new TurnInput.CallAnswered(settled.callId(), answer));
    }

    void on(VoiceSession.ToolOverdue overdue) {
        inputs.accept(new TurnInput.CallAnswered(overdue.callId(), tools.overdue(overdue)));
        dialog.toolSettled(overdue.tool(), new ToolOutcome.TimedOut(overdue.after()));
    }

    void on(VoiceSession.EffectSettled settled) {
        tools.settled(settled);
        dialog.effectSettled(settled.effectId(), settled.outcome());
    }

    void on(VoiceSession.EffectSettledLate late) {
        record.problem(
                "effect_settled_late",
                "'" + late.name() + "' ended after its timeout: "
                        + late.outcome().name());
        dialog.feed(new Conversation.Event.EffectSettled(late.effectId(), late.outcome()));
    }

    void on(VoiceSession.EffectSlow slow) {
        dialog.feed(new Conversation.Event.EffectSlow(slow.effectId(), slow.elapsed()));
    }
}
