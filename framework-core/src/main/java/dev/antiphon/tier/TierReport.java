package dev.antiphon.tier;

import java.util.List;
import java.util.Map;

/**
 * What the router knows.
 *
 * @param rows one per flow and start tier that finished a call, in order of first appearance
 * @param pins flow to the tier that an operator pinned it to
 * @param moves moves of running calls since the router started
 * @param notCounted calls whose flow and tier found no room in the bounded table
 */
public record TierReport(List<Row> rows, Map<String, String> pins, long moves, long notCounted) {
    public TierReport {
        rows = List.copyOf(rows);
        pins = Map.copyOf(pins);
    }

    /** One line of the table. */
    public record Row(String flow, String tier, TierTally tally) {}
}
