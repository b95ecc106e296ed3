package dev.antiphon.experiment;

/**
 * A part of all units. Experiments with different parts of the same namespace exclude each other.
 *
 * @param name of the namespace, ASCII
 * @param from where the part begins, from 0 to 1
 * @param to where it ends, itself not included
 */
public record Namespace(String name, double from, double to) {
    public Namespace {
        if (!(0 <= from && from <= to && to <= 1)) {
            throw new IllegalArgumentException(
                    "a part of a namespace lies within 0 and 1, but was " + from + " to " + to);
        }
    }

    /** Whether the unit is in this part. */
    public boolean has(String unit) {
        double place = Bucketing.placeByOneHash("__" + name, unit);
        return from <= place && place < to;
    }

    /** Whether no unit is in both. */
    public boolean excludes(Namespace other) {
        return name.equals(other.name) && (to <= other.from || other.to <= from);
    }
}
