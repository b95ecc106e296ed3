package dev.antiphon.benchmarks;

import dev.antiphon.session.SessionId;
import dev.antiphon.session.ToolInvoker.Invocation;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tool.Tool;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolPolicy.Duplicates;
import dev.antiphon.tool.ToolPool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a tool call take from the request to its outcome, when the tool itself takes no time, alone and beside calls of another
 * tool that hang?
 *
 * <p>{@code ./antiphon bench jmh Tool -prof gc}
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ToolBenchmark {
    private static final SessionId SESSION = new SessionId("sess_1");
    private static final int MOST_HUNG = 10_000;
    private static final String ARGUMENTS = "{\"date\":\"2026-11-24\",\"guests\":4}";

    record Query(String date, int guests) {}

    record Answer(boolean available, String date, List<String> times) {}

    private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "tools");
    private final ToolPool pool = ToolDispatcher.start(
            system,
            List.of(
                    Tool.of(
                                    "lookup",
                                    "Looks up free times.",
                                    Query.class,
                                    query -> new Answer(true, query.date(), List.of("18:00", "19:30", "21:15")))
                            .with(policy -> policy.readOnly().duplicates(Duplicates.RUN)),
                    Tool.of("hang", "Never answers.", Query.class, query -> {
                                new CountDownLatch(1).await();
                                return "never";
                            })
                            .with(policy -> policy.readOnly()
                                    .duplicates(Duplicates.RUN)
                                    .timeout(Duration.ofHours(1))
                                    .bulkhead(MOST_HUNG, 0))));

    /** How many calls hang meanwhile. */
    @Param({"0", "10000"})
    public int hung;

    /** Lets calls hang. */
    @Setup
    public void hang() {
        for (int i = 0; i < hung; i++) {
            pool.invoke(
                    new Invocation.ModelCall(new SessionId("sess_hung_" + i), "call_" + i, "hang", ARGUMENTS),
                    outcome -> {});
        }
    }

    /** Validates the arguments, runs the tool on a virtual thread, writes its result as JSON. */
    @Benchmark
    public Object roundTrip() {
        CompletableFuture<ToolOutcome> outcome = new CompletableFuture<>();
        pool.invoke(new Invocation.ModelCall(SESSION, "call_1", "lookup", ARGUMENTS), outcome::complete);
        return succeeded(outcome.join());
    }

    private static Object succeeded(ToolOutcome outcome) {
        if (outcome instanceof ToolOutcome.Ok ok) {
            return ok.value();
        }
        throw new IllegalStateException("the tool did not succeed: " + outcome);
    }

    /** Ends the threads. */
    @TearDown
    public void stop() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
