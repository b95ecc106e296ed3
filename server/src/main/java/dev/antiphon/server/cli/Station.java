package dev.antiphon.server.cli;

import dev.antiphon.model.TierLadder;
import dev.antiphon.server.AntiphonServer;
import dev.antiphon.server.BindFailed;
import dev.antiphon.server.Bot;
import dev.antiphon.server.ServerSettings;
import dev.antiphon.server.SimulatedSpeech;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A bot with its gateway in this process, and the emulator when that answers. Thread-safe. */
final class Station implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int PORTS_TRIED = 20;

    private final AntiphonServer server;
    private final Optional<EmulatedModel> emulator;

    private Station(AntiphonServer server, Optional<EmulatedModel> emulator) {
        this.server = server;
        this.emulator = emulator;
    }

    /**
     * Starts on the wanted port or, when it is taken, on the next free one. Port 0 takes any.
     *
     * @param settings changes the server's defaults
     */
    static Station start(Bot bot, ModelChoice models, int port, UnaryOperator<ServerSettings> settings) {
        Optional<EmulatedModel> emulator = switch (models) {
            case ModelChoice.Emulated emulated ->
                Optional.of(EmulatedModel.start(emulated.misunderstandings(), unchanged -> unchanged));
            case ModelChoice.Service ignored -> Optional.empty();
        };
        try {
            TierLadder ladder = switch (models) {
                case ModelChoice.Emulated ignored -> emulator.orElseThrow().ladder();
                case ModelChoice.Service service -> service.ladder();
            };
            ServerSettings defaults = ServerSettings.defaults(ladder);
            ServerSettings speaking = emulator.map(model -> defaults.withSimulatedSpeech(
                            new SimulatedSpeech(model.recognizer()::register, model.synthesizer())))
                    .orElse(defaults);
            return new Station(bind(settings.apply(speaking), bot, port), emulator);
        } catch (RuntimeException e) {
            emulator.ifPresent(EmulatedModel::close);
            throw e;
        }
    }

    private static AntiphonServer bind(ServerSettings settings, Bot bot, int port) {
        int last = port == 0 ? 0 : Math.min(port + PORTS_TRIED - 1, 65_535);
        for (int candidate = port; candidate < last; candidate++) {
            if (isFree(candidate)) {
                try {
                    return AntiphonServer.start(settings.withAddress(HOST, candidate), bot);
                } catch (BindFailed taken) {
                    // Taken since we looked; the next one may be free, and the last attempt tells.
                }
            }
        }
        return AntiphonServer.start(settings.withAddress(HOST, last), bot);
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** The page. */
    URI page() {
        return server.httpUri();
    }

    /** Where Realtime clients connect. */
    URI realtime() {
        return server.realtimeUri();
    }

    /** The operator's console, when there is one. */
    Optional<URI> operator() {
        return server.operatorUri();
    }

    /** The emulator, when that answers. */
    Optional<EmulatedModel> emulator() {
        return emulator;
    }

    @Override
    public void close() {
        try {
            server.close();
        } finally {
            emulator.ifPresent(EmulatedModel::close);
        }
    }
}
