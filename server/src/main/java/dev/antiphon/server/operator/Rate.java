package dev.antiphon.server.operator;

import dev.antiphon.statistics.Interval;

/**
 * A share.
 *
 * @param count of these
 * @param of of so many, 0 or more
 * @param low lower end of Wilson's 95 % interval, 0 to 1; for one planned look
 * @param high upper end of it
 * @param anytimeLow lower end of the exact 95 % interval that holds however often one looks, 0 to 1
 * @param anytimeHigh upper end of it
 */
public record Rate(long count, long of, double low, double high, double anytimeLow, double anytimeHigh) {
    /** So many of so many, with both intervals. */
    static Rate of(long count, long of) {
        return of(new dev.antiphon.server.store.Rate(count, of));
    }

    /** As the store has it. */
    static Rate of(dev.antiphon.server.store.Rate stored) {
        Interval wilson = stored.wilson();
        Interval anytime = stored.anytime();
        return new Rate(stored.count(), stored.of(), wilson.lower(), wilson.upper(), anytime.lower(), anytime.upper());
    }
}
