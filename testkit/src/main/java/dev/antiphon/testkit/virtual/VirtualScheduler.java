package dev.antiphon.testkit.virtual;

import com.typesafe.config.Config;
import dev.antiphon.testkit.emulator.Timeline;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.AbstractScheduler;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** The scheduler of an actor system that lives in a {@link VirtualWorld}. Pekko makes it, by its class name. */
public final class VirtualScheduler extends AbstractScheduler {
    private static final double UNBOUNDED = 1e9;

    private final Timeline timeline;

    /** As Pekko calls it. */
    public VirtualScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
        this.timeline = Worlds.timeline(config.getString(Worlds.KEY));
    }

    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable task, ExecutionContext context) {
        OneShot shot = new OneShot(task);
        shot.begin(delay);
        return shot;
    }

    @Override
    public Cancellable schedule(
            FiniteDuration first, FiniteDuration interval, Runnable task, ExecutionContext context) {
        Repeated repeated = new Repeated(interval, task);
        repeated.begin(first);
        return repeated;
    }

    @Override
    public double maxFrequency() {
        return UNBOUNDED;
    }

    private static java.time.Duration java(FiniteDuration duration) {
        return java.time.Duration.ofNanos(
                duration.toUnit(TimeUnit.NANOSECONDS) < Long.MAX_VALUE ? duration.toNanos() : Long.MAX_VALUE);
    }

    private abstract class Shot implements Cancellable {
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicReference<Timeline.Scheduled> next = new AtomicReference<>(() -> {});

        void begin(FiniteDuration delay) {
            next.set(timeline.schedule(java(delay), this::due));
        }

        abstract void due();

        /** True for the first who ends it. */
        boolean endNow() {
            return over.compareAndSet(false, true);
        }

        @Override
        public boolean cancel() {
            boolean first = endNow();
            if (first) {
                next.get().cancel();
            }
            return first;
        }

        @Override
        public boolean isCancelled() {
            return over.get();
        }
    }

    private final class OneShot extends Shot {
        private final Runnable task;

        OneShot(Runnable task) {
            this.task = task;
        }

        @Override
        void due() {
            if (endNow()) {
                task.run();
            }
        }
    }

    private final class Repeated extends Shot {
        private final FiniteDuration interval;
        private final Runnable task;

        Repeated(FiniteDuration interval, Runnable task) {
            this.interval = interval;
            this.task = task;
        }

        @Override
        void due() {
            begin(interval);
            task.run();
        }
    }
}
