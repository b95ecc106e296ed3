package dev.antiphon.tool.openapi;

import dev.antiphon.tool.Secret;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** How calls of an HTTP API say who they are. Immutable; holds credentials, and never prints them. */
public sealed interface HttpAuth {

    /** Nothing is said. */
    record None() implements HttpAuth {}

    /** {@code Authorization: Bearer TOKEN}. */
    record Bearer(Secret token) implements HttpAuth {}

    /** {@code Authorization: Basic …}. */
    record Basic(String user, Secret password) implements HttpAuth {}

    /** A header of this name with the key. */
    record HeaderKey(String name, Secret key) implements HttpAuth {}

    /** A query parameter of this name with the key. */
    record QueryKey(String name, Secret key) implements HttpAuth {}

    /** Nothing is said. */
    static HttpAuth none() {
        return new None();
    }

    /** {@code Authorization: Bearer TOKEN}. */
    static HttpAuth bearer(Secret token) {
        return new Bearer(token);
    }

    /** {@code Authorization: Basic …}. */
    static HttpAuth basic(String user, Secret password) {
        return new Basic(user, password);
    }

    /** An API key in a header. */
    static HttpAuth headerKey(String name, Secret key) {
        return new HeaderKey(name, key);
    }

    /** An API key in the query. */
    static HttpAuth queryKey(String name, Secret key) {
        return new QueryKey(name, key);
    }

    /** Adds the header, if it is one. */
    default void addTo(HttpRequest.Builder request) {
        switch (this) {
            case None none -> {}
            case QueryKey query -> {}
            case Bearer bearer ->
                request.setHeader("Authorization", "Bearer " + bearer.token().reveal());
            case Basic basic -> request.setHeader("Authorization", "Basic " + encoded(basic));
            case HeaderKey header ->
                request.setHeader(header.name(), header.key().reveal());
        }
    }

    /** The key of the query, if it is there. */
    default Optional<QueryKey> query() {
        return this instanceof QueryKey key ? Optional.of(key) : Optional.empty();
    }

    /** Whether a parameter of the document is this credential, which a model must not be asked for. */
    default boolean fills(String in, String name) {
        return switch (this) {
            case None none -> false;
            case Bearer bearer -> false;
            case Basic basic -> false;
            case HeaderKey header -> in.equals("header") && header.name().equalsIgnoreCase(name);
            case QueryKey query -> in.equals("query") && query.name().equals(name);
        };
    }

    /** Text without the credential, should the other side repeat it. */
    default String scrubbedFrom(String text) {
        return switch (this) {
            case None none -> text;
            case Bearer bearer -> bearer.token().scrubbedFrom(text);
            case Basic basic -> basic.password().scrubbedFrom(text.replace(encoded(basic), "***"));
            case HeaderKey header -> header.key().scrubbedFrom(text);
            case QueryKey query -> query.key().scrubbedFrom(text);
        };
    }

    private static String encoded(Basic basic) {
        return Base64.getEncoder()
                .encodeToString((basic.user() + ":" + basic.password().reveal()).getBytes(StandardCharsets.UTF_8));
    }
}
