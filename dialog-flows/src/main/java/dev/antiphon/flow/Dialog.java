package dev.antiphon.flow;

import dev.antiphon.flow.say.Language;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one call can be about: one flow, or several, each with values of its own. Immutable and thread-safe.
 *
 * @param name its name in meters and journals
 * @param goal what it is for, as an order
 * @param greeting the first words of a call
 * @param persona who the agent is and how it speaks
 * @param flows at least one; of several all are services
 */
public record Dialog(String name, String goal, String greeting, String persona, List<Flow<?>> flows) {
    public Dialog {
        flows = List.copyOf(flows);
        if (flows.isEmpty()) {
            throw new IllegalArgumentException("a dialog needs at least 1 flow, but has none");
        }
        Set<String> names = new HashSet<>();
        for (Flow<?> flow : flows) {
            if (!names.add(flow.name())) {
                throw new IllegalArgumentException(
                        "the flows of a dialog must have different names, but two are '" + flow.name() + "'");
            }
            if (flows.size() > 1 && !flow.isService()) {
                throw new IllegalArgumentException(
                        "of several flows each must be a service, but '" + flow.name() + "' is none");
            }
            if (!flow.language().name().equals(flows.getFirst().language().name())) {
                throw new IllegalArgumentException("the flows of a dialog must speak one language, but '"
                        + flows.getFirst().name() + "' speaks "
                        + flows.getFirst().language().name() + " and '" + flow.name() + "' "
                        + flow.language().name());
            }
            if (flows.size() > 1 && flow.slot(FlowTools.FLOW).isPresent()) {
                throw new IllegalArgumentException("no slot may be called '" + FlowTools.FLOW
                        + "' in a dialog of several flows, but flow '" + flow.name() + "' has one");
            }
        }
    }

    /** A dialog of one flow. */
    public static Dialog of(Flow<?> flow) {
        return new Dialog(flow.name(), flow.goal(), flow.greeting(), flow.persona(), List.of(flow));
    }

    /**
     * A dialog of several flows; those that are no services become some.
     *
     * @param goal what they are for together, as an order: {@code Plan an evening}
     */
    public static Dialog of(String name, String goal, Flow<?>... flows) {
        List<Flow<?>> services =
                Arrays.stream(flows).<Flow<?>>map(Flow::asService).toList();
        String persona = services.isEmpty() ? "" : services.getFirst().persona();
        Language language =
                services.isEmpty() ? Language.ENGLISH : services.getFirst().language();
        return new Dialog(name, goal, FlowBuilder.hello(language, Optional.empty(), goal), persona, services);
    }

    /** A copy whose calls begin with these words; the default is an offer to help with the goal. */
    public Dialog greet(String words) {
        return new Dialog(name, goal, words, persona, flows);
    }

    /** What it speaks: the language of its first flow. */
    public Language language() {
        return flows.getFirst().language();
    }

    /** A hash of everything an author can change except code: 12 hexadecimal digits; that of the flow when there is only one. */
    public String version() {
        return FlowVersion.of(
                name, goal, greeting, flows.stream().map(Flow::version).toList());
    }

    /** A Mermaid diagram of all flows; that of the flow when there is only one. */
    public String mermaid() {
        return FlowDiagram.mermaid(FlowDrawing.of(this));
    }

    /** A drawing of all flows in the DOT language of Graphviz; that of the flow when there is only one. */
    public String dot() {
        return FlowDiagram.dot(FlowDrawing.of(this));
    }

    /**
     * An SVG drawing of all flows, beside each other; that of the flow when there is only one. The groups are those of {@link
     * Flow#svg()}, with the flow's name and a dot before each id.
     */
    public String svg() {
        return FlowSvg.of(FlowDrawing.of(this));
    }

    boolean hasSeveral() {
        return flows.size() > 1;
    }

    /** The flow of an instance in a saved state. */
    Flow<?> flowOf(String instance) {
        return flow(Instances.flow(instance))
                .orElseThrow(() -> new IllegalArgumentException(
                        "dialog '" + name + "' must have the flow of the saved '" + instance + "'"));
    }

    Optional<Flow<?>> flow(String flowName) {
        return flows.stream()
                .<Flow<?>>map(flow -> flow)
                .filter(flow -> flow.name().equals(flowName))
                .findFirst();
    }
}
