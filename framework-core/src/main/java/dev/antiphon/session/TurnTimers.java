package dev.antiphon.session;

import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * The timers that the {@link TurnMachine} arms. Confined to one session actor.
 *
 * <p>Every piece of a response arms the same timer for a little later, and its end disarms it. So a timer that runs is left
 * running: when it fires too early it is started again for the rest, when nobody waits for it any more it is overlooked.
 */
final class TurnTimers {
    private static final int KINDS = TurnTimer.values().length;

    private final BiConsumer<TurnTimer, Duration> start;
    /** When each is due, if it is armed. */
    private final long[] due = new long[KINDS];

    private final boolean[] armed = new boolean[KINDS];
    /** When each that runs will fire: never later than it is due. */
    private final long[] firesAt = new long[KINDS];

    private final boolean[] running = new boolean[KINDS];

    /** @param start starts a timer, in the place of the one of this kind that runs; it tells {@link #fired} */
    TurnTimers(BiConsumer<TurnTimer, Duration> start) {
        this.start = start;
    }

    /** Due {@code delay} after {@code now}, a monotonic time in nanoseconds, and not when it was due before. */
    void arm(TurnTimer timer, Duration delay, long now) {
        int kind = timer.ordinal();
        armed[kind] = true;
        due[kind] = now + delay.toNanos();
        if (!running[kind] || firesAt[kind] - due[kind] > 0) {
            running[kind] = true;
            firesAt[kind] = due[kind];
            start.accept(timer, delay);
        }
    }

    void disarm(TurnTimer timer) {
        armed[timer.ordinal()] = false;
    }

    /** A timer has fired: true when it is due. */
    boolean fired(TurnTimer timer, long now) {
        int kind = timer.ordinal();
        running[kind] = false;
        boolean isDue = armed[kind] && due[kind] - now <= 0;
        if (isDue) {
            armed[kind] = false;
        } else if (armed[kind]) {
            arm(timer, Duration.ofNanos(due[kind] - now), now);
        }
        return isDue;
    }
}
