package dev.antiphon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.antiphon.model.TierLadder;
import dev.antiphon.testkit.emulator.EmulatedModels;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnnouncedSpeechTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void closeClient() {
        http.shutdownNow();
    }

    @Test
    void anEmulatorOfAnotherProcessUnderstandsWhatWasAnnounced() {
        try (EmulatedModel elsewhere = EmulatedModel.start(false, unchanged -> unchanged)) {
            AnnouncedSpeech.to(http, EmulatedModels.ladder(elsewhere.uri())).announce("Good morning to you all.");

            byte[] spoken = elsewhere.synthesizer().pcm24kHz("Good morning to you all.");
            assertThat(elsewhere.recognizer().recognize(spoken)).contains("Good morning to you all.");
        }
    }

    @Test
    void eachServiceIsAskedOnceAndOnlyEmulatorsAgain() throws Exception {
        List<String> emulated = new CopyOnWriteArrayList<>();
        List<String> real = new CopyOnWriteArrayList<>();
        HttpServer emulator = answering(204, emulated);
        HttpServer service = answering(404, real);
        try {
            TierLadder ladder =
                    EmulatedModels.ladder(realtime(emulator)).orElse(EmulatedModels.ladder(realtime(service)));
            AnnouncedSpeech speech = AnnouncedSpeech.to(http, ladder);
            speech.announce("Hello.");
            speech.announce("I am \"Ann\".");

            assertThat(emulated).containsExactly("{\"text\":\"Hello.\"}", "{\"text\":\"I am \\\"Ann\\\".\"}");
            assertThat(real).hasSize(1);
        } finally {
            emulator.stop(0);
            service.stop(0);
        }
    }

    private static HttpServer answering(int status, List<String> bodies) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/emulator/speech", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static URI realtime(HttpServer server) {
        return URI.create("ws://127.0.0.1:" + server.getAddress().getPort() + "/v1/realtime");
    }
}
