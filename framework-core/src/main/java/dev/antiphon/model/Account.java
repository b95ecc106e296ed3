package dev.antiphon.model;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A provider together with the credentials to use it. Never prints its key.
 */
public final class Account {
    private final Provider provider;
    private final String baseUrl;
    private final String key;

    private Account(Provider provider, String baseUrl, String key) {
        this.provider = provider;
        this.baseUrl = baseUrl;
        this.key = key;
    }

    /**
     * With a key and, where given, another base URL than the provider's.
     *
     * @throws IncompleteAccount when something is missing or cannot be right; the message lists all of it
     */
    public static Account of(Provider provider, Optional<String> key, Optional<String> baseUrl) {
        Optional<String> base =
                baseUrl.map(String::strip).filter(b -> !b.isEmpty()).or(provider::baseUrl);
        String secret = key.map(String::strip).orElse("");
        List<String> problems = new ArrayList<>();
        base.ifPresentOrElse(
                address -> addressProblem(address)
                        .ifPresent(rule -> problems.add(rule + " (" + provider.baseUrlVariable() + ")")),
                () -> problems.add("the base URL is missing: set " + provider.baseUrlVariable()));
        if (secret.isEmpty() && !base.filter(Account::isLocal).isPresent()) {
            problems.add("the API key is missing: set " + provider.keyVariable());
        }
        if (secret.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            problems.add("the API key (" + provider.keyVariable() + ") must be one word of plain ASCII characters");
        }
        if (!problems.isEmpty()) {
            throw new IncompleteAccount(provider.name(), problems);
        }
        return new Account(provider, base.orElseThrow(), secret);
    }

    /**
     * From the provider's environment variables, for example {@code OPENAI_API_KEY} and {@code OPENAI_BASE_URL}.
     *
     * @throws IncompleteAccount when something is missing or cannot be right; the message lists all of it
     */
    public static Account fromEnvironment(Provider provider, Map<String, String> environment) {
        return of(
                provider,
                Optional.ofNullable(environment.get(provider.keyVariable())),
                Optional.ofNullable(environment.get(provider.baseUrlVariable())));
    }

    /** The provider. */
    public Provider provider() {
        return provider;
    }

    /** Where and how this model is reached. */
    public ModelEndpoint endpoint(String model) {
        return provider.endpoint(model, baseUrl, key);
    }

    @Override
    public String toString() {
        return "Account[" + provider.name() + " at " + baseUrl + "]";
    }

    /** Never repeats what may be a secret. */
    private static Optional<String> addressProblem(String address) {
        String rule = "the base URL must look like https://HOST/v1";
        String shown = address.matches("[^@?#]*") ? rule + ", but was '" + address + "'" : rule;
        try {
            URI uri = URI.create(address);
            if (String.valueOf(uri.getRawAuthority()).contains("@")) {
                return Optional.of("the base URL must not contain a user name or password");
            }
            if (uri.getRawQuery() != null) {
                return Optional.of("the base URL must not have a query; the model's name is added to it");
            }
            if (uri.getRawFragment() != null) {
                return Optional.of("the base URL must not have a fragment");
            }
            if (uri.getHost() == null && String.valueOf(uri.getRawAuthority()).contains("_")) {
                return Optional.of("the base URL's host name must not contain '_'");
            }
            boolean known = List.of("http", "https", "ws", "wss").contains(String.valueOf(uri.getScheme()));
            return known && uri.getHost() != null ? Optional.empty() : Optional.of(shown);
        } catch (IllegalArgumentException malformed) {
            return Optional.of(shown);
        }
    }

    /** A server on this machine usually wants no key. */
    private static boolean isLocal(String address) {
        return address.matches("(?i)(http|ws)://(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])([:/].*)?");
    }
}
