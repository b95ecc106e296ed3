package dev.antiphon.server.handover;

import dev.antiphon.handover.HandoverDesk;
import dev.antiphon.handover.HandoverPacket;
import dev.antiphon.handover.HandoverResult;
import dev.antiphon.http.Webhook;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks a web service: one signed {@code POST} of the packet, answered as {@link WebhookAnswer} says. Thread-safe; each request has a
 * virtual thread.
 *
 * <p>Connections that cannot be made or break, 429 and 5xx are tried again after 0.5 s, 1 s, 2 s and so on as long as the packet's
 * deadline allows, with the same {@code webhook-id} and {@code Idempotency-Key}. Redirects are not followed. The signature's secret,
 * path and query of the address, and the service's words are in no message.
 */
public final class WebhookDesk implements HandoverDesk {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private final Webhook webhook;
    private final Duration firstPause;
    private final Map<String, Thread> running = new ConcurrentHashMap<>();

    private WebhookDesk(Webhook webhook, Duration firstPause) {
        this.webhook = webhook;
        this.firstPause = firstPause;
    }

    /**
     * The service at this address.
     *
     * @param address see {@link Webhook#at}
     * @param secret see {@link Webhook#at}
     * @throws IllegalArgumentException when one of them is not so; it does not hold the secret
     */
    public static WebhookDesk at(URI address, String secret) {
        return at(address, secret, FIRST_PAUSE);
    }

    static WebhookDesk at(URI address, String secret, Duration firstPause) {
        return new WebhookDesk(Webhook.at(address, secret), firstPause);
    }

    @Override
    public boolean takes(String target) {
        return true;
    }

    @Override
    public CompletionStage<HandoverResult> ask(HandoverPacket packet) {
        CompletableFuture<HandoverResult> answer = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().name("handover-webhook").unstarted(() -> {
            try {
                answer.complete(attempts(packet));
            } catch (RuntimeException e) {
                answer.complete(new HandoverResult.Failed(e.getClass().getSimpleName()));
            } finally {
                running.remove(packet.key());
            }
        });
        running.put(packet.key(), thread);
        thread.start();
        return answer;
    }

    @Override
    public void withdraw(String key) {
        Optional.ofNullable(running.remove(key)).ifPresent(Thread::interrupt);
    }

    private HandoverResult attempts(HandoverPacket packet) {
        String body = HandoverJson.of(packet).toString();
        long end = System.nanoTime()
                + Duration.between(packet.askedAt(), packet.answerBy()).toNanos();
        Duration pause = firstPause;
        HandoverResult late = new HandoverResult.NoAnswer();
        try {
            while (true) {
                Attempt attempt = attempt(packet.key(), body, Duration.ofNanos(end - System.nanoTime()), late);
                Duration left = Duration.ofNanos(end - System.nanoTime());
                if (!attempt.again() || left.compareTo(pause) <= 0) {
                    return attempt.result();
                }
                late = attempt.result();
                Thread.sleep(pause);
                pause = pause.multipliedBy(2);
            }
        } catch (InterruptedException withdrawn) {
            return new HandoverResult.NoAnswer();
        }
    }

    /** What came of one request. {@code again}: whether it may be repeated. */
    private record Attempt(HandoverResult result, boolean again) {}

    /** One request; {@code late} is the result when the time is over before its answer. */
    private Attempt attempt(String key, String body, Duration left, HandoverResult late) throws InterruptedException {
        if (!left.isPositive()) {
            return new Attempt(late, false);
        }
        return switch (webhook.post(key, body, left)) {
            case Webhook.Delivery.Taken taken -> new Attempt(WebhookAnswer.read(taken.body()), false);
            case Webhook.Delivery.Failed failed ->
                new Attempt(new HandoverResult.Failed(failed.cause()), failed.passing());
            case Webhook.Delivery.Late ignored -> new Attempt(late, false);
        };
    }

    @Override
    public String toString() {
        return "WebhookDesk[" + webhook.host() + "]";
    }
}
