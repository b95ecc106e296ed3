package dev.antiphon.server.handover;

import dev.antiphon.handover.HandoverDesk;
import dev.antiphon.handover.HandoverPacket;
import dev.antiphon.handover.HandoverResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST_ANSWER_BYTES = 64 * 1024;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final URI address;
    private final WebhookSignature signature;
    private final Duration firstPause;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Map<String, Thread> running = new ConcurrentHashMap<>();

    private WebhookDesk(URI address, WebhookSignature signature, Duration firstPause) {
        this.address = address;
        this.signature = signature;
        this.firstPause = firstPause;
    }

    /**
     * The service at this address.
     *
     * @param address {@code https}, or {@code http} of this machine; without user info
     * @param secret for the signature: Base64 behind {@code whsec_}, or any text of 16 characters or more
     * @throws IllegalArgumentException when one of them is not so; it does not hold the secret
     */
    public static WebhookDesk at(URI address, String secret) {
        return at(address, secret, FIRST_PAUSE);
    }

    static WebhookDesk at(URI address, String secret, Duration firstPause) {
        String host = Optional.ofNullable(address.getHost()).orElse("");
        boolean safe = "https".equals(address.getScheme())
                || "http".equals(address.getScheme()) && THIS_MACHINE.contains(host);
        if (!safe || host.isEmpty() || address.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "a webhook's address must be https (or http of this machine) without user info");
        }
        return new WebhookDesk(address, WebhookSignature.with(secret), firstPause);
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
        byte[] body = HandoverJson.of(packet).toString().getBytes(StandardCharsets.UTF_8);
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
    private Attempt attempt(String key, byte[] body, Duration left, HandoverResult late) throws InterruptedException {
        if (!left.isPositive()) {
            return new Attempt(late, false);
        }
        long now = Instant.now().getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(left)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .header("webhook-id", key)
                .header("webhook-timestamp", Long.toString(now))
                .header("webhook-signature", signature.of(key, now, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream answer = response.body()) {
                return read(response.statusCode(), answer);
            }
        } catch (HttpConnectTimeoutException e) {
            return failed("no connection to " + address.getHost());
        } catch (HttpTimeoutException e) {
            return new Attempt(late, false);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            return failed(
                    "no answer from " + address.getHost() + ": " + e.getClass().getSimpleName());
        }
    }

    private Attempt read(int status, InputStream answer) throws IOException {
        if (status == 429 || status >= 500) {
            return failed(address.getHost() + " answered with status " + status);
        }
        if (status / 100 != 2) {
            return new Attempt(new HandoverResult.Failed(address.getHost() + " answered with status " + status), false);
        }
        byte[] body = answer.readNBytes(MOST_ANSWER_BYTES);
        return new Attempt(WebhookAnswer.read(body), false);
    }

    private static Attempt failed(String cause) {
        return new Attempt(new HandoverResult.Failed(cause), true);
    }

    @Override
    public String toString() {
        return "WebhookDesk[" + address.getHost() + "]";
    }
}
