package dev.antiphon.tool;

import java.util.concurrent.Executor;

/** Where tools run. Thread-safe. */
@FunctionalInterface
public interface ToolThreads {

    /**
     * Begins to run an attempt on another thread, or later: never before this method returns.
     *
     * @param name of the tool or effect, for thread names
     */
    Running run(String name, Runnable attempt);

    /** An attempt at work. */
    @FunctionalInterface
    interface Running {
        /** Interrupts it, if it can be; called while it runs. */
        void interrupt();
    }

    /** A virtual thread for each attempt; the default. */
    static ToolThreads virtual() {
        return (name, attempt) -> Thread.ofVirtual().name("tool-" + name).start(attempt)::interrupt;
    }

    /** On an executor, which must not run them in the caller's thread; they cannot be interrupted. */
    static ToolThreads of(Executor executor) {
        return (name, attempt) -> {
            executor.execute(attempt);
            return () -> {};
        };
    }
}
