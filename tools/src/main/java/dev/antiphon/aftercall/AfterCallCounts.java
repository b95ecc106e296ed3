package dev.antiphon.aftercall;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what tasks after calls are doing; told by the dispatcher, read by anybody. Thread-safe. */
final class AfterCallCounts {
    private final Map<String, OfTask> tasks = new LinkedHashMap<>();
    private final AtomicInteger deadLetters = new AtomicInteger();
    private volatile int running;
    private volatile int waiting;

    /** What became of one task. */
    static final class OfTask {
        final LongAdder done = new LongAdder();
        final LongAdder retried = new LongAdder();
        final LongAdder dead = new LongAdder();
    }

    AfterCallCounts(List<AfterCallTask> declared) {
        declared.forEach(task -> tasks.put(task.name(), new OfTask()));
    }

    OfTask of(AfterCallTask task) {
        return Optional.ofNullable(tasks.get(task.name())).orElseThrow();
    }

    void at(int runs, int waits) {
        running = runs;
        waiting = waits;
    }

    void deadLetters(int more) {
        deadLetters.addAndGet(more);
    }

    AfterCallLoad read() {
        Map<String, AfterCallLoad.Counts> counts = new LinkedHashMap<>();
        tasks.forEach((name, of) ->
                counts.put(name, new AfterCallLoad.Counts(of.done.sum(), of.retried.sum(), of.dead.sum())));
        return new AfterCallLoad(running, waiting, deadLetters.get(), counts);
    }
}
