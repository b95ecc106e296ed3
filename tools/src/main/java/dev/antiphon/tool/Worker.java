package dev.antiphon.tool;

import dev.antiphon.tool.ToolThreads.Running;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One attempt at work, which it reports. Thread-safe.
 *
 * <p>It can be interrupted only while the work goes on, never while it reports: an interrupted thread cannot be relied on
 * to deliver a message, and a report that is lost would keep a place of the bulkhead for ever.
 */
final class Worker {
    private final ReentrantLock lock = new ReentrantLock();
    private final String name;
    private final Supplier<Attempt> work;
    private final Consumer<Attempt> report;
    private Optional<Running> running = Optional.empty();
    private boolean done;

    Worker(String name, Supplier<Attempt> work, Consumer<Attempt> report) {
        this.name = name;
        this.work = work;
        this.report = report;
    }

    void start(ToolThreads threads) {
        lock.lock();
        try {
            running = Optional.of(threads.run(name, this::work));
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        Attempt attempt = Attempt.died(name);
        try {
            attempt = work.get();
        } finally {
            finish();
            report.accept(attempt);
        }
    }

    /** Interrupts the work; does nothing once it is done. */
    void interrupt() {
        lock.lock();
        try {
            if (!done) {
                running.ifPresent(Running::interrupt);
            }
        } finally {
            lock.unlock();
        }
    }

    private void finish() {
        lock.lock();
        try {
            done = true;
            Thread.interrupted(); // forgets an interrupt that came too late for the work
        } finally {
            lock.unlock();
        }
    }
}
