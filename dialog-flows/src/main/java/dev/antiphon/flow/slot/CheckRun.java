package dev.antiphon.flow.slot;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs an author's quick rules on a thread of their own, so that one that hangs holds up its own value and nothing else. Threads
 * are daemons, at most {@value #MOST_THREADS}; one whose rule never ends is lost to the others. Thread-safe.
 */
public final class CheckRun {
    /** Quick rules take microseconds; only one that hangs takes this long, also on a machine that is busy. */
    public static final Duration LIMIT = Duration.ofSeconds(2);

    private static final int MOST_THREADS = 64;
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final ThreadPoolExecutor THREADS =
            new ThreadPoolExecutor(0, MOST_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), CheckRun::thread);

    private CheckRun() {}

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "antiphon-check-" + COUNT.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /**
     * What the rule gives.
     *
     * @throws CheckFailed when it throws, or takes longer than {@link #LIMIT}
     */
    public static <T> T within(Callable<T> rule) {
        Future<T> run;
        try {
            run = THREADS.submit(rule);
        } catch (RejectedExecutionException full) {
            throw new CheckFailed(MOST_THREADS + " checks hang already", full);
        }
        try {
            return run.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            run.cancel(true);
            throw new CheckFailed(
                    "a quick check must be done in " + LIMIT.toSeconds() + " s, but was not; verify(...) may wait",
                    slow);
        } catch (ExecutionException thrown) {
            throw CheckFailed.by(thrown.getCause());
        } catch (InterruptedException interrupted) {
            run.cancel(true);
            Thread.currentThread().interrupt();
            throw new CheckFailed("interrupted", interrupted);
        }
    }
}
