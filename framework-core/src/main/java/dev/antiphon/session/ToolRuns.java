package dev.antiphon.session;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
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
    /** Calls that the model went on without. */
    private final Set<String> detached = new HashSet<>();

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

    /** A timer of one call. */
    private record Rung(String callId, int number) {}

    /**
     * Runs a tool that the model called; {@link VoiceSession.ToolSlow} comes when it takes a while, and {@link
     * VoiceSession.ToolOverdue} when it takes too long.
     */
    void call(TurnEffect.CallTool request, Duration timeout) {
        long start = call.clock().nanoTime();
        record.toolStarted(
                request.callId(), request.tool(), false, call.tools().masked(request.tool(), request.argumentsJson()));
        if (!call.conversation().mayCall(request.tool())) {
            session.tell(new VoiceSession.ToolSettled(
                    request.callId(), request.tool(), ToolAnswers.notNow(call.conversation(), request.tool()), start));
            return;
        }
        ToolConduct conduct = call.tools().conduct(request.tool());
        Conversation.WaitingWords usual = call.conversation().waitingWords();
        conduct.filler().ifPresent(wait -> startWait(request.callId(), 1, wait, usual.filler()));
        conduct.progress().ifPresent(wait -> startWait(request.callId(), 2, wait, usual.progress()));
        Duration patience = conduct.detachAfter().orElse(timeout);
        timers.startSingleTimer(
                request.callId(), new VoiceSession.ToolOverdue(request.callId(), request.tool(), patience), patience);
        call.tools()
                .invoke(
                        new ToolInvoker.Invocation.ModelCall(
                                call.id(), request.callId(), request.tool(), request.argumentsJson()),
                        outcome -> session.tell(
                                new VoiceSession.ToolSettled(request.callId(), request.tool(), outcome, start)));
    }

    private void startWait(String callId, int rung, ToolConduct.Wait wait, String usual) {
        String words = wait.words()
                .flatMap(each -> each.in(call.conversation().language()))
                .orElse(usual);
        timers.startSingleTimer(new Rung(callId, rung), new VoiceSession.ToolSlow(callId, rung, words), wait.after());
    }

    /** What a call is answered with whose time is over. */
    String overdue(VoiceSession.ToolOverdue overdue) {
        ToolConduct conduct = call.tools().conduct(overdue.tool());
        if (conduct.detachAfter().isEmpty()) {
            return ToolAnswers.json(new ToolOutcome.TimedOut(overdue.after()), tooLong(overdue.tool()));
        }
        detached.add(overdue.callId());
        return ToolAnswers.later(
                exit(conduct, call.conversation().waitingWords().later()));
    }

    /** What the model is given to say when a tool's time is over. */
    String tooLong(String tool) {
        return exit(
                call.tools().conduct(tool), call.conversation().waitingWords().tooLong());
    }

    private String exit(ToolConduct conduct, String usual) {
        return conduct.exit()
                .flatMap(words -> words.in(call.conversation().language()))
                .orElse(usual);
    }

    void cancel(String callId) {
        call.tools().cancel(call.id(), callId);
    }

    /** Runs an effect; {@link VoiceSession.EffectSlow} comes when it is slow, and again when it is still. */
    void run(Conversation.Directive.Run run) {
        long start = call.clock().nanoTime();
        record.toolStarted(run.effectId(), run.name(), true, "");
        run.policy().slowAfter().ifPresent(after -> {
            startSlow(run.effectId(), 1, after);
            startSlow(run.effectId(), 2, after.plus(Conversation.EffectPolicy.STILL_SLOW_AFTER));
        });
        call.tools()
                .invoke(
                        new ToolInvoker.Invocation.Effect(
                                call.id(), run.effectId(), run.name(), run.idempotencyKey(), run.policy(), run.work()),
                        outcome -> session.tell(
                                new VoiceSession.EffectSettled(run.effectId(), run.name(), outcome, start)),
                        outcome ->
                                session.tell(new VoiceSession.EffectSettledLate(run.effectId(), run.name(), outcome)));
    }

    private void startSlow(String effectId, int rung, Duration after) {
        timers.startSingleTimer(new Rung(effectId, rung), new VoiceSession.EffectSlow(effectId, after), after);
    }

    private void stopWaits(String id) {
        timers.cancel(new Rung(id, 1));
        timers.cancel(new Rung(id, 2));
    }

    /** Whether the model went on without this result. */
    boolean settled(VoiceSession.ToolSettled settled) {
        timers.cancel(settled.callId());
        stopWaits(settled.callId());
        record.toolSettled(settled.callId(), settled.tool(), false, settled.outcome(), settled.startedNanos());
        return detached.remove(settled.callId());
    }

    void settled(VoiceSession.EffectSettled settled) {
        stopWaits(settled.effectId());
        record.toolSettled(settled.effectId(), settled.name(), true, settled.outcome(), settled.startedNanos());
    }
}
