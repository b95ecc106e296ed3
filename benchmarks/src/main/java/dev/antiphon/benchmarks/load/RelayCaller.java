package dev.antiphon.benchmarks.load;

import dev.antiphon.benchmarks.load.LoadCommand.Proto;
import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketListener;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.session.CallerChannel;
import dev.antiphon.session.VoiceSession;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One caller of the relay: media messages in mu-law (as a telephone provider's media stream sends them) or binary frames of
 * PCM, in and out of a voice session. Called by the socket's reader and by the session; both sides only hand on.
 */
final class RelayCaller implements WebSocketListener, CallerChannel {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final WebSocketLink link;
    private final Proto proto;
    private final LoadStats stats;
    private final Deque<AudioPayload> early = new ArrayDeque<>();
    private Optional<ActorRef<VoiceSession.Command>> session = Optional.empty();
    private volatile String streamSid = "";

    RelayCaller(WebSocketLink link, Proto proto, LoadStats stats) {
        this.link = link;
        this.proto = proto;
        this.stats = stats;
    }

    /** The session is there; what the caller said meanwhile is handed to it. */
    synchronized void connected(ActorRef<VoiceSession.Command> to) {
        early.forEach(audio -> to.tell(new VoiceSession.CallerAudio(audio)));
        early.clear();
        session = Optional.of(to);
    }

    private synchronized void said(AudioPayload audio) {
        session.ifPresentOrElse(s -> s.tell(new VoiceSession.CallerAudio(audio)), () -> early.add(audio));
    }

    @Override
    public void onOpen(Optional<String> subprotocol) {}

    @Override
    public void onText(ByteBuffer utf8) {
        JsonNode message = JSON.readTree(StandardCharsets.UTF_8.decode(utf8).toString());
        switch (message.path("event").asString("")) {
            case "media" -> said(new AudioPayload(message.at("/media/payload").asString()));
            case "start" -> streamSid = message.at("/start/streamSid").asString();
            case "stop" -> hangUp("the stream stopped");
            default -> {}
        }
    }

    @Override
    public void onBinary(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        said(AudioPayload.ofBytes(bytes));
    }

    @Override
    public void onClosed(int code, String reason) {
        hangUp("the caller's socket closed");
    }

    @Override
    public void onRefused(Refusal refusal) {
        hangUp(refusal.detail());
    }

    private synchronized void hangUp(String reason) {
        session.ifPresent(s -> s.tell(new VoiceSession.HangUp(reason)));
    }

    @Override
    public void deliver(Signal signal) {
        switch (signal) {
            case Signal.UtteranceAudio audio -> play(audio.audio());
            case Signal.UtteranceEnded ended -> mark(ended.utteranceId());
            case Signal.CallEnded ignored -> link.close(1000, "the call ended");
            case Signal.Problem ignored -> stats.error();
            case Signal ignored -> {}
        }
    }

    private void play(AudioPayload audio) {
        switch (proto) {
            case raw -> link.sendBinary(ByteBuffer.wrap(audio.bytes()));
            case twilio ->
                text("{\"event\":\"media\",\"streamSid\":\"" + streamSid + "\",\"media\":{\"payload\":\""
                        + audio.base64() + "\"}}");
        }
    }

    private void mark(String utteranceId) {
        if (proto == Proto.twilio) {
            text("{\"event\":\"mark\",\"streamSid\":\"" + streamSid + "\",\"mark\":{\"name\":\"" + utteranceId
                    + "\"}}");
        }
    }

    private void text(String json) {
        link.send(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }
}
