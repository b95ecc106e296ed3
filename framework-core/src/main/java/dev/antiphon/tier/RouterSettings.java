package dev.antiphon.tier;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * How a router runs. Immutable.
 *
 * @param policies where it has its policies from; default {@link RouterPolicies#defaults}
 * @param memory where it keeps what it knows; default nowhere
 * @param listeners who hear of its decisions; default nobody
 * @param wall the wall clock; default the machine's
 * @param nanos nanoseconds of a clock that only counts on; default the machine's
 * @param random chooses the calls of a trial, from 0 (included) to 1 (excluded)
 * @param io runs what asks the memory, which may block; default a virtual thread for each
 */
public record RouterSettings(
        PolicySource policies,
        RouterMemory memory,
        List<RouterListener> listeners,
        InstantSource wall,
        LongSupplier nanos,
        DoubleSupplier random,
        Executor io) {
    public RouterSettings {
        listeners = List.copyOf(listeners);
    }

    /** As documented. */
    public static RouterSettings defaults() {
        return new RouterSettings(
                PolicySource.of(RouterPolicies.defaults()),
                RouterMemory.none(),
                List.of(),
                InstantSource.system(),
                System::nanoTime,
                new SplittableRandom()::nextDouble,
                Thread::startVirtualThread);
    }

    /** A copy with the same policy for every flow. */
    public RouterSettings withPolicy(RouterPolicy policy) {
        return withPolicies(PolicySource.of(new RouterPolicies(policy, Map.of())));
    }

    /** A copy with other policies. */
    public RouterSettings withPolicies(PolicySource other) {
        return new RouterSettings(other, memory, listeners, wall, nanos, random, io);
    }

    /** A copy that keeps what it knows there. */
    public RouterSettings withMemory(RouterMemory other) {
        return new RouterSettings(policies, other, listeners, wall, nanos, random, io);
    }

    /** A copy with one more listener. */
    public RouterSettings withListener(RouterListener another) {
        List<RouterListener> more = new ArrayList<>(listeners);
        more.add(another);
        return new RouterSettings(policies, memory, more, wall, nanos, random, io);
    }

    /** A copy in another time. */
    public RouterSettings withTime(InstantSource otherWall, LongSupplier otherNanos) {
        return new RouterSettings(policies, memory, listeners, otherWall, otherNanos, random, io);
    }

    /** A copy that chooses the calls of a trial by these numbers. */
    public RouterSettings withRandom(DoubleSupplier other) {
        return new RouterSettings(policies, memory, listeners, wall, nanos, other, io);
    }

    /** A copy that asks its memory on these threads. */
    public RouterSettings withIo(Executor other) {
        return new RouterSettings(policies, memory, listeners, wall, nanos, random, other);
    }
}
