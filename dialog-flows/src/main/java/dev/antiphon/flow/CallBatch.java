package dev.antiphon.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The tool calls of one response, which are one turn of the caller: "yes, but at four" must not act on the yes before the
 * four is known. Confined to one conversation.
 */
final class CallBatch {
    private final List<FlowEvent.Acted> calls = new ArrayList<>();

    void add(FlowEvent.Acted call) {
        calls.add(call);
    }

    /** The calls as they came, but a yes after what may contradict it; the batch is empty then. */
    List<FlowEvent> take() {
        Predicate<FlowEvent.Acted> first = call -> mayContradictAYes(call.act());
        List<FlowEvent> ordered = new ArrayList<>();
        if (calls.stream().anyMatch(call -> call.act() instanceof DialogueAct.Affirm)) {
            calls.stream().filter(first).forEach(ordered::add);
            calls.stream().filter(first.negate()).forEach(ordered::add);
        } else {
            ordered.addAll(calls);
        }
        calls.clear();
        return ordered;
    }

    private static boolean mayContradictAYes(DialogueAct act) {
        return act instanceof DialogueAct.Inform
                || act instanceof DialogueAct.Unusable
                || act instanceof DialogueAct.Negate
                || act instanceof DialogueAct.Cancel;
    }
}
