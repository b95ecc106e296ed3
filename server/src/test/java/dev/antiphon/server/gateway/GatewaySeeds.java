package dev.antiphon.server.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.ResponseConfig;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.TurnDetection;
import dev.antiphon.realtime.wire.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Calls that the fuzzer starts from: our own, and the clients' sides of the provider's examples when they are there. */
final class GatewaySeeds {
    private static final Optional<String> ID = Optional.of("e1");

    private GatewaySeeds() {}

    static List<byte[]> all() {
        List<byte[]> seeds = new ArrayList<>();
        Stream.of(typed(), spoken(), byHand(), configured(), "!q\n!X0\n!x0\nnot json\n[]\n{\"type\":7}")
                .forEach(call -> seeds.add(call.getBytes(UTF_8)));
        examples().forEach(seeds::add);
        return seeds;
    }

    private static String typed() {
        return lines(
                "!b",
                "!r",
                frame(new ClientEvent.ItemCreate(ID, Optional.empty(), Item.Message.user("hello"))),
                frame(new ClientEvent.ResponseCreate(ID, ResponseConfig.NONE)),
                "!t0\n!u1\n!w1\n!a1\n!e1\n!d",
                frame(new ClientEvent.ItemRetrieve(ID, "item_1")),
                frame(new ClientEvent.ItemTruncate(ID, "item_1", 0, Duration.ofMillis(3))),
                frame(new ClientEvent.ItemDelete(ID, "item_1")));
    }

    private static String spoken() {
        return lines(
                "!b\n!r\n!u0\n!a0\n!w0",
                frame(new ClientEvent.AudioAppend(ID, AudioPayload.ofBytes(new byte[48]))),
                "!s1\n!p0\n!k0\n!T0\n!S1\n!c1\n!x1\n!u2\n!a2",
                frame(new ClientEvent.ResponseCancel(ID, Optional.empty())),
                "!f");
    }

    private static String byHand() {
        String audio = frame(new ClientEvent.AudioAppend(ID, AudioPayload.ofBytes(new byte[4_800])));
        return lines(
                frame(new ClientEvent.SessionUpdate(
                        ID, SessionConfig.of(c -> c.turnDetection(new TurnDetection.Manual())))),
                audio,
                frame(new ClientEvent.AudioClear(ID)),
                audio,
                frame(new ClientEvent.AudioCommit(ID)),
                frame(new ClientEvent.ResponseCreate(ID, ResponseConfig.NONE)),
                "!b\n!r\n!P\n!c1\n!d");
    }

    private static String configured() {
        return frame(new ClientEvent.SessionUpdate(
                ID,
                SessionConfig.of(c -> c.inputFormat(AudioFormat.G711_ULAW)
                        .outputFormat(AudioFormat.G711_ALAW)
                        .outputModality(Modality.TEXT)
                        .turnDetection(TurnDetection.ServerVad.defaults())
                        .voice("cedar")
                        .instructions("x")
                        .transcription("whisper-1"))));
    }

    private static Stream<byte[]> examples() {
        Path folder = Path.of(System.getProperty("antiphon.shared", "../shared"), "protocol/examples/ga/client");
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(GatewaySeeds::oneLine).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] oneLine(Path file) {
        try {
            String line = Files.readString(file).replace('\n', ' ');
            return ("!b\n!r\n" + line).getBytes(UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String frame(ClientEvent event) {
        return UTF_8.decode(Dialect.ga().encode(event)).toString();
    }

    private static String lines(String... steps) {
        return Stream.of(steps).collect(Collectors.joining("\n"));
    }
}
