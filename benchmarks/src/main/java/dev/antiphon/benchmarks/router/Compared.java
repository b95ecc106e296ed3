package dev.antiphon.benchmarks.router;

import java.math.BigDecimal;

/**
 * One figure beside the published one.
 *
 * @param section which table
 * @param name which row and column
 * @param published as printed
 * @param publishedError its standard error, as the spread of our runs and the number of the published ones tell
 * @param ours what our classes do
 */
record Compared(String section, String name, String published, double publishedError, Estimate ours) {
    /** Of some hundred figures, chance alone puts none further off. */
    static final double MOST_ERRORS = 4;

    double expected() {
        return Double.parseDouble(published);
    }

    /** How far off, in standard errors of the difference, beyond what printing rounded away. */
    double off() {
        double rounded = 0.5 * Math.pow(10, -new BigDecimal(published).scale());
        double beyond = Math.max(0, Math.abs(ours.value() - expected()) - rounded);
        return beyond == 0 ? 0 : beyond / Math.hypot(ours.error(), publishedError);
    }

    boolean agrees() {
        return off() <= MOST_ERRORS;
    }
}
