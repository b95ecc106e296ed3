package dev.antiphon.server.handover;

import dev.antiphon.handover.HandoverDesk;
import dev.antiphon.handover.HandoverPacket;
import dev.antiphon.handover.HandoverResult;
import dev.antiphon.model.ModelEndpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Sends a telephone call elsewhere by SIP REFER through the provider (protocol section 15): {@code POST …/calls/{id}/refer}. Thread-safe.
 *
 * <p>It needs the provider's id of the call, which the front end says ({@code ?telephone_call=rtc_…}). It is asked once: a REFER
 * that is repeated could ring twice. The provider tells only that it has sent the caller on, not whether somebody answers.
 */
public final class ReferDesk implements HandoverDesk {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern CALL_ID = Pattern.compile("[A-Za-z0-9_-]{1,200}");
    private static final Pattern TARGET = Pattern.compile("(tel:\\+?[0-9().-]+|sips?:[^\\s<>\"]+)");

    private final ModelEndpoint endpoint;
    private final String target;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private ReferDesk(ModelEndpoint endpoint, String target) {
        this.endpoint = endpoint;
        this.target = target;
    }

    /**
     * Sends calls of this provider there.
     *
     * @param endpoint of the provider that has the telephone calls; its address and credentials are used
     * @param target {@code tel:} or {@code sip:} address
     * @throws IllegalArgumentException when the target is none
     */
    public static ReferDesk to(ModelEndpoint endpoint, String target) {
        checked(target);
        return new ReferDesk(endpoint, target);
    }

    /** The target, if it is one. */
    public static String checked(String target) {
        if (!TARGET.matcher(target).matches()) {
            throw new IllegalArgumentException(
                    "a call is referred to a tel: or sip: address, but it was '" + target + "'");
        }
        return target;
    }

    @Override
    public boolean takes(String name) {
        return true;
    }

    @Override
    public CompletionStage<HandoverResult> ask(HandoverPacket packet) {
        Optional<String> call =
                packet.telephoneCall().filter(id -> CALL_ID.matcher(id).matches());
        if (call.isEmpty()) {
            return CompletableFuture.completedFuture(
                    new HandoverResult.Failed("the provider's id of the telephone call is not known"));
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address(call.get())).timeout(TIMEOUT);
        endpoint.headers().forEach(request::header);
        request.header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JsonNodeFactory.instance
                        .objectNode()
                        .put("target_uri", target)
                        .toString()));
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .<HandoverResult>thenApply(response -> response.statusCode() / 100 == 2
                        ? new HandoverResult.Accepted(target)
                        : new HandoverResult.Failed("the provider answered with status " + response.statusCode()))
                .exceptionally(problem -> new HandoverResult.Failed("the provider could not be asked"));
    }

    /** Beside the socket's address: {@code wss://host/v1/realtime?model=…} has its calls at {@code https://host/v1/realtime/calls}. */
    private URI address(String call) {
        URI socket = endpoint.uri();
        String scheme = socket.getScheme().replace("ws", "http");
        String path = Optional.ofNullable(socket.getRawPath()).orElse("").replaceAll("/+$", "");
        return URI.create(scheme + "://" + socket.getRawAuthority() + path + "/calls/" + call + "/refer");
    }

    @Override
    public String toString() {
        return "ReferDesk[" + target + "]";
    }
}
