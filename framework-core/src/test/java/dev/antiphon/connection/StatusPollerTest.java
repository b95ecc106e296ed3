package dev.antiphon.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.StatusFormat;
import dev.antiphon.model.StatusPage;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.model.WireDialect;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusPollerTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());
    private static final ManualTime CLOCK = ManualTime.get(KIT.system());
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final StatusPage PAGE = new StatusPage(
            URI.create("http://gateway/models"),
            Map.of(),
            new StatusFormat("/models", "/data", "/id", "/status", List.of("maintenance")));
    private static final ModelEndpoint MINI = endpoint("mini");
    private static final ModelEndpoint FULL = endpoint("full");

    private final Endpoints endpoints = new Endpoints(new SplittableRandom(1));
    private final BlockingQueue<CompletableFuture<Optional<String>>> questions = new LinkedBlockingQueue<>();
    private final TestProbe<Void> patience = KIT.createTestProbe();

    private static ModelEndpoint endpoint(String model) {
        return new ModelEndpoint(
                "gateway",
                model,
                URI.create("ws://gateway/realtime?model=" + model),
                Map.of(),
                List.of(),
                WireDialect.GA,
                Optional.empty(),
                Optional.of(PAGE));
    }

    @BeforeEach
    void startPolling() {
        KIT.spawn(StatusPoller.create(
                PAGE,
                List.of(MINI, FULL),
                endpoints,
                page -> {
                    CompletableFuture<Optional<String>> question = new CompletableFuture<>();
                    questions.add(question);
                    return question;
                },
                INTERVAL));
    }

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private CompletableFuture<Optional<String>> question() throws InterruptedException {
        return Optional.ofNullable(questions.poll(10, TimeUnit.SECONDS))
                .orElseThrow(() -> new AssertionError("no question"));
    }

    /** After what may have changed nothing, so that there is nothing to see: time passes until the next question comes. */
    private CompletableFuture<Optional<String>> questionAfterThePause() {
        return patience.awaitAssert(() -> {
            CLOCK.timePasses(INTERVAL);
            return Optional.ofNullable(questions.poll()).orElseThrow(() -> new AssertionError("no question"));
        });
    }

    private static Optional<String> status(String ofMini) {
        return Optional.of("{\"data\": [{\"id\": \"mini\", \"status\": \"" + ofMini + "\"}, {\"id\": \"full\"}]}");
    }

    private void eventually(ModelEndpoint endpoint, String state) {
        patience.awaitAssert(() -> {
            assertThat(endpoints.state(endpoint).name(Instant.EPOCH)).isEqualTo(state);
            return true;
        });
    }

    @Test
    void aModelIsSparedWhileItsServiceSaysThatItIsNotAvailable() throws InterruptedException {
        question().complete(status("maintenance"));
        eventually(MINI, "unavailable");
        assertThat(endpoints.state(FULL).name(Instant.EPOCH)).isEqualTo("well");

        CLOCK.timePasses(INTERVAL.minusMillis(1));
        assertThat(questions).isEmpty();
        CLOCK.timePasses(Duration.ofMillis(1));
        question().complete(status("active"));
        eventually(MINI, "well");
    }

    @Test
    void aPollThatFailsOrCannotBeReadChangesNothing() throws InterruptedException {
        question().complete(status("maintenance"));
        eventually(MINI, "unavailable");

        questionAfterThePause().complete(Optional.empty());
        questionAfterThePause().complete(Optional.of("<html>Bad gateway</html>"));
        questionAfterThePause().completeExceptionally(new IllegalStateException("no line"));
        CompletableFuture<Optional<String>> next = questionAfterThePause();
        assertThat(endpoints.state(MINI).name(Instant.EPOCH)).isEqualTo("unavailable");

        next.complete(status("active"));
        eventually(MINI, "well");
    }

    @Test
    void onePageIsAskedForAllItsModels() {
        TierLadder ladder =
                new TierLadder(List.of(new Tier("mini", MINI, PriceCard.FREE), new Tier("full", FULL, PriceCard.FREE)));

        assertThat(StatusPoller.pages(ladder)).isEqualTo(Map.of(PAGE, List.of(MINI, FULL)));
    }
}
