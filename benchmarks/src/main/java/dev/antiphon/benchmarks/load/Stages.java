package dev.antiphon.benchmarks.load;

import dev.antiphon.benchmarks.WatchedLink;
import dev.antiphon.benchmarks.WatchedListener;
import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketListener;
import dev.antiphon.connection.WebSocketTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Where the time of a turn with a tool call goes, between the frame that has the call and the request for the answer. It looks
 * at each frame, so it is for one run that asks for it. Thread-safe.
 */
final class Stages {
    private static final List<String> NAMES = List.of(
            "the call's frame is whole .. our tool begins",
            "our tool",
            "our tool is done .. its output is queued",
            "its output .. the request for an answer is queued");
    private static final String CALL = "response.function_call_arguments.done";
    private static final String OUTPUT = "function_call_output";
    private static final String REQUEST = "\"response.create\"";
    /** Where a message says what it is; audio is not searched. */
    private static final int HEAD_BYTES = 512;

    private static final Pattern NONCE = Pattern.compile("nonce\\W+(\\w+)");
    private static final long HIGHEST_NANOS = 60_000_000_000L;

    private final Map<String, long[]> open = new ConcurrentHashMap<>();
    private final List<ConcurrentHistogram> times = NAMES.stream()
            .map(name -> new ConcurrentHistogram(HIGHEST_NANOS, 3))
            .toList();
    private final BooleanSupplier counted;

    /** Stages of the turns that end while {@code counted}. */
    Stages(BooleanSupplier counted) {
        this.counted = counted;
    }

    void toolBegins(String nonce) {
        stamp(nonce, 1);
    }

    void toolEnds(String nonce) {
        stamp(nonce, 2);
    }

    private void stamp(String nonce, int stage) {
        Optional.ofNullable(open.get(nonce)).ifPresent(stamps -> stamps[stage] = System.nanoTime());
    }

    /** {@code transport}, with each frame looked at. */
    WebSocketTransport watched(WebSocketTransport transport) {
        return (request, listener) -> {
            Line line = new Line();
            WebSocketLink link = transport.connect(request, line.watched(listener));
            return line.watched(link);
        };
    }

    /** One connection; a turn is over before the next begins. */
    private final class Line {
        private volatile String nonce = "";

        private void received(ByteBuffer utf8) {
            String head = head(utf8);
            if (head.contains(CALL)) {
                nonce = nonceOf(head);
                open.put(nonce, new long[] {System.nanoTime(), 0, 0, 0});
            }
        }

        private void sent(ByteBuffer utf8) {
            String head = head(utf8);
            if (head.contains(OUTPUT)) {
                stamp(nonceOf(head), 3);
            } else if (head.contains(REQUEST)) {
                Optional.ofNullable(open.remove(nonce)).ifPresent(stamps -> end(stamps, System.nanoTime()));
            }
        }

        WebSocketListener watched(WebSocketListener inner) {
            return new WatchedListener(inner) {
                @Override
                protected void sees(ByteBuffer utf8) {
                    received(utf8);
                }
            };
        }

        WebSocketLink watched(WebSocketLink inner) {
            return new WatchedLink(inner) {
                @Override
                protected void sees(ByteBuffer utf8) {
                    sent(utf8);
                }
            };
        }
    }

    private void end(long[] stamps, long now) {
        boolean whole = stamps[1] != 0 && stamps[2] != 0 && stamps[3] != 0;
        if (!whole || !counted.getAsBoolean()) {
            return;
        }
        for (int i = 0; i < times.size(); i++) {
            long until = i + 1 < stamps.length ? stamps[i + 1] : now;
            times.get(i).recordValue(Math.clamp(until - stamps[i], 0, HIGHEST_NANOS - 1));
        }
    }

    private static String head(ByteBuffer utf8) {
        int length = Math.min(HEAD_BYTES, utf8.remaining());
        byte[] bytes = new byte[length];
        utf8.get(utf8.position(), bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String nonceOf(String text) {
        Matcher matcher = NONCE.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** A line for each stage: microseconds, p50 and p99. */
    String table() {
        return IntStream.range(0, NAMES.size())
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "%-52s %9.1f %9.1f  (turns: %d)",
                        NAMES.get(i),
                        times.get(i).getValueAtPercentile(50) / 1e3,
                        times.get(i).getValueAtPercentile(99) / 1e3,
                        times.get(i).getTotalCount()))
                .collect(Collectors.joining("\n", "stage, microseconds: p50 and p99\n", "\n"));
    }
}
