package dev.antiphon.experiment;

/**
 * Units that take part in nothing, so that the sum of all experiments can be seen. Experiments with the same hold-out leave out the
 * same units.
 *
 * @param name ASCII
 * @param share of all units, from 0 up to, but not including, 1
 */
public record HoldOut(String name, double share) {
    /** Nobody. */
    public static final HoldOut NONE = new HoldOut("none", 0);

    public HoldOut {
        Keys.check("the name of a hold-out", name);
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException("the share of a hold-out must be from 0 to below 1, but was " + share);
        }
    }

    /** Whether the unit takes part in nothing. */
    public boolean has(String unit) {
        return Bucketing.place("holdout__" + name, unit) < share;
    }
}
