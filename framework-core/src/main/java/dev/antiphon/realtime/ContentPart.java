package dev.antiphon.realtime;

import java.util.Optional;

/** One part of a message's content (protocol section 9). */
public sealed interface ContentPart {

    /** Text from the client side. */
    record InputText(String text) implements ContentPart {}

    /** Audio from the caller; the transcript is a side product and may come late or never. */
    record InputAudio(Optional<AudioPayload> audio, Optional<String> transcript) implements ContentPart {}

    /** An image as a data URI. */
    record InputImage(String imageUrl, Optional<String> detail) implements ContentPart {}

    /** Text from the model. */
    record OutputText(String text) implements ContentPart {}

    /** Speech from the model; servers send the transcript and hardly ever the audio back. */
    record OutputAudio(Optional<AudioPayload> audio, Optional<String> transcript) implements ContentPart {
        /** Without the audio, as servers show it. */
        public static OutputAudio transcribed(Optional<String> transcript) {
            return new OutputAudio(Optional.empty(), transcript);
        }
    }

    /** A part of a type this package does not model. */
    record Unknown(String type, RawJson raw) implements ContentPart {}
}
