package dev.antiphon.server.simulate;

import dev.antiphon.model.Money;
import dev.antiphon.server.page.OneFilePage;
import dev.antiphon.statistics.Interval;
import dev.antiphon.statistics.NearestRank;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a simulation has shown, as text, JSON or a page. Says everywhere that it is simulated. */
public final class SimulationReport {
    /** Stands in every form of the report. */
    public static final String SIMULATED =
            "Simulated: emulated models, simulated callers, virtual time. The figures compare set-ups; they say nothing about any"
                    + " real model.";

    private static final List<String> OUTCOMES = List.of("completed", "handed_over", "abandoned", "failed");

    private final SimulationPlan plan;
    private final List<SimulatedLot> lots;

    /** A report of these lots. */
    public SimulationReport(SimulationPlan plan, List<SimulatedLot> lots) {
        this.plan = plan;
        this.lots = List.copyOf(lots);
    }

    /** A table. */
    public void print(PrintWriter out) {
        out.println(SIMULATED);
        out.printf(
                Locale.ROOT,
                "%n%-10s %6s  %-22s %6s %6s %6s %6s %6s  %8s %8s  %8s  %9s %9s%n",
                "start on",
                "calls",
                "completed (95 %)",
                "person",
                "left",
                "failed",
                "moved",
                "turns",
                "p50 ms",
                "p95 ms",
                "tool p95",
                "per call",
                "per goal");
        lots.forEach(lot -> out.println(row(lot)));
        out.println();
        out.println(
                "moved: calls that ended on a larger model. p50, p95: from the caller's last word to the first of the answer, turns"
                        + " without tools; tool p95: with tools. per goal: cost of all calls for each completed one.");
        lots.stream()
                .filter(lot -> lot.unfinished() > 0)
                .forEach(lot -> out.println(lot.unfinished() + " calls on " + lot.tier()
                        + " did not end and are in no figure; this is a fault of bot or simulation."));
        out.flush();
    }

    private static String row(SimulatedLot lot) {
        Interval interval = lot.completionInterval();
        return String.format(
                Locale.ROOT,
                "%-10s %6d  %5.1f %% (%4.1f to %5.1f) %6d %6d %6d %6d %6.1f  %8s %8s  %8s  %9s %9s",
                lot.tier(),
                lot.calls().size(),
                100 * lot.completion(),
                100 * interval.lower(),
                100 * interval.upper(),
                lot.ended("handed_over"),
                lot.ended("abandoned"),
                lot.ended("failed"),
                lot.escalated(),
                lot.turns(),
                millis(NearestRank.of(lot.plainTurns(), 0.50)),
                millis(NearestRank.of(lot.plainTurns(), 0.95)),
                millis(NearestRank.of(lot.turnsWithTools(), 0.95)),
                lot.costPerCall().map(Money::toString).orElse("-"),
                lot.costPerCompleted().map(Money::toString).orElse("-"));
    }

    private static String millis(Optional<Duration> time) {
        return time.map(value -> Long.toString(value.toMillis())).orElse("-");
    }

    /**
     * An object: {@code simulated} ({@value #SIMULATED}), {@code seed}, {@code lots}: {@code tier}, {@code calls}, {@code unfinished},
     * one count for each outcome, {@code completion} with {@code completion_low} and {@code completion_high} (95 %),
     * {@code escalated}, {@code turns_per_call}, {@code cost_usd}, {@code cost_per_call_usd}, {@code cost_per_completed_usd} (null when
     * none did), {@code turn_ms} and {@code tool_turn_ms} (lists, sorted).
     */
    public ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("simulated", SIMULATED).put("seed", plan.seed());
        ArrayNode all = root.putArray("lots");
        lots.forEach(lot -> all.add(json(lot)));
        return root;
    }

    private static ObjectNode json(SimulatedLot lot) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("tier", lot.tier()).put("calls", lot.calls().size()).put("unfinished", lot.unfinished());
        OUTCOMES.forEach(outcome -> node.put(outcome, lot.ended(outcome)));
        Interval interval = lot.completionInterval();
        node.put("completion", lot.completion())
                .put("completion_low", interval.lower())
                .put("completion_high", interval.upper())
                .put("escalated", lot.escalated())
                .put("turns_per_call", lot.turns())
                .put("cost_usd", lot.cost().usd());
        node.put("cost_per_call_usd", lot.costPerCall().map(Money::usd).orElse(null));
        node.put(
                "cost_per_completed_usd", lot.costPerCompleted().map(Money::usd).orElse(null));
        ArrayNode plain = node.putArray("turn_ms");
        lot.plainTurns().forEach(turn -> plain.add(turn.toMillis()));
        ArrayNode tools = node.putArray("tool_turn_ms");
        lot.turnsWithTools().forEach(turn -> tools.add(turn.toMillis()));
        return node;
    }

    /** A page of its own: tables, and charts where scripts may run. Nothing is fetched from elsewhere. */
    public String html() {
        String plan = this.plan.calls() + " calls from each tier, seed " + this.plan.seed()
                + (this.plan.escalation() ? "" : ", no call may move to a larger model");
        return OneFilePage.of(SimulationReport.class, "simulation", json().toString(), Map.of("plan", plan));
    }
}
