package dev.antiphon.benchmarks.dialogs;

import dev.antiphon.flow.SystemAct;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;

/** What the agent says, as the bench writes it. */
final class ActsJson {
    private ActsJson() {}

    static void write(SystemAct act, ArrayNode acts) {
        switch (act) {
            case SystemAct.Asks asks -> acts.addArray().add("REQUEST").add(asks.slot());
            case SystemAct.AsksForChange ignored ->
                acts.addArray().add("REQUEST").add("");
            case SystemAct.Confirms confirms ->
                confirms.values()
                        .forEach((slot, value) ->
                                write(acts, "CONFIRM", slot, List.of(value.orElse(ServiceSchema.ANY))));
            case SystemAct.Offers offers -> {
                for (String slot : offers.slots()) {
                    List<String> values = offers.items().stream()
                            .flatMap(item -> Optional.ofNullable(item.values().get(slot)).stream())
                            .toList();
                    if (!values.isEmpty()) {
                        write(acts, "OFFER", slot, values);
                    }
                }
            }
            case SystemAct.Counts counts ->
                write(acts, "INFORM_COUNT", "count", List.of(Integer.toString(counts.items())));
            case SystemAct.Informs informs -> write(acts, "INFORM", informs.slot(), List.of(informs.value()));
            case SystemAct.Proposes proposes -> write(acts, "OFFER_INTENT", "intent", List.of(proposes.task()));
            case SystemAct.Succeeded ignored -> acts.addArray().add("NOTIFY_SUCCESS");
            case SystemAct.Failed ignored -> acts.addArray().add("NOTIFY_FAILURE");
            case SystemAct.AnythingElse ignored -> acts.addArray().add("REQ_MORE");
            case SystemAct.TakesLeave ignored -> acts.addArray().add("GOODBYE");
            case SystemAct.Climbs ignored -> {}
        }
    }

    private static void write(ArrayNode acts, String act, String slot, List<String> values) {
        ArrayNode node = acts.addArray().add(act).add(slot);
        ArrayNode all = node.addArray();
        values.forEach(all::add);
    }
}
