package dev.antiphon.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.Usage;
import dev.antiphon.realtime.wire.Dialect;
import dev.antiphon.session.CallerChannel.Signal;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.session.VoiceSession;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A call made of bytes, one step a line: a line that begins with {@code !} is a signal of the session, named by its second
 * character, with an item's number as the third; every other line is a frame of the client. Checks what must hold whatever
 * comes.
 */
final class FuzzedCall {
    /** A step says one thing and its echoes; a commit that is refused answers everything that waited for it. */
    private static final int MAX_EFFECTS = 200;

    private final Dialect dialect;
    private final ClientFrames frames;
    private final GatewayProtocol protocol;
    private int ids;
    private int openResponses;
    private boolean closed;

    FuzzedCall(Dialect dialect) {
        this.dialect = dialect;
        this.frames = new ClientFrames(dialect);
        ClientSession session =
                ClientSession.begin("sess_1", "gpt-realtime-mini", "Books.", Instant.EPOCH, SessionSettings.defaults());
        protocol = new GatewayProtocol(session, prefix -> prefix + "_" + ++ids);
        perform(protocol.opened(dialect == Dialect.beta()));
    }

    void play(byte[] lines) {
        int from = 0;
        for (int i = 0; i <= lines.length; i++) {
            if (i == lines.length || lines[i] == '\n') {
                step(ByteBuffer.wrap(lines, from, i - from).slice());
                from = i + 1;
            }
        }
        perform(protocol.onSignal(new Signal.CallEnded(new Outcome.Abandoned("over"))));
        assertThat(openResponses).as("responses that were never done").isZero();
        assertThat(protocol.onSignal(new Signal.TurnEnded(Usage.NONE))).isEmpty();
    }

    private void step(ByteBuffer line) {
        if (line.remaining() > 1 && line.get(0) == '!') {
            String item = "item_" + (line.remaining() > 2 ? (char) line.get(2) : '0');
            signal((char) line.get(1), item);
        } else {
            perform(protocol.onFrame(frames.read(line)));
        }
    }

    private void signal(char kind, String item) {
        switch (kind) {
            case 'b' -> protocol.begin();
            case 'r' -> deliver(new Signal.Ready("gpt-realtime-mini"));
            case 's' -> deliver(new Signal.SpeechStarted(item, Duration.ofMillis(640)));
            case 'S' -> deliver(new Signal.SpeechStopped(item, Duration.ofMillis(1888)));
            case 'c' -> deliver(new Signal.CallerTurn(item, Optional.empty()));
            case 't' -> deliver(new Signal.CallerTurn(item, Optional.of("hello")));
            case 'x' -> deliver(new Signal.CallerTranscript(item, "hello"));
            case 'X' -> deliver(new Signal.CallerTranscriptFailed(item, "audio_unintelligible", "not heard"));
            case 'u' -> deliver(new Signal.UtteranceStarted(item));
            case 'a' -> deliver(new Signal.UtteranceAudio(item, AudioPayload.ofBytes(new byte[480])));
            case 'w' -> deliver(new Signal.UtteranceText(item, "Hi."));
            case 'e' -> deliver(new Signal.UtteranceEnded(item, "Hi.", false));
            case 'k' -> deliver(new Signal.UtteranceEnded(item, "Hi.", true));
            case 'p' -> deliver(new Signal.StopPlayback(item));
            case 'T' -> deliver(new Signal.Truncated(item, Duration.ofMillis(5)));
            case 'd' -> deliver(new Signal.TurnEnded(Usage.NONE));
            case 'P' -> deliver(new Signal.Problem("input_audio_buffer_commit_empty", "too small"));
            case 'f' -> deliver(new Signal.CallEnded(new Outcome.Failed("no line")));
            default -> perform(protocol.onError(Errors.binaryFrame()));
        }
    }

    private void deliver(Signal signal) {
        perform(protocol.onSignal(signal));
    }

    private void perform(List<GatewayEffect> effects) {
        assertThat(effects).hasSizeLessThan(MAX_EFFECTS);
        for (GatewayEffect effect : effects) {
            switch (effect) {
                case GatewayEffect.Send send -> sent(send.event());
                case GatewayEffect.Tell tell -> told(tell.command());
                case GatewayEffect.Close ignored -> closed = true;
            }
        }
    }

    private void sent(ServerEvent event) {
        if (dialect.has(event)) {
            assertThat(dialect.decodeServer(dialect.encode(event))).hasSameClassAs(event);
        }
        if (event instanceof ServerEvent.ResponseCreated) {
            openResponses++;
        } else if (event instanceof ServerEvent.ResponseDone) {
            openResponses--;
        }
        assertThat(openResponses).as("open responses").isBetween(0, 1);
    }

    private void told(VoiceSession.Command command) {
        assertThat(closed).as("the call is over, but is told " + command).isFalse();
        if (command instanceof VoiceSession.CallerAudio audio) {
            assertThat(audio.audio().bytes()).hasSize(audio.audio().byteCount());
        }
    }
}
