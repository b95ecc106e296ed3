package dev.antiphon.statistics;

/**
 * Intervals of an {@link Effect} that hold at all times at once, so that one may look whenever one likes: the asymptotic
 * confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (arXiv:2103.06476, equations 9 and 134). For samples
 * of some size: below about 50 units an arm it is not to be trusted.
 *
 * @param alpha how often, at most, the truth is ever outside; less than 0.5
 * @param tightest the number of units of both arms at which the interval is tightest, at least 1
 */
public record ConfidenceSequence(double alpha, double tightest) {
    public ConfidenceSequence {
        if (!(alpha > 0 && alpha < 0.5)) {
            throw new IllegalArgumentException(
                    "alpha of a confidence sequence must be above 0 and below 0.5, but was " + alpha);
        }
        Checks.atLeastOne("the number of units at which it is tightest", tightest);
    }

    /** Holds to both sides. */
    public Interval interval(Effect effect) {
        double n = effect.units();
        double rho = rho(alpha);
        double spread = n * rho * rho + 1;
        double half = Math.sqrt(2 * spread / (n * n * rho * rho) * Math.log(Math.sqrt(spread) / alpha));
        return Interval.around(effect.estimate(), half * Math.sqrt(n) * effect.standardError());
    }

    /** The difference is at least this: the lower of two bounds of which only one is looked at. */
    public double lowerBound(Effect effect) {
        return effect.estimate() - oneSided(effect);
    }

    /** The difference is at most this; else as {@link #lowerBound}. */
    public double upperBound(Effect effect) {
        return effect.estimate() + oneSided(effect);
    }

    private double oneSided(Effect effect) {
        double n = effect.units();
        double rho = rho(2 * alpha);
        double spread = n * rho * rho + 1;
        double half = Math.sqrt(2 * spread / (n * n * rho * rho) * Math.log(1 + Math.sqrt(spread) / (2 * alpha)));
        return half * Math.sqrt(n) * effect.standardError();
    }

    /** The probability, valid at all times, of so much evidence against a difference of {@code expected}. */
    public double p(Effect effect, double expected) {
        double rho = rho(alpha);
        double n = effect.units();
        double z = (effect.estimate() - expected) / effect.standardError();
        double spread = n * rho * rho + 1;
        double logEvidence = rho * rho * n * z * z / (2 * spread) - Math.log(spread) / 2;
        return Math.min(1, Math.exp(-logEvidence));
    }

    private double rho(double level) {
        double log = -2 * Math.log(level);
        return Math.sqrt((log + Math.log(log + 1)) / tightest);
    }
}
