package dev.antiphon.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.antiphon.realtime.AudioFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * How many bytes an operation of the hot path may allocate. Times differ from machine to machine, this hardly: the limits in {@code allocations.properties} are what each
 * operation takes before the second compiler has seen it, which can only spare allocations. Whoever makes one cheaper lowers its limit.
 */
class HotPathAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 200;
    private static final int MEASURED = 500;
    private static final double TOLERANCE = 1.02;

    private Object last = "";

    @TestFactory
    Stream<DynamicTest> noOperationAllocatesMoreThanItsLimit() throws IOException {
        Properties limits = limits();
        Map<String, Supplier<?>> operations = operations();
        assertThat(operations.keySet()).containsExactlyInAnyOrderElementsOf(limits.stringPropertyNames());
        return operations.entrySet().stream()
                .map(operation -> DynamicTest.dynamicTest(operation.getKey(), () -> {
                    double limit = Double.parseDouble(limits.getProperty(operation.getKey()));
                    assertThat(bytes(operation.getValue()))
                            .as("bytes that one %s allocates", operation.getKey())
                            .isPositive()
                            .isLessThanOrEqualTo(limit * TOLERANCE);
                }));
    }

    private static Map<String, Supplier<?>> operations() {
        CodecBenchmark codec = new CodecBenchmark();
        FlowBenchmark flow = new FlowBenchmark();
        AudioBenchmark untouched = audio(AudioFormat.PCM16_24KHZ);
        AudioBenchmark converted = audio(AudioFormat.G711_ULAW);
        Map<String, Supplier<?>> all = new LinkedHashMap<>();
        all.put("codec.decodeAudioDelta", codec::decodeAudioDelta);
        all.put("codec.decodeAudioAppend", codec::decodeAudioAppend);
        all.put("codec.decodeTranscriptDelta", codec::decodeTranscriptDelta);
        all.put("codec.decodeFunctionCall", codec::decodeFunctionCall);
        all.put("codec.encodeAudioAppend", codec::encodeAudioAppend);
        all.put("codec.encodeAudioDelta", codec::encodeAudioDelta);
        all.put("audio.modelToCaller", untouched::modelToCaller);
        all.put("audio.callerToModel", untouched::callerToModel);
        all.put("audio.modelToCaller.converted", converted::modelToCaller);
        all.put("audio.callerToModel.converted", converted::callerToModel);
        all.put("flow.fillOneSlot", flow::fillOneSlot);
        all.put("flow.confirm", flow::confirm);
        return all;
    }

    private static AudioBenchmark audio(AudioFormat caller) {
        AudioBenchmark audio = new AudioBenchmark();
        audio.caller = caller;
        audio.begin();
        return audio;
    }

    private double bytes(Supplier<?> operation) {
        repeat(operation, WARM_UP);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        repeat(operation, MEASURED);
        return (double) (THREADS.getCurrentThreadAllocatedBytes() - before) / MEASURED;
    }

    private void repeat(Supplier<?> operation, int times) {
        for (int i = 0; i < times; i++) {
            last = operation.get();
        }
        assertThat(last).isNotNull();
    }

    private static Properties limits() throws IOException {
        Properties limits = new Properties();
        try (InputStream in = HotPathAllocationTest.class.getResourceAsStream("allocations.properties")) {
            limits.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return limits;
    }
}
