package dev.antiphon.server.operator;

import dev.antiphon.statistics.Binomial;
import dev.antiphon.statistics.Interval;
import dev.antiphon.statistics.RateSequence;

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
    private static final double ALPHA = 0.05;

    /** So many finished calls are what an operator looks at; the interval is tightest there. */
    private static final RateSequence ANYTIME = new RateSequence(ALPHA, 500);

    /** So many of so many, with both intervals. */
    static Rate of(long count, long of) {
        Interval wilson = Binomial.WILSON.interval(count, of, ALPHA);
        Interval anytime = ANYTIME.interval(count, of);
        return new Rate(count, of, wilson.lower(), wilson.upper(), anytime.lower(), anytime.upper());
    }
}
