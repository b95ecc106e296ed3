package dev.antiphon.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutgoingFramesTest {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int FIT = OutgoingFrames.MAX_BYTES / MEBIBYTE;

    private final LinkOnPaper link = new LinkOnPaper();
    private final OutgoingFrames out = new OutgoingFrames(link, () -> {});

    @Test
    void aSlowClientLosesItsOldestAudioByBytes() {
        link.stuck = true;
        out.offer(utf8("words"), false);
        out.offer(ByteBuffer.allocate(MEBIBYTE), true);
        for (int i = 0; i < FIT; i++) {
            out.offer(ByteBuffer.allocate(MEBIBYTE), true);
        }
        assertThat(out.droppedAudio()).isEqualTo(2);
        link.stuck = false;
        out.drain();
        assertThat(link.sent).hasSize(FIT).startsWith("words");
        assertThat(link.closed).isEmpty();
    }

    @Test
    void aClientThatReadsNothingIsClosedBeforeItsFramesFillTheMemory() {
        link.stuck = true;
        for (int i = 0; i <= FIT; i++) {
            assertThat(link.closed).isEmpty();
            out.offer(ByteBuffer.allocate(MEBIBYTE), false);
        }
        assertThat(link.closed).containsExactly("1008 the client reads too slowly");
    }

    @Test
    void theLinkIsGivenFewFramesAtATime() {
        link.queued = OutgoingFrames.MAX_IN_LINK;
        out.offer(utf8("waits"), false);
        assertThat(link.sent).isEmpty();
        link.queued = 0;
        out.drain();
        assertThat(link.sent).containsExactly("waits");
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
