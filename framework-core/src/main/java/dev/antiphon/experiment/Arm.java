package dev.antiphon.experiment;

/**
 * One arm of an experiment.
 *
 * @param key short and stable, for meters and reports
 * @param weight its share of the units, above 0
 * @param treatment what its calls get
 */
public record Arm(String key, double weight, Treatment treatment) {
    public Arm {
        Keys.check("the key of an arm", key);
        if (!(weight > 0 && weight < 1)) {
            throw new IllegalArgumentException(
                    "the weight of arm " + key + " must be above 0 and below 1, but was " + weight);
        }
    }
}
