package dev.antiphon.session;

import dev.antiphon.connection.ConnectionSettings;
import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.TurnDetection;
import java.time.Duration;
import java.util.Optional;

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
 * @param responseTimeout a response that does not start or stalls is given up after this; default 15 s
 * @param maxDuration the call is ended after this; default 55 min
 * @param bargeIn what speech over the agent's words does; default: it stops the agent at once
 * @param line what every model connection is told besides; default nothing
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
        Duration responseTimeout,
        Duration maxDuration,
        BargeIn bargeIn,
        LineOptions line) {

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
                Duration.ofSeconds(15),
                Duration.ofMinutes(55),
                BargeIn.immediate(),
                LineOptions.NONE);
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
    public SessionSettings withCaller(
            AudioFormat input, AudioFormat output, Modality modality, TurnDetection detection) {
        return new SessionSettings(
                connection,
                input,
                output,
                modality,
                detection,
                voice,
                transcription,
                silenceTimeout,
                maxSilences,
                toolTimeout,
                responseTimeout,
                maxDuration,
                bargeIn,
                line);
    }

    /** A copy with another silence timeout and count. */
    public SessionSettings withSilence(Duration timeout, int max) {
        return new SessionSettings(
                connection,
                inputFormat,
                outputFormat,
                modality,
                turnDetection,
                voice,
                transcription,
                timeout,
                max,
                toolTimeout,
                responseTimeout,
                maxDuration,
                bargeIn,
                line);
    }

    /** A copy with other connection settings. */
    public SessionSettings withConnection(ConnectionSettings other) {
        return new SessionSettings(
                other,
                inputFormat,
                outputFormat,
                modality,
                turnDetection,
                voice,
                transcription,
                silenceTimeout,
                maxSilences,
                toolTimeout,
                responseTimeout,
                maxDuration,
                bargeIn,
                line);
    }

    /** A copy whose agent has another voice; it stays the same for the whole call, whatever the connection. */
    public SessionSettings withVoice(String other) {
        return new SessionSettings(
                connection,
                inputFormat,
                outputFormat,
                modality,
                turnDetection,
                other,
                transcription,
                silenceTimeout,
                maxSilences,
                toolTimeout,
                responseTimeout,
                maxDuration,
                bargeIn,
                line);
    }

    /** A copy with another transcription model, or with none. */
    public SessionSettings withTranscription(Optional<String> other) {
        return new SessionSettings(
                connection,
                inputFormat,
                outputFormat,
                modality,
                turnDetection,
                voice,
                other,
                silenceTimeout,
                maxSilences,
                toolTimeout,
                responseTimeout,
                maxDuration,
                bargeIn,
                line);
    }

    /** A copy whose caller's turns end otherwise. */
    public SessionSettings withTurnDetection(TurnDetection other) {
        return new SessionSettings(
                connection,
                inputFormat,
                outputFormat,
                modality,
                other,
                voice,
                transcription,
                silenceTimeout,
                maxSilences,
                toolTimeout,
                responseTimeout,
                maxDuration,
                bargeIn,
                line);
    }

    /** A copy with another policy for speech over the agent's words. */
    public SessionSettings withBargeIn(BargeIn other) {
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
                responseTimeout,
                maxDuration,
                other,
                line);
    }

    /** A copy that tells its model connections something else. */
    public SessionSettings withLine(LineOptions other) {
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
                responseTimeout,
                maxDuration,
                bargeIn,
                other);
    }
}
