package dev.antiphon.benchmarks;

import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.wire.Dialect;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the wire cost for the events that come most often?
 *
 * <p>{@code ./antiphon bench jmh Codec -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
    private static final int HUNDRED_MILLIS = 4800;

    private final Dialect dialect = Dialect.ga();
    private final AudioPayload audio = AudioPayload.ofBytes(new byte[HUNDRED_MILLIS]);
    private final ClientEvent append = new ClientEvent.AudioAppend(Optional.empty(), audio);
    private final ServerEvent delta = new ServerEvent.AudioDelta("event_1", "resp_1", "item_1", 0, 0, audio);
    private final ByteBuffer deltaFrame = dialect.encode(delta);
    private final ByteBuffer appendFrame = dialect.encode(append);
    private final ByteBuffer transcriptFrame =
            dialect.encode(new ServerEvent.AudioTranscriptDelta("event_1", "resp_1", "item_1", 0, 0, " Tuesday"));
    private final ByteBuffer argumentsFrame = dialect.encode(new ServerEvent.FunctionArgumentsDone(
            "event_1", "resp_1", "item_1", 0, "call_1", Optional.of("fill_slots"), "{\"date\":\"2026-11-24\"}"));

    /** An audio delta of 100 ms from the model. */
    @Benchmark
    public ServerEvent decodeAudioDelta() {
        return dialect.decodeServer(deltaFrame.duplicate());
    }

    /** An append of 100 ms from a caller, as the gateway reads it. */
    @Benchmark
    public ClientEvent decodeAudioAppend() {
        return dialect.decodeClient(appendFrame.duplicate());
    }

    /** A transcript delta. */
    @Benchmark
    public ServerEvent decodeTranscriptDelta() {
        return dialect.decodeServer(transcriptFrame.duplicate());
    }

    /** The end of a function call. */
    @Benchmark
    public ServerEvent decodeFunctionCall() {
        return dialect.decodeServer(argumentsFrame.duplicate());
    }

    /** An append of 100 ms to the model. */
    @Benchmark
    public ByteBuffer encodeAudioAppend() {
        return dialect.encode(append);
    }

    /** An audio delta of 100 ms to a caller. */
    @Benchmark
    public ByteBuffer encodeAudioDelta() {
        return dialect.encode(delta);
    }
}
