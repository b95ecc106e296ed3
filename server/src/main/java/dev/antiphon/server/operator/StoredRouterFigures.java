package dev.antiphon.server.operator;

import dev.antiphon.server.store.Store.RouterPoint;
import dev.antiphon.tier.CircuitSnapshot;
import dev.antiphon.tier.FlowSnapshot;
import dev.antiphon.tier.RouterDecision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the router has left in the store, as the router's view wants it. Pure. */
final class StoredRouterFigures {
    private static final int MOST_POINTS = 800;

    private record Key(String flow, String tier) {}

    private StoredRouterFigures() {}

    /**
     * The view.
     *
     * @param flows what the router knew last
     * @param decisions oldest first
     * @param points the evidence, oldest first; where there is none, that of the decisions is taken
     * @param calls those of the same time
     */
    static RouterView of(
            List<FlowSnapshot> flows,
            List<RouterDecision> decisions,
            List<RouterPoint> points,
            List<CallFigures> calls) {
        Map<Key, List<CallFigures>> ended = calls.stream()
                .filter(CallFigures::isOver)
                .filter(call -> !call.flow().isEmpty())
                .collect(Collectors.groupingBy(
                        call -> new Key(call.flow(), call.startTier()),
                        () -> new TreeMap<>(Comparator.comparing(Key::flow).thenComparing(Key::tier)),
                        Collectors.toList()));
        Set<Key> keys = new LinkedHashSet<>();
        flows.forEach(flow -> flow.circuits().forEach(circuit -> keys.add(new Key(flow.flow(), circuit.tier()))));
        keys.addAll(ended.keySet());
        return new RouterView(
                tiers(flows, keys),
                new ArrayList<>(keys.stream().map(Key::flow).collect(Collectors.toCollection(TreeSet::new))),
                pins(flows),
                flows.stream()
                        .filter(FlowSnapshot::paused)
                        .map(FlowSnapshot::flow)
                        .toList(),
                calls.stream()
                        .filter(call -> !call.startTier().equals(call.tier()))
                        .count(),
                keys.stream()
                        .map(key -> row(key, ended.getOrDefault(key, List.of()), flows, decisions, points))
                        .toList(),
                decisions.reversed());
    }

    /** In the order of the ladder, where the router has told it. */
    private static List<String> tiers(List<FlowSnapshot> flows, Set<Key> keys) {
        Set<String> names = new LinkedHashSet<>();
        flows.forEach(flow -> flow.circuits().forEach(circuit -> names.add(circuit.tier())));
        keys.forEach(key -> names.add(key.tier()));
        return List.copyOf(names);
    }

    private static Map<String, String> pins(List<FlowSnapshot> flows) {
        return flows.stream()
                .filter(flow -> !flow.pin().isEmpty())
                .collect(Collectors.toMap(FlowSnapshot::flow, FlowSnapshot::pin, (one, other) -> other, TreeMap::new));
    }

    private static RouterView.Row row(
            Key key,
            List<CallFigures> ended,
            List<FlowSnapshot> flows,
            List<RouterDecision> decisions,
            List<RouterPoint> points) {
        return new RouterView.Row(
                key.flow(),
                key.tier(),
                FlowFigures.completed(ended),
                ended.stream().mapToDouble(CallFigures::usd).sum(),
                evidence(key, flows, decisions, points));
    }

    private static Optional<RouterView.Evidence> evidence(
            Key key, List<FlowSnapshot> flows, List<RouterDecision> decisions, List<RouterPoint> points) {
        List<RouterPoint> measured = points.stream()
                .filter(point -> point.flow().equals(key.flow()) && point.tier().equals(key.tier()))
                .toList();
        List<RouterDecision> decided = decisions.stream()
                .filter(each -> each.flow().equals(key.flow()) && each.tier().equals(key.tier()))
                .toList();
        Optional<CircuitSnapshot> last = flows.stream()
                .filter(flow -> flow.flow().equals(key.flow()))
                .flatMap(flow -> flow.circuits().stream())
                .filter(circuit -> circuit.tier().equals(key.tier()))
                .findFirst();
        boolean watched = last.isPresent() || !decided.isEmpty();
        if (!watched || isTop(key, flows)) {
            return Optional.empty();
        }
        return Optional.of(RouterView.Evidence.of(
                last.map(CircuitSnapshot::state)
                        .orElseGet(() -> decided.getLast().to()),
                last.map(StoredRouterFigures::value)
                        .orElseGet(() -> decided.getLast().evidence()),
                measured.isEmpty()
                        ? Optional.empty()
                        : Optional.of(measured.getLast().threshold()),
                last.map(CircuitSnapshot::baseline).filter(baseline -> baseline > 0),
                decided.reversed(),
                measured.isEmpty()
                        ? decided.stream()
                                .flatMap(each -> points(each).stream())
                                .toList()
                        : thinned(measured.stream()
                                .map(point -> new RouterView.Point(point.at(), point.evidence(), point.state()))
                                .toList())));
    }

    /** Nothing is above it, so that nothing watches it. */
    private static boolean isTop(Key key, List<FlowSnapshot> flows) {
        return flows.stream()
                .filter(flow -> flow.flow().equals(key.flow()))
                .anyMatch(flow -> flow.circuits().getLast().tier().equals(key.tier()));
    }

    private static double value(CircuitSnapshot circuit) {
        return circuit.evidence().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }

    /** The state before it ends there, the one after it begins. */
    private static List<RouterView.Point> points(RouterDecision decision) {
        return decision.from() == decision.to()
                ? List.of(new RouterView.Point(decision.at(), decision.evidence(), decision.to()))
                : List.of(
                        new RouterView.Point(decision.at().minusMillis(1), decision.evidence(), decision.from()),
                        new RouterView.Point(decision.at(), decision.evidence(), decision.to()));
    }

    /** Of many the highest of each stretch, and every change of the state. */
    static List<RouterView.Point> thinned(List<RouterView.Point> points) {
        int stretch = Math.max(1, Math.ceilDiv(points.size(), MOST_POINTS));
        if (stretch == 1) {
            return points;
        }
        List<RouterView.Point> left = new ArrayList<>();
        List<RouterView.Point> open = new ArrayList<>();
        for (RouterView.Point point : points) {
            if (!open.isEmpty() && (open.size() == stretch || open.getLast().state() != point.state())) {
                left.addAll(ends(open));
                open.clear();
            }
            open.add(point);
        }
        left.addAll(ends(open));
        return left;
    }

    /** The highest one, and the first one, at which a state may have begun. */
    private static List<RouterView.Point> ends(List<RouterView.Point> stretch) {
        RouterView.Point highest = stretch.stream()
                .max(Comparator.comparing(RouterView.Point::value))
                .orElseThrow();
        return List.of(stretch.getFirst(), highest).stream().distinct().toList();
    }
}
