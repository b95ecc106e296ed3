package dev.antiphon.benchmarks.router;

import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.Money;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.tier.FlowRoutes;
import dev.antiphon.tier.Observed;
import dev.antiphon.tier.RouterDecision;
import dev.antiphon.tier.RouterDecision.Kind;
import dev.antiphon.tier.RouterDecision.State;
import dev.antiphon.tier.RouterPolicy;
import dev.antiphon.tier.RouterTime;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One flow with two tiers, routed by {@link FlowRoutes}: {@value #SESSIONS} sessions one after the other, each ended before the next one
 * begins. The small tier completes 0.85 and costs 1, the large one 0.92 and 4; a completion is worth 20.
 */
final class RouterSimulation {
    static final int SESSIONS = 3_000;
    static final int CHANGE = 1_000;
    static final double MINI = 0.85;
    static final double PREMIUM = 0.92;
    private static final double VALUE = 20;
    private static final double MINI_COST = 1;
    private static final double PREMIUM_COST = 4;
    private static final RouterTime NOW = RouterTime.at(Instant.parse("2026-01-01T12:00:00Z"));
    private static final TierLadder LADDER = new TierLadder(List.of(tier("mini"), tier("premium")));

    /** What happens between {@link #CHANGE} and its end. */
    enum Situation {
        HEALTHY(CHANGE, 0, 0),
        DROP(2_000, 0.15, 0),
        /** What the tools reach is broken, for both tiers. */
        SYSTEMIC(1_300, 0.20, 0.20);

        private final int end;
        private final double miniLoses;
        private final double premiumLoses;

        Situation(int end, double miniLoses, double premiumLoses) {
            this.end = end;
            this.miniLoses = miniLoses;
            this.premiumLoses = premiumLoses;
        }

        boolean changed(int session) {
            return session >= CHANGE && session < end;
        }

        int length() {
            return end - CHANGE;
        }

        double rate(boolean premium, int session) {
            double healthy = premium ? PREMIUM : MINI;
            return changed(session) ? healthy - (premium ? premiumLoses : miniLoses) : healthy;
        }
    }

    /**
     * One run.
     *
     * @param escalation sessions from the change until calls moved up; 0 when they were up already, infinite when they never did
     */
    record Run(int completed, double cost, int premium, int premiumDuring, int changes, double escalation) {
        double net() {
            return (VALUE * completed - cost) / SESSIONS;
        }
    }

    private RouterSimulation() {}

    /** One run; {@code pinned} to the large tier from the beginning, or not. */
    static Run run(RouterPolicy policy, boolean pinned, Situation situation, SplittableRandom random) {
        FlowRoutes routes = new FlowRoutes("simulated", LADDER, policy, NOW);
        if (pinned) {
            routes.pin("premium", NOW);
            routes.news();
        }
        int completed = 0;
        double cost = 0;
        int premium = 0;
        int premiumDuring = 0;
        int changes = 0;
        double escalation = Double.POSITIVE_INFINITY;
        for (int n = 0; n < SESSIONS; n++) {
            if (n == CHANGE && routes.circuit(0).state() != State.CLOSED) {
                escalation = 0;
            }
            String session = "sess_" + n;
            FlowRoutes.Start start = routes.start(session, random::nextDouble, NOW);
            boolean up = start.rung() == 1;
            boolean done = random.nextDouble() < situation.rate(up, n);
            completed += done ? 1 : 0;
            cost += up ? PREMIUM_COST : MINI_COST;
            premium += up ? 1 : 0;
            premiumDuring += up && situation.changed(n) ? 1 : 0;
            String tier = LADDER.tiers().get(start.rung()).name();
            routes.finished(
                    new Observed.Finished("simulated", session, start.number(), tier, tier, done, Money.ZERO), NOW);
            for (RouterDecision decision : routes.news()) {
                changes += decision.from() == decision.to() ? 0 : 1;
                if (decision.kind() == Kind.ESCALATED
                        && situation.changed(n)
                        && escalation == Double.POSITIVE_INFINITY) {
                    escalation = n - CHANGE + 1;
                }
            }
        }
        return new Run(completed, cost, premium, premiumDuring, changes, escalation);
    }

    private static Tier tier(String name) {
        return new Tier(
                name,
                new ModelEndpoint("simulated", name, URI.create("ws://127.0.0.1/" + name), Map.of(), List.of()),
                PriceCard.FREE);
    }
}
