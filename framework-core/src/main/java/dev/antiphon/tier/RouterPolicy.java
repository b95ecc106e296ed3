package dev.antiphon.tier;

import dev.antiphon.model.Money;
import java.time.Duration;
import java.util.Optional;

/**
 * How the router decides where new calls of a flow begin. The defaults are those whose behaviour {@code bench router} simulates.
 *
 * @param enabled whether new calls may be moved up at all; default yes
 * @param target the rate of completion that calls of the flow's lowest tier should have; default none, it is learned
 * @param targetAbove the same of every tier above; default none, it is learned
 * @param threshold the evidence at which calls move up: while the tier is healthy, a false alarm comes after that many finished
 *     calls or more on average; at least 10, default 2,000
 * @param learning how a rate is learned where there is no target
 * @param trial how the way back is tried
 * @param guard what tells a sick model from a sick service behind it
 * @param spending what it may cost
 * @param waiting how long outcomes are waited for
 */
public record RouterPolicy(
        boolean enabled,
        Optional<Double> target,
        Optional<Double> targetAbove,
        double threshold,
        Learning learning,
        Trial trial,
        Guard guard,
        Spending spending,
        Waiting waiting) {

    public RouterPolicy {
        target.ifPresent(rate -> between("target", rate, 0, 1));
        targetAbove.ifPresent(rate -> between("targetAbove", rate, 0, 1));
        if (!(threshold >= 10 && threshold <= 1e9)) {
            throw new IllegalArgumentException(
                    "threshold must be a number of calls from 10 to 1e9, but was " + threshold);
        }
    }

    /**
     * How the rate of healthy calls is learned.
     *
     * @param sessions of how many finished calls; at least 50, default 300
     * @param certainty the rate is taken for its lower bound (Wilson) of this certainty, not for the one that was seen, which is
     *     too high as often as too low; default 0.80
     * @param assumed the rate for healthy while none is known, where an operator forces a tier to be left; default 0.85
     */
    public record Learning(int sessions, double certainty, double assumed) {
        public Learning {
            atLeast("learning.sessions", sessions, 50);
            between("learning.certainty", certainty, 0.5, 1);
            between("learning.assumed", assumed, 0, 1);
        }
    }

    /**
     * The way back.
     *
     * @param coolDown finished calls of the flow before the tier is tried again; at least 1, default 30
     * @param longest after failed trials it doubles up to this; default 240
     * @param share of new calls that try the tier; more than 0, at most 1, default 0.5
     * @param odds how many times the odds of failure of a tier that is not to be used are those of a healthy one; default 17/7: 0.70
     *     where 0.85 is healthy
     * @param alpha how often a bad tier may pass for good; default 0.10
     * @param beta how often a good tier may pass for bad; default 0.10
     * @param mostLost after so many trials whose outcome never came, and fewer that did, the tier is left alone; default 30
     */
    public record Trial(int coolDown, int longest, double share, double odds, double alpha, double beta, int mostLost) {
        public Trial {
            atLeast("trial.coolDown", coolDown, 1);
            atLeast("trial.longest", longest, coolDown);
            atLeast("trial.mostLost", mostLost, 1);
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("trial.share must be above 0 and at most 1, but was " + share);
            }
            if (!(odds > 1 && odds <= 1_000)) {
                throw new IllegalArgumentException("trial.odds must be above 1 and at most 1000, but was " + odds);
            }
            between("trial.alpha", alpha, 0, 0.5);
            between("trial.beta", beta, 0, 0.5);
        }

        /** The rate that a tier is taken for bad at, where this one is healthy. */
        public double bad(double healthy) {
            return 1 / (1 + odds * (1 - healthy) / healthy);
        }
    }

    /**
     * Calls of the tier above that fail, too, say that the model is not the cause.
     *
     * @param enabled default yes
     * @param window how many of the latest calls of the tier above count; 1 to 63, default 60
     * @param least how many there must be; default 20
     * @param margin how far below its healthy rate it must be; default 0.10
     * @param certainty how sure that must be; default 0.95
     * @param assumed the healthy rate of the tier above while none is known; default 0.92
     * @param weight how many calls the healthy rate counts for beforehand; default 10
     * @param suppression finished calls of the flow for which nothing moves up then; default 200
     */
    public record Guard(
            boolean enabled,
            int window,
            int least,
            double margin,
            double certainty,
            double assumed,
            double weight,
            int suppression) {
        public Guard {
            atLeast("guard.least", least, 1);
            atLeast("guard.window", window, least);
            if (window > 63) {
                throw new IllegalArgumentException("guard.window must be at most 63, but was " + window);
            }
            between("guard.margin", margin, 0, 1);
            between("guard.certainty", certainty, 0.5, 1);
            between("guard.assumed", assumed, 0, 1);
            if (!(weight > 0)) {
                throw new IllegalArgumentException("guard.weight must be positive, but was " + weight);
            }
            atLeast("guard.suppression", suppression, 0);
        }
    }

    /**
     * What moving new calls up may cost.
     *
     * @param mostPriceRatio how many times the audio of the tier above may cost; more than 0, default 10. Unknown prices are no obstacle
     * @param dailyBudget what the calls of one UTC day that the router begins above the lowest tier may cost together, each with all that
     *     it cost; default no limit. What a call will cost is reserved when it begins
     * @param valueOfCompletion what a completed task is worth; where it is given, calls move up only if the tasks that this saves are
     *     worth more than it costs; default none
     * @param assumedCost what is reserved for a call of a tier of which fewer than 20 calls have finished; default 0.50 USD
     */
    public record Spending(
            double mostPriceRatio, Optional<Money> dailyBudget, Optional<Money> valueOfCompletion, Money assumedCost) {
        public Spending {
            if (!(mostPriceRatio > 0)) {
                throw new IllegalArgumentException(
                        "spending.mostPriceRatio must be positive, but was " + mostPriceRatio);
            }
            dailyBudget.ifPresent(money -> notNegative("spending.dailyBudget", money));
            valueOfCompletion.ifPresent(money -> notNegative("spending.valueOfCompletion", money));
            notNegative("spending.assumedCost", assumedCost);
        }
    }

    /**
     * Outcomes count in the order in which their calls began, so that calls that fail fast do not come before those that take their
     * time.
     *
     * @param settle how long a call that has no outcome yet keeps later ones waiting; default 10 minutes
     * @param lost after this time nobody waits for its outcome any more; default 1 hour
     */
    public record Waiting(Duration settle, Duration lost) {
        public Waiting {
            if (settle.isNegative()) {
                throw new IllegalArgumentException("waiting.settle must not be negative, but was " + settle);
            }
            if (lost.compareTo(settle) < 0 || !lost.isPositive()) {
                throw new IllegalArgumentException(
                        "waiting.lost must be positive and at least waiting.settle (" + settle + "), but was " + lost);
            }
        }
    }

    /** As documented at each component. */
    public static RouterPolicy defaults() {
        return new RouterPolicy(
                true,
                Optional.empty(),
                Optional.empty(),
                2_000,
                new Learning(300, 0.80, 0.85),
                new Trial(30, 240, 0.5, 17.0 / 7, 0.10, 0.10, 30),
                new Guard(true, 60, 20, 0.10, 0.95, 0.92, 10, 200),
                new Spending(10, Optional.empty(), Optional.empty(), Money.usd("0.50")),
                new Waiting(Duration.ofMinutes(10), Duration.ofHours(1)));
    }

    /** Calls stay on the lowest tier, unless an operator pins their flow. */
    public static RouterPolicy off() {
        return defaults().withEnabled(false);
    }

    /** A copy that is enabled or not. */
    public RouterPolicy withEnabled(boolean other) {
        return new RouterPolicy(other, target, targetAbove, threshold, learning, trial, guard, spending, waiting);
    }

    /** A copy whose lowest tier should have this rate of completion. */
    public RouterPolicy withTarget(double rate) {
        return new RouterPolicy(
                enabled, Optional.of(rate), targetAbove, threshold, learning, trial, guard, spending, waiting);
    }

    /** A copy whose tiers above should have this rate of completion. */
    public RouterPolicy withTargetAbove(double rate) {
        return new RouterPolicy(
                enabled, target, Optional.of(rate), threshold, learning, trial, guard, spending, waiting);
    }

    /** A copy with another threshold. */
    public RouterPolicy withThreshold(double other) {
        return new RouterPolicy(enabled, target, targetAbove, other, learning, trial, guard, spending, waiting);
    }

    /** A copy that learns differently. */
    public RouterPolicy withLearning(Learning other) {
        return new RouterPolicy(enabled, target, targetAbove, threshold, other, trial, guard, spending, waiting);
    }

    /** A copy with another way back. */
    public RouterPolicy withTrial(Trial other) {
        return new RouterPolicy(enabled, target, targetAbove, threshold, learning, other, guard, spending, waiting);
    }

    /** A copy with another guard. */
    public RouterPolicy withGuard(Guard other) {
        return new RouterPolicy(enabled, target, targetAbove, threshold, learning, trial, other, spending, waiting);
    }

    /** A copy that may cost other sums. */
    public RouterPolicy withSpending(Spending other) {
        return new RouterPolicy(enabled, target, targetAbove, threshold, learning, trial, guard, other, waiting);
    }

    /** A copy that waits differently. */
    public RouterPolicy withWaiting(Waiting other) {
        return new RouterPolicy(enabled, target, targetAbove, threshold, learning, trial, guard, spending, other);
    }

    private static void between(String what, double value, double low, double high) {
        if (!(value > low && value < high)) {
            throw new IllegalArgumentException(
                    what + " must be above " + plain(low) + " and below " + plain(high) + ", but was " + value);
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    private static void atLeast(String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(what + " must be at least " + least + ", but was " + value);
        }
    }

    private static void notNegative(String what, Money value) {
        if (value.usd().signum() < 0) {
            throw new IllegalArgumentException(what + " must not be negative, but was " + value);
        }
    }
}
