package dev.antiphon.tool.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.session.SessionId;
import dev.antiphon.session.ToolInvoker.Invocation;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tool.AllowedTools;
import dev.antiphon.tool.Secret;
import dev.antiphon.tool.SourceCredential;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolSource;
import dev.antiphon.tool.ToolSourceOpener;
import dev.antiphon.tool.ToolSourceRequest;
import dev.antiphon.tool.ToolSourceRequest.Place;
import dev.antiphon.tool.UnusableToolSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpenApiOpenerTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Secret KEY = Secret.of("canary-77");

    private final BookingService service = new BookingService();

    @AfterEach
    void stop() {
        service.close();
    }

    @AfterAll
    static void stopAll() {
        KIT.shutdownTestKit();
    }

    static Stream<Arguments> credentials() {
        return Stream.of(
                Arguments.of(new SourceCredential.Bearer(KEY), "Authorization=Bearer canary-77"),
                Arguments.of(new SourceCredential.Basic("ada", KEY), "Authorization=Basic YWRhOmNhbmFyeS03Nw=="),
                Arguments.of(new SourceCredential.Header("X-Key", KEY), "X-key=canary-77"),
                Arguments.of(new SourceCredential.Query("api_key", KEY), "/tables?api_key=canary-77"));
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void operationsAreCalledWithTheCredential(SourceCredential credential, String sent) {
        try (ToolSource source = ToolSourceOpener.opened(request(service.address(), credential))) {
            CompletableFuture<ToolOutcome> settled = new CompletableFuture<>();
            ToolDispatcher.start(KIT.system(), source.tools())
                    .invoke(
                            new Invocation.ModelCall(
                                    new SessionId("sess_a"), "call_1", "listTables", "{\"date\":\"2026-12-24\"}"),
                            settled::complete);
            assertThat(settled.orTimeout(20, TimeUnit.SECONDS).join()).isInstanceOf(ToolOutcome.Ok.class);
        }
        BookingService.Request asked = service.asked();
        assertThat(asked.uri().replace("date=2026-12-24&", "") + " " + asked.headers())
                .containsIgnoringCase(sent);
    }

    @Test
    void whatIsNoCredentialOfAServiceIsRefused() {
        SourceCredential variable = new SourceCredential.Variable("KEY", KEY);
        assertThatThrownBy(() -> new OpenApiOpener().open(request(service.address(), variable)))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("the environment variable KEY is for a process");
    }

    @Test
    void placesOfOtherKindsAreLeftToOthers() {
        ToolSourceRequest other = new ToolSourceRequest(
                new Place.McpServer(URI.create("http://localhost/mcp")), AllowedTools.of("*"), List.of());
        assertThat(new OpenApiOpener().open(other)).isEmpty();
    }

    private static ToolSourceRequest request(URI address, SourceCredential credential) {
        return new ToolSourceRequest(
                new Place.OpenApi(document(), address), AllowedTools.of("listTables"), List.of(credential));
    }

    private static Path document() {
        try {
            return Path.of(Objects.requireNonNull(OpenApiOpenerTest.class.getResource("/booking.yaml"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
