package dev.antiphon.session;

import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketLink.Breakdown;
import dev.antiphon.connection.WebSocketListener;
import dev.antiphon.connection.WebSocketTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A transport behind which a test plays the model: every connection is a {@link Line} that the test scripts. */
final class ScriptedModel implements WebSocketTransport {
    private static final JsonMapper JSON = JsonMapper.shared();
    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();

    @Override
    public WebSocketLink connect(Request request, WebSocketListener listener) {
        Line line = new Line(request, listener);
        lines.add(line);
        return line;
    }

    /** The next connection that is made. */
    Line nextLine() throws InterruptedException {
        Line line = lines.poll(10, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("no connection was made");
        }
        return line;
    }

    /** The next connection, opened and configured. */
    Line nextReadyLine() throws InterruptedException {
        Line line = nextLine();
        line.becomesReady();
        return line;
    }

    /** One connection, with the test as its far end. */
    static final class Line implements WebSocketLink {
        final Request request;
        private final WebSocketListener listener;
        private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
        private final List<JsonNode> seen = new CopyOnWriteArrayList<>();
        private final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
        private int responses;

        Line(Request request, WebSocketListener listener) {
            this.request = request;
            this.listener = listener;
        }

        @Override
        public boolean sendBinary(ByteBuffer content) {
            return false;
        }

        @Override
        public boolean send(ByteBuffer utf8) {
            JsonNode frame = JSON.readTree(StandardCharsets.UTF_8.decode(utf8).toString());
            seen.add(frame);
            frames.add(frame);
            return true;
        }

        @Override
        public void close(int code, String reason) {
            closes.add(code);
        }

        @Override
        public void breakDown(Breakdown how) {
            closes.add(1006);
        }

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public int queued() {
            return 0;
        }

        /** Opens, and confirms the configuration that it is told. */
        void becomesReady() throws InterruptedException {
            isCreated();
            expect("session.update");
            isConfigured();
        }

        /** Like {@link #becomesReady}, of a service that ends the session then. */
        void becomesReadyUntil(Instant end) throws InterruptedException {
            open();
            says("{'type':'session.created','event_id':'e0','session':{'type':'realtime','id':'sess_m',"
                    + "'object':'realtime.session','model':'m','expires_at':" + end.getEpochSecond() + "}}");
            expect("session.update");
            isConfigured();
        }

        void isCreated() {
            open();
            says("{'type':'session.created','event_id':'e0','session':{'type':'realtime','id':'sess_m',"
                    + "'object':'realtime.session','model':'m','output_modalities':['audio']}}");
        }

        void isConfigured() {
            says("{'type':'session.updated','event_id':'e1','session':{'type':'realtime','id':'sess_m',"
                    + "'object':'realtime.session','model':'m','output_modalities':['audio']}}");
        }

        synchronized void open() {
            listener.onOpen(Optional.empty());
        }

        /** Sends JSON; single quotes stand for double ones. */
        synchronized void says(String json) {
            listener.onText(ByteBuffer.wrap(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        }

        synchronized void drops(int code, String reason) {
            listener.onClosed(code, reason);
        }

        synchronized void refuses(int httpStatus) {
            listener.onRefused(new WebSocketListener.Refusal(Optional.of(httpStatus), "no"));
        }

        boolean isClosed() {
            return !closes.isEmpty();
        }

        int closedWith() throws InterruptedException {
            Integer code = closes.poll(10, TimeUnit.SECONDS);
            if (code == null) {
                throw new AssertionError("the connection was not closed");
            }
            return code;
        }

        /** The next frame of this type; frames of other types before it are passed over. */
        JsonNode expect(String type) throws InterruptedException {
            List<String> passed = new ArrayList<>();
            while (true) {
                JsonNode frame = frames.poll(10, TimeUnit.SECONDS);
                if (frame == null) {
                    throw new AssertionError("no " + type + " was sent, but " + passed);
                }
                if (type.equals(frame.path("type").asString())) {
                    return frame;
                }
                passed.add(frame.path("type").asString());
            }
        }

        List<JsonNode> seen(String type) {
            return seen.stream()
                    .filter(f -> type.equals(f.path("type").asString()))
                    .toList();
        }

        /** A whole text response to the client's request. */
        void answers(String words) {
            String id = begins();
            String item = "item_" + id;
            says("{'type':'response.output_item.added','event_id':'e','response_id':'" + id
                    + "','output_index':0,'item':{'id':'" + item
                    + "','type':'message','status':'in_progress','role':'assistant','content':[]}}");
            says("{'type':'response.output_text.delta','event_id':'e','response_id':'" + id + "','item_id':'" + item
                    + "','output_index':0,'content_index':0,'delta':'" + words + "'}");
            says("{'type':'response.output_item.done','event_id':'e','response_id':'" + id
                    + "','output_index':0,'item':{'id':'" + item
                    + "','type':'message','status':'completed','role':'assistant','content':[]}}");
            ends(id);
        }

        /** A response that calls one tool. */
        void calls(String callId, String tool, String arguments) {
            String id = begins();
            says("{'type':'response.output_item.done','event_id':'e','response_id':'" + id
                    + "','output_index':0,'item':{'id':'fc_" + callId
                    + "','type':'function_call','status':'completed','call_id':'" + callId + "','name':'" + tool
                    + "','arguments':'" + arguments + "'}}");
            ends(id);
        }

        /** A response begins; returns its id. */
        String begins() {
            responses++;
            String id = "resp_" + responses;
            says("{'type':'response.created','event_id':'e','response':{'id':'" + id
                    + "','object':'realtime.response','status':'in_progress','output':[],'conversation_id':'conv'}}");
            return id;
        }

        private void ends(String id) {
            says("{'type':'response.done','event_id':'e','response':{'id':'" + id
                    + "','object':'realtime.response','status':'completed','output':[],'conversation_id':'conv',"
                    + "'usage':{'total_tokens':30,'input_tokens':20,'output_tokens':10,"
                    + "'input_token_details':{'text_tokens':20,'audio_tokens':0,'cached_tokens':0},"
                    + "'output_token_details':{'text_tokens':10,'audio_tokens':0}}}}");
        }
    }
}
