package dev.antiphon.session;

import dev.antiphon.audio.AudioConverter;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ServerEvent;
import java.util.Optional;

/**
 * The audio of both directions, between the formats of the caller and those of the line. Where they are equal, payloads pass as
 * they are. Confined to one session actor.
 */
final class AudioBridge {
    private final AudioConverter toLine;
    private final AudioConverter toCaller;
    /** The utterance whose audio comes; another one is another stream. */
    private String utterance = "";

    private AudioBridge(AudioConverter toLine, AudioConverter toCaller) {
        this.toLine = toLine;
        this.toCaller = toCaller;
    }

    static AudioBridge of(SessionSettings settings) {
        return new AudioBridge(
                AudioConverter.between(settings.inputFormat(), settings.lineInput()),
                AudioConverter.between(settings.lineOutput(), settings.outputFormat()));
    }

    AudioPayload toLine(AudioPayload piece) {
        return toLine.next(piece);
    }

    /** What was held back of the caller's audio; what comes next is another stream. */
    AudioPayload restToLine() {
        return toLine.rest();
    }

    ServerEvent.AudioDelta toCaller(ServerEvent.AudioDelta delta) {
        if (!delta.itemId().equals(utterance)) {
            toCaller.rest();
            utterance = delta.itemId();
        }
        AudioPayload converted = toCaller.next(delta.delta());
        return converted == delta.delta()
                ? delta
                : new ServerEvent.AudioDelta(
                        delta.eventId(),
                        delta.responseId(),
                        delta.itemId(),
                        delta.outputIndex(),
                        delta.contentIndex(),
                        converted);
    }

    /** What was held back of the utterance that is done. */
    Optional<ServerEvent> restToCaller(ServerEvent.AudioDone done) {
        AudioPayload rest = done.itemId().equals(utterance) ? toCaller.rest() : AudioPayload.EMPTY;
        return rest.isEmpty()
                ? Optional.empty()
                : Optional.of(new ServerEvent.AudioDelta(
                        done.eventId(),
                        done.responseId(),
                        done.itemId(),
                        done.outputIndex(),
                        done.contentIndex(),
                        rest));
    }
}
