package dev.antiphon.tier;

/**
 * Decides as early as can be between a good and a bad rate of completion: Wald's sequential probability ratio test. A value;
 * {@link #seen} gives the next, also after it has decided.
 *
 * @param bad the rate of a tier that is not to be used, below {@code good}
 * @param good the rate of a healthy one
 * @param logLower at or below it, it is bad
 * @param logUpper at or above it, it is good
 * @param logRatio the evidence for good against bad
 */
public record Sprt(double bad, double good, double logLower, double logUpper, double logRatio) {

    /** What is known. */
    public enum Decision {
        GOOD,
        BAD,
        OPEN
    }

    public Sprt {
        if (!(0 < bad && bad < good && good < 1)) {
            throw new IllegalArgumentException(
                    "the bad rate must be below the good one, both between 0 and 1, but were " + bad + " and " + good);
        }
    }

    /**
     * Before the first session.
     *
     * @param alpha how often a bad one passes for good
     * @param beta how often a good one passes for bad; with {@code alpha} below 1
     */
    public static Sprt of(double bad, double good, double alpha, double beta) {
        if (!(alpha > 0 && beta > 0 && alpha + beta < 1)) {
            throw new IllegalArgumentException(
                    "alpha and beta must be above 0 and below 1 together, but were " + alpha + " and " + beta);
        }
        return new Sprt(bad, good, Math.log(beta / (1 - alpha)), Math.log((1 - beta) / alpha), 0);
    }

    /** After one more session. */
    public Sprt seen(boolean completed) {
        double more = completed ? Math.log(good / bad) : Math.log((1 - good) / (1 - bad));
        return new Sprt(bad, good, logLower, logUpper, logRatio + more);
    }

    /** What the sessions so far tell. */
    public Decision decision() {
        if (logRatio >= logUpper) {
            return Decision.GOOD;
        }
        return logRatio <= logLower ? Decision.BAD : Decision.OPEN;
    }
}
