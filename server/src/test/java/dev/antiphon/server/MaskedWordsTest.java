package dev.antiphon.server;

import static dev.antiphon.flow.dsl.FlowDsl.digits;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.server.cli.AntiphonCommand;
import dev.antiphon.session.CallClock;
import dev.antiphon.session.PromptConversation;
import dev.antiphon.tool.Sensitive;
import dev.antiphon.tool.Tool;
import dev.antiphon.tool.ToolDispatcher;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the stream of a call's facts holds of what was said. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MaskedWordsTest {
    private static final String TEXT_ONLY =
            "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"output_modalities\":[\"text\"]}}";

    record Door(String pin) {}

    record Key(@Sensitive String pin) {}

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void closeClient() {
        http.shutdownNow();
    }

    private static Bot door() {
        Flow<Door> flow = Flow.named(
                "door",
                Door.class,
                f -> f.goal("Open the door")
                        .collect(digits("pin", 4).ask("What is your PIN?").sensitive())
                        .confirm(door -> say("Your PIN is {}. Shall I open it?", door.pin()))
                        .effect("open", door -> "opened", e -> e)
                        .done((door, how) -> say("It is open.")));
        return Bot.of(
                        "door",
                        "Opens the door.",
                        () -> FlowConversation.start(
                                flow,
                                CallClock.system(),
                                ZoneId.of("UTC"),
                                UUID.randomUUID().toString()))
                .withTools(system -> ToolDispatcher.start(system, List.of()));
    }

    private static Bot talker(Tool<?, ?>... tools) {
        return Bot.of("talker", "Talks.", () -> new PromptConversation("talker", "Talk.", Optional.of("Hello.")))
                .withTools(system -> ToolDispatcher.start(system, List.of(tools)));
    }

    private String streamOf(Bot bot, UnaryOperator<ServerSettings> settings, String words) throws Exception {
        try (OrderDesk desk = OrderDesk.of(bot, settings)) {
            try (RealtimeClient client = RealtimeClient.connect(desk.realtime())) {
                client.send(TEXT_ONLY);
                client.next("response.done");
                client.send("{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"user\","
                        + "\"content\":[{\"type\":\"input_text\",\"text\":\"" + words + "\"}]}}");
                client.send("{\"type\":\"response.create\"}");
                client.next("response.output_text.done");
                client.next("response.done");
            }
            JsonNode calls = JsonMapper.shared().readTree(get(desk, "/v1/calls"));
            return get(desk, "/v1/calls/" + calls.at("/calls/0/session").asString() + "/events");
        }
    }

    private String get(OrderDesk desk, String path) throws Exception {
        return http.send(HttpRequest.newBuilder(desk.http(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void whereSensitiveValuesAreToldNoWordsAreInTheStream() throws Exception {
        assertThat(streamOf(door(), settings -> settings, "my PIN is 4711"))
                .contains("\"type\":\"caller_turn_taken\"", "\"text\":\"[masked]\"", "\"pin\":\"•••\"")
                // Times and ids may have these digits among others.
                .doesNotContainPattern("(?<!\\d)4711(?!\\d)")
                .doesNotContain("my PIN", "\"text\":\"Your PIN");
    }

    @Test
    void whoWantsTheWordsHasThem() throws Exception {
        assertThat(streamOf(door(), ServerSettings::withTranscripts, "my PIN is 4711"))
                .contains("my PIN is 4711", "Your PIN is 4 7 1 1")
                .doesNotContain("[masked]");
    }

    @Test
    void aToolThatTakesSensitiveArgumentsIsEnough() throws Exception {
        Tool<Key, String> open = Tool.of("open", "Opens.", Key.class, key -> "open");
        assertThat(streamOf(talker(open), settings -> settings, "my PIN is 4711"))
                .contains("[masked]")
                .doesNotContain("my PIN");
    }

    @Test
    void otherCallsHaveTheirWordsButNoKeys() throws Exception {
        assertThat(streamOf(talker(), settings -> settings, "hello there")).contains("\"text\":\"hello there\"");
        assertThat(streamOf(talker(), settings -> settings, "4711"))
                .contains("\"text\":\"[masked]\"")
                .doesNotContain("\"text\":\"4711\"");
    }

    @Test
    void whoCallsAServerThatKeepsNoWordsSeesHisOwnConnection() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        try (OrderDesk desk = OrderDesk.of(door(), settings -> settings)) {
            new AntiphonCommand(door())
                    .writingTo(new PrintWriter(out), new PrintWriter(err))
                    .run(
                            "call",
                            "--url",
                            desk.realtime().toString(),
                            "--say",
                            "My PIN is 4711.",
                            "--say",
                            "Yes, please.",
                            "--say",
                            "No, thank you, goodbye.");
        }
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .containsOnlyOnce("My PIN is 4711.")
                .contains("What is your PIN?", "Your PIN is 4 7 1 1", "connected to", "effect open: ok")
                .doesNotContain("[masked]");
    }
}
