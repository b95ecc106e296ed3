package dev.antiphon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.antiphon.handover.HandoverResult;
import dev.antiphon.model.Money;
import dev.antiphon.server.handover.HandoverQueue;
import dev.antiphon.server.handover.HandoverTargets;
import dev.antiphon.server.operator.OperatorSettings;
import dev.antiphon.server.spend.SpendFile;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.spend.CallCap;
import dev.antiphon.spend.Cap;
import dev.antiphon.spend.SpendMemory;
import dev.antiphon.spend.SpendPlan;
import dev.antiphon.spend.SpendPolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls that reach what they, or the calls of a day, may cost, at the emulator's token counts. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SpendCapCallTest {
    private static final String TEXT_ONLY =
            "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"output_modalities\":[\"text\"]}}";
    private static final Cap TINY = new Cap(Money.usd("0.000001"));

    private final BlockingQueue<SessionEvent> facts = new LinkedBlockingQueue<>();

    private OrderDesk desk(CallCap cap, HandoverTargets targets) {
        return OrderDesk.open(settings -> settings.withObserver(facts::add)
                .withHandover(targets)
                .withSession(settings.session().withCap(cap)));
    }

    private <T extends SessionEvent> T fact(Class<T> type) throws InterruptedException {
        SessionEvent next = facts.poll(30, TimeUnit.SECONDS);
        while (next != null && !type.isInstance(next)) {
            next = facts.poll(30, TimeUnit.SECONDS);
        }
        assertThat(next).as(type.getSimpleName()).isNotNull();
        return type.cast(next);
    }

    @Test
    void theAgentSaysGoodbyeAndTheCallEndsWithTheReason() throws Exception {
        CallCap cap = new CallCap(TINY, CallCap.Action.END, "nobody", Optional.of("I have to end our call here."));
        try (OrderDesk desk = desk(cap, HandoverTargets.none());
                RealtimeClient client = RealtimeClient.connect(desk.realtime())) {
            client.send(TEXT_ONLY);

            assertThat(fact(SessionEvent.ServiceProblem.class).code()).isEqualTo("spend_cap_reached");
            assertThat(fact(SessionEvent.AgentSaid.class).text())
                    .contains("I have to end our call here.", "call again later");
            SessionEvent.SessionEnded ended = fact(SessionEvent.SessionEnded.class);
            assertThat(ended.outcome()).isInstanceOf(Outcome.Failed.class);
            assertThat(((Outcome.Failed) ended.outcome()).reason()).contains("of its cap of $0.0000");
            assertThat(HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(desk.http("/metrics"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains("voice_spend_cap_met_total{level=\"reached\",scope=\"call\"} 1.0");
        }
    }

    @Test
    void whereAPersonCanBeAskedTheCallIsHandedOver() throws Exception {
        HandoverTargets queue =
                HandoverTargets.none().withOthers(new HandoverQueue(), Set.of()).within(Duration.ofMinutes(1));
        try (OrderDesk desk = desk(CallCap.of(TINY, CallCap.Action.HAND_OVER), queue);
                RealtimeClient client = RealtimeClient.connect(desk.realtime())) {
            client.send(TEXT_ONLY);

            SessionEvent.HandoverAsked asked = fact(SessionEvent.HandoverAsked.class);
            assertThat(asked.target()).isEqualTo("front desk");
            assertThat(asked.reason()).isEqualTo("the call reached its spend cap");
            assertThat(fact(SessionEvent.AgentSaid.class).text()).isEqualTo("I'll connect you to the front desk now.");
        }
    }

    @Test
    void whomNobodyTakesTheCallEnds() throws Exception {
        HandoverTargets deaf =
                HandoverTargets.none().withOthers(new HandoverQueue(), Set.of()).within(Duration.ofMillis(200));
        try (OrderDesk desk = desk(CallCap.of(TINY, CallCap.Action.HAND_OVER), deaf);
                RealtimeClient client = RealtimeClient.connect(desk.realtime())) {
            client.send(TEXT_ONLY);

            assertThat(fact(SessionEvent.HandoverSettled.class).result()).isInstanceOf(HandoverResult.NoAnswer.class);
            assertThat(fact(SessionEvent.SessionEnded.class).outcome())
                    .isEqualTo(new Outcome.Abandoned("not taken over by front desk: no_answer"));
        }
    }

    @Test
    void theDaysSpendRefusesTheNextCallAlsoAfterARestart(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("spend.json");
        SpendPolicy policy = SpendPolicy.none().withPerDay(TINY, SpendPolicy.AtDayCap.REFUSE);
        try (OrderDesk desk = OrderDesk.open(settings ->
                        settings.withObserver(facts::add).withSpend(new SpendPlan(policy, new SpendFile(file))));
                RealtimeClient client = RealtimeClient.connect(desk.realtime())) {
            client.send(TEXT_ONLY);
            fact(SessionEvent.ResponseBilled.class);
            refused(desk.realtime());
        }
        SpendFile kept = new SpendFile(file);
        assertThat(kept.load().ofDay(policy.day(Instant.now())).usd()).isPositive();
        try (OrderDesk desk = OrderDesk.open(settings -> settings.withSpend(new SpendPlan(policy, kept)))) {
            refused(desk.realtime());
        }
    }

    @Test
    void consoleAndHealthTellThatTheDaysCapIsReachedAndWhatIsDone() throws Exception {
        String password = "a long password";
        for (SpendPolicy.AtDayCap action : SpendPolicy.AtDayCap.values()) {
            SpendPolicy policy = SpendPolicy.none().withPerDay(TINY, action);
            try (OrderDesk desk = OrderDesk.open(settings -> settings.withObserver(facts::add)
                            .withOperator(
                                    OperatorSettings.withPassword(password).withAddress("127.0.0.1", 0, 1))
                            .withSpend(new SpendPlan(policy, SpendMemory.none())));
                    ConsoleClient console = ConsoleClient.logIn(desk.operator(), password)) {
                assertThat(console.view("now").at("/figures/day/level").asString())
                        .isEqualTo("below");
                try (RealtimeClient client = RealtimeClient.connect(desk.realtime())) {
                    client.send(TEXT_ONLY);
                    fact(SessionEvent.ResponseBilled.class);
                }
                fact(SessionEvent.SessionEnded.class);
                boolean refuses = action == SpendPolicy.AtDayCap.REFUSE;
                String done = refuses ? "new calls are refused" : "new calls begin on the lowest tier";
                for (String view : List.of("now", "cost")) {
                    JsonNode day = console.view(view).at("/figures/day");
                    assertThat(day.path("level").asString()).isEqualTo("reached");
                    assertThat(day.path("spent_usd").asDouble()).isGreaterThan(0.000001);
                    assertThat(day.path("cap_usd").asDouble()).isEqualTo(0.000001);
                    assertThat(day.path("sentence").asString())
                            .startsWith("The spend cap of the day is reached: today's calls have cost $")
                            .contains(" of $0.0000. Until ", done);
                }
                JsonNode admission = json(desk.http("/health")).path("admission");
                assertThat(admission.at("/day/level").asString()).isEqualTo("reached");
                assertThat(admission.at("/day/action").asString())
                        .isEqualTo(action.name().toLowerCase(Locale.ROOT));
                assertThat(admission.path("full").asString("").startsWith("today's calls have cost $"))
                        .isEqualTo(refuses);
            }
        }
    }

    private static JsonNode json(URI uri) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return JsonMapper.shared()
                    .readTree(client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }

    private static void refused(URI uri) {
        CompletionException refused =
                catchThrowableOfType(CompletionException.class, () -> RealtimeClient.connect(uri));
        assertThat(refused.getCause()).isInstanceOfSatisfying(WebSocketHandshakeException.class, handshake -> {
            assertThat(handshake.getResponse().statusCode()).isEqualTo(503);
            assertThat(handshake.getResponse().headers().firstValue("Retry-After"))
                    .isPresent();
        });
    }
}
