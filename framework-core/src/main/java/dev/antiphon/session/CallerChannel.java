package dev.antiphon.session;

import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.Usage;
import java.time.Duration;
import java.util.Optional;

/**
 * The port to the caller. The session tells it what to play, show and stop.
 *
 * <p>Called from the session actor only, in order. Implementations must not block and must not throw; a slow caller drops
 * its oldest audio, counted.
 */
public interface CallerChannel {

    /** Delivers one signal. */
    void deliver(Signal signal);

    /**
     * What the caller's side gets to know. An utterance is one piece of agent speech, named by the model's item id; times
     * count the audio that the caller has sent since the call began.
     */
    sealed interface Signal {
        /** The session can be talked to; frames sent earlier were kept. */
        record Ready(String model) implements Signal {}

        /** The caller began to speak. */
        record SpeechStarted(String itemId, Duration audioStart) implements Signal {}

        /** The caller stopped speaking. */
        record SpeechStopped(String itemId, Duration audioEnd) implements Signal {}

        /** The caller's turn is taken: by voice (with the item id of its speech events), by hand, or typed. */
        record CallerTurn(String itemId, Optional<String> text) implements Signal {}

        /** What the caller said, as a transcription model heard it: advisory, may come late or never. */
        record CallerTranscript(String itemId, String text) implements Signal {}

        /** What the caller said could not be written down; the call goes on. */
        record CallerTranscriptFailed(String itemId, String code, String message) implements Signal {}

        /** The agent begins an utterance. */
        record UtteranceStarted(String utteranceId) implements Signal {}

        /** A piece of the utterance's audio, in the caller's output format. */
        record UtteranceAudio(String utteranceId, AudioPayload audio) implements Signal {}

        /** A piece of the utterance's text. */
        record UtteranceText(String utteranceId, String delta) implements Signal {}

        /** The utterance has been generated, or cut off while it was generated. */
        record UtteranceEnded(String utteranceId, String text, boolean cutOff) implements Signal {}

        /** Stop playing at once and forget what is buffered: the caller barged in. */
        record StopPlayback(String utteranceId) implements Signal {}

        /** The model's memory of the utterance now ends where the caller's hearing ended. */
        record Truncated(String utteranceId, Duration heard) implements Signal {}

        /** The agent has finished its turn: nothing more comes until the caller acts or time passes. */
        record TurnEnded(Usage usage) implements Signal {}

        /** Something went wrong that the caller's software should know; the call goes on. */
        record Problem(String code, String message) implements Signal {}

        /** The call is over; nothing follows. */
        record CallEnded(Outcome outcome) implements Signal {}
    }
}
