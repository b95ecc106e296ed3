package dev.antiphon.flow;

import java.util.HashMap;
import java.util.Map;

/**
 * Where the flows of one call stand.
 *
 * @param flows by name; a flow that was not used yet is absent
 * @param focus the flow that was spoken of last; empty at the beginning
 */
public record DialogState(Map<String, FlowState> flows, String focus) {
    /** The state before anything happened. */
    public static final DialogState INITIAL = new DialogState(Map.of(), "");

    public DialogState {
        flows = Map.copyOf(flows);
    }

    FlowState of(String flow) {
        return flows.getOrDefault(flow, FlowState.initial());
    }

    DialogState with(String flow, FlowState state) {
        Map<String, FlowState> next = new HashMap<>(flows);
        next.put(flow, state);
        return new DialogState(next, focus);
    }

    DialogState focusing(String flow) {
        return new DialogState(flows, flow);
    }
}
