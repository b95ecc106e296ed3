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

    /** Where tools run that {@link ToolPolicy#computes}; default: where the others do. */
    default ToolThreads ofComputing() {
        return this;
    }

    /** An attempt at work. */
    @FunctionalInterface
    interface Running {
        /** Interrupts it, if it can be; called while it runs. */
        void interrupt();
    }

    /**
     * A virtual thread for each attempt; the default. An attempt of a tool that {@link ToolPolicy#computes} has a platform thread: a
     * virtual one that computes keeps its carrier until it waits, and there are as many carriers as processors.
     */
    static ToolThreads virtual() {
        return OwnThreads.VIRTUAL;
    }

    /** On an executor, which must not run them in the caller's thread; they cannot be interrupted. */
    static ToolThreads of(Executor executor) {
        return (name, attempt) -> {
            executor.execute(attempt);
            return () -> {};
        };
    }
}
