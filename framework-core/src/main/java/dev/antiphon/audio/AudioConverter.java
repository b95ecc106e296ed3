package dev.antiphon.audio;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;

/**
 * Turns a stream of audio from one format of the Realtime protocol (protocol section 10) into another, piece by piece. Not
 * thread-safe; one converter for each direction of a call.
 *
 * <p>Pieces of any size give the same bytes. Between 8 and 24 kHz the last 4 ms are held back until what follows has come or
 * {@link #rest} is called; times stay what they were, and the result is never longer than what it was made from.
 */
public sealed interface AudioConverter permits Untouched, Conversion {

    /** A converter; between equal formats it passes every payload as it is, without looking at it. */
    static AudioConverter between(AudioFormat from, AudioFormat to) {
        return from == to ? new Untouched() : new Conversion(from, to);
    }

    /** The next piece, converted; empty when it is too short to tell, or not valid base64. */
    AudioPayload next(AudioPayload piece);

    /** The stream ends here: what was held back. The next piece begins another stream. */
    AudioPayload rest();
}
