package dev.antiphon.samples.clinic;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Which pharmacy is on duty: an MCP server of one tool, as a process that speaks over its standard streams. It stands for one of
 * somebody else's; it is written in Java so that the sample needs nothing besides.
 */
public final class PharmacyServer {
    private static final List<String> IN_TURN = List.of(
            "Pier Pharmacy, 3 Pier Road", "Harbour Pharmacy, 40 Harbour Street", "Station Pharmacy, 1 Station Square");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, MMMM d", Locale.US);
    private static final Map<String, Object> ARGUMENTS = Map.of(
            "type",
            "object",
            "properties",
            Map.of("day", Map.of("type", "string", "format", "date", "description", "the day; today when left out")));

    private PharmacyServer() {}

    /** The program and its arguments: a small process of this Java with this class path. */
    static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                PharmacyServer.class.getName());
    }

    /** Serves until the standard input ends. */
    public static void main(String[] arguments) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        McpServer.sync(new StdioServerTransportProvider(
                        McpJsonDefaults.getMapper(), endingWith(System.in, ended), System.out))
                .serverInfo("pharmacies", "1")
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .tools(new SyncToolSpecification(tool(), (exchange, request) -> answer(request)))
                .build();
        ended.await();
        System.exit(0);
    }

    private static Tool tool() {
        return Tool.builder("pharmacy_on_duty", ARGUMENTS)
                .description("Tells which pharmacy is on duty at night, tonight or on another day.")
                .annotations(ToolAnnotations.builder().readOnlyHint(true).build())
                .build();
    }

    private static CallToolResult answer(CallToolRequest request) {
        CallToolResult.Builder result = CallToolResult.builder();
        try {
            Object day = request.arguments().get("day");
            return result.addTextContent(onDuty(day == null ? LocalDate.now() : LocalDate.parse(day.toString())))
                    .build();
        } catch (DateTimeParseException e) {
            return result.addTextContent("'day' must be a date like 2026-12-24")
                    .isError(true)
                    .build();
        }
    }

    static String onDuty(LocalDate day) {
        int turn = Math.floorMod(day.toEpochDay(), IN_TURN.size());
        return "On " + DAY.format(day) + " the pharmacy on duty is " + IN_TURN.get(turn)
                + ", from six in the evening to eight in the morning.";
    }

    private static InputStream endingWith(InputStream in, CountDownLatch ended) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                if (count < 0) {
                    ended.countDown();
                }
                return count;
            }
        };
    }
}
