package dev.antiphon.tool;

import dev.antiphon.session.CallClock;
import dev.antiphon.session.Conversation.EffectPolicy;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.ToolInvoker.Invocation;
import dev.antiphon.session.ToolOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;

/** A pool on a test system whose timers stand still until the test moves them. */
final class Bench implements AutoCloseable {
    static final SessionId ADA = new SessionId("sess_ada");
    static final SessionId BOB = new SessionId("sess_bob");

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<ToolLoad> loads = kit.createTestProbe();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    final ToolPool pool;

    Bench(Tool<?, ?>... tools) {
        this(ToolPoolSettings.defaults(), tools);
    }

    Bench(ToolPoolSettings settings, Tool<?, ?>... tools) {
        pool = ToolDispatcher.start(kit.system(), List.of(tools), settings.withClock(new CallClock() {
            @Override
            public Instant instant() {
                return Instant.EPOCH.plusNanos(nanos.get());
            }

            @Override
            public long nanoTime() {
                return nanos.get();
            }
        }));
    }

    /** Of a call that was made beside the pool. */
    static final ToolContext CONTEXT = new ToolContext(ADA, "call_0", "key_0");

    record Input(String text) {}

    static EffectPolicy policy(Duration timeout, int retries) {
        return new EffectPolicy(timeout, retries, Optional.empty());
    }

    Answer call(String tool, String arguments) {
        return call(ADA, tool, arguments);
    }

    Answer call(SessionId session, String tool, String arguments) {
        return invoke(new Invocation.ModelCall(session, "call_" + calls.incrementAndGet(), tool, arguments));
    }

    Answer effect(String key, Callable<?> work) {
        return effect(key, policy(Duration.ofSeconds(8), 0), work);
    }

    Answer effect(String key, EffectPolicy policy, Callable<?> work) {
        return invoke(new Invocation.Effect(ADA, "effect_" + calls.incrementAndGet(), "book", key, policy, work));
    }

    Answer invoke(Invocation invocation) {
        Answer answer = new Answer();
        pool.invoke(invocation, answer::settle);
        return answer;
    }

    /** What the pool is doing, after everything that was sent to it before. */
    ToolLoad load() {
        pool.dispatcher().tell(new ToolDispatcher.Inspect(loads.getRef()));
        return loads.receiveMessage(Duration.ofSeconds(10));
    }

    /** Moves the timers, after everything that was sent to the pool before. */
    void pass(Duration duration) {
        load();
        nanos.addAndGet(duration.toNanos());
        time.timePasses(duration);
        load();
    }

    /** Moves the timers in such steps until it is so; threads end when they end. */
    void passUntil(Duration step, BooleanSupplier condition) {
        for (int steps = 0; !condition.getAsBoolean(); steps++) {
            if (steps > 100_000) {
                throw new AssertionError("it never became so; the pool: " + load());
            }
            pass(step);
        }
    }

    /** Asks the pool until it is as expected; threads end when they end. */
    ToolLoad loadWhen(Predicate<ToolLoad> expected) {
        return loads.awaitAssert(Duration.ofSeconds(10), Duration.ofMillis(2), () -> {
            ToolLoad load = load();
            if (!expected.test(load)) {
                throw new AssertionError("not yet: " + load);
            }
            return load;
        });
    }

    void stop() {
        kit.shutdownTestKit();
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody opened the latch");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** What an invocation came to, and how often it was told. */
    static final class Answer {
        private final CompletableFuture<ToolOutcome> first = new CompletableFuture<>();
        private final AtomicInteger times = new AtomicInteger();

        private void settle(ToolOutcome outcome) {
            times.incrementAndGet();
            first.complete(outcome);
        }

        ToolOutcome outcome() {
            return first.orTimeout(10, TimeUnit.SECONDS).join();
        }

        boolean isOpen() {
            return !first.isDone();
        }

        int times() {
            return times.get();
        }
    }
}
