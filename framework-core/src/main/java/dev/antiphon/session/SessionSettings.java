package dev.antiphon.session;

import dev.antiphon.connection.ConnectionSettings;
import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.TurnDetection;
import dev.antiphon.spend.CallCap;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How one session behaves.
 *
 * @param connection for its model connections
 * @param inputFormat what the caller speaks; default PCM 24 kHz. The model hears it as it is, unless {@code line} says otherwise
 * @param outputFormat what the caller hears; default PCM 24 kHz. The model speaks it too, unless {@code line} says otherwise
 * @param modality speech or text; default speech
 * @param turnDetection default server VAD, 0.5, 300 ms, 500 ms
 * @param voice default {@code marin}
 * @param transcription input transcription model; default {@code gpt-4o-mini-transcribe}; empty for none
 * @param silenceTimeout nobody speaks for this long: the flow is asked; default 8 s
 * @param maxSilences as many in a row end the call as abandoned; default 3
 * @param toolTimeout a model-called tool without an outcome is answered as timed out after this; default 20 s
 * @param maxToolCalls the model may call so many tools, besides the dialog's own, in one turn; default 12
 * @param responseTimeout a response that does not start or stalls is given up after this; default 15 s
 * @param maxDuration the call is ended after this; default 55 min
 * @param bargeIn what speech over the agent's words does; default: it stops the agent at once
 * @param line what every model connection is told besides; default nothing
 * @param context whether heard audio becomes text when that is cheaper; default {@link ContextSettings#OFF}
 * @param cap what the call may cost; default no cap
 * @param conduct whether the model may speak before it has called a tool; default {@link Conduct#GUIDED}
 */
public record SessionSettings(
        ConnectionSettings connection,
        AudioFormat inputFormat,
        AudioFormat outputFormat,
        Modality modality,
        TurnDetection turnDetection,
        String voice,
        Optional<String> transcription,
        Duration silenceTimeout,
        int maxSilences,
        Duration toolTimeout,
        int maxToolCalls,
        Duration responseTimeout,
        Duration maxDuration,
        BargeIn bargeIn,
        LineOptions line,
        ContextSettings context,
        Optional<CallCap> cap,
        Conduct conduct) {
    public SessionSettings {
        if (maxToolCalls < 1) {
            throw new IllegalArgumentException("maxToolCalls must be 1 or more, but was " + maxToolCalls);
        }
    }

    /** The defaults. */
    public static SessionSettings defaults() {
        return new SessionSettings(
                ConnectionSettings.defaults(),
                AudioFormat.PCM16_24KHZ,
                AudioFormat.PCM16_24KHZ,
                Modality.AUDIO,
                TurnDetection.ServerVad.defaults(),
                "marin",
                Optional.of("gpt-4o-mini-transcribe"),
                Duration.ofSeconds(8),
                3,
                Duration.ofSeconds(20),
                12,
                Duration.ofSeconds(15),
                Duration.ofMinutes(55),
                BargeIn.immediate(),
                LineOptions.NONE,
                ContextSettings.OFF,
                Optional.empty(),
                Conduct.GUIDED);
    }

    /** What the model hears. */
    AudioFormat lineInput() {
        return line.inputFormat().orElse(inputFormat);
    }

    /** What the model speaks. */
    AudioFormat lineOutput() {
        return line.outputFormat().orElse(outputFormat);
    }

    /** A copy with the caller's choices of a Realtime {@code session.update}. */
    public SessionSettings withCaller(AudioFormat input, AudioFormat output, Modality spoken, TurnDetection detection) {
        return changed(draft -> {
            draft.inputFormat = input;
            draft.outputFormat = output;
            draft.modality = spoken;
            draft.turnDetection = detection;
        });
    }

    /** A copy with another silence timeout and count. */
    public SessionSettings withSilence(Duration timeout, int max) {
        return changed(draft -> {
            draft.silenceTimeout = timeout;
            draft.maxSilences = max;
        });
    }

    /** A copy with another limit for the tools that are called in one turn. */
    public SessionSettings withMaxToolCalls(int most) {
        return changed(draft -> draft.maxToolCalls = most);
    }

    /** A copy whose calls are ended after another time, however often the model's session has to be renewed by then. */
    public SessionSettings withMaxDuration(Duration most) {
        return changed(draft -> draft.maxDuration = most);
    }

    /** A copy with other connection settings. */
    public SessionSettings withConnection(ConnectionSettings other) {
        return changed(draft -> draft.connection = other);
    }

    /** A copy whose agent has another voice; it stays the same for the whole call, whatever the connection. */
    public SessionSettings withVoice(String other) {
        return changed(draft -> draft.voice = other);
    }

    /** A copy with another transcription model, or with none. */
    public SessionSettings withTranscription(Optional<String> other) {
        return changed(draft -> draft.transcription = other);
    }

    /** A copy whose caller's turns end otherwise. */
    public SessionSettings withTurnDetection(TurnDetection other) {
        return changed(draft -> draft.turnDetection = other);
    }

    /** A copy with another policy for speech over the agent's words. */
    public SessionSettings withBargeIn(BargeIn other) {
        return changed(draft -> draft.bargeIn = other);
    }

    /** A copy that tells its model connections something else. */
    public SessionSettings withLine(LineOptions other) {
        return changed(draft -> draft.line = other);
    }

    /** A copy with another policy for heard audio. */
    public SessionSettings withContext(ContextSettings other) {
        return changed(draft -> draft.context = other);
    }

    /** A copy whose call may cost so much. */
    public SessionSettings withCap(CallCap other) {
        return changed(draft -> draft.cap = Optional.of(other));
    }

    /** A copy whose caller's turns are answered in another way. */
    public SessionSettings withConduct(Conduct other) {
        return changed(draft -> draft.conduct = other);
    }

    private SessionSettings changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** The settings while they are changed. */
    private static final class Draft {
        private ConnectionSettings connection;
        private AudioFormat inputFormat;
        private AudioFormat outputFormat;
        private Modality modality;
        private TurnDetection turnDetection;
        private String voice;
        private Optional<String> transcription;
        private Duration silenceTimeout;
        private int maxSilences;
        private Duration toolTimeout;
        private int maxToolCalls;
        private Duration responseTimeout;
        private Duration maxDuration;
        private BargeIn bargeIn;
        private LineOptions line;
        private ContextSettings context;
        private Optional<CallCap> cap;
        private Conduct conduct;

        Draft(SessionSettings from) {
            this.connection = from.connection;
            this.inputFormat = from.inputFormat;
            this.outputFormat = from.outputFormat;
            this.modality = from.modality;
            this.turnDetection = from.turnDetection;
            this.voice = from.voice;
            this.transcription = from.transcription;
            this.silenceTimeout = from.silenceTimeout;
            this.maxSilences = from.maxSilences;
            this.toolTimeout = from.toolTimeout;
            this.maxToolCalls = from.maxToolCalls;
            this.responseTimeout = from.responseTimeout;
            this.maxDuration = from.maxDuration;
            this.bargeIn = from.bargeIn;
            this.line = from.line;
            this.context = from.context;
            this.cap = from.cap;
            this.conduct = from.conduct;
        }

        SessionSettings settings() {
            return new SessionSettings(
                    connection,
                    inputFormat,
                    outputFormat,
                    modality,
                    turnDetection,
                    voice,
                    transcription,
                    silenceTimeout,
                    maxSilences,
                    toolTimeout,
                    maxToolCalls,
                    responseTimeout,
                    maxDuration,
                    bargeIn,
                    line,
                    context,
                    cap,
                    conduct);
        }
    }
}
