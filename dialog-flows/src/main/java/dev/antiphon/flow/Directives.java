package dev.antiphon.flow;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.session.Conversation.Directive;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the machine wants, as a session gets it told.
 *
 * @param instanceId of the run; part of every effect's idempotency key
 */
record Directives(Dialog dialog, String instanceId) {
    private static final Logger LOG = LoggerFactory.getLogger(FlowConversation.class);

    /** What a session is told of it; nothing of a fault, which is logged. */
    Optional<Directive> of(FlowEffect effect) {
        return switch (effect) {
            case FlowEffect.Answer answer ->
                Optional.of(new Directive.Answer(
                        answer.callId(),
                        ReplyJson.of(answer.reply()),
                        answer.reply().interruptible(),
                        answer.reply().entries().isEmpty() ? Optional.empty() : Optional.of(FlowTools.ASK)));
            case FlowEffect.Say say -> Optional.of(new Directive.Say(say.speech()));
            case FlowEffect.Run run -> {
                String key = instanceId + ":" + inCall(run.effectId()) + run.name() + ":r" + run.revision();
                Callable<?> work = run.work() instanceof EffectCall<?> call ? () -> call.call(key) : run.work();
                yield Optional.of(new Directive.Run(run.effectId(), run.name(), key, run.policy(), work));
            }
            case FlowEffect.Report report -> Optional.of(new Directive.Report(report.struggle()));
            case FlowEffect.Escalate escalate -> Optional.of(new Directive.Escalate(escalate.reason()));
            case FlowEffect.End end -> Optional.of(new Directive.End(end.outcome()));
            case FlowEffect.Fault fault -> {
                Throwable shown = takesSensitive() ? WithoutWords.of(fault.cause()) : fault.cause();
                LOG.error("dialog '{}': the author's {} threw", dialog.name(), fault.where(), shown);
                yield Optional.empty();
            }
        };
    }

    private boolean takesSensitive() {
        return dialog.flows().stream().flatMap(flow -> flow.slots().stream()).anyMatch(Slot::isSensitive);
    }

    /** Which of several flows, or instances of a flow, work belongs to. */
    private String inCall(String effectId) {
        String instance = DialogMachine.instanceOf(effectId);
        return dialog.hasSeveral() || !instance.equals(dialog.flows().getFirst().name()) ? instance + ":" : "";
    }
}
