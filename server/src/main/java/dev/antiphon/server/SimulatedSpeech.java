package dev.antiphon.server;

import dev.antiphon.testkit.speech.SpeechSynthesizer;
import java.util.function.Consumer;

/**
 * What lets the page's simulated caller speak to an emulated model. Thread-safe.
 *
 * @param register tells the emulator's recognizer which words are about to be spoken
 * @param synthesizer speaks them
 */
public record SimulatedSpeech(Consumer<String> register, SpeechSynthesizer synthesizer) {}
