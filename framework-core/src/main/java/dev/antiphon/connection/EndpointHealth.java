package dev.antiphon.connection;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether an endpoint is of use: well, cooling down after trouble, or being probed by one connection after that. Pure; time comes
 * in as a value.
 *
 * <p>A refusal cools an endpoint down at once, a broken line does when {@value #STRIKES} of them come within a minute. A
 * cool-down is 5 s and doubles with each failed probe, up to 5 min; without quota it is 5 min at once.
 */
public sealed interface EndpointHealth {
    int STRIKES = 3;
    Duration STRIKES_WITHIN = Duration.ofMinutes(1);
    Duration FIRST_COOL_DOWN = Duration.ofSeconds(5);
    Duration LONGEST_COOL_DOWN = Duration.ofMinutes(5);
    /** A probe without news for so long is given up, and another one may be made. */
    Duration LONGEST_PROBE = Duration.ofSeconds(30);

    /**
     * Nothing speaks against it.
     *
     * @param strikes lines that broke lately, since it last worked
     * @param since the first of them
     */
    record Well(int strikes, Instant since) implements EndpointHealth {}

    /**
     * Not used before {@code until}, unless there is nothing else.
     *
     * @param times how often in a row, from 1
     * @param why for operators
     */
    record CoolingDown(Instant until, int times, Trouble why) implements EndpointHealth {}

    /** One connection finds out whether it works again after this trouble. */
    record Probing(Instant since, int times, Trouble why) implements EndpointHealth {}

    /** How an endpoint begins, and what it is when it works. */
    static EndpointHealth well() {
        return new Well(0, Instant.MIN);
    }

    /** Whether a connection may be made now. */
    default boolean isOpen(Instant now) {
        return switch (this) {
            case Well ignored -> true;
            case CoolingDown cooling -> !now.isBefore(cooling.until());
            case Probing probing -> !now.isBefore(probing.since().plus(LONGEST_PROBE));
        };
    }

    /** A connection is being made. */
    default EndpointHealth tried(Instant now) {
        return switch (this) {
            case Well well -> well;
            case CoolingDown cooling -> isOpen(now) ? new Probing(now, cooling.times(), cooling.why()) : cooling;
            case Probing probing -> isOpen(now) ? new Probing(now, probing.times(), probing.why()) : probing;
        };
    }

    /** It refused, was silent, or its model does not answer. Trouble that lasts does not pass in seconds. */
    default EndpointHealth refused(Trouble why, Instant now) {
        int times = timesBefore() + 1;
        if (why.isLasting()) {
            return new CoolingDown(now.plus(LONGEST_COOL_DOWN), times, why);
        }
        return switch (this) {
            // Connections that were under way when it began say nothing new.
            case CoolingDown cooling -> cooling;
            case Well ignored -> new CoolingDown(now.plus(coolDown(times)), times, why);
            case Probing ignored -> new CoolingDown(now.plus(coolDown(times)), times, why);
        };
    }

    /** A line that was in use broke. */
    default EndpointHealth brokeDown(Instant now) {
        return switch (this) {
            case Well well -> {
                boolean recent = well.strikes() > 0 && now.isBefore(well.since().plus(STRIKES_WITHIN));
                Well struck = recent ? new Well(well.strikes() + 1, well.since()) : new Well(1, now);
                yield struck.strikes() < STRIKES ? struck : refused(Trouble.BROKEN_LINES, now);
            }
            case CoolingDown cooling -> cooling;
            case Probing ignored -> refused(Trouble.BROKEN_LINES, now);
        };
    }

    private int timesBefore() {
        return switch (this) {
            case Well ignored -> 0;
            case CoolingDown cooling -> cooling.times();
            case Probing probing -> probing.times();
        };
    }

    private static Duration coolDown(int times) {
        Duration grown = FIRST_COOL_DOWN.multipliedBy(1L << Math.min(times - 1, 10));
        return grown.compareTo(LONGEST_COOL_DOWN) < 0 ? grown : LONGEST_COOL_DOWN;
    }
}
