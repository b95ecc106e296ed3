package dev.antiphon.statistics;

/** The two-sided normal mixture boundary of Howard, Ramdas, McAuliffe and Sekhon (2021), on which other sequences build. */
public final class NormalMixture {
    private NormalMixture() {}

    /** The mixture's precision that is best at a variance of {@code variance}. */
    public static double rho(double variance, double alpha) {
        Checks.alpha(alpha);
        double log = -2 * Math.log(alpha);
        return variance / (log + Math.log1p(log));
    }

    /**
     * How far a sum of variance {@code variance} ever strays from its mean, with probability 1 - {@code alpha}.
     *
     * @param rho see {@link #rho}
     */
    public static double bound(double variance, double alpha, double rho) {
        Checks.alpha(alpha);
        Checks.positive("rho", rho);
        return Math.sqrt((variance + rho) * Math.log((variance + rho) / (rho * alpha * alpha)));
    }
}
