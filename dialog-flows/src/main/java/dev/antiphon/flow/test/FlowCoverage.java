package dev.antiphon.flow.test;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowEvent;
import dev.antiphon.flow.FlowObserver;
import dev.antiphon.flow.FlowState;
import dev.antiphon.flow.Transition;
import dev.antiphon.flow.say.Plainly;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Which parts of a flow its conversations visited: slots asked, filled, corrected, refused and skipped, alternatives,
 * confirmations, what became of effects, answers, repair rules, silence. It counts what the flow's model declares, and knows
 * nothing of lines of code. Collected by {@link FlowCoverageExtension}, or through {@link #observer}. Thread-safe.
 */
public final class FlowCoverage {
    private final Flow<?> flow;
    private final List<FlowPart> declared;
    private final Map<FlowPart, LongAdder> visits = new ConcurrentHashMap<>();
    private final Set<String> excepted = ConcurrentHashMap.newKeySet();
    private final LongAdder conversations = new LongAdder();

    private FlowCoverage(Flow<?> flow) {
        this.flow = flow;
        this.declared = FlowParts.of(flow);
    }

    /** Of this flow nothing is visited yet. Conversations with flows of the same name and version count. */
    public static FlowCoverage of(Flow<?> flow) {
        return new FlowCoverage(flow);
    }

    /** Counts the steps of the flow; those of other flows are left out. */
    public FlowObserver observer() {
        return (of, before, event, step) -> {
            if (of.name().equals(flow.name()) && of.version().equals(flow.version())) {
                count(before, event, step);
            }
        };
    }

    void count(FlowState before, FlowEvent event, Transition step) {
        if (before.equals(FlowState.initial())) {
            conversations.increment();
        }
        FlowVisits.of(flow, before, event, step)
                .forEach(part ->
                        visits.computeIfAbsent(part, unseen -> new LongAdder()).increment());
    }

    /**
     * Leaves parts out that cannot happen or need no test, named as reports name them: {@code slot date: alternatives offered}.
     *
     * @throws IllegalArgumentException when the flow has no such part
     */
    public FlowCoverage except(String... names) {
        for (String name : names) {
            if (declared.stream().noneMatch(part -> part.toString().equals(name))) {
                throw new IllegalArgumentException("flow '" + flow.name() + "' has no part '" + name + "'; it has "
                        + declared.stream().map(FlowPart::toString).toList());
            }
            excepted.add(name);
        }
        return this;
    }

    /** The flow. */
    public Flow<?> flow() {
        return flow;
    }

    /** What can be visited, in the flow's order, without what was excepted. */
    public List<FlowPart> parts() {
        return declared.stream()
                .filter(part -> !excepted.contains(part.toString()))
                .toList();
    }

    /** How often a part was visited. */
    public long visits(FlowPart part) {
        LongAdder count = visits.get(part);
        return count == null ? 0 : count.sum();
    }

    /** What was never visited, in the flow's order. */
    public List<FlowPart> missed() {
        return parts().stream().filter(part -> visits(part) == 0).toList();
    }

    /** How many conversations there were. */
    public long conversations() {
        return conversations.sum();
    }

    /** The share of its parts that was visited, 0 to 1. */
    public double share() {
        int all = parts().size();
        return all == 0 ? 1 : (all - missed().size()) / (double) all;
    }

    /**
     * Requires that this share of the parts was visited.
     *
     * @param share 0 to 1
     * @throws AssertionError with the list of what was never visited
     */
    public void atLeast(double share) {
        requireShare(share);
        if (share() < share) {
            throw new AssertionError(
                    summary() + ", but at least " + percent(share) + " was required; never visited:\n  "
                            + missed().stream().map(FlowPart::toString).collect(Collectors.joining("\n  ")));
        }
    }

    static void requireShare(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a required share must lie between 0 and 1, but was " + share);
        }
    }

    String summary() {
        int all = parts().size();
        return "flow " + flow.name() + ": " + (all - missed().size()) + " of " + Plainly.count(all, "part")
                + " visited, " + percent(share());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", Math.floor(share * 1000) / 10);
    }

    /** A report as plain text. */
    public String text() {
        return FlowCoverageReport.text(this);
    }

    /** A report as one page of HTML without links to anything: the flow's drawing in colours, and a table. */
    public String html() {
        return FlowCoverageReport.html(this);
    }
}
