package dev.antiphon.testkit.caller;

import dev.antiphon.testkit.speech.SpeechSynthesizer;
import java.util.function.Consumer;

/** How a simulated caller gives its words: typed, or spoken. */
public sealed interface CallerVoice {
    /** As text items, asking for text. */
    record Typed() implements CallerVoice {}

    /**
     * As audio, 24 kHz PCM.
     *
     * @param synthesizer speaks the words
     * @param announcement is told the words before they are spoken, so that a recogniser can know them
     */
    record Spoken(SpeechSynthesizer synthesizer, Consumer<String> announcement) implements CallerVoice {}
}
