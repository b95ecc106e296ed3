package dev.antiphon.flow;

import java.util.List;
import java.util.Optional;

/**
 * Several flows in one call, each with values of its own. Immutable and thread-safe.
 *
 * @param flows at least one, with different names
 */
public record Dialog(List<Flow<?>> flows) {
    public Dialog {
        flows = List.copyOf(flows);
        if (flows.isEmpty()) {
            throw new IllegalArgumentException("a dialog needs at least 1 flow, but has none");
        }
        long names = flows.stream().map(Flow::name).distinct().count();
        if (names < flows.size()) {
            throw new IllegalArgumentException("the flows of a dialog must have different names, but are "
                    + flows.stream().map(Flow::name).toList());
        }
    }

    Optional<Flow<?>> flow(String name) {
        return flows.stream()
                .<Flow<?>>map(flow -> flow)
                .filter(flow -> flow.name().equals(name))
                .findFirst();
    }
}
