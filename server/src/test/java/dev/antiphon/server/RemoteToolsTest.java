package dev.antiphon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.McpTool;
import dev.antiphon.session.LineOptions;
import dev.antiphon.session.McpApproval;
import dev.antiphon.session.PromptConversation;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.testkit.bed.BedSettings;
import dev.antiphon.testkit.bed.TestBed;
import dev.antiphon.testkit.emulator.EmulatorSettings;
import dev.antiphon.testkit.emulator.McpFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A bot with remote tools, called in virtual time: gateway, session and emulated model on one thread. */
class RemoteToolsTest {
    private static final String SERVERS = """
            weather:
              listing-takes: 200ms
              tools:
                - name: forecast
                  description: Weather forecast of a city
                  input-schema:
                    type: object
                    properties: {city: {type: string}}
                    required: [city]
                  takes: 300ms
                  result: Sunny, 21 degrees.
            """;
    private static final Bot BOT =
            Bot.of("weather", "A weather line.", () -> new PromptConversation("weather", "Be kind.", Optional.empty()));

    /** The frames of the model's session. */
    private static List<String> call(McpApproval approval, String expected) {
        List<String> frames = new ArrayList<>();
        BedSettings settings = BedSettings.defaults().withEmulator(emulator -> withServers(emulator, frames));
        LineOptions line =
                LineOptions.of(o -> o.mcpServers(List.of(McpTool.at("weather", "https://weather.example/mcp")))
                        .mcpApproval(approval));
        SessionSettings session = SessionSettings.defaults().withLine(line);
        try (TestBed bed = TestBed.inVirtualTime(
                settings, around -> BotEndpoint.in(around, BOT, server -> server.withSession(session)))) {
            bed.call()
                    .says("What is the weather forecast for Berlin?")
                    .expectToolCall("forecast", "/city", "Berlin")
                    .expectSays(expected);
        }
        return frames;
    }

    private static EmulatorSettings withServers(EmulatorSettings emulator, List<String> frames) {
        return emulator.withMcp(McpFile.parse("test", SERVERS))
                .withObserver((session, direction, frame) -> frames.add(direction + " " + frame));
    }

    @Test
    void anApprovedCallIsAnsweredAndTheSameInEveryRun() {
        McpApproval all = (server, tool, arguments) -> true;

        List<String> frames = call(all, "Sunny, 21 degrees.");

        assertThat(frames).anyMatch(frame -> frame.contains("response.mcp_call.completed"));
        assertThat(call(all, "Sunny, 21 degrees.")).isEqualTo(frames);
    }

    @Test
    void aRefusedCallIsNotMade() {
        List<String> frames = call(McpApproval.denyAll(), "that did not work: the call was not approved");

        assertThat(frames).noneMatch(frame -> frame.contains("response.mcp_call.in_progress"));
    }
}
