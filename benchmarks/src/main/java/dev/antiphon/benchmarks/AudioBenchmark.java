package dev.antiphon.benchmarks;

import dev.antiphon.audio.AudioConverter;
import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.wire.Dialect;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does one frame of 20 ms cost on its way through a call, from the bytes of one socket to those of the other?
 *
 * <p>{@code ./antiphon bench jmh Audio -prof gc}
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AudioBenchmark {
    private static final AudioFormat LINE = AudioFormat.PCM16_24KHZ;

    /** What the caller speaks and hears; the model's line is PCM. */
    @Param({"PCM16_24KHZ", "G711_ULAW"})
    public AudioFormat caller = LINE;

    private final Dialect dialect = Dialect.ga();
    private AudioConverter toLine = AudioConverter.between(LINE, LINE);
    private AudioConverter toCaller = toLine;
    private ByteBuffer deltaFrame = ByteBuffer.allocate(0);
    private ByteBuffer appendFrame = deltaFrame;

    /** The frames and the converters. */
    @Setup
    public void begin() {
        toLine = AudioConverter.between(caller, LINE);
        toCaller = AudioConverter.between(LINE, caller);
        deltaFrame = dialect.encode(new ServerEvent.AudioDelta("event_1", "resp_1", "item_1", 0, 0, noise(LINE)));
        appendFrame = dialect.encode(new ClientEvent.AudioAppend(Optional.empty(), noise(caller)));
    }

    /** From the model's socket to the caller's. */
    @Benchmark
    public ByteBuffer modelToCaller() {
        ServerEvent.AudioDelta delta = (ServerEvent.AudioDelta) dialect.decodeServer(deltaFrame.duplicate());
        AudioPayload heard = toCaller.next(delta.delta());
        return dialect.encode(new ServerEvent.AudioDelta(
                delta.eventId(), delta.responseId(), delta.itemId(), delta.outputIndex(), delta.contentIndex(), heard));
    }

    /** From the caller's socket to the model's. */
    @Benchmark
    public ByteBuffer callerToModel() {
        ClientEvent.AudioAppend append = (ClientEvent.AudioAppend) dialect.decodeClient(appendFrame.duplicate());
        return dialect.encode(new ClientEvent.AudioAppend(Optional.empty(), toLine.next(append.audio())));
    }

    private static AudioPayload noise(AudioFormat format) {
        byte[] bytes = new byte[format.bytesOf(Duration.ofMillis(20))];
        new Random(1).nextBytes(bytes);
        return AudioPayload.ofBytes(bytes);
    }
}
