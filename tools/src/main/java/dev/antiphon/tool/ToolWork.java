package dev.antiphon.tool;

import dev.antiphon.session.SessionId;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tool that code calls instead of a model: the work of an effect, a search or a check of a flow. The arguments are checked
 * as a model's are; how it runs (timeout, further attempts, places) is up to whoever calls it, not to the tool's policy.
 * Thread-safe; blocks its thread.
 *
 * @param <R> the values that it is called with
 * @param <X> of its result
 */
public final class ToolWork<R, X> {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final SessionId NO_SESSION = new SessionId("code");

    private final String name;
    private final Supplier<Optional<Tool<?, ?>>> tool;
    private final Function<? super R, ?> arguments;
    private final Class<X> result;

    ToolWork(String name, Supplier<Optional<Tool<?, ?>>> tool, Function<? super R, ?> arguments, Class<X> result) {
        this.name = name;
        this.tool = tool;
        this.arguments = arguments;
        this.result = result;
    }

    /**
     * A tool for code; one of a source is better had from {@link ToolSource#work}, which knows when it changes.
     *
     * @param arguments the tool's arguments for the values, as anything that Jackson writes as an object
     * @param result what the result's JSON is read as, unknown members left out; {@code String}: text as it is, all else as
     *     JSON; {@code JsonNode}: a tree
     */
    public static <R, X> ToolWork<R, X> of(Tool<?, ?> tool, Function<? super R, ?> arguments, Class<X> result) {
        tool.check();
        return new ToolWork<>(tool.name(), () -> Optional.of(tool), arguments, result);
    }

    /**
     * Calls it under a key of an effect, which its {@link ToolContext} has; the session there is none of a call.
     *
     * @throws ToolFailure with the tool's words, or with the rule that the arguments break; of these nothing was done
     * @throws TransientFailure when nothing was done and a later call may succeed
     * @throws UnknownOutcome when nobody knows whether it was done
     * @throws Exception whatever else the tool throws
     */
    public X run(R values, String idempotencyKey) throws Exception {
        Tool<?, ?> called = tool.get()
                .orElseThrow(() -> new ToolFailure("the tool '" + name + "' is not there any more; nothing was done"));
        String written = JSON.writeValueAsString(arguments.apply(values));
        return read(called(called, written, new ToolContext(NO_SESSION, idempotencyKey, idempotencyKey)));
    }

    /** Calls it under a key of its own: for a search or a check, which may be made again. */
    public X run(R values) throws Exception {
        return run(values, UUID.randomUUID().toString());
    }

    private static <I, O> Object called(Tool<I, O> tool, String written, ToolContext context) throws Exception {
        return switch (ArgumentReader.of(tool.input()).read(written)) {
            case ArgumentReader.Arguments.Accepted<I> accepted ->
                Objects.requireNonNull(plain(tool.handler().handle(accepted.input(), context)), tool.name());
            case ArgumentReader.Arguments.Refused<I> refused -> throw new ToolFailure(refused.rule());
        };
    }

    private static Object plain(Object answer) {
        return switch (answer) {
            case ToolResult.Ok<?> ok -> ok.value();
            case ToolResult.Alternative<?> other -> throw new ToolFailure(other.reason());
            case ToolResult.Failed<?> failed -> throw new ToolFailure(failed.forTheModel());
            default -> answer;
        };
    }

    private X read(Object answer) {
        JsonNode tree = JSON.valueToTree(answer);
        if (result == String.class) {
            return result.cast(tree.isString() ? tree.asString() : tree.toString());
        }
        try {
            return JSON.treeToValue(tree, result);
        } catch (JacksonException e) {
            throw new IllegalStateException(
                    "the answer of tool '" + name + "' is no " + result.getSimpleName() + ": " + e.getOriginalMessage(),
                    e);
        }
    }
}
