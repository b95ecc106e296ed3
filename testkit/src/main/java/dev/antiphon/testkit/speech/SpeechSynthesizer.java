package dev.antiphon.testkit.speech;

/** Speaks text. Thread-safe; the same text gives the same samples. */
public interface SpeechSynthesizer {

    /**
     * Speaks.
     *
     * @param text any text; may be empty, which gives no audio
     * @return signed 16-bit little-endian mono PCM at 24 kHz
     */
    byte[] pcm24kHz(String text);
}
