package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.antiphon.testkit.emulator.IncomingCall.Delivery;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CallsTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String KEY = "sk-test";
    private static final String OFFER = String.join(
            "\r\n",
            "v=0",
            "o=- 4611 2 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE 0 1",
            "m=audio 9 UDP/TLS/RTP/SAVPF 111 0",
            "a=mid:0",
            "a=rtpmap:111 opus/48000/2",
            "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
            "a=mid:1",
            "a=sctp-port:5000",
            "");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Doubles.ScriptedBrain brain = new Doubles.ScriptedBrain();

    @AfterEach
    void closeClient() {
        http.shutdownNow();
    }

    private EmulatorSettings settings() {
        return EmulatorSettings.of(brain, Doubles.tones(), Doubles.deaf())
                .withProfile(EmulatorProfile.instant())
                .withAcceptedKeys(KEY::equals);
    }

    @Test
    void aTelephoneCallIsAnnouncedAcceptedFollowedAndHungUp() throws Exception {
        CompletableFuture<Message> told = new CompletableFuture<>();
        HttpServer receiver = receiver(told);
        Webhook webhook = new Webhook(
                URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook"), "whsec_c2VjcmV0");
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings().withWebhook(Optional.of(webhook)))) {
            JsonNode begun = JSON.readTree(post(emulator, "/emulator/calls", "{\"from\":\"sip:ann@example.com\"}", 201)
                    .body());
            String id = begun.path("call_id").asString("");
            assertThat(begun.at("/webhook/status").asInt(0)).isEqualTo(204);

            Message message = told.get(10, TimeUnit.SECONDS);
            JsonNode event = JSON.readTree(message.body());
            assertThat(event.path("type").asString("")).isEqualTo("realtime.call.incoming");
            assertThat(event.at("/data/call_id").asString("")).isEqualTo(id);
            assertThat(event.at("/data/sip_headers/0/value").asString("")).isEqualTo("sip:ann@example.com");
            assertThat(message.headers()).doesNotContainKeys("upgrade", "http2-settings");
            assertThat(message.headers().get("webhook-signature"))
                    .isEqualTo(webhook.signature(
                            event.path("id").asString(""),
                            Long.parseLong(message.headers().get("webhook-timestamp")),
                            message.body()));

            post(emulator, "/v1/realtime/calls/" + id + "/accept", accepted("Sell tea."), 200);
            try (EventSocket one = follow(emulator, id);
                    EventSocket other = follow(emulator, id)) {
                assertThat(one.next().at("/session/instructions").asString("")).isEqualTo("Sell tea.");
                assertThat(other.next().path("type").asString("")).isEqualTo("session.created");

                brain.says("Hello.");
                one.send("{\"type\":\"response.create\"}");
                assertThat(one.next("response.done").at("/response/status").asString(""))
                        .isEqualTo("completed");
                assertThat(other.next("response.done").at("/response/status").asString(""))
                        .isEqualTo("completed");

                post(emulator, "/v1/realtime/calls/" + id + "/hangup", "", 200);
                assertThat(one.closeCode()).isEqualTo(1000);
                assertThat(other.closeCode()).isEqualTo(1000);
            }
            assertThat(stateOf(emulator, id)).isEqualTo("ended: hung up by the agent");
        } finally {
            receiver.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    {"form":"sip:a@b"}                    | Unknown member 'form'
                    {"from":5}                            | 'from' must be a text, but was 5.
                    {"to":null}                           | 'to' must be a text, but was null.
                    {"sip_headers":{"name":"X"}}          | 'sip_headers' must be a list of objects
                    {"sip_headers":[{"name":"X"}]}        | 'sip_headers' must be a list of objects
                    """)
    void aCallThatCannotBeBegunIsToldWhy(String body, String told) throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings())) {
            assertThat(post(emulator, "/emulator/calls", body, 400).body()).contains(told);
        }
    }

    @Test
    void aCallThatStillRingsCannotBeHungUp() throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings())) {
            IncomingCall.Rung rung =
                    emulator.ring(IncomingCall.of("sip:a@b", "sip:c@d")).get(10, TimeUnit.SECONDS);
            assertThat(rung.delivery()).isEqualTo(new Delivery.Unaddressed());
            String call = "/v1/realtime/calls/" + rung.callId();
            post(emulator, call + "/hangup", "", 409);
            post(emulator, call + "/refer", "{\"target_uri\":\"tel:+14155552671\"}", 409);
            post(emulator, call + "/reject", "{\"status_code\":\"x\"}", 400);
            assertThat(stateOf(emulator, rung.callId())).isEqualTo("ringing");
            post(emulator, call + "/accept", accepted("Sell tea."), 200);
        }
    }

    @Test
    void aRejectedCallSaysWithWhichStatus() throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings())) {
            String id = ring(emulator);
            post(emulator, "/v1/realtime/calls/" + id + "/reject", "{\"status_code\":486}", 200);
            assertThat(stateOf(emulator, id)).isEqualTo("ended: rejected with 486");
            assertThat(post(emulator, "/v1/realtime/calls/" + id + "/accept", accepted("Late."), 409)
                            .body())
                    .contains("rejected with 486");
            assertThatThrownBy(() -> follow(emulator, id))
                    .isInstanceOf(ExecutionException.class)
                    .rootCause()
                    .hasMessageContaining("404");
        }
    }

    @Test
    void anActiveCallIsReferredAndTheCallerCanHangUp() throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings())) {
            String first = ring(emulator);
            post(emulator, "/v1/realtime/calls/" + first + "/accept", accepted("A."), 200);
            post(emulator, "/v1/realtime/calls/" + first + "/refer", "{\"target_uri\":\"+1555\"}", 400);
            post(emulator, "/v1/realtime/calls/" + first + "/refer", "{\"target_uri\":\"tel:+15550111\"}", 200);
            assertThat(stateOf(emulator, first)).isEqualTo("ended: referred to tel:+15550111");

            String second = ring(emulator);
            post(emulator, "/v1/realtime/calls/" + second + "/accept", accepted("B."), 200);
            try (EventSocket sideband = follow(emulator, second)) {
                sideband.next("session.created");
                emulator.callerHangsUp(second);
                assertThat(sideband.closeCode()).isEqualTo(1000);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /v1/realtime/calls/rtc_none/accept | {"type":"realtime"}                  | 404 | call_not_found
                    /v1/realtime/calls/ID/accept       | {"model":"gpt-realtime"}             | 400 | missing_required_parameter
                    /v1/realtime/calls/ID/accept       | {"type":"realtime","voice":"alloy"}  | 400 | unknown_parameter
                    /v1/realtime/calls/ID/hold         | {}                                   | 404 | Use accept
                    /v1/realtime/calls                 | {}                                   | 415 | application/sdp
                    """)
    void anImpossibleStepIsTold(String path, String body, int status, String told) throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings())) {
            String id = ring(emulator);
            assertThat(post(emulator, path.replace("ID", id), body, status).body())
                    .contains(told);
        }
    }

    @Test
    void aBrowserCallIsAnsweredAndItsSessionFollowed() throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings())) {
            String parts =
                    "--X\r\nContent-Disposition: form-data; name=\"sdp\"\r\nContent-Type: application/sdp\r\n\r\n"
                            + OFFER + "\r\n--X\r\nContent-Disposition: form-data; name=\"session\"\r\n"
                            + "Content-Type: application/json\r\n\r\n" + accepted("Sell tea.") + "\r\n--X--\r\n";
            HttpResponse<String> answer =
                    send(emulator, "/v1/realtime/calls", parts, "multipart/form-data; boundary=X", KEY);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            assertThat(answer.body()).startsWith("v=0\r\n").contains("m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n", "a=mid:1");
            String place = answer.headers().firstValue("Location").orElseThrow();
            assertThat(place).startsWith("/v1/realtime/calls/rtc_");
            try (EventSocket sideband = follow(emulator, place.substring(place.lastIndexOf('/') + 1))) {
                assertThat(sideband.next().at("/session/instructions").asString(""))
                        .isEqualTo("Sell tea.");
            }
        }
    }

    @Test
    void aBrowserCallWithAClientSecretHasItsConfiguration() throws Exception {
        try (RealtimeEmulator emulator = RealtimeEmulator.start(settings())) {
            String secret = JSON.readTree(post(
                                    emulator,
                                    "/v1/realtime/client_secrets",
                                    "{\"session\":" + accepted("Sell coffee.") + "}",
                                    200)
                            .body())
                    .path("value")
                    .asString("");
            HttpResponse<String> answer = send(emulator, "/v1/realtime/calls", OFFER, "application/sdp", secret);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            String place = answer.headers().firstValue("Location").orElseThrow();
            try (EventSocket sideband = follow(emulator, place.substring(place.lastIndexOf('/') + 1))) {
                assertThat(sideband.next().at("/session/instructions").asString(""))
                        .isEqualTo("Sell coffee.");
            }
            assertThat(send(emulator, "/v1/realtime/calls", "v=0\r\n", "application/sdp", secret)
                            .body())
                    .contains("invalid_offer");
        }
    }

    @Test
    void theSignatureIsThatOfStandardWebhooks() {
        JsonNode example = SharedProtocol.file("examples/webhook/realtime.call.incoming.signed.json");
        Webhook webhook = new Webhook(
                URI.create("http://localhost/hook"), example.path("secret").asString(""));
        JsonNode headers = example.path("headers");
        assertThat(webhook.signature(
                        headers.path("webhook-id").asString(""),
                        Long.parseLong(headers.path("webhook-timestamp").asString("")),
                        example.path("body").asString("")))
                .isEqualTo(headers.path("webhook-signature").asString(""));
        assertThat(webhook.toString()).doesNotContain(example.path("secret").asString("-"));
    }

    private record Message(Map<String, String> headers, String body) {}

    private static HttpServer receiver(CompletableFuture<Message> told) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            told.complete(new Message(headers, body));
        });
        server.start();
        return server;
    }

    private static String accepted(String instructions) {
        return "{\"type\":\"realtime\",\"model\":\"gpt-realtime\",\"instructions\":\"" + instructions + "\"}";
    }

    private static String ring(RealtimeEmulator emulator) throws Exception {
        return emulator.ring(IncomingCall.of("sip:a@b", "sip:c@d"))
                .get(10, TimeUnit.SECONDS)
                .callId();
    }

    private static EventSocket follow(RealtimeEmulator emulator, String callId) throws Exception {
        return EventSocket.open(URI.create(emulator.wsUri() + "?call_id=" + callId), KEY);
    }

    private String stateOf(RealtimeEmulator emulator, String id) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(emulator.httpUri().resolve("/emulator/calls"))
                .build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body())
                .path("calls")
                .valueStream()
                .filter(call -> call.path("call_id").asString("").equals(id))
                .map(call -> call.path("state").asString(""))
                .findFirst()
                .orElse("unknown");
    }

    private HttpResponse<String> post(RealtimeEmulator emulator, String path, String body, int expected)
            throws Exception {
        HttpResponse<String> answer = send(emulator, path, body, "application/json", KEY);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
        return answer;
    }

    private HttpResponse<String> send(RealtimeEmulator emulator, String path, String body, String type, String key)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(emulator.httpUri().resolve(path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
