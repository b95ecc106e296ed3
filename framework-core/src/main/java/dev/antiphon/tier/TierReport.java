package dev.antiphon.tier;

import dev.antiphon.model.Money;
import dev.antiphon.tier.RouterDecision.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the router knows.
 *
 * @param rows one per flow and start tier that finished a call, by flows in order of first appearance and tiers from the lowest
 * @param pins flow to the tier that an operator pinned it to
 * @param moves moves of running calls since the router started
 * @param notCounted calls of flows that found no room in the bounded table
 * @param repeated outcomes that came again and were not counted again
 * @param clockJumps how often the wall clock jumped
 * @param flows one per flow
 * @param decisions the latest ones, oldest first
 */
public record TierReport(
        List<Row> rows,
        Map<String, String> pins,
        long moves,
        long notCounted,
        long repeated,
        long clockJumps,
        List<FlowReport> flows,
        List<RouterDecision> decisions) {
    public TierReport {
        rows = List.copyOf(rows);
        pins = Map.copyOf(pins);
        flows = List.copyOf(flows);
        decisions = List.copyOf(decisions);
    }

    /** One line of the table. */
    public record Row(String flow, String tier, TierTally tally) {}

    /** What is known of this flow. */
    public Optional<FlowReport> flow(String name) {
        return flows.stream().filter(flow -> flow.flow().equals(name)).findFirst();
    }

    /**
     * One flow.
     *
     * @param policy how it is routed
     * @param pin the tier that an operator pinned it to
     * @param paused whether an operator paused escalation
     * @param spent today, by calls that the router began above the lowest tier
     * @param reserved for such calls under way
     * @param underWay calls whose outcome is still to come
     * @param lost calls whose outcome never came
     * @param tiers from the lowest
     */
    public record FlowReport(
            String flow,
            RouterPolicy policy,
            Optional<String> pin,
            boolean paused,
            Money spent,
            Money reserved,
            int underWay,
            long lost,
            List<TierState> tiers) {
        public FlowReport {
            tiers = List.copyOf(tiers);
        }

        /** One of its tiers. */
        public Optional<TierState> tier(String name) {
            return tiers.stream().filter(tier -> tier.tier().equals(name)).findFirst();
        }
    }

    /**
     * One tier of a flow.
     *
     * @param evidence the detector's value, to be compared with {@link RouterPolicy#threshold}
     * @param healthy the rate of completion that it should have; empty while it is being learned
     * @param circuit all else, with the counts of the trial and of what is learned
     * @param coolDownLeft finished calls until the tier is tried again; 0 unless it is open
     * @param recentRate of the latest calls
     * @param tally of all finished calls since the router started
     * @param history for a chart, oldest first, at most {@value #MAX_HISTORY}
     */
    public record TierState(
            String tier,
            double evidence,
            Optional<Double> healthy,
            CircuitSnapshot circuit,
            long coolDownLeft,
            Optional<Double> recentRate,
            TierTally tally,
            List<EvidencePoint> history) {
        /** How many points are kept. */
        public static final int MAX_HISTORY = 240;

        public TierState {
            history = List.copyOf(history);
        }

        /** Where new calls go. */
        public State state() {
            return circuit.state();
        }
    }

    /** The evidence after one call of the tier; {@code number} is the call's. */
    public record EvidencePoint(Instant at, long number, double evidence, State state) {}
}
