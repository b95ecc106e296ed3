package dev.antiphon.audio;

/** The Kaiser window, which trades how steep a filter is for how much it damps (J. F. Kaiser, 1974); here about 80 dB. */
final class Kaiser {
    private static final double BETA = 8.0;

    private Kaiser() {}

    /** The window from -1 to 1. */
    static double at(double x) {
        return bessel(BETA * Math.sqrt(Math.max(0, 1 - x * x))) / bessel(BETA);
    }

    /** The modified Bessel function of order zero, by its power series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-12; k++) {
            term *= x * x / 4 / k / k;
            sum += term;
        }
        return sum;
    }
}
