package dev.antiphon.server.operator;

import dev.antiphon.server.store.StepOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Adds up what became of calls, by flow. Pure. */
final class FlowFigures {
    static final Duration RETURNS_WITHIN = Duration.ofDays(7);
    private static final int MAX_EXAMPLES = 8;

    private FlowFigures() {}

    static FlowsView of(List<CallFigures> calls, Instant now, long slowMs) {
        Map<String, List<CallFigures>> byFlow =
                calls.stream().collect(Collectors.groupingBy(CallFigures::flow, TreeMap::new, Collectors.toList()));
        byFlow.remove("");
        return new FlowsView(byFlow.entrySet().stream()
                .map(entry -> flow(entry.getKey(), entry.getValue(), calls, now, slowMs))
                .sorted(Comparator.comparing(
                                (FlowsView.Flow flow) -> flow.completed().of())
                        .reversed())
                .toList());
    }

    private static FlowsView.Flow flow(
            String name, List<CallFigures> ofFlow, List<CallFigures> all, Instant now, long slowMs) {
        List<CallFigures> ended = ofFlow.stream().filter(CallFigures::isOver).toList();
        return new FlowsView.Flow(
                name,
                ofFlow.stream()
                        .map(CallFigures::version)
                        .filter(version -> !version.isEmpty())
                        .distinct()
                        .toList(),
                ofFlow.size() - ended.size(),
                NowFigures.outcomes(ended),
                completed(ended),
                tiers(ended),
                steps(ended),
                slots(ended),
                ended.stream()
                        .filter(call -> call.endedAs("handed_over"))
                        .collect(Collectors.groupingBy(
                                call -> call.handoverReason().orElse("no reason told"),
                                TreeMap::new,
                                Collectors.counting())),
                returned(ofFlow, ended, all),
                ended.stream()
                        .filter(call -> !call.isCompleted())
                        .sorted(Comparator.comparing(CallFigures::startedAt).reversed())
                        .limit(MAX_EXAMPLES)
                        .map(call -> call.line(now, slowMs))
                        .toList());
    }

    static Rate completed(List<CallFigures> ended) {
        return Rate.of(ended.stream().filter(CallFigures::isCompleted).count(), ended.size());
    }

    private static List<FlowsView.OfTier> tiers(List<CallFigures> ended) {
        return ended.stream()
                .collect(Collectors.groupingBy(CallFigures::startTier, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> new FlowsView.OfTier(
                        entry.getKey(),
                        completed(entry.getValue()),
                        entry.getValue().stream()
                                .filter(call -> !call.startTier().equals(call.tier()))
                                .count()))
                .toList();
    }

    private static List<FlowsView.Step> steps(List<CallFigures> ended) {
        Map<String, Long> reached = ended.stream()
                .flatMap(call -> call.steps().stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Map<List<String>, Long> paths = ended.stream()
                .collect(Collectors.groupingBy(CallFigures::steps, LinkedHashMap::new, Collectors.counting()));
        return StepOrder.of(paths).stream()
                .map(step -> new FlowsView.Step(
                        step,
                        reached.getOrDefault(step, 0L),
                        ended.stream()
                                .filter(call ->
                                        !call.isCompleted() && call.step().equals(step))
                                .count()))
                .toList();
    }

    /** A slot was asked where the dialog stood at the step that has its name, or where it had a value once. */
    private static List<FlowsView.Slot> slots(List<CallFigures> ended) {
        Set<String> names = new TreeSet<>();
        ended.forEach(call -> names.addAll(call.slots().keySet()));
        return names.stream().map(name -> slot(name, ended)).toList();
    }

    private static FlowsView.Slot slot(String name, List<CallFigures> ended) {
        List<CallFigures> asked = ended.stream()
                .filter(call -> call.slots().containsKey(name) || call.steps().contains(name))
                .toList();
        long filled =
                asked.stream().filter(call -> call.filled().contains(name)).count();
        return new FlowsView.Slot(
                name,
                filled,
                asked.size() - filled,
                sum(name, asked, CallFigures.Slot::noMatch),
                sum(name, asked, CallFigures.Slot::repeated),
                sum(name, asked, CallFigures.Slot::corrected));
    }

    private static long sum(String name, List<CallFigures> asked, ToLongFunction<CallFigures.Slot> what) {
        return asked.stream()
                .map(call -> call.slots().getOrDefault(name, CallFigures.Slot.ASKED))
                .mapToLong(what)
                .sum();
    }

    private static FlowsView.Returned returned(
            List<CallFigures> ofFlow, List<CallFigures> ended, List<CallFigures> all) {
        Map<String, List<CallFigures>> byCaller = ofFlow.stream()
                .filter(call -> call.caller().isPresent())
                .collect(Collectors.groupingBy(call -> call.caller().orElseThrow()));
        long completed = byCaller.values().stream()
                .filter(calls -> calls.stream().anyMatch(CallFigures::isCompleted))
                .count();
        Map<Optional<String>, List<CallFigures>> byAnyFlow =
                all.stream().collect(Collectors.groupingBy(CallFigures::caller));
        long returned = byCaller.values().stream()
                .filter(calls -> calls.stream().anyMatch(call -> call.isCompleted() && cameBack(call, byAnyFlow)))
                .count();
        long unnamed = ended.stream().filter(call -> call.caller().isEmpty()).count();
        return new FlowsView.Returned(byCaller.size(), completed, returned, unnamed);
    }

    private static boolean cameBack(CallFigures completed, Map<Optional<String>, List<CallFigures>> byCaller) {
        Instant from = completed.end().orElseThrow().at();
        return byCaller.getOrDefault(completed.caller(), List.of()).stream()
                .anyMatch(later -> !later.startedAt().isBefore(from)
                        && !later.startedAt().isAfter(from.plus(RETURNS_WITHIN))
                        && !later.id().equals(completed.id()));
    }
}
