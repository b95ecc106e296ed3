package dev.antiphon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.server.Bot;
import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoreAddress;
import dev.antiphon.server.store.StoreSettings;
import dev.antiphon.session.PromptConversation;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The console over a store alone. */
class ConsoleCommandTest {
    private static final String PASSWORD = "a long password";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return new AntiphonCommand(
                        Bot.of("talker", "Talks.", () -> new PromptConversation("talker", "Talk.", Optional.empty())))
                .writingTo(new PrintWriter(out), new PrintWriter(err))
                .run(args);
    }

    private StoreAddress filled() {
        StoreAddress address = StoreAddress.file(folder.resolve("calls"));
        try (Store store = Store.open(
                StoreSettings.defaults(address, UnaryOperator.identity()).simulated(true))) {
            store.writer()
                    .on(new SessionEvent.SessionStarted(
                            new SessionId("sess_1"),
                            Instant.parse("2026-11-20T10:00:00Z"),
                            "book",
                            "1",
                            "mini",
                            "model"));
            assertThat(store.awaitUp(Duration.ofSeconds(30)) && store.flush(Duration.ofSeconds(30)))
                    .isTrue();
        }
        return address;
    }

    @Test
    void aStoreThatIsNotThereIsNamed() {
        assertThat(run("console", "--store", folder.resolve("nothing").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("there is no store at " + folder.resolve("nothing"));
    }

    @Test
    void whatCannotBeUsedIsSaidWithTheRuleAndTheValue() {
        assertThat(run("console", "--store", "none")).isEqualTo(2);
        assertThat(err.toString()).contains("--store is none");
        assertThat(run("console", "--port", "70000")).isEqualTo(2);
        assertThat(err.toString()).contains("--port must be between 0 and 65535, but was 70000");
        assertThat(run("console", "--experiments", folder.resolve("no.yaml").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--experiments: ").contains("no.yaml");
    }

    @Test
    void itWantsTheSameLoginSaysThatItsFiguresAreSimulatedAndRefusesOrders() throws Exception {
        try (ConsoleCommand.Running running =
                        ConsoleCommand.Running.start(Store.toRead(filled()), Optional.of(PASSWORD), 0, List.of());
                HttpClient http = HttpClient.newHttpClient()) {
            running.print(new PrintWriter(out), new Ink(false));
            assertThat(out.toString())
                    .contains(running.uri().toString(), "Simulated: no real model", "no server runs behind it")
                    .doesNotContain(PASSWORD);
            URI at = running.uri();
            assertThat(http.send(
                                    HttpRequest.newBuilder(at.resolve("api/stored/30"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(401);

            HttpResponse<String> login = http.send(
                    HttpRequest.newBuilder(at.resolve("api/login"))
                            .POST(BodyPublishers.ofString("{\"password\":\"" + PASSWORD + "\"}"))
                            .build(),
                    BodyHandlers.ofString());
            String cookie =
                    login.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
            JsonNode session = read(http, at.resolve("api/session"), cookie);
            assertThat(session.path("notice").asString()).startsWith("Simulated");
            assertThat(session.path("no_controls").asString()).startsWith("Nothing can be ordered here");
            assertThat(session.path("controls").size()).isZero();
            assertThat(session.path("views").get(0).asString()).isEqualTo("stored");
            assertThat(read(http, at.resolve("api/stored/30"), cookie)
                            .at("/figures/figures/outcomes/unfinished")
                            .asInt())
                    .isEqualTo(1);
            assertThat(http.send(
                                    HttpRequest.newBuilder(at.resolve("api/controls/drain"))
                                            .header("Cookie", cookie)
                                            .header(
                                                    "X-Antiphon-Guard",
                                                    session.path("guard").asString())
                                            .POST(BodyPublishers.ofString("{\"reason\":\"x\"}"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(409);
        }
    }

    private static JsonNode read(HttpClient http, URI uri, String cookie) throws Exception {
        return JsonMapper.shared()
                .readTree(http.send(
                                HttpRequest.newBuilder(uri)
                                        .header("Cookie", cookie)
                                        .build(),
                                BodyHandlers.ofString())
                        .body());
    }
}
