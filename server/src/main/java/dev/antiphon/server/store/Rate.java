package dev.antiphon.server.store;

import dev.antiphon.statistics.Binomial;
import dev.antiphon.statistics.Interval;
import dev.antiphon.statistics.RateSequence;
import java.util.OptionalDouble;

/**
 * So many of so many.
 *
 * @param count how many
 * @param of of how many
 */
public record Rate(long count, long of) {
    private static final double ALPHA = 0.05;
    private static final double TIGHTEST = 500;

    public Rate {
        if (count < 0 || count > of) {
            throw new IllegalArgumentException(
                    "a rate must be 0 or more of at least as many, but was " + count + " of " + of);
        }
    }

    /** Count through all; empty of none. */
    public OptionalDouble value() {
        return of == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) count / of);
    }

    /** Wilson's interval at 95 %: for one planned look. */
    public Interval wilson() {
        return Binomial.WILSON.interval(count, of, ALPHA);
    }

    /** The interval at 95 % that holds whenever anybody looks; tightest at 500 calls. */
    public Interval anytime() {
        return new RateSequence(ALPHA, TIGHTEST).interval(count, of);
    }
}
