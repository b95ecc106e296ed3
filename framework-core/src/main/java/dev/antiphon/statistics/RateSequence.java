package dev.antiphon.statistics;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.rootfinder.BrentSolver;

/**
 * Intervals of one rate that hold at all times at once, exact for any number of units: those rates which the beta-binomial
 * mixture does not reject (Howard, Ramdas, McAuliffe, Sekhon 2021, propositions 6 and 7).
 *
 * @param alpha how often, at most, the truth is ever outside
 * @param tightest the number of units at which the interval is tightest, at least 1
 * @param tightestAlpha the alpha for which that holds, usually the same
 */
public record RateSequence(double alpha, double tightest, double tightestAlpha) {
    private static final double SMALLEST = 1e-12;

    public RateSequence {
        Checks.alpha(alpha);
        Checks.alpha(tightestAlpha);
        Checks.atLeastOne("the number of units at which it is tightest", tightest);
    }

    /** Tightest at so many units. */
    public RateSequence(double alpha, double tightest) {
        this(alpha, tightest, alpha);
    }

    /** All rates that so many successes of so many units leave possible. */
    public Interval interval(long successes, long n) {
        Checks.successes(successes, n);
        return all(successes, n);
    }

    /**
     * The same for a mean of units that do not tell as much as so many independent ones would; no longer exact, as {@code units} is
     * itself an estimate.
     *
     * @param rate from 0 to 1
     * @param units how many independent units would tell as much, 0 or more, not only whole numbers
     */
    public Interval effective(double rate, double units) {
        Checks.probability("the rate", rate);
        if (!(units >= 0)) {
            throw new IllegalArgumentException("the number of units must not be negative, but was " + units);
        }
        return all(rate * units, units);
    }

    private Interval all(double successes, double n) {
        if (n == 0) {
            return new Interval(0, 1);
        }
        double rate = Math.clamp(successes / n, SMALLEST, 1 - SMALLEST);
        DoubleUnaryOperator excess = p -> evidence(successes, n, p) + Math.log(alpha);
        return new Interval(end(excess, SMALLEST, rate, 0), end(excess, 1 - SMALLEST, rate, 1));
    }

    /** Where the evidence reaches the limit between the extreme and the observed rate; the edge when it never does. */
    private static double end(DoubleUnaryOperator excess, double extreme, double rate, double edge) {
        if (excess.applyAsDouble(extreme) < 0) {
            return edge;
        }
        return new BrentSolver(1e-12, 1e-12, 1e-15).findRoot(excess, Math.min(extreme, rate), Math.max(extreme, rate));
    }

    /** The log of the mixture's likelihood ratio against the rate {@code p}. */
    private double evidence(double successes, double n, double p) {
        double variance = p * (1 - p);
        double r = Math.max(NormalMixture.rho(tightest * variance, tightestAlpha) - variance, 1e-3 * variance);
        double ofSuccess = r / (1 - p);
        double ofFailure = r / p;
        return LogBeta.value(ofSuccess + successes, ofFailure + n - successes)
                - LogBeta.value(ofSuccess, ofFailure)
                - successes * Math.log(p)
                - (n - successes) * Math.log1p(-p);
    }
}
