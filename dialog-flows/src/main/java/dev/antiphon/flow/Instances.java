package dev.antiphon.flow;

import java.util.Optional;

/** Which instance of which flow an act belongs to. Pure. */
final class Instances {
    private static final int MOST = 9;

    private Instances() {}

    /** The flow of an instance. */
    static String flow(String instance) {
        int end = instance.indexOf('#');
        return end < 0 ? instance : instance.substring(0, end);
    }

    private static String of(String flow, int number) {
        return number <= 1 ? flow : flow + "#" + number;
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
        String present = present(state, flow);
        boolean another = addressed.number() == DialogMachine.Addressed.ANOTHER
                && state.of(present).agenda().isUnderWay();
        return Optional.of(another ? next(state, flow) : present);
    }

    /** The one that is spoken of, else the latest. */
    private static String present(DialogState state, String flow) {
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

    private static String next(DialogState state, String flow) {
        for (int number = 2; number < MOST; number++) {
            if (!state.flows().containsKey(of(flow, number))) {
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
