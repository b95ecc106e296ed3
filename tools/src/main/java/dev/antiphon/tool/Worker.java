package dev.antiphon.tool;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One virtual thread that makes one attempt and reports it. Thread-safe.
 *
 * <p>It can be interrupted only while the work goes on, never while it reports: an interrupted thread cannot be relied on
 * to deliver a message, and a report that is lost would keep a place of the bulkhead for ever.
 */
final class Worker {
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread thread;
    private boolean working = true;

    Worker(String name, Supplier<Attempt> work, Consumer<Attempt> report) {
        this.thread = Thread.ofVirtual().name("tool-" + name).unstarted(() -> {
            Attempt attempt = Attempt.died(name);
            try {
                attempt = work.get();
            } finally {
                finish();
                report.accept(attempt);
            }
        });
    }

    void start() {
        thread.start();
    }

    /** Interrupts the work; does nothing once it is done. */
    void interrupt() {
        lock.lock();
        try {
            if (working) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private void finish() {
        lock.lock();
        try {
            working = false;
            Thread.interrupted(); // forgets an interrupt that came too late for the work
        } finally {
            lock.unlock();
        }
    }
}
