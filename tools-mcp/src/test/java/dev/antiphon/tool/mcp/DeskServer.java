package dev.antiphon.tool.mcp;

import dev.antiphon.session.SessionId;
import dev.antiphon.tool.ToolContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A server that misbehaves as it is asked to, as a process of its own. */
final class DeskServer {
    private static final Map<String, Object> NOTHING = Map.of("type", "object");

    private DeskServer() {}

    /** How to start it, with this conduct. */
    static List<String> command(String conduct) {
        return List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DeskServer.class.getName(),
                conduct);
    }

    /** Calls one of its tools, without arguments. */
    @SuppressWarnings("unchecked")
    static Object call(McpTools tools, String name) throws Exception {
        dev.antiphon.tool.Tool<ObjectNode, Object> tool =
                (dev.antiphon.tool.Tool<ObjectNode, Object>) tools.tools().stream()
                        .filter(known -> known.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return tool.handler()
                .handle(
                        JsonNodeFactory.instance.objectNode(),
                        new ToolContext(new SessionId("sess_1"), "call_1", "key_1"));
    }

    public static void main(String[] arguments) throws InterruptedException {
        switch (arguments[0]) {
            case "broken" -> {
                System.err.println("cannot open the desk with key " + System.getenv("DESK_KEY"));
                System.exit(7);
            }
            case "silent" -> new CountDownLatch(1).await();
            default -> serve(arguments[0]);
        }
    }

    private static void serve(String conduct) {
        AtomicReference<McpSyncServer> self = new AtomicReference<>();
        List<SyncToolSpecification> tools = new ArrayList<>(List.of(
                tool("pid", () -> text(Long.toString(ProcessHandle.current().pid()))),
                tool(
                        "fail",
                        () -> CallToolResult.builder()
                                .addTextContent("we are closed on Sundays; ask for another day")
                                .isError(true)
                                .build()),
                new SyncToolSpecification(
                        Tool.builder("talk", NOTHING)
                                .annotations(McpSchema.ToolAnnotations.builder()
                                        .readOnlyHint(true)
                                        .build())
                                .build(),
                        (exchange, request) -> text("[\"" + "word ".repeat(400_000) + "\"]")),
                tool("crash", () -> {
                    throw McpError.builder(-32603).message("the desk broke").build();
                }),
                tool("hang", () -> {
                    forever();
                    return text("never");
                }),
                tool("die", () -> {
                    System.err.println("the desk is on fire, key " + System.getenv("DESK_KEY"));
                    System.err.flush();
                    Runtime.getRuntime().halt(3);
                    return text("never");
                }),
                tool(
                        "leak",
                        () -> CallToolResult.builder()
                                .structuredContent(
                                        Map.of("told", List.of("the key is " + System.getenv("DESK_KEY")), "seats", 4))
                                .build()),
                tool("leak_text", () -> text("the key is " + System.getenv("DESK_KEY"))),
                tool("leak_json", () -> text("{\"told\":\"" + escaped(System.getenv("DESK_KEY")) + "\",\"seats\":4}")),
                tool(
                        "leak_error",
                        () -> CallToolResult.builder()
                                .addTextContent(".".repeat(490) + System.getenv("DESK_KEY"))
                                .isError(true)
                                .build()),
                tool("grow", () -> {
                    self.get().addTool(tool("desk_new", () -> text("new")));
                    self.get().addTool(tool("other_new", () -> text("not allowed")));
                    return text("grown");
                })));
        if (conduct.equals("stubborn")) {
            Runtime.getRuntime().addShutdownHook(new Thread(DeskServer::forever));
        }
        if (conduct.equals("odd")) {
            tools.add(new SyncToolSpecification(
                    Tool.builder("odd", Map.of("type", "object", "oneOf", List.of(NOTHING)))
                            .build(),
                    (exchange, request) -> text("odd")));
        }
        self.set(McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
                .serverInfo("desk", "1")
                .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
                .tools(tools)
                .build());
        forever();
    }

    /** As JSON may write it. */
    private static String escaped(String text) {
        return text.replace("-", "\\u002d");
    }

    private static void forever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static CallToolResult text(String text) {
        return CallToolResult.builder().addTextContent(text).build();
    }

    private static SyncToolSpecification tool(String name, Supplier<CallToolResult> answer) {
        return new SyncToolSpecification(
                Tool.builder(name, NOTHING).description("Does " + name + ".").build(),
                (exchange, request) -> answer.get());
    }
}
