package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A timeline that follows the clock. Thread-safe: tasks may be handed in from any thread, and run one after the other.
 */
public final class RealTimeline implements Timeline {
    private static final Logger LOG = LoggerFactory.getLogger(RealTimeline.class);

    private final Source source;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    private RealTimeline(Source source) {
        this.source = source;
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        source.start(this::drain);
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        if (!delay.isPositive()) {
            return executeUnlessCancelled(task);
        }
        var cancelled = new AtomicBoolean();
        ScheduledFuture<?> future = source.clock.schedule(
                () -> execute(() -> runUnless(cancelled, task)), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> {
            cancelled.set(true);
            future.cancel(false);
        };
    }

    @Override
    public Scheduled deadline(Duration delay, Runnable task) {
        return schedule(delay, task);
    }

    private Scheduled executeUnlessCancelled(Runnable task) {
        var cancelled = new AtomicBoolean();
        execute(() -> runUnless(cancelled, task));
        return () -> cancelled.set(true);
    }

    /** The clock may have handed the task over before it is cancelled, so the last look is when its turn comes. */
    private static void runUnless(AtomicBoolean cancelled, Runnable task) {
        if (!cancelled.get()) {
            task.run();
        }
    }

    private void drain() {
        while (true) {
            Runnable task;
            synchronized (waiting) {
                Runnable next = waiting.poll();
                if (next == null) {
                    running = false;
                    return;
                }
                task = next;
            }
            try {
                task.run();
            } catch (Throwable failure) {
                // Errors too: a stack overflow in one task must not leave the timeline waiting for ever.
                LOG.error("A task of an emulated session failed; the session goes on", failure);
            }
        }
    }

    /** Makes timelines that share one clock thread and the workers. Thread-safe. */
    public static final class Source implements AutoCloseable {
        private final ScheduledThreadPoolExecutor clock;
        private final ExecutorService workers;

        /** Starts the clock thread; workers are virtual threads. */
        public Source() {
            this.clock = new ScheduledThreadPoolExecutor(
                    1,
                    Thread.ofPlatform().name("emulator-clock").daemon().factory(),
                    new ThreadPoolExecutor.DiscardPolicy());
            this.clock.setRemoveOnCancelPolicy(true);
            this.clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            this.workers = Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("emulator-session-", 0).factory());
        }

        /** A timeline of its own for one session. */
        public RealTimeline timeline() {
            return new RealTimeline(this);
        }

        private void start(Runnable drain) {
            try {
                workers.execute(drain);
            } catch (RejectedExecutionException closed) {
                LOG.debug("The emulator is closed; a task of an old session is not run");
            }
        }

        @Override
        public void close() {
            clock.shutdownNow();
            workers.shutdown();
        }
    }
}
