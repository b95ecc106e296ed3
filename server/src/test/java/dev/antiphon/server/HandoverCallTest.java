package dev.antiphon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.handover.HandoverDetail;
import dev.antiphon.server.gateway.AccessPolicy;
import dev.antiphon.server.handover.HandoverQueue;
import dev.antiphon.server.handover.HandoverTargets;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A caller who wants a person, and the people at the page. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HandoverCallTest {
    private static final String TEXT_ONLY =
            "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"output_modalities\":[\"text\"]}}";
    private static final String TARGET = "a colleague";

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void closeClient() {
        http.shutdownNow();
    }

    private static OrderDesk desk(Set<HandoverDetail> details) {
        return OrderDesk.open(settings -> settings.withAccess(AccessPolicy.withKeys(Set.of("any")))
                .withHandover(HandoverTargets.none()
                        .withOthers(new HandoverQueue(), details)
                        .within(Duration.ofMinutes(1))));
    }

    private static RealtimeClient asksForAPerson(OrderDesk desk) throws InterruptedException {
        RealtimeClient client =
                RealtimeClient.connect(URI.create(desk.realtime() + "?caller=Ada%20Lovelace&telephone_call=rtc_7"));
        client.send(TEXT_ONLY);
        client.next("response.done");
        say(client, "I want to speak to a person, please");
        assertThat(answer(client)).contains("I'll connect you to a colleague now.");
        return client;
    }

    private static void say(RealtimeClient client, String words) {
        client.send("{\"type\":\"conversation.item.create\",\"item\":{\"type\":\"message\",\"role\":\"user\","
                + "\"content\":[{\"type\":\"input_text\",\"text\":\"" + words + "\"}]}}");
        client.send("{\"type\":\"response.create\"}");
    }

    /** The agent's words, said to their end: a yes before that is one to nothing. */
    private static String answer(RealtimeClient client) throws InterruptedException {
        String text = client.next("response.output_text.done").path("text").asString();
        client.next("response.done");
        return text;
    }

    private HttpResponse<String> send(OrderDesk desk, String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(desk.http(path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> withKey(OrderDesk desk, String method, String path, String body) throws Exception {
        return send(desk, method, path, body, "Authorization", "Bearer any");
    }

    private JsonNode waiting(OrderDesk desk) throws Exception {
        HttpResponse<String> answer = withKey(desk, "GET", "/v1/handovers", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body()).path("waiting");
    }

    private List<JsonNode> facts(OrderDesk desk, String session) throws Exception {
        return withKey(desk, "GET", "/v1/calls/" + session + "/events", "")
                .body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> JsonMapper.shared().readTree(line.substring("data: ".length())))
                .toList();
    }

    @Test
    void somebodyAtThePageTakesTheCallAndItIsCountedAndKept() throws Exception {
        try (OrderDesk desk = desk(Set.of());
                RealtimeClient client = asksForAPerson(desk)) {
            JsonNode packet = waiting(desk).path(0);
            assertThat(packet.path("target").asString()).isEqualTo(TARGET);
            assertThat(packet.path("caller").asString()).isEqualTo("Ada Lovelace");
            assertThat(packet.path("telephone_call").asString()).isEqualTo("rtc_7");
            assertThat(packet.path("reason").asString()).isEqualTo("the caller asked for a person");
            assertThat(packet.at("/values/0/value").asString()).isEqualTo("Ada Lovelace");
            assertThat(packet.path("open").asString()).contains("Coffee or tea?");
            assertThat(packet.path("last_turns")).isEmpty();

            String path = "/v1/handovers/" + packet.path("key").asString().replace(":", "%3A") + "/accept";
            assertThat(withKey(desk, "POST", path, "{\"reference\":\"desk 3\"}").statusCode())
                    .isEqualTo(200);
            List<JsonNode> facts = facts(desk, packet.path("call").asString());
            JsonNode outcome = facts.getLast().path("outcome");
            assertThat(outcome.path("name").asString()).isEqualTo("handed_over");
            assertThat(outcome.path("reason").asString()).isEqualTo("the caller asked for a person; reference desk 3");
            assertThat(facts).anyMatch(fact -> fact.path("type").asString().equals("handover_asked"));
            assertThat(facts)
                    .anyMatch(fact -> fact.path("type").asString().equals("handover_settled")
                            && fact.path("result").asString().equals("accepted"));
            assertThat(withKey(desk, "POST", path, "").statusCode()).isEqualTo(409);
            assertThat(waiting(desk)).isEmpty();
            assertThat(withKey(desk, "GET", "/metrics", "").body())
                    .contains("voice_handover_total{result=\"accepted\",target=\"a colleague\"} 1.0");
        }
    }

    @Test
    void aCallerWhomNobodyTakesIsToldAndCanGoOn() throws Exception {
        try (OrderDesk desk = desk(Set.of(HandoverDetail.TRANSCRIPT));
                RealtimeClient client = asksForAPerson(desk)) {
            JsonNode packet = waiting(desk).path(0);
            assertThat(packet.at("/last_turns").toString()).contains("I want to speak to a person, please");
            String path = "/v1/handovers/" + packet.path("key").asString() + "/refuse";
            assertThat(withKey(desk, "POST", path, "{\"reason\":\"lunch\"}").statusCode())
                    .isEqualTo(200);
            assertThat(answer(client))
                    .contains("can't connect you")
                    .contains("Coffee or tea?")
                    .doesNotContain("lunch");
            say(client, "A tea please");
            assertThat(answer(client)).contains("Shall I order it?");
            say(client, "Yes, please");
            assertThat(answer(client)).contains("number 1");
            assertThat(desk.orders).hasValue(1);
        }
    }

    @Test
    void aCallerWhoHangsUpIsInTheQueueNoMore() throws Exception {
        try (OrderDesk desk = desk(Set.of())) {
            RealtimeClient client = asksForAPerson(desk);
            JsonNode packet = waiting(desk).path(0);
            client.close();
            List<JsonNode> facts = facts(desk, packet.path("call").asString());
            assertThat(facts.getLast().at("/outcome/name").asString()).isEqualTo("abandoned");
            assertThat(facts.getLast().at("/outcome/reason").asString()).endsWith("while waiting for a colleague");
            assertThat(waiting(desk)).isEmpty();
        }
    }

    @Test
    void onlyWhoHasAKeySeesAndAnswersAndNoForeignPage() throws Exception {
        try (OrderDesk desk = desk(Set.of());
                RealtimeClient client = asksForAPerson(desk)) {
            String path = "/v1/handovers/" + waiting(desk).path(0).path("key").asString() + "/accept";
            assertThat(send(desk, "GET", "/v1/handovers", "").statusCode()).isEqualTo(401);
            assertThat(send(desk, "POST", path, "").statusCode()).isEqualTo(401);
            String[] foreign = {"Authorization", "Bearer any", "Origin", "https://evil.example"};
            assertThat(send(desk, "GET", "/v1/handovers", "", foreign).statusCode())
                    .isEqualTo(403);
            assertThat(send(desk, "POST", path, "", foreign).statusCode()).isEqualTo(403);
            assertThat(withKey(desk, "GET", path, "").statusCode()).isEqualTo(405);
            assertThat(withKey(desk, "POST", "/v1/handovers", "").statusCode()).isEqualTo(405);
            assertThat(withKey(desk, "POST", path, "{").statusCode()).isEqualTo(400);
            assertThat(withKey(desk, "POST", "/v1/handovers/x/steal", "").statusCode())
                    .isEqualTo(404);
            assertThat(waiting(desk)).hasSize(1);
            assertThat(client.seen("error")).isEmpty();
        }
    }

    @Test
    void aServerWithoutAQueueSaysSo() throws Exception {
        try (OrderDesk desk = OrderDesk.open()) {
            assertThat(send(desk, "GET", "/v1/handovers", "").statusCode()).isEqualTo(404);
            assertThat(send(desk, "POST", "/v1/handovers/s1:1/accept", "").statusCode())
                    .isEqualTo(404);
            assertThat(send(desk, "GET", "/v1/bot", "").body()).contains("\"handovers\":false");
        }
    }
}
