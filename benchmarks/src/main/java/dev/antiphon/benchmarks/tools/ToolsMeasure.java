package dev.antiphon.benchmarks.tools;

import dev.antiphon.session.SessionId;
import dev.antiphon.session.ToolInvoker.Invocation;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tool.Tool;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolLoad;
import dev.antiphon.tool.ToolPolicy.Duplicates;
import dev.antiphon.tool.ToolPool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A pool with a tool that answers at once and one that hangs, and sessions that call the first at a steady rate. */
final class ToolsMeasure implements AutoCloseable {
    private static final String ARGUMENTS = "{\"date\":\"2026-11-24\",\"guests\":4}";
    private static final int AT_ONCE = 64;
    private static final int WAITING = 10_000;
    private static final Duration HOURS = Duration.ofHours(10);
    private static final int CLEAR_ROUNDS = 3;

    record Query(String date, int guests) {}

    record Answer(boolean available, String date, List<String> times) {}

    private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "tools");
    private final Latencies latencies = new Latencies();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<SessionId> sessions;
    private final int rate;
    private final int hung;
    private final ToolPool pool;

    ToolsMeasure(int sessions, int rate, int hung) {
        this.sessions = IntStream.range(0, sessions)
                .mapToObj(number -> new SessionId("sess_" + number))
                .toList();
        this.rate = rate;
        this.hung = hung;
        this.pool = ToolDispatcher.start(
                system,
                List.of(
                        Tool.of(
                                        "lookup",
                                        "Looks up free times.",
                                        Query.class,
                                        query -> new Answer(true, query.date(), List.of("18:00", "19:30", "21:15")))
                                .with(policy -> policy.readOnly()
                                        .duplicates(Duplicates.RUN)
                                        .bulkhead(AT_ONCE, WAITING)),
                        Tool.of("hang", "Does not answer.", Query.class, query -> {
                                    end.await();
                                    return "at last";
                                })
                                .with(policy -> policy.readOnly()
                                        .duplicates(Duplicates.RUN)
                                        .timeout(HOURS)
                                        .bulkhead(hung, 0))));
    }

    /** Lets the calls hang; the bytes of heap that they take. */
    long hang() throws InterruptedException {
        long before = used();
        for (int i = 0; i < hung; i++) {
            pool.invoke(
                    new Invocation.ModelCall(new SessionId("hung_" + i), "call_" + i, "hang", ARGUMENTS),
                    outcome -> {});
        }
        while (hanging() < hung) {
            Thread.onSpinWait();
        }
        return Math.max(0, used() - before);
    }

    private int hanging() {
        ToolLoad load = AskPattern.ask(
                        pool.dispatcher(), ToolDispatcher.Inspect::new, Duration.ofSeconds(30), system.scheduler())
                .toCompletableFuture()
                .join();
        return Optional.ofNullable(load.tools().get("hang"))
                .map(tool -> tool.places().running())
                .orElse(0);
    }

    private static long used() {
        for (int round = 0; round < CLEAR_ROUNDS; round++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Calls for so long; each is timed from its invocation to its outcome. */
    ToolsReport.Row measured(Duration time) {
        latencies.reset();
        LongAdder failed = new LongAdder();
        Phaser open = new Phaser(1);
        Pace.of(rate).during(time, i -> {
            SessionId session = sessions.get((int) (i % sessions.size()));
            open.register();
            long called = System.nanoTime();
            pool.invoke(new Invocation.ModelCall(session, "call_" + i, "lookup", ARGUMENTS), outcome -> {
                latencies.record(System.nanoTime() - called);
                if (!(outcome instanceof ToolOutcome.Ok)) {
                    failed.increment();
                }
                open.arriveAndDeregister();
            });
        });
        open.arriveAndAwaitAdvance();
        return latencies.row(failed.sum());
    }

    /** The pool that is measured. */
    ToolPool pool() {
        return pool;
    }

    @Override
    public void close() {
        end.countDown();
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
