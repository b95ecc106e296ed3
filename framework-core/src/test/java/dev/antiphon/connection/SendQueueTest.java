package dev.antiphon.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SendQueueTest {
    private final SendQueue queue =
            new SendQueue(WebSocketLimits.defaults().withSendQueueFrames(4).withSendQueueBytes(100));

    @Test
    void framesAreBoundedTogetherByTheirBytes() {
        assertThat(queue.send(ByteBuffer.allocate(60))).isTrue();
        assertThat(queue.send(ByteBuffer.allocate(41))).isFalse();
        assertThat(queue.send(ByteBuffer.allocate(40))).isTrue();
        assertThat(queue.sendBinary(ByteBuffer.allocate(1))).isFalse();
        assertThat(queue.queued()).isEqualTo(2);
        assertThat(queue.queuedBytes()).isEqualTo(100);

        queue.next();
        assertThat(queue.queuedBytes()).isEqualTo(40);
        assertThat(queue.send(ByteBuffer.allocate(60))).isTrue();
    }

    @Test
    void aFrameLargerThanTheBoundPassesAlone() {
        assertThat(queue.send(ByteBuffer.allocate(1000))).isTrue();
        assertThat(queue.send(ByteBuffer.allocate(1))).isFalse();
        queue.next();
        assertThat(queue.send(ByteBuffer.allocate(1))).isTrue();
        assertThat(queue.send(ByteBuffer.allocate(1000))).isFalse();
        assertThat(queue.queued()).isEqualTo(1);
    }

    @Test
    void anAbandonedQueueIsEmptyAndTakesNothingButWasNotClosed() {
        queue.send(ByteBuffer.allocate(60));
        queue.abandon();
        assertThat(queue.send(ByteBuffer.allocate(1))).isFalse();
        assertThat(queue.queued()).isZero();
        assertThat(queue.queuedBytes()).isZero();
        assertThat(queue.closed()).isFalse();
    }

    @Test
    void theFarewellComesOnceAndAfterWhatWasSentBeforeIt() {
        queue.send(ByteBuffer.allocate(1));
        queue.close(CloseCode.NORMAL, "bye");
        queue.close(CloseCode.ABNORMAL, "a second one does nothing");
        assertThat(queue.send(ByteBuffer.allocate(1))).isFalse();

        assertThat(queue.next()).isInstanceOf(SendQueue.Message.class);
        assertThat(queue.next()).isEqualTo(new SendQueue.Farewell(CloseCode.NORMAL, "bye"));
        assertThat(queue.next()).isInstanceOf(SendQueue.Nothing.class);
    }
}
