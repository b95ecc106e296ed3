package dev.antiphon.testkit.speech;

import java.util.Optional;

/** Recognises speech that was registered before; honest about everything else. Thread-safe. */
public interface SpeechRecognizer {

    /** Announces words that a simulated caller will speak with the synthesizer of this kit. */
    void register(String text);

    /**
     * Recognises one turn.
     *
     * @param pcm24kHz signed 16-bit little-endian mono PCM at 24 kHz, silence around the speech included
     * @return the registered words, or empty when this is other speech
     */
    Optional<String> recognize(byte[] pcm24kHz);
}
