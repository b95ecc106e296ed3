package dev.antiphon.realtime.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.sessions.JqwikSession;

/** Frames that the fuzzer starts from: every event of ours in both spellings, and the provider's examples when they are there. */
final class FrameSeeds {
    private static final int GENERATOR_SIZE = 1000;
    private static final int OF_EACH = 1;

    private FrameSeeds() {}

    static List<byte[]> all() {
        List<byte[]> seeds = new ArrayList<>();
        JqwikSession.run(
                () -> Stream.of(Spelling.values()).flatMap(FrameSeeds::written).forEach(seeds::add));
        Stream.of("beta", "beta-2025-04", "ga").flatMap(FrameSeeds::examples).forEach(seeds::add);
        return seeds;
    }

    private static Stream<byte[]> written(Spelling spelling) {
        Dialect dialect = new JsonDialect(spelling);
        return Stream.concat(
                EventArbitraries.client(spelling).stream().flatMap(a -> some(a, ClientEvent.class, dialect::encode)),
                EventArbitraries.server(spelling).stream()
                        .flatMap(a -> some(
                                a,
                                ServerEvent.class,
                                e -> dialect.has(e)
                                        ? dialect.encode(e)
                                        : Dialect.ga().encode(e))));
    }

    private static <E> Stream<byte[]> some(
            Arbitrary<? extends E> arbitrary, Class<E> type, Function<E, ByteBuffer> writer) {
        Random random = new Random(7);
        var generator = arbitrary.generator(GENERATOR_SIZE);
        return Stream.generate(() -> generator.next(random).value())
                .limit(OF_EACH)
                .map(type::cast)
                .map(event -> bytes(writer.apply(event)));
    }

    private static Stream<byte[]> examples(String folder) {
        Path root = Path.of(System.getProperty("antiphon.shared", "../shared"), "protocol", "examples", folder);
        if (!Files.isDirectory(root)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList().stream()
                    .map(f -> SharedProtocol.text(f).getBytes(UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] bytes(ByteBuffer utf8) {
        byte[] bytes = new byte[utf8.remaining()];
        utf8.get(bytes);
        return bytes;
    }
}
