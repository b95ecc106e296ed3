package dev.antiphon.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.pekko.util.ByteString;

class FrameReaderPropertiesTest {
    private static final int MAX_BYTES = 200_000;

    @Property(tries = 300)
    void whatIsWrittenIsReadHoweverTheBytesAreCut(
            @ForAll @Size(max = 6) List<@From("texts") String> texts,
            @ForAll boolean fromClient,
            @ForAll @IntRange(min = 1, max = 5000) int chunkBytes) {
        FrameWriter writer = new FrameWriter(fromClient);
        texts.forEach(text -> writer.message(
                new SendQueue.Message(Opcode.TEXT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))));
        writer.close(4000, "enough");

        List<String> read = readAll(new FrameReader(fromClient, MAX_BYTES), writer.take(), chunkBytes);

        List<String> expected = new ArrayList<>(texts);
        expected.add("close 4000 enough");
        assertThat(read).isEqualTo(expected);
    }

    @Property(tries = 3000)
    void anyBytesEndInAViolationOrWaitForMoreButNeverThrow(
            @ForAll @Size(max = 300) byte[] bytes, @ForAll boolean expectMasked) {
        FrameReader reader = new FrameReader(expectMasked, 100);
        reader.feed(ByteString.fromArray(bytes));
        for (int frames = 0; frames <= bytes.length; frames++) {
            Incoming next = reader.next();
            if (next instanceof Incoming.Incomplete || next instanceof Incoming.Violation) {
                return;
            }
        }
        throw new AssertionError("a frame has at least two bytes, so fewer frames than bytes must come out");
    }

    @Example
    void aMessageInAHundredThousandFragmentsIsPutTogether() {
        byte[] bytes = new byte[300_000];
        for (int i = 0; i < 100_000; i++) {
            bytes[3 * i] = (byte) (i == 0 ? Opcode.TEXT : i == 99_999 ? 0x80 : Opcode.CONTINUATION);
            bytes[3 * i + 1] = 1;
            bytes[3 * i + 2] = 'x';
        }
        assertThat(readAll(new FrameReader(false, MAX_BYTES), ByteString.fromArray(bytes), bytes.length))
                .containsExactly("x".repeat(100_000));
    }

    @Example
    void fragmentsTogetherMustNotBeTooLarge() {
        byte[] bytes = new byte[2 * 62];
        bytes[0] = Opcode.TEXT;
        bytes[1] = 60;
        bytes[62] = (byte) 0x80;
        bytes[63] = 60;
        assertThat(readAll(new FrameReader(false, 100), ByteString.fromArray(bytes), 7))
                .containsExactly("violation 1009 a message must have at most 100 bytes");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().alpha().ofMaxLength(130),
                Arbitraries.of(125, 126, 65_535, 65_536, 70_000).map("y"::repeat));
    }

    private static List<String> readAll(FrameReader reader, ByteString bytes, int chunkBytes) {
        List<String> read = new ArrayList<>();
        for (int at = 0; at < bytes.size(); at += chunkBytes) {
            reader.feed(bytes.slice(at, Math.min(bytes.size(), at + chunkBytes)));
            boolean more = true;
            while (more) {
                Incoming next = reader.next();
                switch (next) {
                    case Incoming.Incomplete incomplete -> more = false;
                    case Incoming.Fragment fragment -> {}
                    case Incoming.Text text ->
                        read.add(StandardCharsets.UTF_8.decode(text.utf8()).toString());
                    case Incoming.Binary binary ->
                        read.add("binary " + binary.content().remaining());
                    case Incoming.Ping ping -> read.add("ping");
                    case Incoming.Pong pong -> read.add("pong");
                    case Incoming.Close close -> read.add("close " + close.code() + " " + close.reason());
                    case Incoming.Violation violation -> {
                        read.add("violation " + violation.code() + " " + violation.rule());
                        return read;
                    }
                }
            }
        }
        return read;
    }
}
