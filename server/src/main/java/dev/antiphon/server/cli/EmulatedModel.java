package dev.antiphon.server.cli;

import dev.antiphon.model.TierLadder;
import dev.antiphon.testkit.brain.BrainProfile;
import dev.antiphon.testkit.brain.SchemaBrain;
import dev.antiphon.testkit.emulator.EmulatedModels;
import dev.antiphon.testkit.emulator.EmulatorSettings;
import dev.antiphon.testkit.emulator.EmulatorStartFailure;
import dev.antiphon.testkit.emulator.RealtimeEmulator;
import dev.antiphon.testkit.speech.FreeTtsSynthesizer;
import dev.antiphon.testkit.speech.RegisteredSpeech;
import dev.antiphon.testkit.speech.SpeechRecognizer;
import dev.antiphon.testkit.speech.SpeechSynthesizer;
import java.net.URI;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The emulator with the brain and the voice of the test kit, running in this process. Thread-safe. */
final class EmulatedModel implements AutoCloseable {
    private final RealtimeEmulator emulator;
    private final SpeechSynthesizer synthesizer;
    private final SpeechRecognizer recognizer;

    private EmulatedModel(RealtimeEmulator emulator, SpeechSynthesizer synthesizer, SpeechRecognizer recognizer) {
        this.emulator = emulator;
        this.synthesizer = synthesizer;
        this.recognizer = recognizer;
    }

    /**
     * Starts it.
     *
     * @param misunderstandings see {@link ModelChoice.Emulated}
     * @param settings changes the emulator's defaults
     */
    static EmulatedModel start(boolean misunderstandings, UnaryOperator<EmulatorSettings> settings) {
        BrainProfile.ByModel profiles =
                misunderstandings ? BrainProfile.ByModel.defaults() : BrainProfile.ByModel.withoutMisunderstandings();
        SpeechSynthesizer synthesizer = new FreeTtsSynthesizer();
        SpeechRecognizer recognizer = new RegisteredSpeech(synthesizer);
        try {
            return new EmulatedModel(
                    RealtimeEmulator.start(
                            settings.apply(EmulatorSettings.of(new SchemaBrain(profiles), synthesizer, recognizer))),
                    synthesizer,
                    recognizer);
        } catch (EmulatorStartFailure e) {
            throw CliFailure.failed(String.valueOf(e.getMessage()), e);
        }
    }

    /** Where Realtime clients connect. */
    URI uri() {
        return emulator.wsUri();
    }

    /** The base URL of official clients. */
    URI baseUrl() {
        return emulator.httpUri().resolve("/v1");
    }

    /** The base URL with TLS, if it has. */
    Optional<URI> secureBaseUrl() {
        return emulator.httpsUri().map(uri -> uri.resolve("/v1"));
    }

    /** Simulated small and large model. */
    TierLadder ladder() {
        return EmulatedModels.ladder(uri());
    }

    SpeechSynthesizer synthesizer() {
        return synthesizer;
    }

    SpeechRecognizer recognizer() {
        return recognizer;
    }

    @Override
    public void close() {
        emulator.close();
    }
}
