package dev.antiphon.aftercall;

import dev.antiphon.tool.ToolFailure;
import dev.antiphon.tool.TransientFailure;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at a letter, on a thread of its own: it does the task's work, keeps what came of it in the box, and reports. It can be
 * interrupted only while the work goes on, so that what came of it is kept and reported in any case. Thread-safe.
 */
final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final AfterCallTask task;
    private final LetterBox box;
    private final int mostAttempts;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Letter letter;
    private Optional<Thread> working = Optional.empty();
    private volatile Optional<String> interrupted = Optional.empty();
    private volatile boolean stopped;
    private boolean over;

    /** What came of it. */
    sealed interface Result {
        /** It is done, and out of the box. */
        record Delivered() implements Result {}

        /** It failed and is in the box; {@code letter} is dead when it is not tried again. */
        record Failed(Letter letter) implements Result {}

        /** It was interrupted since the node stops; the box has it as it was. */
        record Stopped() implements Result {}
    }

    Courier(AfterCallTask task, Letter letter, LetterBox box, int mostAttempts, InstantSource clock) {
        this.task = task;
        this.letter = letter;
        this.box = box;
        this.mostAttempts = mostAttempts;
        this.clock = clock;
    }

    void start(Consumer<Result> report) {
        Thread.ofVirtual().name("after-call-" + task.name()).start(() -> report.accept(attempt()));
    }

    /** Interrupts the work, which has failed then for this reason. */
    void interrupt(String why) {
        lock.lock();
        try {
            if (!over) {
                interrupted = Optional.of(why);
                working.ifPresent(Thread::interrupt);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts the work for now: another process will try it. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            working.ifPresent(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }

    private Result attempt() {
        Optional<Throwable> failure = failureOfWork();
        if (failure.isEmpty()) {
            removed();
            return new Result.Delivered();
        }
        if (stopped) {
            return new Result.Stopped();
        }
        Letter after = letter.failed(words(failure.get()), clock.instant());
        boolean last = interrupted.isEmpty() && isFinal(failure.get()) || after.attempts() >= mostAttempts;
        Letter kept = last ? after.dead() : after;
        log(failure.get(), kept);
        keep(kept);
        return new Result.Failed(kept);
    }

    private Optional<Throwable> failureOfWork() {
        begin();
        try {
            work();
            return Optional.empty();
        } catch (Throwable e) {
            return Optional.of(e);
        } finally {
            finish();
        }
    }

    private void begin() {
        lock.lock();
        try {
            working = Optional.of(Thread.currentThread());
            if (stopped || interrupted.isPresent()) {
                Thread.currentThread().interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private void work() throws Exception {
        if (task.preparation().isPresent() && letter.prepared().isEmpty()) {
            letter = letter.prepared(task.preparation().get().of(letter.call()));
            box.keep(letter);
        }
        task.delivery().run(letter.call(), letter.prepared(), letter.key());
    }

    /** Forgets an interrupt that came too late for the work. */
    private void finish() {
        lock.lock();
        try {
            working = Optional.empty();
            over = true;
            Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    private static boolean isFinal(Throwable failure) {
        return failure instanceof ToolFailure && !(failure instanceof TransientFailure);
    }

    /** The words of a failure that has words for others; of any other only its kind, since its message may hold anything. */
    private String words(Throwable failure) {
        return interrupted.orElseGet(() -> failure instanceof ToolFailure
                ? Optional.ofNullable(failure.getMessage()).orElse("")
                : failure.getClass().getSimpleName());
    }

    /** Where a failure of code comes from is told once, with the last attempt. */
    private void log(Throwable failure, Letter kept) {
        boolean last = kept.state() == Letter.State.DEAD;
        LOG.warn(
                "after call {}: attempt {} failed: {}{}",
                kept.key(),
                kept.attempts(),
                kept.error(),
                last ? "; it is a dead letter now" : "");
        if (last && !(failure instanceof ToolFailure) && interrupted.isEmpty()) {
            LOG.warn("after call {}: it failed so", kept.key(), failure);
        }
    }

    private void removed() {
        try {
            box.remove(letter.key());
        } catch (IOException | RuntimeException e) {
            LOG.error(
                    "after call {}: it is done, but still kept: it will be done again by the next process",
                    letter.key(),
                    e);
        }
    }

    private void keep(Letter kept) {
        try {
            box.keep(kept);
        } catch (IOException | RuntimeException e) {
            LOG.error("after call {}: what came of it cannot be kept", kept.key(), e);
        }
    }
}
