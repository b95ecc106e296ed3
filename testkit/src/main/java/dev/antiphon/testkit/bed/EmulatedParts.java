package dev.antiphon.testkit.bed;

import dev.antiphon.connection.WebSocketLimits;
import dev.antiphon.connection.WebSocketTransport;
import dev.antiphon.testkit.bed.TestBed.Manner;
import dev.antiphon.testkit.brain.SchemaBrain;
import dev.antiphon.testkit.caller.CallerScript;
import dev.antiphon.testkit.caller.CallerVoice;
import dev.antiphon.testkit.caller.PlacedCall;
import dev.antiphon.testkit.caller.SimulatedCaller;
import dev.antiphon.testkit.emulator.EmulatorSettings;
import dev.antiphon.testkit.emulator.Timeline;
import dev.antiphon.testkit.speech.FreeTtsSynthesizer;
import dev.antiphon.testkit.speech.RegisteredSpeech;
import dev.antiphon.testkit.speech.SpeechRecognizer;
import dev.antiphon.testkit.speech.SpeechSynthesizer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** What both kinds of test bed are made of. Thread-safe. */
final class EmulatedParts {
    private static final WebSocketLimits LIMITS = WebSocketLimits.defaults().withMaxFrameBytes(24 * 1024 * 1024);

    private final BedSettings settings;
    private final SpeechSynthesizer synthesizer = new FreeTtsSynthesizer();
    private final SpeechRecognizer recognizer = new RegisteredSpeech(synthesizer);

    EmulatedParts(BedSettings settings) {
        this.settings = settings;
    }

    EmulatorSettings emulator() {
        EmulatorSettings plain = EmulatorSettings.of(new SchemaBrain(settings.brain()), synthesizer, recognizer)
                .withSeed(settings.seed())
                .withZone(ZoneOffset.UTC);
        return settings.emulator().apply(plain);
    }

    PlacedCall place(
            String name,
            CallerScript script,
            Manner manner,
            Duration later,
            Timeline timeline,
            WebSocketTransport transport,
            URI realtime) {
        CallerVoice voice = switch (manner) {
            case TYPED -> new CallerVoice.Typed();
            case SPOKEN -> new CallerVoice.Spoken(synthesizer, recognizer::register);
        };
        return PlacedCall.place(
                name,
                timeline,
                later,
                transport,
                new WebSocketTransport.Request(
                        addressOf(realtime, name), Map.of(), List.of(), Duration.ofSeconds(10), LIMITS),
                time -> new SimulatedCaller(script, voice, time::now),
                settings.callerFrames());
    }

    /** As a front end connects a call of which it knows who calls. */
    private static URI addressOf(URI realtime, String caller) {
        return URI.create(realtime + "?caller=" + URLEncoder.encode(caller, StandardCharsets.UTF_8));
    }
}
