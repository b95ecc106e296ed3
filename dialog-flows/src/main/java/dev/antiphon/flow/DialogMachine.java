package dev.antiphon.flow;

import dev.antiphon.session.ToolOutcome;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs several flows in one call: a pure function that gives each act to the flow it belongs to, and lets one flow speak. What
 * another flow had asked is asked again before a yes to it counts. Thread-safe.
 */
public final class DialogMachine {
    private static final String SEPARATOR = "/";

    private final Dialog dialog;
    private final Map<String, FlowMachine> machines = new HashMap<>();

    /** A machine for this dialog. */
    public DialogMachine(Dialog dialog) {
        this.dialog = dialog;
        dialog.flows().forEach(flow -> machines.put(flow.name(), new FlowMachine(flow)));
    }

    /** An act and the name of the flow that it belongs to. */
    public record Addressed(String flow, DialogueAct act) {}

    /** The result of one step: effects' ids begin with the name of their flow. */
    public record Transition(DialogState next, List<FlowEffect> effects, List<SystemAct> acts) {
        public Transition {
            effects = List.copyOf(effects);
            acts = List.copyOf(acts);
        }
    }

    /** Takes all that the caller meant in one turn; flows that the dialog does not have are passed over. */
    public Transition callerTurn(DialogState state, String callId, List<Addressed> acts, ZonedDateTime at) {
        Map<String, List<DialogueAct>> byFlow = new LinkedHashMap<>();
        for (Addressed addressed : acts) {
            String flow = meant(state, addressed);
            if (machines.containsKey(flow)) {
                byFlow.computeIfAbsent(flow, name -> new ArrayList<>()).add(addressed.act());
            }
        }
        if (byFlow.isEmpty()) {
            String flow = machines.containsKey(state.focus())
                    ? state.focus()
                    : dialog.flows().getFirst().name();
            byFlow.put(flow, List.of(new DialogueAct.Unclear()));
        }
        String answering = answering(byFlow);
        DialogState next = state;
        List<FlowEffect> effects = new ArrayList<>();
        List<SystemAct> said = new ArrayList<>();
        for (String flow : state.flows().keySet()) {
            if (!flow.equals(answering)) {
                next = next.with(flow, next.of(flow).leftAlone());
            }
        }
        for (Map.Entry<String, List<DialogueAct>> entry : byFlow.entrySet()) {
            boolean aside = !entry.getKey().equals(answering);
            dev.antiphon.flow.Transition step =
                    step(state, entry.getKey(), new FlowEvent.CallerTurn(callId, entry.getValue(), aside, at));
            next = next.with(entry.getKey(), aside ? step.next().leftAlone() : step.next());
            step.effects().stream()
                    .filter(effect -> !(aside && effect instanceof FlowEffect.Answer))
                    .map(effect -> named(entry.getKey(), effect))
                    .forEach(effects::add);
            said.addAll(step.acts());
        }
        return new Transition(next.focusing(answering), effects, said);
    }

    /** An effect has settled; its id as it was given. */
    public Transition effectSettled(DialogState state, String effectId, ToolOutcome outcome) {
        int end = effectId.indexOf(SEPARATOR);
        String flow = effectId.substring(0, Math.max(0, end));
        return machines.containsKey(flow)
                ? whole(state, flow, new FlowEvent.EffectSettled(effectId.substring(end + 1), outcome))
                : new Transition(state, List.of(), List.of());
    }

    /** The agent has said to its end what it was given. */
    public Transition agentSpoke(DialogState state, String text, boolean actedOn) {
        return machines.containsKey(state.focus())
                ? whole(state, state.focus(), new FlowEvent.AgentSpoke(text, actedOn))
                : new Transition(state, List.of(), List.of());
    }

    private Transition whole(DialogState state, String flow, FlowEvent event) {
        dev.antiphon.flow.Transition step = step(state, flow, event);
        return new Transition(
                state.with(flow, step.next()),
                step.effects().stream().map(effect -> named(flow, effect)).toList(),
                step.acts());
    }

    private dev.antiphon.flow.Transition step(DialogState state, String flow, FlowEvent event) {
        return Optional.ofNullable(machines.get(flow)).orElseThrow().step(state.of(flow), event);
    }

    private static FlowEffect named(String flow, FlowEffect effect) {
        return effect instanceof FlowEffect.Run run
                ? new FlowEffect.Run(
                        flow + SEPARATOR + run.effectId(), run.name(), run.revision(), run.policy(), run.work())
                : effect;
    }

    /** Thanks, leave and a yes or no without a question of the flow's own belong to what was spoken of last. */
    private String meant(DialogState state, Addressed addressed) {
        boolean closing = switch (addressed.act()) {
            case DialogueAct.Goodbye ignored -> true;
            case DialogueAct.ChitChat ignored -> true;
            case DialogueAct.Thanks ignored -> true;
            case DialogueAct.Negate ignored ->
                state.of(addressed.flow()).confirmation().isEmpty();
            case DialogueAct.Affirm ignored ->
                state.of(addressed.flow()).confirmation().isEmpty();
            default -> false;
        };
        return closing && machines.containsKey(state.focus()) ? state.focus() : addressed.flow();
    }

    /** The flow in which something new is wanted, else the first. */
    private static String answering(Map<String, List<DialogueAct>> byFlow) {
        return byFlow.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(DialogueAct.Start.class::isInstance))
                .map(Map.Entry::getKey)
                .reduce((first, last) -> last)
                .orElseGet(() -> byFlow.keySet().iterator().next());
    }
}
