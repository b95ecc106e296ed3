package dev.antiphon.realtime;

import java.time.Duration;

/** What one input transcription is billed for, beside the model's own usage (protocol section 8). */
public sealed interface TranscriptionUsage {

    /**
     * Billed by tokens.
     *
     * @param inputTextTokens text tokens read, from the transcription's prompt
     * @param inputAudioTokens audio tokens read
     * @param outputTokens text tokens written
     */
    record Tokens(int inputTextTokens, int inputAudioTokens, int outputTokens) implements TranscriptionUsage {
        /** All input tokens. */
        public int inputTokens() {
            return inputTextTokens + inputAudioTokens;
        }
    }

    /** Billed by the length of the audio. */
    record Audio(Duration length) implements TranscriptionUsage {}
}
