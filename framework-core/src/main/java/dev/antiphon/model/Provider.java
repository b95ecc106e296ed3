package dev.antiphon.model;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
 * @param dialect the spelling of the protocol it speaks
 * @param keyVariable the environment variable of the key
 * @param baseUrlVariable the environment variable of another base URL
 * @param sessionLimitMinutes when the service ends a session; empty when nobody knows
 * @param status where it tells which models cannot be used for now; empty when it does not, or nobody knows how
 */
public record Provider(
        String name,
        Optional<String> baseUrl,
        String path,
        Auth auth,
        WireDialect dialect,
        String keyVariable,
        String baseUrlVariable,
        Optional<Integer> sessionLimitMinutes,
        Optional<StatusFormat> status) {

    /** How a key travels in the upgrade request. */
    public enum Auth {
        /** {@code Authorization: Bearer KEY}. */
        BEARER,
        /** {@code api-key: KEY}. */
        API_KEY,
        /** {@code ?api-key=KEY}, for gateways that see no headers. */
        QUERY,
        /** {@code Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.KEY}, as browsers do. */
        SUBPROTOCOL
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
        String root = withoutPath(socket);
        String name = URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20");
        return new ModelEndpoint(
                this.name,
                model,
                URI.create(withKey(root + path.replace("{model}", name), key)),
                headers(key),
                subprotocols(key),
                dialect,
                sessionLimitMinutes.map(Duration::ofMinutes),
                status.map(format -> statusPage(format, root, key)));
    }

    /** Over HTTP, so that a key that travels in a subprotocol goes in the usual header. */
    private StatusPage statusPage(StatusFormat format, String root, String key) {
        URI uri = URI.create(withKey(root.replaceFirst("^ws", "http") + format.path(), key));
        Map<String, String> credentials = key.isEmpty()
                ? Map.of()
                : switch (auth) {
                    case BEARER, SUBPROTOCOL -> Map.of("Authorization", "Bearer " + key);
                    case API_KEY -> Map.of("api-key", key);
                    case QUERY -> Map.of();
                };
        return new StatusPage(uri, credentials, format);
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
        Map<String, String> headers = new LinkedHashMap<>();
        if (dialect == WireDialect.BETA && auth != Auth.SUBPROTOCOL) {
            headers.put("OpenAI-Beta", "realtime=v1");
        }
        if (!key.isEmpty()) {
            switch (auth) {
                case BEARER -> headers.put("Authorization", "Bearer " + key);
                case API_KEY -> headers.put("api-key", key);
                case QUERY, SUBPROTOCOL -> {}
            }
        }
        return headers;
    }

    private List<String> subprotocols(String key) {
        if (auth != Auth.SUBPROTOCOL) {
            return List.of();
        }
        List<String> offered = new ArrayList<>(List.of("realtime"));
        if (!key.isEmpty()) {
            offered.add("openai-insecure-api-key." + key);
        }
        if (dialect == WireDialect.BETA) {
            offered.add("openai-beta.realtime-v1");
        }
        return offered;
    }

    private String withKey(String address, String key) {
        return auth == Auth.QUERY && !key.isEmpty()
                ? address + (address.contains("?") ? "&" : "?") + "api-key="
                        + URLEncoder.encode(key, StandardCharsets.UTF_8)
                : address;
    }
}
