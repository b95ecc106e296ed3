package dev.antiphon.samples.clinic.e2e;

import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.model.WireDialect;
import dev.antiphon.samples.clinic.ClinicApp;
import dev.antiphon.server.AntiphonServer;
import dev.antiphon.server.Bot;
import dev.antiphon.server.ServerSettings;
import dev.antiphon.server.SimulatedSpeech;
import dev.antiphon.server.cli.Storage;
import dev.antiphon.testkit.brain.BrainProfile;
import dev.antiphon.testkit.brain.SchemaBrain;
import dev.antiphon.testkit.emulator.EmulatorProfile;
import dev.antiphon.testkit.emulator.EmulatorSettings;
import dev.antiphon.testkit.emulator.RealtimeEmulator;
import dev.antiphon.testkit.emulator.ServedDialects;
import dev.antiphon.testkit.speech.FreeTtsSynthesizer;
import dev.antiphon.testkit.speech.RegisteredSpeech;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The clinic on an emulated model that never misunderstands and answers at once. */
final class ClinicDesk implements AutoCloseable {
    private static final PriceCard PRICES = PriceCard.of("0.6", "0.06", "2.4", "10", "0.3", "20", "0.8", "0.08");

    private final FreeTtsSynthesizer voice = new FreeTtsSynthesizer();
    private final RegisteredSpeech recognizer = new RegisteredSpeech(voice);
    private final RealtimeEmulator emulator;
    private final AntiphonServer server;

    private ClinicDesk(
            Bot bot,
            UnaryOperator<EmulatorSettings> models,
            WireDialect dialect,
            UnaryOperator<ServerSettings> settings,
            UnaryOperator<URI> way) {
        emulator = RealtimeEmulator.start(models.apply(
                EmulatorSettings.of(new SchemaBrain(BrainProfile.ByModel.withoutMisunderstandings()), voice, recognizer)
                        .withProfile(EmulatorProfile.instant())));
        TierLadder ladder = new TierLadder(
                List.of(tier("mini", "gpt-realtime-mini", dialect, way), tier("full", "gpt-realtime", dialect, way)));
        server = AntiphonServer.start(
                settings.apply(ServerSettings.defaults(ladder)
                        .withSimulatedSpeech(new SimulatedSpeech(recognizer::register, voice))),
                bot);
    }

    /** The clinic as it is. */
    static ClinicDesk open() {
        return of(ClinicApp.bot(new Storage.PerCall()));
    }

    /** This bot. */
    static ClinicDesk of(Bot bot) {
        return of(bot, models -> models, settings -> settings);
    }

    /** This bot with changed settings of the emulator and of the server. */
    static ClinicDesk of(Bot bot, UnaryOperator<EmulatorSettings> models, UnaryOperator<ServerSettings> settings) {
        return new ClinicDesk(bot, models, WireDialect.GA, settings, uri -> uri);
    }

    /** This bot, whose model is at the far end of a wire. */
    static ClinicDesk over(CuttableWire wire, Bot bot) {
        return new ClinicDesk(bot, models -> models, WireDialect.GA, settings -> settings, wire::to);
    }

    /** Like {@link #over(CuttableWire, Bot)}, in the beta dialect. */
    static ClinicDesk betaOver(CuttableWire wire, Bot bot) {
        return new ClinicDesk(
                bot,
                models -> models.withDialects(ServedDialects.GATEWAY),
                WireDialect.BETA,
                settings -> settings,
                wire::to);
    }

    /** The clinic on a model that serves these dialects and is spoken to in this one. */
    static ClinicDesk speaking(ServedDialects served, WireDialect dialect) {
        return new ClinicDesk(
                ClinicApp.bot(new Storage.PerCall()),
                models -> models.withDialects(served),
                dialect,
                settings -> settings,
                uri -> uri);
    }

    URI http(String path) {
        return server.httpUri().resolve(path);
    }

    /** The operator's console, for a desk whose settings want one. */
    URI operator() {
        return server.operatorUri().orElseThrow();
    }

    /** Where Realtime clients call the clinic. */
    URI realtime() {
        return server.realtimeUri();
    }

    /** Where Realtime clients reach the emulated model itself. */
    URI model() {
        return URI.create(emulator.wsUri() + "?model=gpt-realtime");
    }

    /** The base URL of official clients of the emulated model itself. */
    URI modelHttp() {
        return emulator.httpUri().resolve("/v1");
    }

    /** The same with TLS, for a desk whose emulator has it. */
    URI modelHttps() {
        return emulator.httpsUri().orElseThrow().resolve("/v1");
    }

    /** PCM of 24 kHz that a caller says, and that the emulated model will understand. */
    byte[] speech(String words) {
        recognizer.register(words);
        return voice.pcm24kHz(words);
    }

    /** How many connections the emulated model has had. */
    long modelSessions() {
        return emulator.sessions();
    }

    private Tier tier(String name, String model, WireDialect dialect, UnaryOperator<URI> way) {
        URI uri = way.apply(URI.create(emulator.wsUri() + "?model=" + model));
        return new Tier(
                name,
                new ModelEndpoint("emulator", model, uri, headers(dialect), List.of("realtime"), dialect),
                PRICES);
    }

    private static Map<String, String> headers(WireDialect dialect) {
        String key = "Bearer test";
        return dialect == WireDialect.BETA
                ? Map.of("Authorization", key, "OpenAI-Beta", "realtime=v1")
                : Map.of("Authorization", key);
    }

    @Override
    public void close() {
        server.close();
        emulator.close();
    }
}
