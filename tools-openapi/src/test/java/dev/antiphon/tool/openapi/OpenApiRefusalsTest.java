package dev.antiphon.tool.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.antiphon.tool.Secret;
import dev.antiphon.tool.UnusableToolSource;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            swagger: '2.0'~paths: {}        | it is Swagger 2.0, and OpenAPI 3.0 or 3.1 in YAML or JSON is needed; convert it, for example with 'npx swagger2openapi
            {"swagger": "2.0", "paths": {}} | it is Swagger 2.0, and
            openapi: 3.2.0~paths: {}        | its version is OpenAPI 3.2.0; OpenAPI 3.0 or 3.1 in YAML or JSON is needed
            paths: {}                       | it lacks 'openapi' with a version; OpenAPI 3.0
            openapi: 3.0.0~paths: [         | line 2 cannot be read ('paths: ['); OpenAPI 3.0
            openapi: 3.0.0~a: b: c~         | line 2 cannot be read ('a: b: c'); OpenAPI 3.0
            {"openapi": "3.0.0",~ "paths":  | line 2 cannot be read ('"paths":'); OpenAPI 3.0
            - a                             | it is no object at its top; OpenAPI 3.0
            ``                              | it is empty; OpenAPI 3.0
            """)
    void whatIsNoDocumentOfTheseVersionsIsToldInOneSentenceAndNothingIsLogged(String document, String why) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        root.addAppender(logged);
        try {
            assertThatThrownBy(() -> OpenApiTools.of(
                            document.replace('~', '\n'),
                            options -> options.baseUrl(URI.create("http://localhost:9"))
                                    .allow("*")))
                    .isInstanceOf(UnusableToolSource.class)
                    .hasMessageStartingWith("the OpenAPI document cannot be used: ")
                    .hasMessageContaining(why);
        } finally {
            root.detachAppender(logged);
        }
        assertThat(List.copyOf(logged.list))
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .filteredOn(
                        event -> event.getLoggerName().matches("(io\\.swagger|dev\\.antiphon\\.tool\\.openapi)\\..*"))
                .isEmpty();
    }

    @Test
    void anOperationThatCannotBeCalledCanBeLeftOut() {
        Map<String, String> leftOut = new TreeMap<>();
        String document = """
                openapi: 3.0.3
                info: {title: t, version: "1"}
                paths:
                  /a: {get: {operationId: look, responses: {"200": {description: done}}}}
                  "/b/{x}": {get: {operationId: odd, responses: {"200": {description: done}}}}
                  /c:
                    get:
                      operationId: never
                      parameters: [{name: n, in: query, schema: {type: integer, minimum: 3, maximum: 1}}]
                      responses: {"200": {description: done}}
                """;
        try (OpenApiTools tools = OpenApiTools.of(
                document,
                options -> options.baseUrl(URI.create("http://localhost:9"))
                        .allow("*")
                        .leavingOut(leftOut::put))) {
            assertThat(tools.tools()).extracting(tool -> tool.name()).containsExactly("look");
        }
        assertThat(leftOut).containsOnlyKeys("odd", "never");
        assertThat(leftOut.get("odd")).contains("has 'x' in its path");
        assertThat(leftOut.get("never")).contains("'n' can have no value: it must be 3 or more and 1 or less");
    }
}
