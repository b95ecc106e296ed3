package dev.antiphon.estimate;

import java.util.OptionalInt;

/**
 * How many calls come, and when.
 *
 * @param callsPerMonth 1 or more
 * @param daysPerMonth on which calls come, above 0 and at most 31
 * @param busyHourShare share of a day's calls in its busiest hour, above 0 and at most 1
 * @param blocking share of calls of the busiest hour that may find no place, between 0 and 1
 * @param peak calls at once, when it is known and not to be computed
 */
public record CallLoad(
        long callsPerMonth, double daysPerMonth, double busyHourShare, double blocking, OptionalInt peak) {
    private static final double MINUTES_PER_HOUR = 60;

    public CallLoad {
        if (callsPerMonth < 1) {
            throw new IllegalArgumentException("callsPerMonth must be at least 1, but was " + callsPerMonth);
        }
        if (!(daysPerMonth > 0 && daysPerMonth <= 31)) {
            throw new IllegalArgumentException("daysPerMonth must be above 0 and at most 31, but was " + daysPerMonth);
        }
        if (!(busyHourShare > 0 && busyHourShare <= 1)) {
            throw new IllegalArgumentException("busyHourShare must be above 0 and at most 1, but was " + busyHourShare);
        }
        if (!(blocking > 0 && blocking < 1)) {
            throw new IllegalArgumentException("blocking must be between 0 and 1, but was " + blocking);
        }
        if (peak.isPresent() && peak.getAsInt() < 1) {
            throw new IllegalArgumentException("peak must be at least 1, but was " + peak.getAsInt());
        }
    }

    /** 10,000 calls a month on 22 days, 12 % of a day's calls in its busiest hour, of which 1 % may find no place. */
    public static CallLoad defaults() {
        return new CallLoad(10_000, 22, 0.12, 0.01, OptionalInt.empty());
    }

    /** The same with another number of calls. */
    public CallLoad withCallsPerMonth(long calls) {
        return new CallLoad(calls, daysPerMonth, busyHourShare, blocking, peak);
    }

    /** Calls of the busiest hour of a day. */
    public double busyHourCalls() {
        return callsPerMonth / daysPerMonth * busyHourShare;
    }

    /** Offered traffic of the busiest hour, for calls of this length in minutes. */
    public double erlangs(double minutes) {
        return busyHourCalls() * minutes / MINUTES_PER_HOUR;
    }

    /** Calls at once in the busiest hour, by {@link ErlangB} unless given. */
    public int callsAtOnce(double minutes) {
        return peak.orElseGet(() -> ErlangB.places(erlangs(minutes), blocking));
    }
}
