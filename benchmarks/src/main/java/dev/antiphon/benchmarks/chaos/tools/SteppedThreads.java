package dev.antiphon.benchmarks.chaos.tools;

import dev.antiphon.tool.ToolThreads;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Threads of tools in virtual time: each attempt has a thread of its own, which may let time pass, but only one of all threads
 * runs at any moment, the world's included. So a handler can do something and answer a minute later, hang, or be interrupted, and the same
 * things happen in the same order in each run.
 *
 * <p>To be used from the thread of one virtual world and from the handlers that run here.
 */
final class SteppedThreads implements ToolThreads {
    private static final Duration BEGINS_AFTER = Duration.ofMillis(2);

    private final ActorSystem<?> system;
    private final Set<Stepped> open = new LinkedHashSet<>();
    private Optional<Stepped> atWork = Optional.empty();

    /** What a handler gets whose process has died, or whose world has ended. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;

        private Died() {
            super("the process died while this ran");
        }
    }

    SteppedThreads(ActorSystem<?> system) {
        this.system = system;
    }

    @Override
    public Running run(String name, Runnable attempt) {
        Stepped stepped = new Stepped(name, attempt);
        open.add(stepped);
        stepped.wakeAfter(BEGINS_AFTER);
        return stepped::interrupt;
    }

    /**
     * Lets virtual time pass; for handlers that run here.
     *
     * @throws InterruptedException when the pool interrupts the attempt
     */
    void sleep(Duration time) throws InterruptedException {
        present().sleep(time);
    }

    /** What runs now. */
    Stepped present() {
        return atWork.orElseThrow(() -> new IllegalStateException("only a handler of a tool can wait here"));
    }

    /** Ends everything that still hangs. */
    void endAll() {
        for (Stepped stepped : Set.copyOf(open)) {
            stepped.dies();
            stepped.step();
        }
    }

    private Cancellable after(Duration delay, Runnable task) {
        return system.scheduler().scheduleOnce(delay, task, system.executionContext());
    }

    /** One attempt. */
    final class Stepped {
        private final Thread thread;
        private final Semaphore mayGo = new Semaphore(0);
        private final Semaphore hasStopped = new Semaphore(0);
        private Optional<Cancellable> wake = Optional.empty();
        private boolean interrupted;
        private boolean dead;

        private Stepped(String name, Runnable attempt) {
            thread = Thread.ofVirtual().name("tool-" + name).unstarted(() -> {
                mayGo.acquireUninterruptibly();
                try {
                    attempt.run();
                } finally {
                    open.remove(this);
                    hasStopped.release();
                }
            });
        }

        /** Its process has died: it never does anything more. */
        void dies() {
            dead = true;
        }

        private void wakeAfter(Duration delay) {
            wake.ifPresent(Cancellable::cancel);
            wake = Optional.of(after(delay, this::step));
        }

        private void step() {
            wake.ifPresent(Cancellable::cancel);
            if (!open.contains(this)) {
                return;
            }
            if (thread.getState() == Thread.State.NEW) {
                thread.start();
            }
            atWork = Optional.of(this);
            mayGo.release();
            hasStopped.acquireUninterruptibly();
            atWork = Optional.empty();
        }

        private void interrupt() {
            if (open.contains(this)) {
                interrupted = true;
                wakeAfter(Duration.ZERO);
            }
        }

        private void sleep(Duration time) throws InterruptedException {
            if (!interrupted && !dead) {
                wakeAfter(time);
                hasStopped.release();
                mayGo.acquireUninterruptibly();
            }
            if (dead) {
                throw new Died();
            }
            if (interrupted) {
                interrupted = false;
                throw new InterruptedException("the pool does not want it any more");
            }
        }
    }
}
