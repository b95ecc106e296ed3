package dev.antiphon.benchmarks.tools;

import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketListener;
import dev.antiphon.connection.WebSocketTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A model service in memory, without sockets: it opens sessions, makes them call a tool when it is told to, and answers each request
 * for a response with a word. What it sends is made beforehand, so that nearly nothing but the framework's work is in the figures.
 */
final class MemoryModel implements WebSocketTransport, AutoCloseable {
    private static final String CREATED =
            "{\"type\":\"session.created\",\"event_id\":\"e\",\"session\":{\"type\":\"realtime\","
                    + "\"object\":\"realtime.session\",\"id\":\"sess_1\",\"model\":\"gpt-realtime\",\"output_modalities\":[\"audio\"]}}";
    private static final String UPDATED = CREATED.replace("session.created", "session.updated");
    private static final String ID = "#";
    private static final String ITEM =
            "{\"id\":\"item_#\",\"object\":\"realtime.item\",\"type\":\"function_call\",\"status\":\"completed\",\"name\":\"lookup\","
                    + "\"call_id\":\"call_#\",\"arguments\":\"{\\\"date\\\":\\\"2026-11-24\\\",\\\"guests\\\":4}\"}";
    private static final List<String> CALL = List.of(
            "{\"type\":\"response.created\",\"event_id\":\"e\",\"response\":{\"object\":\"realtime.response\",\"id\":\"resp_#\","
                    + "\"status\":\"in_progress\",\"output\":[]}}",
            "{\"type\":\"response.output_item.added\",\"event_id\":\"e\",\"response_id\":\"resp_#\",\"output_index\":0,\"item\":"
                    + ITEM + "}",
            "{\"type\":\"response.function_call_arguments.done\",\"event_id\":\"e\",\"response_id\":\"resp_#\",\"item_id\":\"item_#\","
                    + "\"output_index\":0,\"call_id\":\"call_#\",\"name\":\"lookup\","
                    + "\"arguments\":\"{\\\"date\\\":\\\"2026-11-24\\\",\\\"guests\\\":4}\"}",
            "{\"type\":\"response.output_item.done\",\"event_id\":\"e\",\"response_id\":\"resp_#\",\"output_index\":0,\"item\":"
                    + ITEM + "}",
            "{\"type\":\"response.done\",\"event_id\":\"e\",\"response\":{\"object\":\"realtime.response\",\"id\":\"resp_#\","
                    + "\"status\":\"completed\",\"output\":[" + ITEM + "]}}");
    private static final String WORD =
            "{\"id\":\"word_#\",\"object\":\"realtime.item\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\","
                    + "\"content\":[{\"type\":\"output_audio\",\"transcript\":\"Yes.\"}]}";
    private static final List<String> ANSWER = List.of(
            "{\"type\":\"response.created\",\"event_id\":\"e\",\"response\":{\"object\":\"realtime.response\",\"id\":\"answer_#\","
                    + "\"status\":\"in_progress\",\"output\":[]}}",
            "{\"type\":\"response.output_item.added\",\"event_id\":\"e\",\"response_id\":\"answer_#\",\"output_index\":0,\"item\":"
                    + WORD + "}",
            "{\"type\":\"response.output_audio_transcript.delta\",\"event_id\":\"e\",\"response_id\":\"answer_#\","
                    + "\"item_id\":\"word_#\",\"output_index\":0,\"content_index\":0,\"delta\":\"Yes.\"}",
            "{\"type\":\"response.output_audio.delta\",\"event_id\":\"e\",\"response_id\":\"answer_#\",\"item_id\":\"word_#\","
                    + "\"output_index\":0,\"content_index\":0,\"delta\":\"AAAAAA==\"}",
            "{\"type\":\"response.output_item.done\",\"event_id\":\"e\",\"response_id\":\"answer_#\",\"output_index\":0,\"item\":"
                    + WORD + "}",
            "{\"type\":\"response.done\",\"event_id\":\"e\",\"response\":{\"object\":\"realtime.response\",\"id\":\"answer_#\","
                    + "\"status\":\"completed\",\"output\":[" + WORD + "]}}");

    private final ExecutorService service = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("model").daemon().factory());
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    @Override
    public WebSocketLink connect(Request request, WebSocketListener listener) {
        Line line = new Line(listener);
        lines.add(line);
        service.execute(() -> {
            listener.onOpen(Optional.empty());
            line.sends(CREATED);
        });
        return line;
    }

    /** Makes a session call the tool; {@code number} is unique. */
    void calls(int session, long number) {
        service.execute(() -> lines.get(session).sends(CALL, "c" + number));
    }

    @Override
    public void close() {
        service.shutdown();
    }

    private static boolean has(ByteBuffer utf8, String type) {
        byte[] word = ("\"" + type + "\"").getBytes(StandardCharsets.US_ASCII);
        int begin = utf8.position() + "{\"type\":".length();
        if (utf8.limit() - begin < word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (utf8.get(begin + i) != word[i]) {
                return false;
            }
        }
        return true;
    }

    /** One connection; the service's thread alone sends. */
    private final class Line implements WebSocketLink {
        private final WebSocketListener listener;
        private long answers;

        Line(WebSocketListener listener) {
            this.listener = listener;
        }

        private void sends(String frame) {
            listener.onText(ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8)));
        }

        private void sends(List<String> frames, String id) {
            frames.forEach(frame -> sends(frame.replace(ID, id)));
        }

        @Override
        public boolean send(ByteBuffer utf8) {
            if (has(utf8, "session.update")) {
                service.execute(() -> sends(UPDATED));
            } else if (has(utf8, "response.create")) {
                service.execute(() -> sends(ANSWER, "a" + answers++));
            }
            return true;
        }

        @Override
        public boolean sendBinary(ByteBuffer content) {
            return false;
        }

        @Override
        public void close(int code, String reason) {
            service.execute(() -> listener.onClosed(code, reason));
        }

        @Override
        public void breakDown(Breakdown how) {
            close(1006, "");
        }

        @Override
        public int queued() {
            return 0;
        }

        @Override
        public long queuedBytes() {
            return 0;
        }
    }
}
