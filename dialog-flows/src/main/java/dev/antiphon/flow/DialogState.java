package dev.antiphon.flow;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the flows of one call stand: a small immutable value.
 *
 * @param flows by instance, in the order of their first use: a flow's name, and for a second one of the kind {@code name#2}
 * @param focus the instance that the caller spoke of last; empty at the beginning
 * @param speaker the instance whose words the agent was given last; empty at the beginning
 * @param known normal forms of what is known of the caller, by name
 */
public record DialogState(Map<String, FlowState> flows, String focus, String speaker, Map<String, String> known) {
    /** The state before anything happened. */
    public static final DialogState INITIAL = new DialogState(Map.of(), "", "", Map.of());

    public DialogState {
        flows = Collections.unmodifiableMap(new LinkedHashMap<>(flows));
        known = Map.copyOf(known);
    }

    /** Where an instance stands. */
    public FlowState of(String instance) {
        return flows.getOrDefault(instance, FlowState.initial());
    }

    DialogState with(String instance, FlowState state) {
        Map<String, FlowState> next = new LinkedHashMap<>(flows);
        next.put(instance, state);
        return new DialogState(next, focus, speaker, known);
    }

    DialogState speaking(String instance) {
        return new DialogState(flows, focus, instance, known);
    }

    DialogState focusing(String instance) {
        return new DialogState(flows, instance, speaker, known);
    }

    DialogState knowing(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(known);
        all.putAll(more);
        return new DialogState(flows, focus, speaker, all);
    }
}
