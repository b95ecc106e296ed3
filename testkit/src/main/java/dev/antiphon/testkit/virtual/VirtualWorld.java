package dev.antiphon.testkit.virtual;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.antiphon.session.CallClock;
import dev.antiphon.testkit.emulator.VirtualTimeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.ExecutionContext;
import scala.concurrent.ExecutionContextExecutor;

/**
 * A world of its own time: actor systems, sockets and tools that live in it run in the caller's thread, one task after the
 * other in the order of their time, as quickly as the machine can. The same things done in two worlds that begin at the same
 * moment happen in the same order at the same times.
 *
 * <p>One thread lets its time pass. What blocks a thread, or reads the machine's clock, does not belong into it; what waits for
 * something real, a database for example, does so on threads of its own and hands in what comes of it.
 */
public final class VirtualWorld implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualWorld.class);
    private static final Duration LONGEST_STOP = Duration.ofMinutes(1);

    private final VirtualTimeline timeline;
    private final Instant begin;
    private final String name;
    private final List<ActorSystem<?>> systems = new ArrayList<>();

    private VirtualWorld(Instant begin) {
        this.begin = begin;
        this.timeline = VirtualTimeline.startingAt(begin);
        this.name = Worlds.opened(timeline);
    }

    /** A world whose time stands at {@code begin}. */
    public static VirtualWorld beginningAt(Instant begin) {
        return new VirtualWorld(begin);
    }

    /** Its time, for what takes a timeline. */
    public VirtualTimeline timeline() {
        return timeline;
    }

    /** Its time, for calls. */
    public CallClock clock() {
        return new CallClock() {
            @Override
            public Instant instant() {
                return timeline.now();
            }

            @Override
            public long nanoTime() {
                return Duration.between(begin, timeline.now()).toNanos();
            }
        };
    }

    /** An actor system that lives here. It ends with the world. */
    public <T> ActorSystem<T> system(Behavior<T> guardian, String systemName) {
        BootstrapSetup setup = BootstrapSetup.create(config()).withDefaultExecutionContext(executionContext());
        ActorSystem<T> system = ActorSystem.create(guardian, systemName, ActorSystemSetup.create(setup));
        systems.add(system);
        return system;
    }

    /** Runs each task after the given time, in the order in which they are due. */
    public Executor after(Supplier<Duration> delay) {
        return task -> timeline.schedule(delay.get(), () -> guarded(task));
    }

    /** Lets time pass while the condition holds and something is to be done, at most until {@code limit} has passed. */
    public void runWhile(BooleanSupplier condition, Duration limit) {
        Instant end = timeline.now().plus(limit);
        timeline.runWhile(() -> condition.getAsBoolean() && timeline.now().isBefore(end));
    }

    /** How much time has passed since it began. */
    public Duration elapsed() {
        return Duration.between(begin, timeline.now());
    }

    /** Ends the actor systems. */
    @Override
    public void close() {
        systems.forEach(ActorSystem::terminate);
        runWhile(
                () -> systems.stream()
                        .anyMatch(system -> !system.getWhenTerminated()
                                .toCompletableFuture()
                                .isDone()),
                LONGEST_STOP);
        Worlds.closed(name);
    }

    private ExecutionContextExecutor executionContext() {
        return ExecutionContext.fromExecutor(task -> timeline.execute(() -> guarded(task)));
    }

    /** As on an executor's thread, what a task throws is its own trouble. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a task of a virtual world failed", e);
        }
    }

    private Config config() {
        return ConfigFactory.parseMap(Map.of(Worlds.KEY, name))
                .withFallback(ConfigFactory.parseString("""
                        pekko.scheduler.implementation = "dev.antiphon.testkit.virtual.VirtualScheduler"
                        pekko.actor.internal-dispatcher = "pekko.actor.default-dispatcher"
                        pekko.actor.default-dispatcher.executor = "default-executor"
                        antiphon.session-dispatcher = "pekko.actor.default-dispatcher"
                        pekko.use-slf4j = off
                        pekko.loggers = ["org.apache.pekko.event.Logging$StandardOutLogger"]
                        pekko.library-extensions = []
                        pekko.stdout-loglevel = OFF
                        pekko.loglevel = OFF
                        pekko.log-dead-letters = off
                        pekko.jvm-exit-on-fatal-error = off
                        pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
                        pekko.coordinated-shutdown.terminate-actor-system = on
                        """))
                .withFallback(ConfigFactory.load());
    }
}
