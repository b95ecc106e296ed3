package dev.antiphon.tool.openapi;

import dev.antiphon.http.SafeAddress;
import dev.antiphon.tool.AllowedTools;
import dev.antiphon.tool.ToolPolicy;
import dev.antiphon.tool.UnusableToolSource;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * How the operations of an API become tools. Immutable.
 *
 * @param baseUrl where the API is; the paths of the document are appended. The document's own servers are not used. With
 *     {@code auth} it must be {@code https}, or {@code http} of this machine
 * @param allowed which operations, by the names of their tools
 * @param auth how calls say who they are; default not at all
 * @param prefix put before each tool's name; default none
 * @param timeout of one call, until its answer has come as a whole, redirects included; default 8 s
 * @param maxResponseBytes how much of an answer is read; default 262,144
 * @param notForModel names of members that are left out of results, at any depth; default none
 * @param idempotencyHeader the header by which the service knows what it has done already, for example {@code
 *     Idempotency-Key}; sent with everything but {@code GET} and {@code HEAD}; default none
 * @param leftOut is told the name of an operation that cannot be called, and why, which is then left out; default: the document is
 *     refused
 * @param policy of the tools; its timeout covers queue and further attempts too. GET and HEAD count as read-only, all else as changing something
 */
public record OpenApiOptions(
        Optional<URI> baseUrl,
        Optional<AllowedTools> allowed,
        HttpAuth auth,
        String prefix,
        Duration timeout,
        int maxResponseBytes,
        Set<String> notForModel,
        Optional<String> idempotencyHeader,
        Optional<BiConsumer<String, String>> leftOut,
        ToolPolicy policy) {
    public OpenApiOptions {
        notForModel = Set.copyOf(notForModel);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, but was " + timeout);
        }
        if (maxResponseBytes < 1_000) {
            throw new IllegalArgumentException("maxResponseBytes must be 1,000 or more, but was " + maxResponseBytes);
        }
    }

    static OpenApiOptions of(UnaryOperator<OpenApiOptions> choose) {
        OpenApiOptions options = choose.apply(new OpenApiOptions(
                Optional.empty(),
                Optional.empty(),
                HttpAuth.none(),
                "",
                Duration.ofSeconds(8),
                262_144,
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                ToolPolicy.defaults()));
        if (options.allowed().isEmpty()) {
            throw new UnusableToolSource(
                    "an OpenAPI document needs an allow list of operations: allow(\"listTables\", …);"
                            + " \"*\" allows all of them");
        }
        URI base = options.baseUrl()
                .orElseThrow(
                        () -> new UnusableToolSource(
                                "an OpenAPI document needs the address of the service: baseUrl(URI); the document's own is not used"));
        if (base.getHost() == null || !("http".equals(base.getScheme()) || "https".equals(base.getScheme()))) {
            throw new UnusableToolSource(
                    "the address of the service must be an http or https address with a host, but was '" + base + "'",
                    UnusableToolSource.Setting.ADDRESS,
                    "correct baseUrl");
        }
        if (!(options.auth() instanceof HttpAuth.None)) {
            checkSafe(base);
        }
        return options;
    }

    private static void checkSafe(URI base) {
        try {
            SafeAddress.checked("with credentials, an OpenAPI service's", base);
        } catch (IllegalArgumentException e) {
            throw new UnusableToolSource(
                    String.valueOf(e.getMessage()),
                    UnusableToolSource.Setting.ADDRESS,
                    "correct baseUrl, or call it without auth");
        }
    }

    /** A copy with the address of the API. */
    public OpenApiOptions baseUrl(URI other) {
        return changed(draft -> draft.baseUrl = Optional.of(other));
    }

    /** A copy that allows these operations, see {@link AllowedTools#of}. */
    public OpenApiOptions allow(String... patterns) {
        return changed(draft -> draft.allowed = Optional.of(AllowedTools.of(patterns)));
    }

    /** A copy whose calls say who they are. */
    public OpenApiOptions auth(HttpAuth other) {
        return changed(draft -> draft.auth = other);
    }

    /** A copy whose tools' names begin so. */
    public OpenApiOptions prefix(String other) {
        return changed(draft -> draft.prefix = other);
    }

    /** A copy with another timeout of requests. */
    public OpenApiOptions timeout(Duration other) {
        return changed(draft -> draft.timeout = other);
    }

    /** A copy that reads more or less of an answer. */
    public OpenApiOptions maxResponseBytes(int other) {
        return changed(draft -> draft.maxResponseBytes = other);
    }

    /** A copy that leaves these members out of results. */
    public OpenApiOptions notForModel(String... names) {
        return changed(draft -> draft.notForModel = Set.of(names));
    }

    /** A copy that leaves out operations that cannot be called. {@code told} gets the name of each, and why. */
    public OpenApiOptions leavingOut(BiConsumer<String, String> told) {
        return changed(draft -> draft.leftOut = Optional.of(told));
    }

    /** A copy whose tools run so. */
    public OpenApiOptions policy(ToolPolicy other) {
        return changed(draft -> draft.policy = other);
    }

    /** A copy that sends the call's idempotency key in this header. */
    public OpenApiOptions idempotencyHeader(String name) {
        return changed(draft -> draft.idempotencyHeader = Optional.of(name));
    }

    private OpenApiOptions changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** The options while they are changed. */
    private static final class Draft {
        private Optional<URI> baseUrl;
        private Optional<AllowedTools> allowed;
        private HttpAuth auth;
        private String prefix;
        private Duration timeout;
        private int maxResponseBytes;
        private Set<String> notForModel;
        private Optional<String> idempotencyHeader;
        private Optional<BiConsumer<String, String>> leftOut;
        private ToolPolicy policy;

        Draft(OpenApiOptions from) {
            this.baseUrl = from.baseUrl;
            this.allowed = from.allowed;
            this.auth = from.auth;
            this.prefix = from.prefix;
            this.timeout = from.timeout;
            this.maxResponseBytes = from.maxResponseBytes;
            this.notForModel = from.notForModel;
            this.idempotencyHeader = from.idempotencyHeader;
            this.leftOut = from.leftOut;
            this.policy = from.policy;
        }

        OpenApiOptions options() {
            return new OpenApiOptions(
                    baseUrl,
                    allowed,
                    auth,
                    prefix,
                    timeout,
                    maxResponseBytes,
                    notForModel,
                    idempotencyHeader,
                    leftOut,
                    policy);
        }
    }
}
