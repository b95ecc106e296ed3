package dev.antiphon.statistics;

/** A range of values, both ends included; one-sided bounds have an infinite or natural end. */
public record Interval(double lower, double upper) {
    public Interval {
        if (Double.isNaN(lower) || Double.isNaN(upper) || lower > upper) {
            throw new IllegalArgumentException(
                    "an interval needs a lower end below its upper end, but was " + lower + " to " + upper);
        }
    }

    /** So far to both sides. */
    public static Interval around(double centre, double half) {
        return new Interval(centre - half, centre + half);
    }

    /** Whether the value lies within. */
    public boolean contains(double value) {
        return lower <= value && value <= upper;
    }

    /** The part of it that lies from {@code least} to {@code most}. */
    public Interval within(double least, double most) {
        return new Interval(Math.clamp(lower, least, most), Math.clamp(upper, least, most));
    }
}
