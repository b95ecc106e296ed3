package dev.antiphon.benchmarks.tools;

import dev.antiphon.benchmarks.WatchedLink;
import dev.antiphon.benchmarks.WatchedListener;
import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketListener;
import dev.antiphon.connection.WebSocketTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Measures on the line, outside of all that it measures, how long a tool call takes: from the frame that completes the call to the frame
 * with its output. One call of a connection at a time. Thread-safe.
 */
final class DispatchClock implements WebSocketTransport {
    private static final byte[] CALL = "response.function_call_arguments.done".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OUTPUT = "function_call_output".getBytes(StandardCharsets.US_ASCII);
    /** The type of an event stands within so many bytes; those of an audio frame are not searched. */
    private static final int BEGINNING = 160;

    private static final long NONE = -1;

    private final WebSocketTransport transport;
    private final LongConsumer nanos;

    /** Measures a transport; each time in nanoseconds goes to {@code nanos}, on any thread. */
    DispatchClock(WebSocketTransport transport, LongConsumer nanos) {
        this.transport = transport;
        this.nanos = nanos;
    }

    @Override
    public WebSocketLink connect(Request request, WebSocketListener listener) {
        AtomicLong called = new AtomicLong(NONE);
        return new Outgoing(transport.connect(request, new Incoming(listener, called)), called, nanos);
    }

    private static boolean begins(ByteBuffer frame, byte[] word) {
        int end = Math.min(frame.remaining(), BEGINNING) - word.length;
        for (int at = 0; at <= end; at++) {
            int matched = 0;
            while (matched < word.length && frame.get(frame.position() + at + matched) == word[matched]) {
                matched++;
            }
            if (matched == word.length) {
                return true;
            }
        }
        return false;
    }

    private static final class Incoming extends WatchedListener {
        private final AtomicLong called;

        Incoming(WebSocketListener listener, AtomicLong called) {
            super(listener);
            this.called = called;
        }

        @Override
        protected void sees(ByteBuffer utf8) {
            if (begins(utf8, CALL)) {
                called.set(System.nanoTime());
            }
        }
    }

    private static final class Outgoing extends WatchedLink {
        private final AtomicLong called;
        private final LongConsumer nanos;

        Outgoing(WebSocketLink link, AtomicLong called, LongConsumer nanos) {
            super(link);
            this.called = called;
            this.nanos = nanos;
        }

        @Override
        protected void sees(ByteBuffer utf8) {
            if (begins(utf8, OUTPUT)) {
                long begun = called.getAndSet(NONE);
                if (begun != NONE) {
                    nanos.accept(System.nanoTime() - begun);
                }
            }
        }
    }
}
