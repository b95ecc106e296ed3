package dev.antiphon.session;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Hands tools and effects of one call to the pool and keeps their time; what becomes of them returns to the session as a
 * command. Confined to one session actor.
 */
final class ToolRuns {
    private final CallSetup call;
    private final CallRecord record;
    private final TimerScheduler<VoiceSession.Command> timers;
    private final ActorRef<VoiceSession.Command> session;

    ToolRuns(
            CallSetup call,
            CallRecord record,
            TimerScheduler<VoiceSession.Command> timers,
            ActorRef<VoiceSession.Command> session) {
        this.call = call;
        this.record = record;
        this.timers = timers;
        this.session = session;
    }

    /** Runs a tool that the model called; {@link VoiceSession.ToolOverdue} comes when it takes too long. */
    void call(TurnEffect.CallTool request, Duration timeout) {
        long start = call.clock().nanoTime();
        record.toolStarted(
                request.callId(), request.tool(), false, call.tools().masked(request.tool(), request.argumentsJson()));
        timers.startSingleTimer(
                request.callId(), new VoiceSession.ToolOverdue(request.callId(), request.tool()), timeout);
        call.tools()
                .invoke(
                        new ToolInvoker.Invocation.ModelCall(
                                call.id(), request.callId(), request.tool(), request.argumentsJson()),
                        outcome -> session.tell(
                                new VoiceSession.ToolSettled(request.callId(), request.tool(), outcome, start)));
    }

    /** Runs an effect; {@link VoiceSession.EffectSlow} comes when it is slow. */
    void run(Conversation.Directive.Run run) {
        long start = call.clock().nanoTime();
        record.toolStarted(run.effectId(), run.name(), true, "");
        run.policy()
                .slowAfter()
                .ifPresent(after -> timers.startSingleTimer(
                        run.effectId(), new VoiceSession.EffectSlow(run.effectId(), after), after));
        call.tools()
                .invoke(
                        new ToolInvoker.Invocation.Effect(
                                call.id(), run.effectId(), run.name(), run.idempotencyKey(), run.policy(), run.work()),
                        outcome -> session.tell(
                                new VoiceSession.EffectSettled(run.effectId(), run.name(), outcome, start)),
                        outcome ->
                                session.tell(new VoiceSession.EffectSettledLate(run.effectId(), run.name(), outcome)));
    }

    void settled(VoiceSession.ToolSettled settled) {
        timers.cancel(settled.callId());
        record.toolSettled(settled.callId(), settled.tool(), false, settled.outcome(), settled.startedNanos());
    }

    void settled(VoiceSession.EffectSettled settled) {
        timers.cancel(settled.effectId());
        record.toolSettled(settled.effectId(), settled.name(), true, settled.outcome(), settled.startedNanos());
    }
}
