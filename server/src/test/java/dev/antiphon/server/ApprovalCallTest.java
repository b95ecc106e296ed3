package dev.antiphon.server;

import static dev.antiphon.flow.dsl.FlowDsl.code;
import static dev.antiphon.flow.dsl.FlowDsl.gated;
import static dev.antiphon.flow.dsl.FlowDsl.minutes;
import static dev.antiphon.flow.dsl.FlowDsl.number;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.server.gateway.AccessPolicy;
import dev.antiphon.session.CallClock;
import dev.antiphon.tool.ApprovalDesk;
import dev.antiphon.tool.ToolDispatcher;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A refund that people at the page approve or refuse while the caller waits. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ApprovalCallTest {
    record Refund(Integer amount, String card) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final ApprovalDesk approvals = new ApprovalDesk(Duration.ofMinutes(2), "Nobody could look at it.");
    private final AtomicInteger paid = new AtomicInteger();

    @AfterEach
    void closeClient() {
        http.shutdownNow();
    }

    private OrderDesk desk() {
        return OrderDesk.of(
                bot().withApprovals(approvals), settings -> settings.withAccess(AccessPolicy.withKeys(Set.of("any"))));
    }

    private Bot bot() {
        return Bot.of(
                        "refunds",
                        "Pays back.",
                        () -> FlowConversation.start(
                                flow(),
                                CallClock.system(),
                                ZoneId.of("UTC"),
                                UUID.randomUUID().toString()))
                .withTools(system -> ToolDispatcher.start(system, List.of()));
    }

    private Flow<Refund> flow() {
        Slot<Integer> amount = number("amount", 1, 5_000).ask("How many euros?");
        Slot<String> card = code("card", 4)
                .ask("Which are the last four digits of the card?")
                .sensitive();
        return Flow.named(
                "refund",
                Refund.class,
                f -> f.goal("Pay back")
                        .collect(amount, card)
                        .confirm(refund -> say("{} euros to the card. Shall I pay it back?", refund.amount()))
                        .effect(
                                "pay",
                                gated(
                                        (refund, key) -> approvals.ask(key, "refund", words(refund), Set.of("card")),
                                        refund -> paid.addAndGet(refund.amount())),
                                e -> e.timeout(minutes(3)))
                        .done((refund, all) -> say("It is on its way.")));
    }

    private static Map<String, String> words(Refund refund) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("amount", refund.amount() + " euros");
        words.put("card", refund.card());
        return words;
    }

    private static RealtimeClient wantsItBack(OrderDesk desk) throws InterruptedException {
        RealtimeClient client = RealtimeClient.connect(desk.realtime());
        client.send(
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"output_modalities\":[\"text\"]}}");
        client.next("response.done");
        tell(client, "700");
        answer(client);
        tell(client, "4242");
        assertThat(answer(client)).contains("700 euros to the card. Shall I pay it back?");
        tell(client, "Yes, please");
        return client;
    }

    private static void tell(RealtimeClient client, String words) {
        client.send("{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"user\","
                + "\"content\":[{\"type\":\"input_text\",\"text\":\"" + words + "\"}]}}");
        client.send("{\"type\":\"response.create\"}");
    }

    private static String words(RealtimeClient client) throws InterruptedException {
        return client.next("response.output_text.done").path("text").asString();
    }

    private static String answer(RealtimeClient client) throws InterruptedException {
        String text = words(client);
        client.next("response.done");
        return text;
    }

    /** What comes after the words that it takes a moment; all of that is one response. */
    private static String settled(RealtimeClient client) throws InterruptedException {
        String words = words(client);
        while (words.contains("still on it")) {
            words = words(client);
        }
        return words;
    }

    private HttpResponse<String> send(OrderDesk desk, String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(desk.http(path)).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> withKey(OrderDesk desk, String method, String path, String body) throws Exception {
        return send(desk, method, path, body, "Authorization", "Bearer any");
    }

    private JsonNode waiting(OrderDesk desk) throws Exception {
        HttpResponse<String> answer = withKey(desk, "GET", "/v1/approvals", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body()).path("waiting");
    }

    /** The request, once the effect has come to its gate: its filler words say that it has begun. */
    private JsonNode asked(OrderDesk desk, RealtimeClient client) throws Exception {
        assertThat(words(client)).contains("One moment");
        assertThat(waiting(desk)).hasSize(1);
        return waiting(desk).path(0);
    }

    private static String path(JsonNode request, String how) {
        return "/v1/approvals/" + request.path("id").asString() + "/" + how;
    }

    @Test
    void whatIsApprovedIsDoneAndSensitiveValuesAreMasked() throws Exception {
        try (OrderDesk desk = desk();
                RealtimeClient client = wantsItBack(desk)) {
            JsonNode request = asked(desk, client);
            assertThat(request.path("what").asString()).isEqualTo("refund");
            assertThat(request.path("details").toString())
                    .isEqualTo("[{\"name\":\"amount\",\"value\":\"700 euros\",\"sensitive\":false},"
                            + "{\"name\":\"card\",\"value\":\"•••\",\"sensitive\":true}]");
            assertThat(request.toString()).doesNotContain("4242");
            assertThat(Duration.between(
                            Instant.parse(request.path("since").asString()),
                            Instant.parse(request.path("answer_by").asString())))
                    .isEqualTo(Duration.ofMinutes(2));
            assertThat(paid).hasValue(0);

            HttpResponse<String> answer = withKey(desk, "POST", path(request, "approve"), "");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"result\":\"approved\"}");
            assertThat(settled(client)).contains("It is on its way.");
            assertThat(paid).hasValue(700);
            assertThat(waiting(desk)).isEmpty();
            assertThat(withKey(desk, "POST", path(request, "approve"), "").statusCode())
                    .isEqualTo(409);
        }
    }

    @Test
    void whatIsRefusedIsNotDoneAndTheCallerHearsWhy() throws Exception {
        try (OrderDesk desk = desk();
                RealtimeClient client = wantsItBack(desk)) {
            JsonNode request = asked(desk, client);
            assertThat(withKey(desk, "POST", path(request, "refuse"), "").statusCode())
                    .as("a no says why")
                    .isEqualTo(400);
            assertThat(waiting(desk)).hasSize(1);
            assertThat(withKey(desk, "POST", path(request, "refuse"), "{\"reason\":\"Please come to the shop.\"}")
                            .body())
                    .isEqualTo("{\"result\":\"refused\"}");
            assertThat(settled(client)).contains("Please come to the shop.");
            assertThat(paid).hasValue(0);
        }
    }

    @Test
    void onlyWhoHasAKeySeesAndAnswersAndNoForeignPage() throws Exception {
        try (OrderDesk desk = desk();
                RealtimeClient client = wantsItBack(desk)) {
            String path = path(asked(desk, client), "approve");
            assertThat(send(desk, "GET", "/v1/approvals", "").statusCode()).isEqualTo(401);
            assertThat(send(desk, "POST", path, "").statusCode()).isEqualTo(401);
            String[] foreign = {"Authorization", "Bearer any", "Origin", "https://evil.example"};
            assertThat(send(desk, "GET", "/v1/approvals", "", foreign).statusCode())
                    .isEqualTo(403);
            assertThat(send(desk, "POST", path, "", foreign).statusCode()).isEqualTo(403);
            assertThat(withKey(desk, "GET", path, "").statusCode()).isEqualTo(405);
            assertThat(withKey(desk, "POST", "/v1/approvals/x/accept", "").statusCode())
                    .isEqualTo(404);
            assertThat(withKey(desk, "POST", path, "{").statusCode()).isEqualTo(400);
            assertThat(waiting(desk)).hasSize(1);
            assertThat(paid).hasValue(0);
        }
    }

    @Test
    void aBotWithoutADeskSaysSo() throws Exception {
        try (OrderDesk desk = OrderDesk.open()) {
            assertThat(send(desk, "GET", "/v1/approvals", "").statusCode()).isEqualTo(404);
            assertThat(send(desk, "GET", "/v1/bot", "").body()).contains("\"approvals\":false");
        }
        try (OrderDesk desk = desk()) {
            assertThat(withKey(desk, "GET", "/v1/bot", "").body()).contains("\"approvals\":true");
        }
    }
}
