package dev.antiphon.server.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes that wait for the database, and the one thread that writes them. When the database is away they wait for it, tried again with
 * growing pauses; when too many wait, new ones are lost and counted. What a database that answers refuses is tried alone, then lost.
 * Thread-safe; only {@link #close} waits.
 */
final class StoreQueue {
    private static final Logger LOG = LoggerFactory.getLogger(StoreQueue.class);
    private static final long LOOK_MILLIS = 200;
    /** A connection that broke is no refusal: the same is tried once more on another one. */
    private static final int REFUSALS = 2;

    private static final Duration CLEAN_EVERY = Duration.ofHours(1);

    private final StoreDatabase database;
    private final StoreFile file;
    private final StoreSettings settings;
    private final InstantSource clock;
    private final Consumer<List<Rows.Change>> sink;
    private final BlockingQueue<Rows.Change> waiting;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicBoolean losing = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Object changed = new Object();
    private final Thread thread;
    private volatile StoreState.Condition condition = StoreState.Condition.STARTING;
    private volatile String problem = "";
    private volatile boolean closing;
    private volatile boolean closed;
    /** Offered and neither written nor lost. Counted by itself: what is taken from the queue is written a moment later. */
    private final AtomicInteger unwritten = new AtomicInteger();

    private boolean migrated;
    private Instant cleaned = Instant.MIN;

    StoreQueue(StoreDatabase database, StoreSettings settings, InstantSource clock) {
        this.database = database;
        this.file = new StoreFile(database, clock);
        this.settings = settings;
        this.clock = clock;
        this.sink = changes -> database.jdbi().useTransaction(handle -> Changes.write(handle, changes));
        this.waiting = new ArrayBlockingQueue<>(settings.queue());
        this.thread = Thread.ofPlatform().name("antiphon-store").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Without a thread of its own: somebody else has seen that the database answers. */
    void isUp() {
        condition = StoreState.Condition.UP;
    }

    /** Takes a change, or counts it as lost. */
    void offer(Rows.Change change) {
        unwritten.incrementAndGet();
        if (closed || !waiting.offer(change)) {
            unwritten.decrementAndGet();
            lost.incrementAndGet();
            if (!closed && losing.compareAndSet(false, true)) {
                LOG.error(
                        "the store {} is too slow or away and {} changes wait: what calls do from now on is not stored;"
                                + " the calls go on",
                        database.address(),
                        settings.queue());
            }
        }
    }

    boolean isClosed() {
        return closed;
    }

    StoreState state() {
        return new StoreState(
                condition, database.address().toString(), unwritten.get(), written.get(), lost.get(), problem);
    }

    boolean isStarted() {
        return thread.getState() != Thread.State.NEW;
    }

    /** Waits until the state is so; whether that was within the time. */
    boolean await(Predicate<StoreState> wanted, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (changed) {
            while (!wanted.test(state())) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                try {
                    changed.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }

    private void changed() {
        synchronized (changed) {
            changed.notifyAll();
        }
    }

    /** Writes what waits, at most that long; what is not written then is lost, counted and logged. */
    void close(Duration atMost) {
        closing = true;
        try {
            if (!over.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                closed = true;
                thread.interrupt();
                over.await(LOOK_MILLIS * 5, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closed = true;
        int left = unwritten.getAndSet(0);
        waiting.clear();
        if (left > 0) {
            lost.addAndGet(left);
        }
        condition = StoreState.Condition.CLOSED;
        if (lost.get() > 0) {
            LOG.error("the store {} was closed; {} changes were not stored", database.address(), lost.get());
        }
    }

    private void run() {
        try {
            while (!closed && !(closing && waiting.isEmpty())) {
                List<Rows.Change> batch = next();
                if (!batch.isEmpty() || !migrated || isFileInTrouble()) {
                    write(batch);
                    changed();
                }
                if (migrated && losing.get() && waiting.remainingCapacity() > settings.queue() / 2) {
                    losing.set(false);
                    LOG.warn("the store {} keeps up again; {} changes were lost", database.address(), lost.get());
                }
                clean();
            }
            if (migrated && isFileInTrouble()) {
                write(List.of());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            file.close();
            over.countDown();
        }
    }

    private List<Rows.Change> next() throws InterruptedException {
        List<Rows.Change> batch = new ArrayList<>();
        if (migrated) {
            Rows.Change first = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
            }
        }
        waiting.drainTo(batch, Math.max(0, settings.batch() - batch.size()));
        return batch;
    }

    private void write(List<Rows.Change> batch) throws InterruptedException {
        Duration pause = settings.firstPause();
        int refusals = 0;
        while (!closed) {
            try {
                migrate();
                keepFile();
                sink.accept(batch);
                written.addAndGet(batch.size());
                unwritten.addAndGet(-batch.size());
                well();
                return;
            } catch (StoreUnavailable e) {
                inTrouble(String.valueOf(e.getMessage()));
                Thread.sleep(pause.toMillis());
                pause = shorter(pause.multipliedBy(2), settings.longestPause());
            } catch (RuntimeException e) {
                if (!migrated || !database.answers()) {
                    away(e);
                } else if (++refusals == REFUSALS) {
                    alone(batch, e);
                    return;
                }
                Thread.sleep(pause.toMillis());
                pause = shorter(pause.multipliedBy(2), settings.longestPause());
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void migrate() {
        if (!migrated) {
            database.migrate();
            file.open();
            migrated = true;
        }
    }

    private boolean isFileInTrouble() {
        try {
            return file.trouble().isPresent();
        } catch (StoreUnavailable unknown) {
            return true;
        }
    }

    /** What is written to a file that was deleted is lost when this process ends, and the database says nothing. */
    private void keepFile() {
        file.renew();
        Optional<String> trouble = file.trouble();
        if (trouble.isPresent()) {
            if (condition != StoreState.Condition.AWAY) {
                inTrouble(trouble.get());
            }
            file.rescue(trouble.get());
            migrated = false;
            migrate();
        }
    }

    private void inTrouble(String what) {
        if (!what.equals(problem)) {
            LOG.error("the store {} cannot be used: {}", database.address(), what);
        }
        problem = what;
        condition = StoreState.Condition.AWAY;
        changed();
    }

    /** One of them is wrong: the others are stored. */
    private void alone(List<Rows.Change> batch, RuntimeException first) throws InterruptedException {
        if (batch.size() == 1) {
            lost.incrementAndGet();
            unwritten.decrementAndGet();
            LOG.error(
                    "the store {} refused a change ({}): {}",
                    database.address(),
                    batch.getFirst().getClass().getSimpleName(),
                    StoreDatabase.reason(first));
            return;
        }
        for (Rows.Change change : batch) {
            write(List.of(change));
        }
    }

    private void well() {
        if (condition == StoreState.Condition.AWAY) {
            LOG.warn("the store {} answers again; {} changes wait", database.address(), waiting.size());
        }
        condition = StoreState.Condition.UP;
        problem = "";
        changed();
    }

    private void away(RuntimeException e) {
        problem = StoreDatabase.reason(e);
        if (condition != StoreState.Condition.AWAY) {
            LOG.error(
                    "the store {} cannot be used: {}. Calls go on; up to {} changes wait for it",
                    database.address(),
                    problem,
                    settings.queue());
        }
        condition = StoreState.Condition.AWAY;
        changed();
    }

    /** Once in any case, so that a process that is short-lived deletes, too. */
    private void clean() {
        Instant now = clock.instant();
        if (!migrated
                || settings.keep().isEmpty()
                || (!cleaned.equals(Instant.MIN)
                        && (closing || Duration.between(cleaned, now).compareTo(CLEAN_EVERY) < 0))) {
            return;
        }
        cleaned = now;
        try {
            int calls = Retention.delete(database, now.minus(settings.keep().orElseThrow()));
            if (calls > 0) {
                LOG.info("the store {} deleted {} calls that were older than it keeps them", database.address(), calls);
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "old calls could not be deleted from the store {}: {}",
                    database.address(),
                    StoreDatabase.reason(e));
        }
    }
}
