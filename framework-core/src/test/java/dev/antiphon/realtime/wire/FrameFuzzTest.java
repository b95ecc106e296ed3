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

    /** The fast path must never see something else than the tree shows. */
    private static void fastAndSlowAgree(byte[] frame) {
        Optional.of(FlatFields.of(frame, 0, frame.length))
                .filter(FlatFields::isWhole)
                .ifPresent(flat -> {
                    Fields tree = Fields.of(Json.tree(frame, 0, frame.length));
                    String type = tree.textOr("type", "");
                    assertThat(flat.textOr("type", "")).isEqualTo(type);
                    assertThat(server(type, flat)).isEqualTo(server(type, tree));
                    assertThat(client(type, flat)).isEqualTo(client(type, tree));
                });
    }

    private static Optional<ServerEvent> server(String type, Fields event) {
        try {
            return ServerEventReader.read(Spelling.gaType(type), event);
        } catch (UnreadableShape | IllegalArgumentException documented) {
            return Optional.empty();
        }
    }

    private static Optional<ClientEvent> client(String type, Fields event) {
        try {
            return new ClientEventReader(Spelling.GA, event).read(type);
        } catch (UnreadableShape | IllegalArgumentException documented) {
            return Optional.empty();
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
