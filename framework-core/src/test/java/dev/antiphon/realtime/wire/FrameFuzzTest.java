package dev.antiphon.realtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes at all, read by every decoder. CONTRIBUTING.md says how to run it for long. */
@Tag("fuzz")
class FrameFuzzTest {
    private static final List<Dialect> DIALECTS = List.of(Dialect.ga(), Dialect.beta());

    static List<byte[]> seeds() {
        return FrameSeeds.all();
    }

    @MethodSource("seeds")
    @FuzzTest
    void anyFrameIsReadAndWrittenAgainOrIsMalformed(byte[] frame) {
        for (Dialect dialect : DIALECTS) {
            read(() -> dialect.decodeServer(ByteBuffer.wrap(frame)))
                    .filter(dialect::has)
                    .ifPresent(event -> rewritten(dialect, event));
            read(() -> dialect.decodeClient(ByteBuffer.wrap(frame))).ifPresent(event -> rewritten(dialect, event));
        }
        fastAndSlowAgree(frame);
    }

    private static void rewritten(Dialect dialect, ServerEvent event) {
        ServerEvent again = dialect.decodeServer(dialect.encode(event));
        assertThat(dialect.has(again)).isTrue();
    }

    private static void rewritten(Dialect dialect, ClientEvent event) {
        dialect.decodeClient(dialect.encode(event));
    }

    /** The fast path for audio must never see something else than the tree shows. */
    private static void fastAndSlowAgree(byte[] frame) {
        Utf8Frame utf8 = Utf8Frame.of(ByteBuffer.wrap(frame));
        Optional<ServerEvent> delta = AudioFrameReader.delta(utf8);
        Optional<ClientEvent> append = AudioFrameReader.append(utf8);
        if (delta.isPresent() || append.isPresent()) {
            read(utf8::event).map(Fields::of).ifPresent(event -> {
                String type = event.text("type");
                assertThat(ServerEventReader.read(Spelling.gaType(type), event)).isEqualTo(delta);
                assertThat(new ClientEventReader(Spelling.GA, event).read(type)).isEqualTo(append);
            });
        }
    }

    private static <E> Optional<E> read(Supplier<E> decoder) {
        try {
            return Optional.of(decoder.get());
        } catch (MalformedFrame documented) {
            return Optional.empty();
        }
    }
}
