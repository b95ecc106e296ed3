package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.tool.ToolSourceRequest.Place;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ToolSourceOpenerTest {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void aClassPathWithoutModulesOfSources() {
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
    }

    @AfterEach
    void theClassPathAsItWas() {
        Thread.currentThread().setContextClassLoader(before);
    }

    static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of(new Place.OpenApi(Path.of("a.yaml"), URI.create("http://localhost")), "tools-openapi"),
                Arguments.of(new Place.McpProcess(List.of("node", "a.js")), "tools-mcp"),
                Arguments.of(new Place.McpServer(URI.create("http://localhost/mcp")), "tools-mcp"));
    }

    @ParameterizedTest
    @MethodSource("places")
    void aSourceThatNoModuleKnowsNamesTheModuleToAdd(Place place, String module) {
        ToolSourceRequest request = new ToolSourceRequest(place, AllowedTools.of("*"), List.of());
        assertThatThrownBy(() -> ToolSourceOpener.opened(request))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageEndingWith("add dev.antiphon:" + module);
    }

    @Test
    void aCommandNamesAProgram() {
        assertThatThrownBy(() -> new Place.McpProcess(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must name a program");
    }

    @Test
    void credentialsAreNeverPrinted() {
        assertThat(new SourceCredential.Bearer(Secret.of("s3cret")).toString()).isEqualTo("Bearer[token=***]");
    }
}
