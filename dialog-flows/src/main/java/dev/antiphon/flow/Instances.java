package dev.antiphon.flow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which instance of which flow an act belongs to. Pure. */
final class Instances {
    private static final int MOST = 9;
    private static final String NUMBER = "#";

    private Instances() {}

    /** The flow of an instance. */
    static String flow(String instance) {
        int end = instance.indexOf(NUMBER);
        return end < 0 ? instance : instance.substring(0, end);
    }

    /** The instance of this number, from 1. */
    static String of(String flow, int number) {
        return number <= 1 ? flow : flow + NUMBER + number;
    }

    /** The instance that is meant; empty when the dialog has no such flow. */
    static Optional<String> meant(Dialog dialog, DialogState state, DialogMachine.Addressed addressed) {
        String flow = addressed.flow().isEmpty() ? unnamed(dialog, state, addressed.act()) : addressed.flow();
        if (dialog.flow(flow).isEmpty()) {
            return Optional.empty();
        }
        if (isClosing(state, flow, addressed.act()) && !state.focus().isEmpty()) {
            return Optional.of(state.focus());
        }
        if (addressed.number() > 0) {
            return Optional.of(of(flow, Math.min(addressed.number(), MOST)));
        }
        return Optional.of(
                addressed.number() == DialogMachine.Addressed.ANOTHER
                        ? of(flow, another(state, flow, Set.of()))
                        : present(state, flow));
    }

    /** The number of a further instance: that of the present one, if nothing is under way there and nothing begins. */
    static int another(DialogState state, String flow, Set<String> begun) {
        String present = present(state, flow);
        boolean free = !state.of(present).agenda().isUnderWay() && !begun.contains(present);
        String instance = free ? present : next(state, flow, begun);
        return number(instance);
    }

    private static int number(String instance) {
        int end = instance.indexOf(NUMBER);
        return end < 0 ? 1 : Integer.parseInt(instance.substring(end + 1));
    }

    /** New instances that wait until one of the flow before them, which something is meant for in the same turn, is done. */
    static Set<String> later(DialogState state, Map<String, List<DialogueAct>> byInstance) {
        return byInstance.keySet().stream()
                .filter(instance -> instance.contains(NUMBER) && !state.flows().containsKey(instance))
                .filter(instance -> byInstance.entrySet().stream()
                        .filter(other -> number(other.getKey()) < number(instance)
                                || state.flows().containsKey(other.getKey()))
                        .anyMatch(other -> flow(other.getKey()).equals(flow(instance))
                                && other.getValue().stream().anyMatch(Instances::leads)))
                .collect(Collectors.toSet());
    }

    private static boolean leads(DialogueAct act) {
        return act instanceof DialogueAct.Start
                || act instanceof DialogueAct.Inform
                || act instanceof DialogueAct.Affirm
                || act instanceof DialogueAct.Select;
    }

    /** The first that waits for the one that is spoken of. */
    static Optional<String> waiting(DialogState state) {
        return state.flows().keySet().stream()
                .filter(instance -> waits(state, instance))
                .findFirst();
    }

    /** Whether it was put off, or begun besides the one of the same flow that is spoken of, and nothing was said of it yet. */
    static boolean waits(DialogState state, String instance) {
        FlowState waiting = state.of(instance);
        boolean isAnother = instance.contains(NUMBER)
                && flow(state.focus()).equals(flow(instance))
                && waiting.repair().lastSaid().text().isEmpty();
        return (isAnother || state.later().contains(instance))
                && !state.focus().equals(instance)
                && waiting.phase() != FlowState.Phase.ENDED
                && waiting.agenda().isUnderWay();
    }

    /** The latest that was begun with values and left for something else before it was done. */
    static Optional<String> interrupted(Dialog dialog, DialogState state) {
        return state.flows().entrySet().stream()
                .filter(other -> !other.getKey().equals(state.focus()))
                .filter(other -> dialog.flow(flow(other.getKey()))
                        .filter(flow -> Tasks.isUnfinished(flow, other.getValue()))
                        .isPresent())
                .map(Map.Entry::getKey)
                .reduce((first, last) -> last);
    }

    /** The one that is spoken of, else the latest. */
    static String present(DialogState state, String flow) {
        if (flow(state.focus()).equals(flow)) {
            return state.focus();
        }
        return state.flows().keySet().stream()
                .filter(instance -> flow(instance).equals(flow))
                .reduce((first, last) -> last)
                .orElse(flow);
    }

    /** The latest other instance of the same flow. */
    static Optional<String> before(DialogState state, String instance) {
        return state.flows().keySet().stream()
                .filter(other -> !other.equals(instance) && flow(other).equals(flow(instance)))
                .reduce((first, last) -> last);
    }

    private static String next(DialogState state, String flow, Set<String> begun) {
        for (int number = 2; number < MOST; number++) {
            if (!state.flows().containsKey(of(flow, number)) && !begun.contains(of(flow, number))) {
                return of(flow, number);
            }
        }
        return of(flow, MOST);
    }

    /** Without a name: what is spoken of; at the beginning the first flow that can take it. */
    private static String unnamed(Dialog dialog, DialogState state, DialogueAct act) {
        if (!state.focus().isEmpty()) {
            return flow(state.focus());
        }
        return dialog.flows().stream()
                .filter(flow -> act instanceof DialogueAct.Inform inform
                        && inform.values().keySet().stream()
                                .allMatch(slot -> flow.slot(slot).isPresent()))
                .map(Flow::name)
                .findFirst()
                .orElse(dialog.flows().getFirst().name());
    }

    /** Thanks, leave and a yes or no without a question of the flow's own belong to what was spoken of last. */
    private static boolean isClosing(DialogState state, String flow, DialogueAct act) {
        return switch (act) {
            case DialogueAct.Goodbye ignored -> true;
            case DialogueAct.ChitChat ignored -> true;
            case DialogueAct.Thanks ignored -> true;
            case DialogueAct.Negate ignored ->
                state.of(present(state, flow)).confirmation().isEmpty();
            case DialogueAct.Affirm ignored ->
                state.of(present(state, flow)).confirmation().isEmpty();
            default -> false;
        };
    }
}
