package dev.antiphon.tool.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.tool.Secret;
import dev.antiphon.tool.UnusableToolSource;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What would only fail, or give a credential away, at the first call is refused at the start. */
class OpenApiRefusalsTest {
    private static final Secret KEY = Secret.of("canary-93");

    private static OpenApiTools tools(String path, String operation, String address, HttpAuth auth) {
        String document = "{\"openapi\":\"3.0.3\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"paths\":{\"" + path
                + "\":{\"post\":{\"operationId\":\"book\"," + operation
                + "\"responses\":{\"200\":{\"description\":\"done\"}}}}}}";
        return OpenApiTools.of(
                document,
                options -> options.baseUrl(URI.create(address)).auth(auth).allow("book"));
    }

    @ParameterizedTest
    @CsvSource({"/desks/{desk}/seats/{seat}, seat", "/desks/{desk}/{}, ''"})
    void aPlaceholderWithoutAParameterIsRefused(String path, String named) {
        String desk =
                "\"parameters\":[{\"name\":\"desk\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\"}},"
                        + "{\"name\":\"seat\",\"in\":\"query\",\"schema\":{\"type\":\"string\"}}],";
        assertThatThrownBy(() -> tools(path, desk, "http://localhost:9", HttpAuth.none()))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("the operation POST " + path + " has '" + named + "' in its path, but no path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "application/x-www-form-urlencoded"})
    void aBodyThatCannotBeSentIsRefusedAlsoWhenItMayBeLeftOut(String type) {
        String body = "\"requestBody\":{\"content\":{\"" + type
                + "\":{\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}}}},";
        assertThatThrownBy(() -> tools("/desks", body, "http://localhost:9", HttpAuth.none()))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("the operation POST /desks takes a body of " + type);
    }

    static Stream<HttpAuth> credentials() {
        return Stream.of(
                HttpAuth.bearer(KEY),
                HttpAuth.basic("ada", KEY),
                HttpAuth.headerKey("X-Key", KEY),
                HttpAuth.queryKey("key", KEY));
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void credentialsDoNotGoToAnotherMachineInClear(HttpAuth auth) {
        assertThatThrownBy(() -> tools("/desks", "", "http://desk.example/v1", auth))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("with credentials, an OpenAPI service's address must be https (or http of this"
                        + " machine) without user info; correct baseUrl");
        try (OpenApiTools safe = tools("/desks", "", "https://desk.example/v1", auth);
                OpenApiTools near = tools("/desks", "", "http://127.0.0.1:9/v1", auth)) {
            assertThat(safe.tools()).hasSameSizeAs(near.tools()).hasSize(1);
        }
    }

    @Test
    void withoutCredentialsAnAddressInClearIsUsed() {
        try (OpenApiTools tools = tools("/desks", "", "http://desk.example/v1", HttpAuth.none())) {
            assertThat(tools.tools()).hasSize(1);
        }
    }
}
