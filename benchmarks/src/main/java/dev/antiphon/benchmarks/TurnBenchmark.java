package dev.antiphon.benchmarks;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a whole turn take when the model takes no time: from the caller's words to the end of a spoken answer of one
 * second, through session, WebSocket and emulator? Both ends run in one process, so the emulator's work is in the figure.
 *
 * <p>{@code ./antiphon bench jmh Turn -prof gc}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class TurnBenchmark {
    private static final int TURNS = 40;

    private final LoopbackCalls calls = new LoopbackCalls();
    private Optional<LoopbackCalls.Call> call = Optional.empty();

    /** A call of 40 turns, so that the emulator's memory of it stays as long as that of a real call. */
    @Setup(Level.Invocation)
    public void begin() {
        call = Optional.of(calls.begin());
    }

    /** The caller's words, the model's spoken answer. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void answer() {
        converse(LoopbackCalls.GREETING);
    }

    /** The caller's words, a tool call, its result, the model's spoken answer. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void answerWithTool() {
        converse(LoopbackCalls.QUESTION);
    }

    private void converse(String words) {
        LoopbackCalls.Call current = call.orElseThrow();
        for (int turn = 0; turn < TURNS; turn++) {
            current.turn(words);
        }
    }

    /** Ends the call. */
    @TearDown(Level.Invocation)
    public void hangUp() {
        call.orElseThrow().hangUp();
    }

    /** Ends the emulator. */
    @TearDown
    public void close() {
        calls.close();
    }
}
