package dev.antiphon.flow;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where the flows of one call stand: a small immutable value.
 *
 * @param flows by instance, in the order of their first use: a flow's name, and for a second one of the kind {@code name#2}
 * @param focus the instance that the caller spoke of last; empty at the beginning
 * @param speaker the instance whose words the agent was given last; empty at the beginning
 * @param known normal forms of what is known of the caller, by name
 * @param version that of the dialog, which the call keeps to its end; empty where nobody has told it
 * @param later instances that begin when what is spoken of is done
 */
public record DialogState(
        Map<String, FlowState> flows,
        String focus,
        String speaker,
        Map<String, String> known,
        String version,
        Set<String> later) {
    /** The state before anything happened. */
    public static final DialogState INITIAL = new DialogState(Map.of(), "", "", Map.of(), "");

    public DialogState {
        flows = Collections.unmodifiableMap(new LinkedHashMap<>(flows));
        known = Map.copyOf(known);
        later = Set.copyOf(later);
    }

    /** Nothing waits for something else. */
    public DialogState(
            Map<String, FlowState> flows, String focus, String speaker, Map<String, String> known, String version) {
        this(flows, focus, speaker, known, version, Set.of());
    }

    /** Where an instance stands. */
    public FlowState of(String instance) {
        return flows.getOrDefault(instance, FlowState.initial());
    }

    DialogState with(String instance, FlowState state) {
        Map<String, FlowState> next = new LinkedHashMap<>(flows);
        next.put(instance, state);
        return new DialogState(next, focus, speaker, known, version, later);
    }

    DialogState speaking(String instance) {
        return new DialogState(flows, focus, instance, known, version, later);
    }

    DialogState focusing(String instance) {
        Set<String> others = new HashSet<>(later);
        others.remove(instance);
        return new DialogState(flows, instance, speaker, known, version, others);
    }

    /** These begin when what is spoken of is done. */
    DialogState putting(Set<String> off) {
        Set<String> all = new HashSet<>(later);
        all.addAll(off);
        return new DialogState(flows, focus, speaker, known, version, all);
    }

    DialogState knowing(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(known);
        all.putAll(more);
        return new DialogState(flows, focus, speaker, all, version, later);
    }

    DialogState pinned(String to) {
        return new DialogState(flows, focus, speaker, known, to, later);
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
        return new DialogState(adopted, focus, speaker, known, dialog.version(), later);
    }
}
