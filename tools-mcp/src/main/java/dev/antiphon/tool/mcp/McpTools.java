package dev.antiphon.tool.mcp;

import dev.antiphon.http.SafeAddress;
import dev.antiphon.tool.Tool;
import dev.antiphon.tool.ToolFailure;
import dev.antiphon.tool.ToolPolicy;
import dev.antiphon.tool.ToolSource;
import dev.antiphon.tool.TransientFailure;
import dev.antiphon.tool.UnusableTool;
import dev.antiphon.tool.UnusableToolSource;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tools of an MCP server, within an allow list. A server that is lost is started or connected again, with longer and
 * longer pauses; until then calls fail at once, transiently. Tools that the server gets later are taken when the list allows
 * them. Thread-safe.
 */
public final class McpTools implements ToolSource {
    private static final Logger LOG = LoggerFactory.getLogger(McpTools.class);
    private static final int MOST_NAME_CHARS = 64;
    private static final int MOST_DESCRIPTION_CHARS = 1_000;

    private final String name;
    private final McpOptions options;
    private final McpConnection.Opening opening;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile List<Tool<?, ?>> tools = List.of();
    private volatile Optional<McpConnection> connection = Optional.empty();
    private Optional<Thread> restarting = Optional.empty();
    private volatile boolean closed;

    private McpTools(String name, McpOptions options, McpConnection.Opening opening) {
        this.name = name;
        this.options = options;
        this.opening = opening;
    }

    /**
     * Starts a program and speaks to it over its standard streams.
     *
     * @param name of the server, for messages and logs
     * @param command the program and its arguments
     * @param choose what must be chosen: the allow list
     * @throws UnusableToolSource when it does not start, or lacks a tool of the allow list
     */
    public static McpTools stdio(String name, List<String> command, UnaryOperator<McpOptions> choose) {
        McpOptions options = McpOptions.of(name, choose);
        List<String> program = List.copyOf(command);
        return new McpTools(name, options, lost -> {
                    ServerProcess server = ServerProcess.start(name, program, options.environment());
                    CompletableFuture<Void> unused = server.ended().thenAccept(lost::complete);
                    return server;
                })
                .started();
    }

    /**
     * Connects to a server over streamable HTTP.
     *
     * @param name of the server, for messages and logs
     * @param endpoint its whole address, for example {@code https://host/mcp}
     * @param choose what must be chosen: the allow list
     * @throws UnusableToolSource when it cannot be reached, lacks a tool of the allow list, or would be sent headers in clear: with
     *     them the address must be {@code https}, or {@code http} of this machine
     */
    public static McpTools http(String name, URI endpoint, UnaryOperator<McpOptions> choose) {
        McpOptions options = McpOptions.of(name, choose);
        if (endpoint.getHost() == null || !List.of("http", "https").contains(endpoint.getScheme())) {
            throw new UnusableToolSource(
                    "the address of the MCP server '" + name
                            + "' must be an http or https address with a host, but was '" + endpoint + "'",
                    UnusableToolSource.Setting.ADDRESS,
                    "correct it");
        }
        if (!options.headers().isEmpty()) {
            checkSafe(name, endpoint);
        }
        return new McpTools(name, options, lost -> overHttp(endpoint, options)).started();
    }

    private static void checkSafe(String name, URI endpoint) {
        try {
            SafeAddress.checked("with credentials, the MCP server '" + name + "'s", endpoint);
        } catch (IllegalArgumentException e) {
            throw new UnusableToolSource(
                    String.valueOf(e.getMessage()),
                    UnusableToolSource.Setting.ADDRESS,
                    "correct it, or connect without headers");
        }
    }

    private static HttpClientStreamableHttpTransport overHttp(URI endpoint, McpOptions options) {
        String path = endpoint.getRawPath() + (endpoint.getRawQuery() == null ? "" : "?" + endpoint.getRawQuery());
        return HttpClientStreamableHttpTransport.builder(endpoint.getScheme() + "://" + endpoint.getRawAuthority())
                .endpoint(path.isEmpty() ? "/" : path)
                .connectTimeout(options.startTimeout())
                .maxResponseSize(ServerProcess.MOST_LINE_CHARS)
                .addHttpRequestCustomizer((request, method, uri, body, context) ->
                        options.headers().forEach((header, value) -> request.setHeader(header, value.reveal())))
                .build();
    }

    private McpTools started() {
        boolean usable = false;
        try {
            McpConnection opened = open();
            connected(opened);
            List<McpSchema.Tool> offered = opened.list();
            options.allowed()
                    .orElseThrow()
                    .check(
                            "the MCP server '" + name + "'",
                            offered.stream().map(McpSchema.Tool::name).toList());
            tools = options.leftOut().map(told -> usable(offered, told)).orElseGet(() -> allChecked(offered));
            usable = true;
            return this;
        } catch (IOException e) {
            throw notStarted(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notStarted(e);
        } catch (UnusableTool e) {
            throw new UnusableToolSource(
                    "the MCP server '" + name + "' has a tool that no model can be given: " + e.getMessage()
                            + "; leave it out of the allow list",
                    e);
        } finally {
            if (!usable) {
                close();
            }
        }
    }

    private McpConnection open() throws IOException, InterruptedException {
        return McpConnection.open(name, options, opening, offered -> connection.ifPresent(at -> changed(offered)));
    }

    private UnusableToolSource notStarted(Exception e) {
        return new UnusableToolSource(
                "the MCP server '" + name + "' did not start: " + options.scrubbed(String.valueOf(e.getMessage()))
                        + "; check its command or address, and its credentials");
    }

    private List<Tool<?, ?>> allowed(List<McpSchema.Tool> offered) {
        List<Tool<?, ?>> allowed = new ArrayList<>();
        for (McpSchema.Tool tool : offered) {
            if (options.allowed().orElseThrow().allows(tool.name())) {
                allowed.add(tool(tool));
            }
        }
        return List.copyOf(allowed);
    }

    private Tool<?, ?> tool(McpSchema.Tool tool) {
        boolean says = Optional.ofNullable(tool.annotations())
                .map(McpSchema.ToolAnnotations::readOnlyHint)
                .orElse(false);
        boolean looks = says
                || options.readOnly().filter(tools -> tools.allows(tool.name())).isPresent();
        String valid = (options.prefix() + tool.name()).replaceAll("[^A-Za-z0-9_-]+", "_");
        String described = Optional.ofNullable(tool.description())
                .filter(text -> !text.isBlank())
                .or(() -> Optional.ofNullable(tool.title()))
                .orElse(tool.name());
        Tool<ObjectNode, Object> made = Tool.ofSchema(
                        valid.substring(0, Math.min(valid.length(), MOST_NAME_CHARS)),
                        described.substring(0, Math.min(described.length(), MOST_DESCRIPTION_CHARS)),
                        JsonMapper.shared()
                                .writeValueAsString(
                                        Optional.ofNullable(tool.inputSchema()).orElse(Map.of("type", "object"))),
                        arguments -> call(tool.name(), arguments, looks))
                .policy(options.policy())
                .ownLimit(options.callTimeout());
        return looks ? made.readOnly() : made.with(ToolPolicy.Builder::changes);
    }

    private Object call(String tool, ObjectNode arguments, boolean looks) throws InterruptedException {
        McpConnection at = connection.orElseThrow(() -> closed
                ? new ToolFailure("the source of this tool is closed; nothing was done")
                : new TransientFailure("the tool's server is away and is being started again; nothing was done"));
        Map<String, Object> values = JsonMapper.shared().convertValue(arguments, new TypeReference<>() {});
        return McpResults.of(at.call(tool, values, looks), options);
    }

    private List<Tool<?, ?>> allChecked(List<McpSchema.Tool> offered) {
        List<Tool<?, ?>> all = allowed(offered);
        all.forEach(Tool::check);
        return all;
    }

    /** The allowed ones without those that no model can be given. */
    private List<Tool<?, ?>> usable(List<McpSchema.Tool> offered, BiConsumer<String, String> leftOut) {
        List<Tool<?, ?>> usable = new ArrayList<>();
        for (Tool<?, ?> tool : allowed(offered)) {
            try {
                tool.check();
                usable.add(tool);
            } catch (UnusableTool e) {
                leftOut.accept(tool.name(), String.valueOf(e.getMessage()));
            }
        }
        return List.copyOf(usable);
    }

    /** The server has other tools now. */
    private void changed(List<McpSchema.Tool> offered) {
        tools = usable(offered, (tool, why) -> LOG.warn("MCP server '{}': tool '{}' is left out: {}", name, tool, why));
        listeners.forEach(this::tell);
    }

    private void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.error("MCP server '{}': who wants to know of its new tools threw", name, e);
        }
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void connected(McpConnection opened) {
        lock.lock();
        try {
            if (closed) {
                opened.close();
                return;
            }
            connection = Optional.of(opened);
            restarting = Optional.empty();
        } finally {
            lock.unlock();
        }
        CompletableFuture<Void> unused = opened.lost().thenAccept(reason -> lost(opened, reason));
    }

    private void lost(McpConnection gone, String reason) {
        lock.lock();
        try {
            if (closed || connection.filter(gone::equals).isEmpty()) {
                return;
            }
            LOG.warn("MCP server '{}' was lost: {}; it is started again", name, options.scrubbed(reason));
            connection = Optional.empty();
            restarting = Optional.of(
                    Thread.ofVirtual().name("mcp-" + name + "-restart").start(() -> restart(gone)));
        } finally {
            lock.unlock();
        }
    }

    private void restart(McpConnection gone) {
        gone.close();
        Duration pause = options.firstPause();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(pause);
                McpConnection opened = open();
                LOG.info("MCP server '{}' is there again", name);
                connected(opened);
                listAgain(opened);
                return;
            } catch (IOException e) {
                LOG.warn("MCP server '{}' is still away: {}", name, options.scrubbed(String.valueOf(e.getMessage())));
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(options.longestPause()) > 0 ? options.longestPause() : doubled;
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void listAgain(McpConnection opened) throws InterruptedException {
        try {
            changed(opened.list());
        } catch (IOException e) {
            opened.lost().complete("it did not tell its tools: " + e.getMessage());
        }
    }

    @Override
    public List<Tool<?, ?>> tools() {
        return tools;
    }

    @Override
    public void close() {
        Optional<McpConnection> open;
        Optional<Thread> restart;
        lock.lock();
        try {
            closed = true;
            open = connection;
            restart = restarting;
            connection = Optional.empty();
        } finally {
            lock.unlock();
        }
        restart.ifPresent(Thread::interrupt);
        open.ifPresent(McpConnection::close);
    }
}
