package dev.antiphon.flow;

import dev.antiphon.flow.slot.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws a flow from its steps, top to bottom. */
final class FlowDiagram {
    private static final int WIDTH = 260;
    private static final int HEIGHT = 44;
    private static final int GAP = 28;
    private static final int MARGIN = 20;
    private static final int LANE = 60;
    private static final String STYLE = """
            .step rect { fill: #f6f8fa; stroke: #57606a; stroke-width: 1.2 }
            .step text { font: 14px system-ui, sans-serif; fill: #1f2328 }
            .step .kind { font-size: 10px; fill: #57606a }
            .step.current rect { fill: #ddf4ff; stroke: #0969da; stroke-width: 3 }
            .step.kind-effect rect { fill: #fff8c5 }
            .step.kind-done rect { fill: #dafbe1 }
            .edge { stroke: #57606a; stroke-width: 1.2; fill: none }
            .edge.back { stroke-dasharray: 4 3 }""";

    private FlowDiagram() {}

    private record Edge(String from, String to, String label, boolean back) {}

    private static List<Edge> edges(Flow<?> flow) {
        List<Edge> edges = new ArrayList<>();
        List<Step> line = flow.steps().stream()
                .filter(step -> step.kind() != Step.Kind.HAND_OVER)
                .toList();
        for (int i = 1; i < line.size(); i++) {
            String label = line.get(i - 1).kind() == Step.Kind.CONFIRM ? "yes" : "";
            edges.add(new Edge(line.get(i - 1).id(), line.get(i).id(), label, false));
        }
        if (flow.confirms() && !flow.slots().isEmpty()) {
            edges.add(new Edge(Step.CONFIRM, flow.slots().getFirst().name(), "no: change", true));
        }
        for (Slot<?> slot : flow.slots()) {
            slot.dependencies().forEach(needed -> edges.add(new Edge(needed.name(), slot.name(), "needed by", true)));
        }
        flow.handOverTarget()
                .ifPresent(target ->
                        edges.add(new Edge(line.getFirst().id(), Step.HAND_OVER, "person, at any time", true)));
        return edges;
    }

    static String mermaid(Flow<?> flow) {
        StringBuilder text = new StringBuilder("flowchart TD\n");
        for (Step step : flow.steps()) {
            String label = '"' + step.label().replace("\"", "#quot;") + '"';
            text.append("  ").append(node(step.id()));
            text.append(
                    switch (step.kind()) {
                        case START, DONE, HAND_OVER -> "([" + label + "])";
                        case SLOT, ANSWERS -> "[" + label + "]";
                        case CONFIRM -> "{" + label + "}";
                        case EFFECT -> "[[" + label + "]]";
                    });
            text.append('\n');
        }
        for (Edge edge : edges(flow)) {
            String arrow = edge.back() ? "-.->" : "-->";
            String label = edge.label().isEmpty() ? "" : "|" + edge.label() + "|";
            text.append("  ")
                    .append(node(edge.from()))
                    .append(' ')
                    .append(arrow)
                    .append(label)
                    .append(' ');
            text.append(node(edge.to())).append('\n');
        }
        return text.toString();
    }

    /** Some words, {@code end} among them, are reserved in Mermaid. */
    private static String node(String id) {
        return "s_" + id.replaceAll("[^A-Za-z0-9_]", "_");
    }

    static String svg(Flow<?> flow) {
        List<Step> steps = flow.steps();
        int height = 2 * MARGIN + steps.size() * (HEIGHT + GAP) - GAP;
        int width = 2 * (MARGIN + LANE) + WIDTH;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Flow %s\">%n",
                width,
                height,
                escaped(flow.name())));
        svg.append("<style>\n").append(STYLE).append("\n</style>\n");
        svg.append("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\""
                + " markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"#57606a\"/></marker></defs>\n");
        for (Edge edge : edges(flow)) {
            svg.append(line(place(steps, edge.from()), place(steps, edge.to()), edge));
        }
        for (int i = 0; i < steps.size(); i++) {
            svg.append(box(steps.get(i), i));
        }
        return svg.append("</svg>\n").toString();
    }

    private static int place(List<Step> steps, String id) {
        return steps.stream().map(Step::id).toList().indexOf(id);
    }

    private static String line(int from, int to, Edge edge) {
        if (!edge.back()) {
            int x = MARGIN + LANE + WIDTH / 2;
            return String.format(
                    Locale.ROOT,
                    "<path class=\"edge\" d=\"M%d %dV%d\" marker-end=\"url(#arrow)\"/>%n",
                    x,
                    top(from) + HEIGHT,
                    top(to));
        }
        boolean up = to < from;
        int side = up ? MARGIN + LANE : MARGIN + LANE + WIDTH;
        int bend = Math.min(LANE, 14 + 8 * Math.abs(to - from));
        int outer = up ? side - bend : side + bend;
        return String.format(
                Locale.ROOT,
                "<path class=\"edge back\" d=\"M%d %dC%d %d %d %d %d %d\" marker-end=\"url(#arrow)\"><title>%s</title></path>%n",
                side,
                top(from) + HEIGHT / 2,
                outer,
                top(from) + HEIGHT / 2,
                outer,
                top(to) + HEIGHT / 2,
                side,
                top(to) + HEIGHT / 2,
                escaped(edge.label()));
    }

    private static String box(Step step, int place) {
        int x = MARGIN + LANE;
        String kind = step.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        int round = step.kind() == Step.Kind.SLOT || step.kind() == Step.Kind.EFFECT ? 6 : HEIGHT / 2;
        return String.format(
                Locale.ROOT,
                "<g class=\"step kind-%s\" id=\"step-%s\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>"
                        + "<text class=\"kind\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>"
                        + "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text></g>%n",
                kind,
                escaped(step.id()),
                x,
                top(place),
                WIDTH,
                HEIGHT,
                round,
                x + WIDTH / 2,
                top(place) + 15,
                kind.replace('-', ' '),
                x + WIDTH / 2,
                top(place) + 33,
                escaped(step.label().length() > 34 ? step.label().substring(0, 33) + "…" : step.label()));
    }

    private static int top(int place) {
        return MARGIN + place * (HEIGHT + GAP);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
