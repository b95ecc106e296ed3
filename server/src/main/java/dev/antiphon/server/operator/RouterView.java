package dev.antiphon.server.operator;

import dev.antiphon.tier.RouterDecision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where new calls begin.
 *
 * @param tiers from the cheapest to the most able
 * @param flows names of flows that can be forced
 * @param pins flow to the tier that an operator forced
 * @param paused flows whose calls do not move up, as an operator ordered
 * @param moves calls that moved to another tier while they ran
 * @param rows one per flow and tier
 * @param decisions what was decided, latest first
 */
public record RouterView(
        List<String> tiers,
        List<String> flows,
        Map<String, String> pins,
        List<String> paused,
        long moves,
        List<Row> rows,
        List<RouterDecision> decisions) {

    /**
     * New calls of one flow on one tier.
     *
     * @param flow whose calls
     * @param tier on which they begin
     * @param completed of the finished calls that began there, whose flow reached its goal
     * @param costUsd of all of them
     * @param evidence what the detector has seen; empty where nothing watches
     */
    public record Row(String flow, String tier, Rate completed, double costUsd, Optional<Evidence> evidence) {}

    /**
     * The detector.
     *
     * @param state where new calls begin, as far as this tier is concerned
     * @param value the evidence now, 0 or more
     * @param threshold at which calls move up, positive; empty when nobody knows it any more
     * @param healthy the rate of completion that is taken for healthy, 0 to 1; empty while it is learned
     * @param opened the decision by which calls began to move up; empty while they do not, or where nobody knows it any more
     * @param anew whether the evidence began anew since then, as another policy takes another rate for healthy
     * @param points the evidence over time, oldest first
     */
    public record Evidence(
            RouterDecision.State state,
            double value,
            Optional<Double> threshold,
            Optional<Double> healthy,
            Optional<RouterDecision> opened,
            boolean anew,
            List<Point> points) {
        /** With {@code opened} and {@code anew} found among the decisions about this tier of this flow, latest first. */
        static Evidence of(
                RouterDecision.State state,
                double value,
                Optional<Double> threshold,
                Optional<Double> healthy,
                List<RouterDecision> about,
                List<Point> points) {
            Optional<RouterDecision> opened = state == RouterDecision.State.CLOSED
                    ? Optional.empty()
                    : about.stream()
                            .filter(each -> each.from() == RouterDecision.State.CLOSED && each.to() != each.from())
                            .findFirst();
            return new Evidence(
                    state,
                    value,
                    threshold,
                    healthy,
                    opened,
                    opened.filter(decision -> value < decision.evidence()).isPresent(),
                    points);
        }
    }

    /** The evidence at one time. */
    public record Point(Instant at, double value, RouterDecision.State state) {}
}
