package dev.antiphon.testkit.emulator;

import dev.antiphon.testkit.emulator.IncomingCall.Delivery;
import dev.antiphon.testkit.emulator.IncomingCall.SipHeader;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Sends {@code realtime.call.incoming}, signed (protocol.md section 15). Thread-safe. */
final class WebhookSender implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Optional<Webhook> webhook;
    /** HTTP/1.1, since servers that have WebSockets too take an offer of HTTP/2 for one of those and never answer. */
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LONGEST)
            .build();

    WebhookSender(Optional<Webhook> webhook) {
        this.webhook = webhook;
    }

    /** Sends once; the future never fails. */
    CompletableFuture<Delivery> send(String eventId, String callId, IncomingCall call, Instant now) {
        return webhook.map(target -> send(target, eventId, body(eventId, callId, call, now), now))
                .orElseGet(() -> CompletableFuture.completedFuture(new Delivery.Unaddressed()));
    }

    private CompletableFuture<Delivery> send(Webhook target, String eventId, String body, Instant now) {
        HttpRequest request = HttpRequest.newBuilder(target.url())
                .timeout(LONGEST)
                .header("Content-Type", "application/json")
                .header("webhook-id", eventId)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", target.signature(eventId, now.getEpochSecond(), body))
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, BodyHandlers.discarding())
                .<Delivery>thenApply(answer -> new Delivery.Answered(answer.statusCode()))
                .exceptionally(failure -> new Delivery.Failed(told(target, failure)));
    }

    private static String told(Webhook target, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String why = cause instanceof ConnectException
                ? "nobody answers at this address"
                : String.valueOf(cause.getMessage());
        return "the webhook " + target.url() + " could not be told: " + why;
    }

    private static String body(String eventId, String callId, IncomingCall call, Instant now) {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("object", "event")
                .put("id", eventId)
                .put("type", "realtime.call.incoming")
                .put("created_at", now.getEpochSecond());
        ObjectNode data = event.putObject("data").put("call_id", callId);
        ArrayNode headers = data.putArray("sip_headers");
        header(headers, new SipHeader("From", call.from()));
        header(headers, new SipHeader("To", call.to()));
        header(headers, new SipHeader("Call-ID", callId.substring("rtc_".length())));
        call.more().forEach(more -> header(headers, more));
        return JsonMapper.shared().writeValueAsString(event);
    }

    private static void header(ArrayNode headers, SipHeader header) {
        headers.addObject().put("name", header.name()).put("value", header.value());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
