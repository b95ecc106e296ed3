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
 * @param version that of the dialog, which the call keeps to its end; empty where nobody has told it
 */
public record DialogState(
        Map<String, FlowState> flows, String focus, String speaker, Map<String, String> known, String version) {
    /** The state before anything happened. */
    public static final DialogState INITIAL = new DialogState(Map.of(), "", "", Map.of(), "");

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
        return new DialogState(next, focus, speaker, known, version);
    }

    DialogState speaking(String instance) {
        return new DialogState(flows, focus, instance, known, version);
    }

    DialogState focusing(String instance) {
        return new DialogState(flows, instance, speaker, known, version);
    }

    DialogState knowing(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(known);
        all.putAll(more);
        return new DialogState(flows, focus, speaker, all, version);
    }

    DialogState pinned(String to) {
        return new DialogState(flows, focus, speaker, known, to);
    }

    /**
     * This state for another version of its dialog: the decision to go on in spite of what is different, see {@link FlowDiff}.
     * Values stay where the slot is still there and can read them; they were checked by the version before. What was read back or
     * offered is asked again, and no yes to it counts.
     *
     * @throws IllegalArgumentException when the dialog does not have the flows of this state
     */
    public DialogState adoptedBy(Dialog dialog) {
        Map<String, FlowState> adopted = new LinkedHashMap<>();
        flows.forEach((instance, state) -> adopted.put(instance, Adoption.of(dialog.flowOf(instance), state)));
        return new DialogState(adopted, focus, speaker, known, dialog.version());
    }
}
