package dev.antiphon.flow;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the drawing of a flow or dialog as text for other programs to lay out: Mermaid, and the DOT of Graphviz. */
final class FlowDiagram {
    private FlowDiagram() {}

    static String mermaid(FlowDrawing drawing) {
        StringBuilder text = new StringBuilder("flowchart TD\n");
        drawing.outside().forEach(node -> text.append("  ").append(mermaid(node)));
        for (int frame = 0; frame < drawing.frames().size(); frame++) {
            FlowDrawing.Frame flow = drawing.frames().get(frame);
            text.append("  subgraph flow_").append(frame).append(" [\"");
            text.append(quoted(flow.title())).append("\"]\n");
            drawing.aboveLanes(flow).forEach(node -> text.append("    ").append(mermaid(node)));
            for (int lane = flow.first(); lane <= flow.last(); lane++) {
                text.append(mermaidLane(drawing, lane, "    "));
            }
            text.append("  end\n");
        }
        for (int lane = 0; lane < drawing.lanes().size() && drawing.frames().isEmpty(); lane++) {
            text.append(mermaidLane(drawing, lane, "  "));
        }
        for (FlowDrawing.Edge edge : drawing.edges()) {
            String arrow = edge.aside() ? " -.->" : " -->";
            String label = edge.label().isEmpty() ? "" : "|" + edge.label() + "|";
            text.append("  ").append(name(edge.from())).append(arrow).append(label);
            text.append(' ').append(name(edge.to())).append('\n');
        }
        return text.toString();
    }

    private static String mermaidLane(FlowDrawing drawing, int lane, String indent) {
        if (!drawing.isFramed(lane)) {
            return "";
        }
        StringBuilder text = new StringBuilder(indent + "subgraph lane_" + lane + " [\"");
        text.append(quoted(drawing.lanes().get(lane))).append("\"]\n");
        drawing.inLane(lane).forEach(node -> text.append(indent).append("  ").append(mermaid(node)));
        return text.append(indent).append("end\n").toString();
    }

    private static String mermaid(FlowDrawing.Node node) {
        String label = '"' + quoted(node.label()) + '"';
        return name(node.id())
                + switch (node.kind()) {
                    case START, DONE, HAND_OVER -> "([" + label + "])";
                    case SLOT, ANSWERS -> "[" + label + "]";
                    case CONFIRM -> "{" + label + "}";
                    case EFFECT -> "[[" + label + "]]";
                }
                + "\n";
    }

    private static String quoted(String text) {
        return text.replace("\"", "#quot;");
    }

    /** Some words, {@code end} among them, are reserved in Mermaid and DOT. */
    private static String name(String id) {
        return "s_" + id.replaceAll("[^A-Za-z0-9_]", "_");
    }

    static String dot(FlowDrawing drawing) {
        StringBuilder text = new StringBuilder("digraph \"" + escaped(drawing.title()) + "\" {\n");
        text.append("  rankdir=TB; fontname=\"Helvetica\";\n");
        text.append(
                "  node [fontname=\"Helvetica\", fontsize=12, style=filled, fillcolor=\"#f6f8fa\", color=\"#57606a\"];\n");
        text.append("  edge [fontname=\"Helvetica\", fontsize=10, color=\"#57606a\"];\n");
        drawing.outside().forEach(node -> text.append("  ").append(dot(node)));
        for (int frame = 0; frame < drawing.frames().size(); frame++) {
            FlowDrawing.Frame flow = drawing.frames().get(frame);
            text.append("  subgraph cluster_flow_").append(frame).append(" {\n    label=\"");
            text.append(escaped(flow.title())).append("\"; color=\"#57606a\";\n");
            drawing.aboveLanes(flow).forEach(node -> text.append("    ").append(dot(node)));
            for (int lane = flow.first(); lane <= flow.last(); lane++) {
                text.append(dotLane(drawing, lane, "    "));
            }
            text.append("  }\n");
        }
        for (int lane = 0; lane < drawing.lanes().size() && drawing.frames().isEmpty(); lane++) {
            text.append(dotLane(drawing, lane, "  "));
        }
        for (FlowDrawing.Edge edge : drawing.edges()) {
            List<String> looks = edge.aside() ? List.of("style=dashed", "constraint=false") : List.of();
            String label = edge.label().isEmpty() ? "" : "label=\"" + escaped(edge.label()) + "\"";
            String attributes = Stream.concat(looks.stream(), Stream.of(label).filter(one -> !one.isEmpty()))
                    .collect(Collectors.joining(", "));
            text.append("  ").append(name(edge.from())).append(" -> ").append(name(edge.to()));
            text.append(attributes.isEmpty() ? "" : " [" + attributes + "]").append(";\n");
        }
        return text.append("}\n").toString();
    }

    private static String dotLane(FlowDrawing drawing, int lane, String indent) {
        if (!drawing.isFramed(lane)) {
            return "";
        }
        StringBuilder text = new StringBuilder(indent + "subgraph cluster_" + lane + " {\n");
        text.append(indent).append("  label=\"").append(escaped(drawing.lanes().get(lane)));
        text.append("\"; color=\"#d0d7de\";\n");
        drawing.inLane(lane).forEach(node -> text.append(indent).append("  ").append(dot(node)));
        return text.append(indent).append("}\n").toString();
    }

    private static String dot(FlowDrawing.Node node) {
        String looks = switch (node.kind()) {
            case START, HAND_OVER -> "shape=box, style=\"rounded,filled\"";
            case DONE -> "shape=box, style=\"rounded,filled\", fillcolor=\"#dafbe1\"";
            case SLOT, ANSWERS -> "shape=box";
            case CONFIRM -> "shape=diamond";
            case EFFECT -> "shape=box, peripheries=2, fillcolor=\"#fff8c5\"";
        };
        return name(node.id()) + " [label=\"" + escaped(node.label()) + "\", " + looks + "];\n";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ");
    }
}
