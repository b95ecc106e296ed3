package dev.antiphon.flow;

import java.util.List;

/**
 * What is different between two versions of a flow or dialog, in sentences. Of code it tells only whether there is any: two
 * versions of a check or of a worded read-back look alike. Immutable.
 *
 * @param changes one for each difference, in the order of the flow; empty when the versions are the same
 */
public record FlowDiff(List<Change> changes) {
    public FlowDiff {
        changes = List.copyOf(changes);
    }

    /** Whether something came, went or became different. */
    public enum Kind {
        /** There is something new. */
        ADDED,
        /** Something is gone. */
        REMOVED,
        /** Something is different. */
        CHANGED
    }

    /**
     * One difference.
     *
     * @param sentence what it is, for people
     * @param mattersInFlight whether the state of a call that began with the older version may not fit the newer one: what a
     *     slot takes, what a task collects, confirms, looks up or does; other words do not matter
     */
    public record Change(Kind kind, String sentence, boolean mattersInFlight) {}

    /** From an older to a newer flow. */
    public static FlowDiff between(Flow<?> before, Flow<?> after) {
        return between(FlowSnapshot.of(before), FlowSnapshot.of(after));
    }

    /** From an older to a newer flow. */
    public static FlowDiff between(FlowSnapshot before, FlowSnapshot after) {
        return new FlowDiff(FlowComparison.of("", before, after));
    }

    /** From an older to a newer dialog. */
    public static FlowDiff between(Dialog before, Dialog after) {
        return between(DialogSnapshot.of(before), DialogSnapshot.of(after));
    }

    /** From an older to a newer dialog. */
    public static FlowDiff between(DialogSnapshot before, DialogSnapshot after) {
        return new FlowDiff(FlowComparison.of(before, after));
    }

    /** Whether nothing is different. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Those that matter for calls in flight. */
    public List<Change> inFlight() {
        return changes.stream().filter(Change::mattersInFlight).toList();
    }

    /** One line each; those that matter for calls in flight begin with {@code !}, others with a space. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Change change : changes) {
            text.append(change.mattersInFlight() ? "! " : "  ")
                    .append(change.sentence())
                    .append('\n');
        }
        return text.toString();
    }
}
