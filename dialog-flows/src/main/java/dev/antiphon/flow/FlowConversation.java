package dev.antiphon.flow;

import dev.antiphon.flow.FlowEffect.Reply;
import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.realtime.ToolChoice;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.Outcome;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call's run of a flow, as a session sees it: tool calls become dialogue acts, what the machine wants becomes
 * directives. Confined to one session, as {@link Conversation} says.
 */
public final class FlowConversation implements Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(FlowConversation.class);
    private final Flow<?> flow;
    private final FlowMachine machine;
    private final InstantSource clock;
    private final ZoneId zone;
    private final String instanceId;
    private final Opening opening;
    private final CallBatch batch = new CallBatch();
    private FlowState state = FlowState.initial();

    private FlowConversation(Flow<?> flow, InstantSource clock, ZoneId zone, String instanceId) {
        this.flow = flow;
        this.machine = new FlowMachine(flow);
        this.clock = clock;
        this.zone = zone;
        this.instanceId = instanceId;
        this.opening = new Opening(FlowInstructions.of(flow, now()), FlowTools.of(flow), ToolChoice.AUTO);
    }

    /**
     * A new run.
     *
     * @param clock resolves relative dates
     * @param zone the caller's time zone
     * @param instanceId unique for each run; part of every effect's idempotency key
     */
    public static FlowConversation start(Flow<?> flow, InstantSource clock, ZoneId zone, String instanceId) {
        if (instanceId.isBlank()) {
            throw new IllegalArgumentException("a flow's instance id must not be blank");
        }
        return new FlowConversation(flow, clock, zone, instanceId);
    }

    @Override
    public String name() {
        return flow.name();
    }

    @Override
    public Opening opening() {
        return opening;
    }

    @Override
    public List<Directive> on(Event event) {
        List<Directive> directives = new ArrayList<>();
        for (FlowEvent next : flowEvents(event)) {
            Transition transition = machine.step(state, next);
            state = transition.next();
            transition.effects().forEach(effect -> directive(effect).ifPresent(directives::add));
        }
        return directives;
    }

    private List<FlowEvent> flowEvents(Event event) {
        return switch (event) {
            case Event.ToolCalled called -> {
                batch.add(new FlowEvent.Acted(
                        called.callId(), ToolCallReading.read(called.name(), called.argumentsJson()), now()));
                yield List.of();
            }
            case Event.CallsComplete complete -> batch.take();
            case Event.CallerSpoke tooLateToMatter -> List.of();
            case Event.CallStarted callStarted -> List.of(new FlowEvent.Started());
            case Event.EffectSettled settled ->
                List.of(new FlowEvent.EffectSettled(settled.effectId(), settled.outcome()));
            case Event.AgentSpoke spoke -> List.of(new FlowEvent.AgentSpoke(spoke.text(), spoke.calledTool()));
            case Event.CallerSilent silent -> List.of(new FlowEvent.CallerSilent(silent.count()));
            case Event.AgentCutOff cut -> List.of(new FlowEvent.AgentCutOff(cut.heardShare()));
            case Event.CallerHungUp hungUp -> List.of(new FlowEvent.CallerHungUp(hungUp.reason()));
            case Event.EffectSlow slow -> List.of(new FlowEvent.EffectSlow(slow.effectId()));
        };
    }

    private Optional<Directive> directive(FlowEffect effect) {
        return switch (effect) {
            case FlowEffect.Answer answer ->
                Optional.of(new Directive.Answer(
                        answer.callId(), json(answer.reply()), answer.reply().interruptible()));
            case FlowEffect.Say say -> Optional.of(new Directive.Say(say.speech()));
            case FlowEffect.Run run ->
                Optional.of(new Directive.Run(
                        run.effectId(),
                        run.name(),
                        instanceId + ":" + run.name() + ":r" + run.revision(),
                        run.policy(),
                        run.work()));
            case FlowEffect.Report report -> Optional.of(new Directive.Report(report.struggle()));
            case FlowEffect.Escalate escalate -> Optional.of(new Directive.Escalate(escalate.reason()));
            case FlowEffect.End end -> Optional.of(new Directive.End(end.outcome()));
            case FlowEffect.Fault fault -> {
                LOG.error("flow '{}': the author's {} threw", flow.name(), fault.where(), fault.cause());
                yield Optional.empty();
            }
        };
    }

    private static String json(Reply reply) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        reply.error().ifPresent(problem -> answer.put("error", problem));
        answer.put("say", reply.say());
        if (reply.verbatim()) {
            answer.put("verbatim", true);
        }
        if (!reply.options().isEmpty()) {
            ObjectNode options = answer.putObject("facts").putObject("options");
            for (int i = 0; i < reply.options().size(); i++) {
                options.put(Integer.toString(i + 1), reply.options().get(i));
            }
        }
        reply.confirmRevision().ifPresent(revision -> answer.put("confirm_revision", revision));
        if (reply.end()) {
            answer.put("end", true);
        }
        return answer.toString();
    }

    @Override
    public Optional<String> seed() {
        return FlowInstructions.seed(flow, state, view());
    }

    @Override
    public View view() {
        Map<String, String> slots = new LinkedHashMap<>();
        Turn look = new Turn(flow, state, now());
        for (Slot<?> slot : flow.slots()) {
            look.spoken(slot).ifPresent(words -> slots.put(slot.name(), slot.isSensitive() ? Questions.MASK : words));
        }
        return new View(step(look), slots, Questions.open(flow, state));
    }

    private String step(Turn look) {
        return switch (state.phase()) {
            case COLLECTING -> collecting(look);
            case RUNNING ->
                state.effects().running().map(EffectProgress.Running::name).orElse(Step.CONFIRM);
            case DONE -> Step.DONE;
            case ENDED -> state.outcome().map(outcome -> ended(look, outcome)).orElse(Step.DONE);
        };
    }

    private String ended(Turn look, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed completed -> Step.DONE;
            case Outcome.HandedOver handedOver -> flow.handOverTarget().isPresent() ? Step.HAND_OVER : collecting(look);
            case Outcome.Abandoned abandoned -> collecting(look);
            case Outcome.Failed failed -> collecting(look);
        };
    }

    private String collecting(Turn look) {
        if (flow.slots().isEmpty()) {
            return Step.ANSWERS;
        }
        return state.offer()
                .map(FlowState.Offer::slot)
                .or(() -> Questions.missing(look).map(Slot::name))
                .orElse(flow.confirms() && !flow.isService() ? Step.CONFIRM : Step.DONE);
    }

    /** The machine's state, for tests and journals. */
    public FlowState state() {
        return state;
    }

    /** Whether the dialog is over. */
    public boolean ended() {
        return state.phase() == Phase.ENDED;
    }

    private ZonedDateTime now() {
        return clock.instant().atZone(zone);
    }
}
