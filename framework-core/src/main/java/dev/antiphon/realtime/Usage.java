package dev.antiphon.realtime;

/**
 * Tokens of one response (protocol section 8). The {@code cached*} counts are subsets of the input counts of the same
 * modality, never additional.
 *
 * @param inputTextTokens text tokens read, cached ones included
 * @param inputAudioTokens audio tokens read, cached ones included
 * @param inputImageTokens image tokens read, cached ones included
 * @param cachedTextTokens the cached part of {@code inputTextTokens}
 * @param cachedAudioTokens the cached part of {@code inputAudioTokens}
 * @param cachedImageTokens the cached part of {@code inputImageTokens}
 * @param outputTextTokens text tokens written
 * @param outputAudioTokens audio tokens spoken
 */
public record Usage(
        int inputTextTokens,
        int inputAudioTokens,
        int inputImageTokens,
        int cachedTextTokens,
        int cachedAudioTokens,
        int cachedImageTokens,
        int outputTextTokens,
        int outputAudioTokens) {

    /** No tokens at all, as a failed response reports. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0, 0);

    /** All input tokens. */
    public int inputTokens() {
        return inputTextTokens + inputAudioTokens + inputImageTokens;
    }

    /** All output tokens. */
    public int outputTokens() {
        return outputTextTokens + outputAudioTokens;
    }

    /** All cached input tokens. */
    public int cachedTokens() {
        return cachedTextTokens + cachedAudioTokens + cachedImageTokens;
    }

    /** The sum of both, field by field. */
    public Usage plus(Usage other) {
        return new Usage(
                inputTextTokens + other.inputTextTokens,
                inputAudioTokens + other.inputAudioTokens,
                inputImageTokens + other.inputImageTokens,
                cachedTextTokens + other.cachedTextTokens,
                cachedAudioTokens + other.cachedAudioTokens,
                cachedImageTokens + other.cachedImageTokens,
                outputTextTokens + other.outputTextTokens,
                outputAudioTokens + other.outputAudioTokens);
    }
}
