package dev.antiphon.http;

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

/**
 * A web service that is sent signed messages as Standard Webhooks has it. Thread-safe; blocks the thread that sends.
 *
 * <p>Redirects are not followed. The signature's secret, path and query of the address, and the service's words are in no message.
 */
public final class Webhook {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST_ANSWER_BYTES = 64 * 1024;

    private final URI address;
    private final WebhookSignature signature;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private Webhook(URI address, WebhookSignature signature) {
        this.address = address;
        this.signature = signature;
    }

    /** What became of one message. */
    public sealed interface Delivery {
        /** The service has it, and answered this: at most 64 KiB of it. */
        record Taken(String body) implements Delivery {}

        /**
         * The service does not have it, as far as is known.
         *
         * @param cause without secrets
         * @param passing whether it may be sent again: the connection broke, or the answer was 429 or 5xx
         */
        record Failed(String cause, boolean passing) implements Delivery {}

        /** There was no answer in time. */
        record Late() implements Delivery {}
    }

    /**
     * The service at this address.
     *
     * @param address see {@link SafeAddress}
     * @param secret for the signature: Base64 behind {@code whsec_}, or any text of 16 characters or more
     * @throws IllegalArgumentException when one of them is not so; it does not hold the secret
     */
    public static Webhook at(URI address, String secret) {
        return new Webhook(SafeAddress.checked("a webhook's", address), WebhookSignature.with(secret));
    }

    /**
     * Posts a JSON message once.
     *
     * @param key of the message, as {@code webhook-id} and {@code Idempotency-Key}; the same whenever it is sent again
     * @param within for the answer to begin, and again for it to end
     * @throws InterruptedException when the message is not wanted any more
     */
    public Delivery post(String key, String json, Duration within) throws InterruptedException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        long now = Instant.now().getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(within)
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
                return read(response.statusCode(), answer, within);
            }
        } catch (HttpConnectTimeoutException e) {
            return new Delivery.Failed("no connection to " + address.getHost(), true);
        } catch (HttpTimeoutException e) {
            return new Delivery.Late();
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            return new Delivery.Failed(
                    "no answer from " + address.getHost() + ": " + e.getClass().getSimpleName(), true);
        }
    }

    private Delivery read(int status, InputStream answer, Duration within) throws IOException {
        if (status / 100 == 2) {
            return new Delivery.Taken(
                    LimitedBody.read(answer, MOST_ANSWER_BYTES, within).text());
        }
        return new Delivery.Failed(
                address.getHost() + " answered with status " + status, status == 429 || status >= 500);
    }

    /** Where it is, without path and query. */
    public String host() {
        return address.getHost();
    }

    @Override
    public String toString() {
        return "Webhook[" + host() + "]";
    }
}
