package dev.antiphon.flow;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Draws a flow as SVG, lane beside lane, each from the top to the bottom; of a dialog flow beside flow. */
final class FlowSvg {
    private static final int WIDTH = 260;
    private static final int HEIGHT = 44;
    private static final int GAP = 28;
    private static final int MARGIN = 20;
    private static final int SIDE = 60;
    private static final int HEADING = 34;
    private static final int LONGEST = 34;
    /** How far the nearest arrow beside boxes is from them, and the next ones from each other, with room for their words. */
    private static final int NEAREST = 10;

    private static final int APART = 15;
    private static final String STYLE = """
            .step rect { fill: #f6f8fa; stroke: #57606a; stroke-width: 1.2 }
            .step text { font: 14px system-ui, sans-serif; fill: #1f2328 }
            .step .kind { font-size: 10px; fill: #57606a }
            .step.current rect { fill: #ddf4ff; stroke: #0969da; stroke-width: 3 }
            .step.kind-effect rect { fill: #fff8c5 }
            .step.kind-done rect { fill: #dafbe1 }
            .lane rect { fill: none; stroke: #d0d7de; stroke-width: 1.2 }
            .lane text { font: 600 14px system-ui, sans-serif; fill: #57606a }
            .flow rect { fill: none; stroke: #8c959f; stroke-width: 1.6 }
            .flow text { font: 600 16px system-ui, sans-serif; fill: #1f2328 }
            .lane text, .flow text { paint-order: stroke; stroke: #fff; stroke-width: 5px; stroke-linejoin: round }
            .edge { stroke: #57606a; stroke-width: 1.2; fill: none }
            .edge.back { stroke-dasharray: 4 3 }
            .label { font: 10px system-ui, sans-serif; fill: #57606a; text-anchor: middle }
            .label.onwards { text-anchor: start }
            .label.backwards { text-anchor: end }
            .label { paint-order: stroke; stroke: #fff; stroke-width: 3px; stroke-linejoin: round }""";

    private final FlowDrawing drawing;
    /** How much lower the rows of tasks stand, for the headings of their lanes. */
    private final int headings;

    /** How much lower the flows of a dialog stand, for their headings. */
    private final int titles;

    /** The row in which tasks begin. */
    private final int tasks;

    private FlowSvg(FlowDrawing drawing) {
        this.drawing = drawing;
        this.titles = drawing.frames().isEmpty() ? 0 : HEADING;
        this.tasks = drawing.frames().isEmpty() ? 1 : 2;
        this.headings = drawing.lanes().stream().allMatch(String::isEmpty) ? 0 : HEADING;
    }

    static String of(FlowDrawing drawing) {
        return new FlowSvg(drawing).draw();
    }

    private String draw() {
        int last =
                drawing.nodes().stream().mapToInt(FlowDrawing.Node::row).max().orElse(0);
        int width = left(drawing.columns() - 1) + WIDTH + SIDE + MARGIN + (titles > 0 ? MARGIN : 0);
        int height = top(last) + HEIGHT + MARGIN + (headings > 0 ? MARGIN : 0) + (titles > 0 ? MARGIN : 0);
        StringBuilder svg = new StringBuilder();
        svg.append(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Flow %s\">%n",
                width, height, escaped(drawing.title())));
        svg.append("<style>\n").append(STYLE).append("\n</style>\n");
        svg.append("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\""
                + " markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"#57606a\"/></marker></defs>\n");
        drawing.frames().forEach(flow -> svg.append(frame(flow)));
        List<Integer> framed = IntStream.range(0, drawing.lanes().size())
                .filter(drawing::isFramed)
                .boxed()
                .toList();
        framed.forEach(lane -> svg.append(frame(lane)));
        drawing.edges().forEach(edge -> svg.append(arrow(edge)));
        drawing.edges().stream().filter(edge -> !edge.label().isEmpty()).forEach(edge -> svg.append(label(edge)));
        // Above the arrows, which run through them.
        drawing.frames()
                .forEach(flow -> svg.append(heading(
                        "flow", left(flow.first()) - SIDE - MARGIN / 2 + 16, top(1) - HEADING + 23, flow.title())));
        framed.forEach(lane -> svg.append(heading(
                "lane",
                left(lane) - SIDE + 16,
                top(tasks) - HEADING + 21,
                drawing.lanes().get(lane))));
        drawing.nodes().forEach(node -> svg.append(box(node)));
        return svg.append("</svg>\n").toString();
    }

    private String frame(FlowDrawing.Frame flow) {
        int last = drawing.nodes().stream()
                .filter(flow::holds)
                .mapToInt(FlowDrawing.Node::row)
                .max()
                .orElse(1);
        int upper = top(1) - HEADING;
        int x = left(flow.first()) - SIDE - MARGIN / 2;
        return text(
                "<g class=\"flow\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"12\"/></g>%n",
                x, upper, left(flow.last()) + WIDTH + SIDE + MARGIN / 2 - x, top(last) + HEIGHT + 2 * MARGIN - upper);
    }

    private static String heading(String kind, int x, int y, String words) {
        return text("<g class=\"%s\"><text x=\"%d\" y=\"%d\">%s</text></g>%n", kind, x, y, escaped(shortened(words)));
    }

    private String frame(int lane) {
        List<FlowDrawing.Node> nodes = drawing.inLane(lane);
        int upper = top(tasks) - HEADING;
        int lower = top(nodes.getLast().row()) + HEIGHT + MARGIN;
        return text(
                "<g class=\"lane\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"/></g>%n",
                left(lane) - SIDE + 4, upper, WIDTH + 2 * SIDE - 8, lower - upper);
    }

    private String arrow(FlowDrawing.Edge edge) {
        FlowDrawing.Node from = drawing.node(edge.from());
        FlowDrawing.Node to = drawing.node(edge.to());
        if (!edge.aside()) {
            int x = left(from.lane()) + WIDTH / 2;
            int over = left(to.lane()) + WIDTH / 2;
            int end = end(from, to);
            String way = x == over
                    ? text("M%d %dV%d", x, bottom(from), end)
                    : text("M%d %dV%dH%dV%d", x, bottom(from), bottom(from) + GAP / 2, over, end);
            return text("<path class=\"edge\" d=\"%s\" marker-end=\"url(#arrow)\"/>%n", way);
        }
        String way = bracket(edge).way();
        return text(
                "<path class=\"edge back\" d=\"%s\" marker-end=\"url(#arrow)\"><title>%s</title></path>%n",
                way, escaped(edge.label()));
    }

    /** An arrow from outside ends at the frame of a lane or flow, since their headings stand above the first box. */
    private int end(FlowDrawing.Node from, FlowDrawing.Node to) {
        boolean intoLane = drawing.isFramed(to.lane()) && from.row() < tasks && to.row() >= tasks;
        boolean intoFlow = titles > 0 && from.row() == 0;
        return intoLane || intoFlow ? top(to.row()) - HEADING : top(to.row());
    }

    /** Along its arrow: upright beside it, and above one that is level. */
    private String label(FlowDrawing.Edge edge) {
        FlowDrawing.Node from = drawing.node(edge.from());
        String words = escaped(edge.label());
        if (!edge.aside()) {
            int x = left(from.lane()) + WIDTH / 2 + 16;
            return text("<text class=\"label\" x=\"%d\" y=\"%d\">%s</text>%n", x, bottom(from) + GAP / 2 + 3, words);
        }
        SvgBracket way = bracket(edge);
        if (way.beginY() == way.endY()) {
            boolean right = way.endX() > way.beginX();
            return text(
                    "<text class=\"label %s\" x=\"%d\" y=\"%d\">%s</text>%n",
                    right ? "onwards" : "backwards", way.beginX() + (right ? 8 : -8), way.beginY() - 5, words);
        }
        boolean leftwards = way.uprightX() < way.beginX();
        int x = way.uprightX() + (leftwards ? -4 : 4);
        int y = way.middleY();
        return text(
                "<text class=\"label\" transform=\"rotate(%d %d %d)\" x=\"%d\" y=\"%d\">%s</text>%n",
                leftwards ? -90 : 90, x, y, x, y, words);
    }

    /** Beside the boxes of the lane in which it begins: each arrow of one side at its own distance, the longer the further. */
    private SvgBracket bracket(FlowDrawing.Edge edge) {
        FlowDrawing.Node from = drawing.node(edge.from());
        FlowDrawing.Node to = drawing.node(edge.to());
        boolean right = isOnTheRight(edge);
        List<FlowDrawing.Edge> sameSide = drawing.edges().stream()
                .filter(other -> other.aside()
                        && drawing.node(other.from()).lane() == from.lane()
                        && isOnTheRight(other) == right
                        && length(other) > 0)
                .sorted(Comparator.comparingInt(this::length))
                .toList();
        int place = Math.max(0, sameSide.indexOf(edge));
        int apart = Math.min(APART, (SIDE - 2 * NEAREST) / Math.max(1, sameSide.size() - 1));
        int away = NEAREST + place * apart;
        int begin = right ? left(from.lane()) + WIDTH : left(from.lane());
        int end =
                to.lane() == from.lane() ? begin : to.lane() > from.lane() ? left(to.lane()) : left(to.lane()) + WIDTH;
        return new SvgBracket(begin, middle(from), right ? begin + away : begin - away, end, middle(to));
    }

    private int length(FlowDrawing.Edge edge) {
        return Math.abs(
                drawing.node(edge.to()).row() - drawing.node(edge.from()).row());
    }

    /** Within a lane downwards on the right and upwards on the left. */
    private boolean isOnTheRight(FlowDrawing.Edge edge) {
        FlowDrawing.Node from = drawing.node(edge.from());
        FlowDrawing.Node to = drawing.node(edge.to());
        return from.lane() == to.lane() ? to.row() >= from.row() : to.lane() > from.lane();
    }

    private String box(FlowDrawing.Node node) {
        int x = left(node.lane());
        String kind = node.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        int round = node.kind() == Step.Kind.SLOT || node.kind() == Step.Kind.EFFECT ? 6 : HEIGHT / 2;
        return text(
                "<g class=\"step kind-%s\" id=\"step-%s\" data-step=\"%s\"%s>"
                        + "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>"
                        + "<text class=\"kind\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>"
                        + "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text></g>%n",
                kind,
                escaped(node.id()),
                escaped(node.step()),
                node.task().isEmpty() ? "" : " data-task=\"" + escaped(node.task()) + "\"",
                x,
                top(node.row()),
                WIDTH,
                HEIGHT,
                round,
                x + WIDTH / 2,
                top(node.row()) + 15,
                kind.replace('-', ' '),
                x + WIDTH / 2,
                top(node.row()) + 33,
                escaped(shortened(node.label())));
    }

    private static String shortened(String label) {
        return label.length() > LONGEST ? label.substring(0, LONGEST - 1) + "…" : label;
    }

    private int left(int lane) {
        int flows = (int)
                drawing.frames().stream().filter(flow -> flow.first() <= lane).count();
        return MARGIN + SIDE + lane * (WIDTH + 2 * SIDE) + (flows == 0 ? 0 : (2 * flows - 1) * MARGIN);
    }

    private int top(int row) {
        return MARGIN + row * (HEIGHT + GAP) + (row > 0 ? titles : 0) + (row >= tasks ? headings : 0);
    }

    private int middle(FlowDrawing.Node node) {
        return top(node.row()) + HEIGHT / 2;
    }

    private int bottom(FlowDrawing.Node node) {
        return top(node.row()) + HEIGHT;
    }

    private static String text(String format, Object... parts) {
        return String.format(Locale.ROOT, format, parts);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
