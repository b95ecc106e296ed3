package dev.antiphon.realtime;

import java.util.List;

/**
 * How sure a transcription is of one token (protocol section 6).
 *
 * @param token as text; may be a part of a character
 * @param logprob its natural logarithm of probability, at most 0
 * @param bytes its UTF-8 bytes, each 0 to 255
 */
public record LogProb(String token, double logprob, List<Integer> bytes) {
    public LogProb {
        bytes = List.copyOf(bytes);
    }
}
