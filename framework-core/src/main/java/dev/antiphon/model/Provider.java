package dev.antiphon.model;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One service that offers realtime models, as data (protocol section 1).
 *
 * @param name bounded and stable, for meters: for example {@code openai}
 * @param baseUrl up to and without {@link #path}; empty when every customer has an address of its own
 * @param path appended to the base URL; {@code {model}} stands for the model's name
 * @param auth how the key is sent
 * @param dialect the name of the wire dialect it speaks: {@code ga} or {@code beta}
 * @param keyVariable the environment variable of the key
 * @param baseUrlVariable the environment variable of another base URL
 */
public record Provider(
        String name,
        Optional<String> baseUrl,
        String path,
        Auth auth,
        String dialect,
        String keyVariable,
        String baseUrlVariable) {

    /** How a key travels in the upgrade request. */
    public enum Auth {
        /** {@code Authorization: Bearer KEY}. */
        BEARER,
        /** {@code api-key: KEY}. */
        API_KEY
    }

    /**
     * Where this model is reached.
     *
     * @param base {@code http}, {@code https}, {@code ws} or {@code wss}; the first two become the last two
     * @param key not empty; empty only for a server that wants none
     */
    ModelEndpoint endpoint(String model, String base, String key) {
        String socket = base.strip()
                .replaceFirst("^http://", "ws://")
                .replaceFirst("^https://", "wss://")
                .replaceFirst("/+$", "");
        String name = URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20");
        return new ModelEndpoint(
                this.name,
                model,
                URI.create(withoutPath(socket) + path.replace("{model}", name)),
                headers(key),
                List.of());
    }

    /** People also give an address that has the path already, or its beginning. */
    private String withoutPath(String address) {
        String beginning = path.replaceFirst("\\?.*", "");
        while (!beginning.isEmpty()) {
            if (address.endsWith(beginning)) {
                return address.substring(0, address.length() - beginning.length());
            }
            beginning = beginning.substring(0, beginning.lastIndexOf('/'));
        }
        return address;
    }

    private Map<String, String> headers(String key) {
        if (key.isEmpty()) {
            return Map.of();
        }
        return switch (auth) {
            case BEARER -> Map.of("Authorization", "Bearer " + key);
            case API_KEY -> Map.of("api-key", key);
        };
    }
}
