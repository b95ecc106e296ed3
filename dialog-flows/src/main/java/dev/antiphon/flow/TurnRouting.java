package dev.antiphon.flow;

import dev.antiphon.flow.DialogMachine.Addressed;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which instance each act of one turn goes to, and which of them speaks. Pure.
 *
 * @param byInstance the acts, by instance
 * @param answering the instance that speaks
 * @param putOff instances that begin when that is done
 */
record TurnRouting(Map<String, List<DialogueAct>> byInstance, String answering, Set<String> putOff) {

    static TurnRouting of(Dialog dialog, DialogState state, List<Addressed> acts, ZonedDateTime at) {
        Map<String, List<DialogueAct>> byInstance = leaving(dialog, state, byInstance(dialog, state, acts));
        Optional<String> agreed = agreed(dialog, state, acts, byInstance, at);
        return new TurnRouting(
                byInstance,
                agreed.orElseGet(() -> answering(byInstance, Instances.later(state, byInstance))),
                agreed.map(first -> begunBesides(first, byInstance)).orElse(Set.of()));
    }

    /** The instance that is spoken of; at the beginning the first flow. */
    static String focus(Dialog dialog, DialogState state) {
        return state.focus().isEmpty() ? dialog.flows().getFirst().name() : state.focus();
    }

    /** The instance with a yes that counts although another flow is wanted in the same breath; see {@link YesFirst}. */
    private static Optional<String> agreed(
            Dialog dialog,
            DialogState state,
            List<Addressed> acts,
            Map<String, List<DialogueAct>> byInstance,
            ZonedDateTime at) {
        return byInstance.entrySet().stream()
                .filter(each -> state.flows().containsKey(each.getKey())
                        && !begunBesides(each.getKey(), byInstance).isEmpty())
                .filter(each -> dialog.flow(Instances.flow(each.getKey())).stream()
                        .map(flow -> new Turn(flow, state.of(each.getKey()), each.getValue(), at))
                        .anyMatch(look -> YesFirst.counts(look, each.getValue())
                                && acts.stream().noneMatch(given -> mayChange(look, given))))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Values that nobody said were another flow's. */
    private static boolean mayChange(Turn look, Addressed given) {
        return given.flow().isEmpty()
                && given.act() instanceof DialogueAct.Inform inform
                && SlotFilling.changes(look, inform.values()).keySet().stream().anyMatch(look.task()::takes);
    }

    /** What begins in other flows. */
    private static Set<String> begunBesides(String instance, Map<String, List<DialogueAct>> byInstance) {
        return byInstance.entrySet().stream()
                .filter(other -> !Instances.flow(other.getKey()).equals(Instances.flow(instance)))
                .filter(other -> other.getValue().stream().anyMatch(DialogueAct.Start.class::isInstance))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Who would leave, because what is spoken of is done, comes back to what was begun before it. */
    private static Map<String, List<DialogueAct>> leaving(
            Dialog dialog, DialogState state, Map<String, List<DialogueAct>> meant) {
        String focus = focus(dialog, state);
        List<DialogueAct> said = meant.getOrDefault(focus, List.of());
        boolean leaves = meant.keySet().equals(Set.of(focus))
                && said.stream().allMatch(TurnRouting::mayLeave)
                && said.stream().anyMatch(act -> !(act instanceof DialogueAct.Thanks))
                && waitsForWishes(state.of(focus));
        Optional<String> open = leaves
                ? state.flows().entrySet().stream()
                        .filter(other -> !other.getKey().equals(focus))
                        .filter(other -> Instances.waits(state, other.getKey())
                                || dialog.flow(Instances.flow(other.getKey()))
                                        .filter(flow -> Tasks.isUnfinished(flow, other.getValue()))
                                        .isPresent())
                        .map(Map.Entry::getKey)
                        .reduce((first, last) -> last)
                : Optional.empty();
        return open.<Map<String, List<DialogueAct>>>map(
                        other -> Map.of(other, List.of(new DialogueAct.ComeBack(DialogueAct.ComeBack.Reason.LEAVING))))
                .orElse(meant);
    }

    private static boolean mayLeave(DialogueAct act) {
        return act instanceof DialogueAct.Goodbye
                || act instanceof DialogueAct.Negate
                || act instanceof DialogueAct.Thanks;
    }

    /** Whether nothing is asked before the caller wants something. */
    static boolean waitsForWishes(FlowState state) {
        return state.phase() == FlowState.Phase.COLLECTING
                && (state.confirmation().isEmpty() || Confirming.isRefused(state))
                && state.offer().isEmpty()
                && (state.agenda().active().isEmpty() || state.agenda().waiting());
    }

    private static Map<String, List<DialogueAct>> byInstance(Dialog dialog, DialogState state, List<Addressed> acts) {
        Map<String, List<DialogueAct>> byInstance = new LinkedHashMap<>();
        List<Addressed> numbered = TurnWishes.numbered(state, acts);
        for (int place = 0; place < numbered.size(); place++) {
            Addressed addressed = numbered.get(place);
            Addressed owned = owned(dialog, state, numbered, place);
            choosing(state, addressed)
                    .or(() -> Instances.meant(dialog, state, owned))
                    .ifPresent(instance -> byInstance
                            .computeIfAbsent(instance, name -> new ArrayList<>())
                            .add(addressed.act()));
        }
        if (byInstance.isEmpty()) {
            byInstance.put(focus(dialog, state), List.of(new DialogueAct.Unclear()));
        }
        return byInstance;
    }

    /** Whatever a choice says, it is one of the flow that left it. */
    private static Optional<String> choosing(DialogState state, Addressed given) {
        return given.act() instanceof DialogueAct.ChooseEntry
                ? state.flows().entrySet().stream()
                        .filter(flow -> flow.getValue().inquiry().choice().isPresent())
                        .map(Map.Entry::getKey)
                        .findFirst()
                : Optional.empty();
    }

    /** Values without a flow belong to what is begun beside them, else to what is spoken of, else to the only flow that has them. */
    private static Addressed owned(Dialog dialog, DialogState state, List<Addressed> all, int place) {
        Addressed given = all.get(place);
        if (!(given.act() instanceof DialogueAct.Inform inform)) {
            return given;
        }
        Set<String> slots = inform.values().keySet();
        Optional<Addressed> begun = TurnWishes.begunWith(all, place, flow -> hasAll(dialog, flow, slots));
        if (begun.isPresent()) {
            return new Addressed(begun.get().flow(), begun.get().number(), inform);
        }
        if (!given.flow().isEmpty()) {
            return given;
        }
        if (slots.stream().anyMatch(slot -> hasAll(dialog, Instances.flow(focus(dialog, state)), Set.of(slot)))) {
            return given;
        }
        List<String> owners = dialog.flows().stream()
                .map(Flow::name)
                .filter(name -> hasAll(dialog, name, slots))
                .toList();
        return owners.size() == 1 ? new Addressed(owners.getFirst(), inform) : given;
    }

    private static boolean hasAll(Dialog dialog, String flow, Set<String> slots) {
        return dialog.flow(flow).stream()
                .anyMatch(named ->
                        slots.stream().allMatch(slot -> named.slot(slot).isPresent()));
    }

    /** The flow in which something new is wanted that does not wait, else the first. */
    private static String answering(Map<String, List<DialogueAct>> byInstance, Set<String> later) {
        return byInstance.entrySet().stream()
                .filter(entry -> !later.contains(entry.getKey()))
                .filter(entry -> entry.getValue().stream().anyMatch(DialogueAct.Start.class::isInstance))
                .map(Map.Entry::getKey)
                .reduce((first, last) -> last)
                .orElseGet(() -> byInstance.keySet().stream()
                        .filter(instance -> !later.contains(instance))
                        .findFirst()
                        .orElseThrow());
    }
}
