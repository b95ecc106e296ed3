package dev.antiphon.server.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.antiphon.handover.HandoverResult;
import dev.antiphon.http.WebhookSignature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A web service that takes calls over, or does not. */
class WebhookDeskTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofMillis(20);
    private static final byte[] SECRET = "canary-4711-do-not-tell".getBytes(StandardCharsets.UTF_8);
    private static final String WRITTEN = "whsec_" + Base64.getEncoder().encodeToString(SECRET);

    private record Answer(int status, String body) {}

    private record Message(String path, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private HttpServer service;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        service.createContext("/", this::take);
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    /** An answer for each request; without one it waits, as a person does who thinks about it. */
    private void take(HttpExchange exchange) throws IOException {
        messages.add(new Message(
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        try {
            Answer answer = answers.take();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        } catch (InterruptedException e) {
            exchange.close();
        }
    }

    private WebhookDesk desk() {
        return WebhookDesk.at(address("/take?token=path-canary"), WRITTEN, SOON);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + service.getAddress().getPort() + path);
    }

    private static HandoverResult result(WebhookDesk desk, Duration deadline) throws Exception {
        return desk.ask(Packets.of("s1:1", deadline)).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Message message() throws InterruptedException {
        Message message = messages.poll(10, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        return message;
    }

    @Test
    void thePacketIsPostedSignedAndUnderOneKey() throws Exception {
        answers.add(new Answer(200, "{\"accepted\":true,\"reference\":\"T-7\"}"));
        assertThat(result(desk(), LONG)).isEqualTo(new HandoverResult.Accepted("T-7"));

        Message message = message();
        assertThat(message.path()).isEqualTo("/take?token=path-canary");
        assertThat(message.header("Content-Type")).isEqualTo("application/json");
        assertThat(message.header("Idempotency-Key")).isEqualTo("s1:1");
        assertThat(message.header("webhook-id")).isEqualTo("s1:1");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        byte[] signed = mac.doFinal(("s1:1." + message.header("webhook-timestamp") + "." + message.body())
                .getBytes(StandardCharsets.UTF_8));
        assertThat(message.header("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(signed));
        JsonNode packet = JsonMapper.shared().readTree(message.body());
        assertThat(packet.path("target").asString()).isEqualTo("front desk");
        assertThat(packet.path("caller").asString()).isEqualTo("+4930123");
        assertThat(packet.at("/values/0/value").asString()).isEqualTo("Friday");
        assertThat(packet.at("/values/1/value").asString()).isEqualTo("•••");
        assertThat(packet.at("/done/0").asString()).isEqualTo("book: 4711");
        assertThat(packet.path("open").asString()).isEqualTo("Your name?");
        assertThat(packet.at("/last_turns/0/by").asString()).isEqualTo("caller");
        assertThat(packet.path("answer_by").asString()).isEqualTo("2026-11-20T10:00:20Z");
        assertThat(packet.has("telephone_call")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    {"accepted":true}                           | accepted  | ^^
                    {"result":"busy"}                           | busy      | ^^
                    {"accepted":false,"result":"no_answer"}     | no_answer | ^^
                    {"result":"refused","reason":"on\\nholiday"} | refused   | on holiday
                    {"accepted":false}                          | refused   | ^^
                    {"accepted":"yes"}                          | failed    | the answer has neither 'accepted' nor a known 'result'
                    {"result":"perhaps"}                        | failed    | the answer has neither 'accepted' nor a known 'result'
                    []                                          | failed    | the answer has neither 'accepted' nor a known 'result'
                    <html>                                      | failed    | the answer has neither 'accepted' nor a known 'result'
                    """)
    void everyAnswerHasAMeaning(String body, String name, String detail) throws Exception {
        answers.add(new Answer(200, body));
        HandoverResult result = result(desk(), LONG);
        assertThat(result.name()).isEqualTo(name);
        assertThat(result.detail()).isEqualTo(detail);
        assertThat(messages).hasSize(1);
    }

    @Test
    void anAnswerWithoutABodyIsNone() throws Exception {
        answers.add(new Answer(204, ""));
        assertThat(result(desk(), LONG)).isInstanceOf(HandoverResult.Failed.class);
    }

    @Test
    void whatPassesIsTriedAgainUnderTheSameKey() throws Exception {
        answers.addAll(List.of(
                new Answer(503, ""),
                new Answer(429, ""),
                new Answer(200, "{\"accepted\":true,\"reference\":\"T-7\"}")));
        assertThat(result(desk(), LONG)).isEqualTo(new HandoverResult.Accepted("T-7"));
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            keys.add(message().header("Idempotency-Key"));
        }
        assertThat(keys).containsOnly("s1:1");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 404, 409})
    void whatDoesNotPassIsNotTriedAgainAndNoRedirectIsFollowed(int status) throws Exception {
        answers.add(new Answer(status, ""));
        assertThat(result(desk(), LONG))
                .isEqualTo(new HandoverResult.Failed("127.0.0.1 answered with status " + status));
        assertThat(messages).hasSize(1);
    }

    @Test
    void itIsNotTriedForLongerThanTheDeadline() throws Exception {
        for (int i = 0; i < 100; i++) {
            answers.add(new Answer(500, ""));
        }
        assertThat(result(desk(), Duration.ofMillis(300)))
                .isEqualTo(new HandoverResult.Failed("127.0.0.1 answered with status 500"));
        assertThat(messages).hasSizeBetween(2, 6);
    }

    @Test
    void aServiceThatThinksTooLongDoesNotAnswer() throws Exception {
        assertThat(result(desk(), Duration.ofMillis(300))).isEqualTo(new HandoverResult.NoAnswer());
    }

    @Test
    void aServiceThatIsNotThereIsTriedAgainAndFails() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        WebhookDesk desk =
                WebhookDesk.at(URI.create("http://127.0.0.1:" + free + "/x?token=path-canary"), WRITTEN, SOON);
        HandoverResult result = result(desk, Duration.ofMillis(300));
        assertThat(result.name()).isEqualTo("failed");
        assertThat(result.detail()).startsWith("no ").contains("127.0.0.1").doesNotContain("canary");
    }

    @Test
    void whatIsWithdrawnIsNotWaitedFor() throws Exception {
        WebhookDesk desk = desk();
        CompletableFuture<HandoverResult> answer =
                desk.ask(Packets.of("s1:1", Duration.ofHours(1))).toCompletableFuture();
        message();
        desk.withdraw("unknown");
        assertThat(answer).isNotDone();
        desk.withdraw("s1:1");
        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(new HandoverResult.NoAnswer());
    }

    @Test
    void manyAreAskedAtOnceWithoutWaitingForEachOther() throws Exception {
        WebhookDesk desk = desk();
        CountDownLatch all = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            desk.ask(Packets.of("s" + i + ":1", LONG)).thenAccept(done -> all.countDown());
        }
        for (int i = 0; i < 20; i++) {
            message();
        }
        for (int i = 0; i < 20; i++) {
            answers.add(new Answer(200, "{\"result\":\"busy\"}"));
        }
        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theSecretIsNowhere() throws Exception {
        WebhookDesk desk = desk();
        answers.add(new Answer(400, new String(SECRET, StandardCharsets.UTF_8)));
        String told = desk + " " + result(desk, LONG) + " " + WebhookSignature.with(WRITTEN);
        Message message = message();
        assertThat(told + message)
                .doesNotContain(new String(SECRET, StandardCharsets.UTF_8))
                .doesNotContain(WRITTEN)
                .doesNotContain(WRITTEN.substring("whsec_".length()));
        assertThat(told).doesNotContain("path-canary");
        assertThatThrownBy(() -> WebhookDesk.at(address("/"), "short-canary"))
                .hasMessage("the secret must have at least 16 bytes")
                .hasNoCause();
        assertThatThrownBy(() -> WebhookDesk.at(address("/"), "whsec_not base64 canary"))
                .message()
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/x",
                "ftp://example.com/x",
                "https://user:word@example.com/x",
                "https:///x",
                "/x"
            })
    void personalDataGoesOverSafeLinesOnly(String address) {
        assertThatThrownBy(() -> WebhookDesk.at(URI.create(address), WRITTEN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https");
    }
}
