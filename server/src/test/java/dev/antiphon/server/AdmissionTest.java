package dev.antiphon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.antiphon.admission.AdmissionSettings;
import dev.antiphon.model.Allowance;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether clients are answered while the key's budget lasts, over real sockets. */
class AdmissionTest {
    private static final AdmissionSettings ONE =
            AdmissionSettings.defaults().withAllowance(Allowance.UNLIMITED.withSessions(1));

    private final HttpClient http = HttpClient.newHttpClient();

    /** A client and what it heard. */
    private final class Client implements WebSocket.Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private final WebSocket socket;

        private Client(OrderDesk desk) {
            socket =
                    http.newWebSocketBuilder().buildAsync(desk.realtime(), this).join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                heard.add(part.toString());
                part.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(true);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            heard.add("closed " + code);
            return CompletableFuture.completedFuture(true);
        }

        private String hears() throws InterruptedException {
            String next = heard.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("what the client hears").isNotNull();
            return String.valueOf(next);
        }

        private void leaves() {
            socket.sendClose(1000, "").join();
        }
    }

    @Test
    void oneCallTooManyIsRefusedWithTheReasonAndWhenToComeBack() throws Exception {
        try (OrderDesk desk = OrderDesk.open(settings -> settings.withAdmission(ONE))) {
            Client first = new Client(desk);
            assertThat(first.hears()).contains("session.created");

            CompletionException refused = catchThrowableOfType(CompletionException.class, () -> new Client(desk));

            assertThat(refused.getCause()).isInstanceOfSatisfying(WebSocketHandshakeException.class, handshake -> {
                assertThat(handshake.getResponse().statusCode()).isEqualTo(503);
                assertThat(handshake.getResponse().headers().firstValue("Retry-After"))
                        .contains("10");
            });
        }
    }

    @Test
    void aCallThatWaitsIsAnsweredWhenAnotherIsOver() throws Exception {
        AdmissionSettings patient = ONE.withQueue(Duration.ofSeconds(60), 5);
        try (OrderDesk desk = OrderDesk.open(settings -> settings.withAdmission(patient))) {
            Client first = new Client(desk);
            assertThat(first.hears()).contains("session.created");
            Client second = new Client(desk);
            first.leaves();

            assertThat(second.hears()).contains("session.created");
        }
    }

    @Test
    void aCallThatWaitedTooLongIsToldWhy() throws Exception {
        AdmissionSettings impatient = ONE.withQueue(Duration.ofMillis(300), 5);
        try (OrderDesk desk = OrderDesk.open(settings -> settings.withAdmission(impatient))) {
            Client first = new Client(desk);
            assertThat(first.hears()).contains("session.created");
            Client second = new Client(desk);

            assertThat(second.hears()).contains("over_capacity", "1 call is in progress");
            assertThat(second.hears()).isEqualTo("closed 1013");
        }
    }

    @Test
    void theMetersTellWhoWasAnsweredAndHowTheServiceIs() throws Exception {
        AdmissionSettings impatient = ONE.withQueue(Duration.ofMillis(300), 1);
        try (OrderDesk desk = OrderDesk.open(settings -> settings.withAdmission(impatient))) {
            Client first = new Client(desk);
            assertThat(first.hears()).contains("session.created");
            Client second = new Client(desk);
            assertThat(second.hears()).contains("over_capacity");

            assertThat(get(desk, "/metrics").lines())
                    .contains(
                            "voice_admission_admitted_total 1.0",
                            "voice_admission_refused_total{reason=\"waited_too_long\"} 1.0",
                            "voice_admission_refused_total{reason=\"tokens\"} 0.0",
                            "voice_admission_used{budget=\"sessions\"} 1.0",
                            "voice_admission_limit{budget=\"sessions\"} 1.0",
                            "voice_admission_waiting 0.0",
                            "voice_admission_wait_seconds_count{result=\"too_long\"} 1")
                    .anyMatch(line -> line.startsWith("voice_endpoint_healthy{")
                            && line.contains("model=\"gpt-realtime-mini\"")
                            && line.endsWith(" 1.0"))
                    .anyMatch(line -> line.startsWith("voice_endpoint_cooldown_seconds{") && line.endsWith(" 0.0"));
        }
    }

    @Test
    void healthTellsTheBudgetInUseAndWhyTheNextCallIsNotAnswered() throws Exception {
        AdmissionSettings patient = ONE.withQueue(Duration.ofSeconds(60), 5);
        try (OrderDesk desk = OrderDesk.open(settings -> settings.withAdmission(patient))) {
            JsonNode before = JsonMapper.shared().readTree(get(desk, "/health")).path("admission");
            assertThat(before.path("budget").path(0).path("used").asInt()).isZero();
            assertThat(before.has("full")).isFalse();

            Client first = new Client(desk);
            assertThat(first.hears()).contains("session.created");
            Client second = new Client(desk);
            JsonNode now = whenSomebodyWaits(desk);

            assertThat(now.path("calls").asInt()).isEqualTo(1);
            assertThat(now.path("waiting").asInt()).isEqualTo(1);
            assertThat(now.path("may_wait").asInt()).isEqualTo(5);
            assertThat(now.path("longest_wait_ms").asInt()).isEqualTo(60_000);
            assertThat(now.path("budget").path(0)).isEqualTo(JsonMapper.shared().readTree("""
                            {"name": "sessions", "used": 1, "limit": 1}
                            """));
            assertThat(now.path("budget").path(2).has("limit")).isFalse();
            assertThat(now.path("full").asString()).contains("2 sessions at once of 1");
            second.leaves();
        }
    }

    /** Admission's state as soon as a call waits: its client is connected a little before. */
    private JsonNode whenSomebodyWaits(OrderDesk desk) throws Exception {
        Instant giveUp = Instant.now().plusSeconds(20);
        JsonNode admission;
        do {
            admission = JsonMapper.shared().readTree(get(desk, "/health")).path("admission");
        } while (admission.path("waiting").asInt() == 0 && Instant.now().isBefore(giveUp));
        return admission;
    }

    private String get(OrderDesk desk, String path) throws Exception {
        return http.send(HttpRequest.newBuilder(desk.http(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
