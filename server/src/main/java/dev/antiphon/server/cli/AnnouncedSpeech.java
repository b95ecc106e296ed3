package dev.antiphon.server.cli;

import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells emulators that others started which words they will hear, by {@code POST /emulator/speech}: they know speech by that alone.
 * Who does not answer the first time with 204 is no emulator and is not asked again. Thread-safe; waits for the network.
 */
final class AnnouncedSpeech {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int NO_CONTENT = 204;

    private final HttpClient http;
    private final Map<URI, Kind> services = new ConcurrentHashMap<>();

    private enum Kind {
        UNKNOWN,
        EMULATOR,
        OTHER
    }

    private AnnouncedSpeech(HttpClient http) {
        this.http = http;
    }

    /** For all places of a ladder. */
    static AnnouncedSpeech to(HttpClient http, TierLadder ladder) {
        AnnouncedSpeech speech = new AnnouncedSpeech(http);
        ladder.tiers().stream()
                .flatMap(tier -> tier.places().stream())
                .map(Tier.Place::endpoint)
                .forEach(endpoint -> speech.services.put(address(endpoint.uri()), Kind.UNKNOWN));
        return speech;
    }

    private static URI address(URI realtime) {
        String scheme = "wss".equals(realtime.getScheme()) ? "https" : "http";
        return URI.create(scheme + "://" + realtime.getRawAuthority() + "/emulator/speech");
    }

    /** Tells it to those that want to know; returns when they do, or after some seconds. */
    void announce(String words) {
        services.forEach((address, kind) -> {
            if (kind != Kind.OTHER) {
                boolean taken = isTaken(address, words);
                services.put(address, taken || kind == Kind.EMULATOR ? Kind.EMULATOR : Kind.OTHER);
            }
        });
    }

    private boolean isTaken(URI address, String words) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(Map.of("text", words))))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == NO_CONTENT;
        } catch (IOException unreachable) {
            return false;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
