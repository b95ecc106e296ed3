package dev.antiphon.tool.mcp;

import dev.antiphon.tool.AllowedTools;
import dev.antiphon.tool.Secret;
import dev.antiphon.tool.ToolPolicy;
import dev.antiphon.tool.UnusableToolSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * How the tools of an MCP server are used. Immutable; holds credentials, and never prints them.
 *
 * @param allowed which tools, by their names at the server; required
 * @param readOnly which of them only look, beside those that the server itself calls so; default none
 * @param prefix put before each tool's name; default none
 * @param headers sent with every request to a server over HTTP; default none
 * @param environment variables of a server's process, beside the few that programs need ({@code PATH}, {@code HOME}, …); the
 *     others of this process are not handed on; default none
 * @param startTimeout until the server has told its tools; default 20 s
 * @param callTimeout of one call; default 8 s
 * @param firstPause before a lost server is started again; doubles with each attempt; default 500 ms
 * @param longestPause between attempts; default 30 s
 * @param leftOut is told the name of a tool that no model can be given, and why, as the source starts without it; default: it does
 *     not start
 * @param policy of the tools; its timeout covers the whole call. A tool that the server calls read-only counts as such, any other as
 *     changing something
 */
public record McpOptions(
        Optional<AllowedTools> allowed,
        Optional<AllowedTools> readOnly,
        String prefix,
        Map<String, Secret> headers,
        Map<String, Secret> environment,
        Duration startTimeout,
        Duration callTimeout,
        Duration firstPause,
        Duration longestPause,
        Optional<BiConsumer<String, String>> leftOut,
        ToolPolicy policy) {
    /** Shorter variables are settings, such as {@code 1} or {@code on}, which stand in results that hold no credential. */
    private static final int LEAST_CREDENTIAL_CHARS = 4;

    public McpOptions {
        headers = Map.copyOf(headers);
        environment = Map.copyOf(environment);
        positive("startTimeout", startTimeout);
        positive("callTimeout", callTimeout);
        positive("firstPause", firstPause);
        positive("longestPause", longestPause);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, but was " + value);
        }
    }

    static McpOptions of(String server, UnaryOperator<McpOptions> choose) {
        McpOptions options = choose.apply(new McpOptions(
                Optional.empty(),
                Optional.empty(),
                "",
                Map.of(),
                Map.of(),
                Duration.ofSeconds(20),
                Duration.ofSeconds(8),
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                Optional.empty(),
                ToolPolicy.defaults()));
        if (options.allowed().isEmpty()) {
            throw new UnusableToolSource("the MCP server '" + server
                    + "' needs an allow list of its tools: allow(\"search\", …); \"*\" allows all, also those it will"
                    + " have later");
        }
        return options;
    }

    /** A copy that allows these tools, see {@link AllowedTools#of}. */
    public McpOptions allow(String... patterns) {
        return changed(draft -> draft.allowed = Optional.of(AllowedTools.of(patterns)));
    }

    /** A copy that takes these tools for ones that only look, see {@link ToolPolicy.Access#READS}. */
    public McpOptions readOnly(String... patterns) {
        return changed(draft -> draft.readOnly = Optional.of(AllowedTools.of(patterns)));
    }

    /** A copy whose tools' names begin so. */
    public McpOptions prefix(String other) {
        return changed(draft -> draft.prefix = other);
    }

    /** A copy that sends one more header, for example {@code "X-Api-Key"}. */
    public McpOptions header(String name, Secret value) {
        return changed(draft -> draft.headers = with(headers, name, value));
    }

    /** A copy that sends {@code Authorization: Bearer TOKEN}. */
    public McpOptions bearer(Secret token) {
        return header("Authorization", Secret.of("Bearer " + token.reveal()));
    }

    /** A copy whose process has one more environment variable. */
    public McpOptions environment(String name, Secret value) {
        return changed(draft -> draft.environment = with(environment, name, value));
    }

    /** A copy that waits for a server's start so long. */
    public McpOptions startTimeout(Duration other) {
        return changed(draft -> draft.startTimeout = other);
    }

    /** A copy that waits for a call so long. */
    public McpOptions callTimeout(Duration other) {
        return changed(draft -> draft.callTimeout = other);
    }

    /** A copy with other pauses before a lost server is started again. */
    public McpOptions pauses(Duration first, Duration longest) {
        return changed(draft -> {
            draft.firstPause = first;
            draft.longestPause = longest;
        });
    }

    /** A copy that starts without tools that no model can be given. {@code told} gets the name of each, and why. */
    public McpOptions leavingOut(BiConsumer<String, String> told) {
        return changed(draft -> draft.leftOut = Optional.of(told));
    }

    /** A copy whose tools run so. */
    public McpOptions policy(ToolPolicy other) {
        return changed(draft -> draft.policy = other);
    }

    private static Map<String, Secret> with(Map<String, Secret> map, String name, Secret value) {
        Map<String, Secret> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }

    /** Text without any of the credentials, the longest first, since one may hold another. */
    String scrubbed(String text) {
        Stream<Secret> sent = headers.values().stream().flatMap(McpOptions::withoutScheme);
        Stream<Secret> handedOn =
                environment.values().stream().filter(value -> value.reveal().length() >= LEAST_CREDENTIAL_CHARS);
        String scrubbed = text;
        for (Secret secret : Stream.concat(sent, handedOn)
                .sorted(Comparator.comparingInt(
                                (Secret secret) -> secret.reveal().length())
                        .reversed())
                .toList()) {
            scrubbed = secret.scrubbedFrom(scrubbed);
        }
        return scrubbed;
    }

    private static Stream<Secret> withoutScheme(Secret header) {
        String credential = header.reveal().replaceFirst("^(Bearer|Basic) +", "");
        return credential.isBlank() ? Stream.of(header) : Stream.of(header, Secret.of(credential));
    }

    private McpOptions changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** The options while they are changed. */
    private static final class Draft {
        private Optional<AllowedTools> allowed;
        private Optional<AllowedTools> readOnly;
        private String prefix;
        private Map<String, Secret> headers;
        private Map<String, Secret> environment;
        private Duration startTimeout;
        private Duration callTimeout;
        private Duration firstPause;
        private Duration longestPause;
        private Optional<BiConsumer<String, String>> leftOut;
        private ToolPolicy policy;

        Draft(McpOptions from) {
            this.allowed = from.allowed;
            this.readOnly = from.readOnly;
            this.prefix = from.prefix;
            this.headers = from.headers;
            this.environment = from.environment;
            this.startTimeout = from.startTimeout;
            this.callTimeout = from.callTimeout;
            this.firstPause = from.firstPause;
            this.longestPause = from.longestPause;
            this.leftOut = from.leftOut;
            this.policy = from.policy;
        }

        McpOptions options() {
            return new McpOptions(
                    allowed,
                    readOnly,
                    prefix,
                    headers,
                    environment,
                    startTimeout,
                    callTimeout,
                    firstPause,
                    longestPause,
                    leftOut,
                    policy);
        }
    }
}
