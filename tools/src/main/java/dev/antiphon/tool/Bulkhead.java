package dev.antiphon.tool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How many runs of one tool may be under way, and who waits. A place is taken until the thread has ended, not until the
 * call settled: a tool that hangs keeps its place, so it can never hold more threads than it was given.
 *
 * <p>Not thread-safe; confined to the dispatcher. Runs are named by their generation.
 */
final class Bulkhead {

    /** What became of a request for a place. */
    enum Admission {
        RUN,
        WAIT,
        FULL
    }

    private final int maxConcurrent;
    private final int maxQueued;
    private final Set<Long> running = new HashSet<>();
    private final Deque<Long> waiting = new ArrayDeque<>();

    Bulkhead(int maxConcurrent, int maxQueued) {
        this.maxConcurrent = maxConcurrent;
        this.maxQueued = maxQueued;
    }

    Admission admit(long generation) {
        if (running.size() < maxConcurrent) {
            running.add(generation);
            return Admission.RUN;
        }
        if (waiting.size() < maxQueued) {
            waiting.addLast(generation);
            return Admission.WAIT;
        }
        return Admission.FULL;
    }

    /** Frees the place of a run that ended; the one that now takes it, if any waits. */
    Optional<Long> release(long generation) {
        if (!running.remove(generation) || waiting.isEmpty()) {
            return Optional.empty();
        }
        long next = waiting.removeFirst();
        running.add(next);
        return Optional.of(next);
    }

    /** Takes a waiting run out of the queue. */
    void withdraw(long generation) {
        waiting.remove(generation);
    }

    int running() {
        return running.size();
    }

    int waiting() {
        return waiting.size();
    }

    /** The rule that a rejected call broke, with its values. */
    String fullRule(String name) {
        return "'" + name + "' is busy: at most " + maxConcurrent + " at once and " + maxQueued
                + " waiting, and both are full; try again shortly";
    }
}
