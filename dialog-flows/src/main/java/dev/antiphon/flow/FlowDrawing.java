package dev.antiphon.flow;

import dev.antiphon.flow.slot.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a drawing of a flow shows, in places of a grid: one lane, or of a service one for each task below the beginning; of a
 * dialog of several flows these stand beside each other below its beginning.
 *
 * @param title the flow's or dialog's name
 * @param frames the flows of a dialog; empty where there is only one
 * @param lanes what each lane is headed; a flow that is no service has one without a heading
 * @param nodes the boxes, lane by lane, from the top
 * @param edges the arrows
 */
record FlowDrawing(String title, List<Frame> frames, List<String> lanes, List<Node> nodes, List<Edge> edges) {
    private static final String DIALOG = "dialog";

    FlowDrawing {
        frames = List.copyOf(frames);
        lanes = List.copyOf(lanes);
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /**
     * A box.
     *
     * @param id unique in the drawing; the step's where that is unique
     * @param task the task that it belongs to; empty when it is the flow's
     * @param step the step that it shows
     * @param lane counted from 0
     * @param row counted from 0
     */
    record Node(String id, String task, String step, Step.Kind kind, String label, int lane, int row) {
        private Node moved(String prefix, int lanes) {
            return new Node(prefix + id, task, step, kind, label, lane + lanes, row + 1);
        }
    }

    /**
     * One of several flows.
     *
     * @param title its name
     * @param first its first lane
     * @param last its last lane
     */
    record Frame(String title, int first, int last) {
        boolean holds(Node node) {
            return node.row() > 0 && node.lane() >= first && node.lane() <= last;
        }
    }

    /** An arrow between two boxes; {@code aside}: not the usual way. */
    record Edge(String from, String to, String label, boolean aside) {}

    /** All flows of a dialog; of only one, that flow. */
    static FlowDrawing of(Dialog dialog) {
        if (!dialog.hasSeveral()) {
            return of(dialog.flows().getFirst());
        }
        List<Frame> frames = new ArrayList<>();
        List<String> lanes = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        nodes.add(new Node(DIALOG, "", DIALOG, Step.Kind.START, dialog.name(), 0, 0));
        for (Flow<?> flow : dialog.flows()) {
            FlowDrawing part = of(flow);
            int first = lanes.size();
            String prefix = flow.name() + ".";
            part.nodes().forEach(node -> nodes.add(node.moved(prefix, first)));
            part.edges()
                    .forEach(edge ->
                            edges.add(new Edge(prefix + edge.from(), prefix + edge.to(), edge.label(), edge.aside())));
            edges.add(new Edge(DIALOG, prefix + Step.START, "", false));
            for (int lane = 0; lane < part.columns(); lane++) {
                lanes.add(lane < part.lanes().size() ? part.lanes().get(lane) : "");
            }
            frames.add(new Frame(flow.name(), first, lanes.size() - 1));
        }
        return new FlowDrawing(dialog.name(), frames, lanes, nodes, edges);
    }

    /** How many boxes stand beside each other at most. */
    int columns() {
        return nodes.stream().mapToInt(Node::lane).max().orElse(0) + 1;
    }

    /** Whether a lane has a heading, and so a frame. */
    boolean isFramed(int lane) {
        return lane < lanes.size() && !lanes.get(lane).isEmpty();
    }

    /** The boxes that stand in no lane and in no flow of several. */
    List<Node> outside() {
        return nodes.stream()
                .filter(node -> !isInLane(node) && frames.stream().noneMatch(frame -> frame.holds(node)))
                .toList();
    }

    /** The boxes of one of several flows that stand in no lane. */
    List<Node> aboveLanes(Frame frame) {
        return nodes.stream()
                .filter(node -> frame.holds(node) && !isInLane(node))
                .toList();
    }

    private boolean isInLane(Node node) {
        return isFramed(node.lane()) && inLane(node.lane()).contains(node);
    }

    static FlowDrawing of(Flow<?> flow) {
        return flow.isService() ? new OfService(flow).draw() : ofOneTask(flow);
    }

    /** The box of this id. */
    Node node(String id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
    }

    /** The boxes of a lane that belong to its task, from the top. */
    List<Node> inLane(int lane) {
        return nodes.stream()
                .filter(node -> node.lane() == lane)
                .filter(node -> node.kind() != Step.Kind.START && node.kind() != Step.Kind.HAND_OVER)
                .toList();
    }

    private static FlowDrawing ofOneTask(Flow<?> flow) {
        List<Node> nodes = new ArrayList<>();
        for (Step step : flow.steps()) {
            nodes.add(new Node(step.id(), "", step.id(), step.kind(), step.label(), 0, nodes.size()));
        }
        List<Edge> edges = new ArrayList<>();
        List<Node> line = nodes.stream()
                .filter(node -> node.kind() != Step.Kind.HAND_OVER)
                .toList();
        connect(line, edges);
        if (flow.confirms() && !flow.slots().isEmpty()) {
            edges.add(new Edge(Step.CONFIRM, flow.slots().getFirst().name(), "no: change", true));
        }
        for (Slot<?> slot : flow.slots()) {
            slot.dependencies().forEach(needed -> edges.add(new Edge(needed.name(), slot.name(), "needed by", true)));
        }
        flow.handOverTarget()
                .ifPresent(target ->
                        edges.add(new Edge(line.getFirst().id(), Step.HAND_OVER, "person, at any time", true)));
        return new FlowDrawing(flow.name(), List.of(), List.of(""), nodes, edges);
    }

    private static void connect(List<Node> line, List<Edge> edges) {
        for (int i = 1; i < line.size(); i++) {
            Node before = line.get(i - 1);
            String label = before.kind() == Step.Kind.CONFIRM ? "yes" : "";
            edges.add(new Edge(before.id(), line.get(i).id(), label, false));
        }
    }

    /** Draws a service. */
    private static final class OfService {
        private static final String OFFER = "offer";

        private final Flow<?> flow;
        private final List<Node> nodes = new ArrayList<>();
        private final List<Edge> edges = new ArrayList<>();
        private final Set<String> used = new HashSet<>();
        private final Map<String, String> firsts = new HashMap<>();
        private final Map<String, String> ends = new HashMap<>();
        private final Map<String, String> offers = new HashMap<>();

        private OfService(Flow<?> flow) {
            this.flow = flow;
        }

        private FlowDrawing draw() {
            box("", Step.START, Step.Kind.START, flow.name(), 0, 0);
            boolean beside = flow.tasks().size() > 1;
            if (beside) {
                handOver(1, 0);
            }
            List<String> lanes = new ArrayList<>();
            for (Task<?> task : flow.tasks()) {
                lane(task, lanes.size());
                lanes.add(task.label());
            }
            if (!beside) {
                handOver(0, nodes.getLast().row() + 1);
            }
            for (Task<?> search : flow.tasks()) {
                search.search()
                        .ifPresent(found -> flow.tasks().stream()
                                .filter(task -> task.isTransaction()
                                        && task.takes(found.key())
                                        && !task.after().equals(Optional.of(search.name())))
                                .forEach(task -> chosen(search.name(), task.name())));
            }
            for (Task<?> task : flow.tasks()) {
                task.after()
                        .ifPresent(first -> edges.add(new Edge(
                                ends.getOrDefault(first, ""), firsts.getOrDefault(task.name(), ""), "then", true)));
            }
            return new FlowDrawing(flow.name(), List.of(), lanes, nodes, edges);
        }

        private void handOver(int lane, int row) {
            flow.handOverTarget().ifPresent(target -> {
                box("", Step.HAND_OVER, Step.Kind.HAND_OVER, target, lane, row);
                edges.add(new Edge(Step.START, Step.HAND_OVER, "person, at any time", true));
            });
        }

        private void chosen(String search, String task) {
            edges.add(
                    new Edge(offers.getOrDefault(search, ""), firsts.getOrDefault(task, ""), "chosen: proposed", true));
        }

        private void lane(Task<?> task, int lane) {
            List<Node> line = new ArrayList<>();
            Map<String, String> slots = new HashMap<>();
            for (Slot<?> slot : task.slots()) {
                String label = slot.label() + Step.remark(slot);
                line.add(box(task.name(), slot.name(), Step.Kind.SLOT, label, lane, line.size() + 1));
                slots.put(slot.name(), line.getLast().id());
            }
            for (Task.Extra<?> extra : task.extras()) {
                String label = extra.slot().label()
                        + extra.usualNormal()
                                .map(usual -> " (else " + usual + ")")
                                .orElse(" (if said)");
                line.add(box(task.name(), extra.slot().name(), Step.Kind.SLOT, label, lane, line.size() + 1));
                slots.put(extra.slot().name(), line.getLast().id());
            }
            if (task.search().isPresent()) {
                line.add(box(task.name(), task.name(), Step.Kind.EFFECT, "look it up", lane, line.size() + 1));
                String offer =
                        task.search().get().takesTheOnlyOne() ? "the only one, or which?" : "offer, does one suit?";
                line.add(box(task.name(), OFFER, Step.Kind.CONFIRM, offer, lane, line.size() + 1));
                offers.put(task.name(), line.getLast().id());
            } else {
                transaction(task, lane, line);
            }
            firsts.put(task.name(), line.getFirst().id());
            ends.put(task.name(), line.getLast().id());
            edges.add(new Edge(Step.START, line.getFirst().id(), "", false));
            connect(line, edges);
            arrowsBack(task, line, slots);
        }

        private void transaction(Task<?> task, int lane, List<Node> line) {
            if (task.isTransaction() || task.confirmation().isPresent()) {
                line.add(box(task.name(), Step.CONFIRM, Step.Kind.CONFIRM, "read back, yes?", lane, line.size() + 1));
            }
            for (EffectPlan<?> effect : task.effects()) {
                line.add(box(task.name(), effect.name(), Step.Kind.EFFECT, effect.name(), lane, line.size() + 1));
            }
            line.add(box(task.name(), Step.DONE, Step.Kind.DONE, "done", lane, line.size() + 1));
        }

        private void arrowsBack(Task<?> task, List<Node> line, Map<String, String> slots) {
            line.stream()
                    .filter(node -> node.kind() == Step.Kind.CONFIRM && !slots.isEmpty())
                    .forEach(node -> edges.add(new Edge(
                            node.id(),
                            line.getFirst().id(),
                            task.search().isPresent() ? "no: other wishes" : "no: change",
                            true)));
            for (Slot<?> slot : task.allSlots()) {
                for (Slot<?> needed : slot.dependencies()) {
                    if (slots.containsKey(needed.name())) {
                        edges.add(new Edge(
                                slots.getOrDefault(needed.name(), ""),
                                slots.getOrDefault(slot.name(), ""),
                                "needed by",
                                true));
                    }
                }
            }
        }

        /** A box for a step; the first box of a step has its id. */
        private Node box(String task, String step, Step.Kind kind, String label, int lane, int row) {
            String id = used.add(step) ? step : task + "." + step;
            used.add(id);
            Node node = new Node(id, task, step, kind, label, lane, row);
            nodes.add(node);
            return node;
        }
    }
}
