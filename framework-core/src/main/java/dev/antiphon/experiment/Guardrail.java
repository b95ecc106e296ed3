package dev.antiphon.experiment;

/**
 * What must not get worse while an experiment runs.
 *
 * @param metric by which
 * @param tolerance how much worse than the first arm is still accepted: a difference of shares, or US dollars; default 0
 */
public record Guardrail(Metric metric, double tolerance) {
    /** How often, at most, one stops a roll-out that does no harm, however often it is looked at. */
    public static final double ALPHA = 0.05;

    public Guardrail {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException(
                    "the tolerance of guardrail " + metric.word() + " must be 0 or more, but was " + tolerance);
        }
    }

    /** Nothing worse is accepted. */
    public static Guardrail of(Metric metric) {
        return new Guardrail(metric, 0);
    }
}
