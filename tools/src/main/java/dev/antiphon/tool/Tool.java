package dev.antiphon.tool;

import dev.antiphon.realtime.RawJson;
import dev.antiphon.session.GateDecision;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * A function that the model may call: a record in, any JSON-serialisable value or a {@link ToolResult} out. Immutable; the handler is called from
 * many virtual threads at once and may block.
 *
 * @param name as the model sees it: letters, digits, {@code _} and {@code -}, at most 64 characters
 * @param description what it does and when to call it, for the model
 * @param input what the arguments become, most often a record, whose components make the JSON Schema
 * @param handler the code
 * @param policy how it runs
 * @param ownLimit after which its code gives up by itself, for example the time limit of the service that it asks; empty: the policy's
 *     timeout alone ends a call
 */
public record Tool<I, O>(
        String name,
        String description,
        ToolInput<I> input,
        ContextHandler<I, O> handler,
        ToolPolicy policy,
        Optional<Duration> ownLimit) {

    private static final Pattern SENTENCE_END =
            Pattern.compile("[.!?\u2026\u3002\uFF01\uFF1F][\"'\u201C\u201D\u2019\u00BB\u00AB)]*$");

    public Tool {
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "tool name must be 1 to 64 letters, digits, '_' or '-', but was '" + name + "'");
        }
        if (description.isBlank()) {
            throw new IllegalArgumentException("tool '" + name + "' needs a description for the model");
        }
    }

    /** A tool whose code has no time limit of its own. */
    public Tool(String name, String description, ToolInput<I> input, ContextHandler<I, O> handler, ToolPolicy policy) {
        this(name, description, input, handler, policy, Optional.empty());
    }

    /** The code of a tool. */
    @FunctionalInterface
    public interface Handler<I, O> {
        /**
         * Handles one call. It is interrupted when the caller's session cancels it or its time is over.
         *
         * @throws ToolFailure to fail with words that the model may see
         * @throws Exception to fail without words
         */
        O handle(I input) throws Exception;
    }

    /** The code of a tool that wants to know for whom it is called. */
    @FunctionalInterface
    public interface ContextHandler<I, O> {
        /** Handles one call, see {@link Handler#handle}. */
        O handle(I input, ToolContext context) throws Exception;
    }

    /** A tool with the default policy. */
    public static <I extends Record, O> Tool<I, O> of(
            String name, String description, Class<I> input, Handler<I, O> handler) {
        return of(name, description, input, (arguments, context) -> handler.handle(arguments));
    }

    /** A tool with the default policy that is told for whom it is called. */
    public static <I extends Record, O> Tool<I, O> of(
            String name, String description, Class<I> input, ContextHandler<I, O> handler) {
        return new Tool<>(name, description, new ToolInput.OfRecord<>(input), handler, ToolPolicy.defaults());
    }

    /**
     * A tool whose JSON Schema comes from elsewhere, with the default policy. The schema is checked when the pool starts.
     *
     * @param schemaJson see {@link ToolInput.OfSchema}
     * @param handler gets the arguments, checked against the schema, as a tree of its own
     */
    public static <O> Tool<ObjectNode, O> ofSchema(
            String name, String description, String schemaJson, Handler<ObjectNode, O> handler) {
        return new Tool<>(
                name,
                description,
                new ToolInput.OfSchema(new RawJson(schemaJson)),
                (arguments, context) -> handler.handle(arguments),
                ToolPolicy.defaults());
    }

    /**
     * Checks that a model can be given it, as a pool does when it starts.
     *
     * @throws UnusableTool when not, with the reason and what to do
     */
    public void check() {
        try {
            ArgumentReader.of(input);
        } catch (UnusableTool e) {
            throw new UnusableTool("tool '" + name + "': " + e.getMessage(), e);
        }
    }

    /** A second look at a call before it is run, on the same thread; it may block and throw: then nothing is done. */
    @FunctionalInterface
    public interface Gate<I> {
        /** Looks. */
        GateDecision look(I input, ToolContext context) throws Exception;
    }

    /** A copy whose code is run only when a gate allows it; the model is told why it was refused, and that nothing was done. The timeout covers both. */
    public Tool<I, O> gated(Gate<? super I> gate) {
        return new Tool<>(
                name,
                description,
                input,
                (arguments, context) -> {
                    if (gate.look(arguments, context) instanceof GateDecision.Refused refused) {
                        throw new ToolFailure(sentence(refused.reason()) + " Nothing was done.");
                    }
                    return handler.handle(arguments, context);
                },
                policy);
    }

    private static String sentence(String reason) {
        String words = reason.strip();
        return SENTENCE_END.matcher(words).find() ? words : words + ".";
    }

    /** A copy with another policy. */
    public Tool<I, O> policy(ToolPolicy other) {
        return new Tool<>(name, description, input, handler, other, ownLimit);
    }

    /** A copy whose code gives up by itself after this, see {@link #ownLimit()}. */
    public Tool<I, O> ownLimit(Duration limit) {
        return new Tool<>(name, description, input, handler, policy, Optional.of(limit));
    }

    /** How long a call takes at most: by its policy's timeout, or by the code's own limit where that is shorter and nothing is tried again. */
    public Duration limit() {
        return ownLimit.filter(own -> policy.retries() == 0 && own.compareTo(policy.timeout()) < 0)
                .orElse(policy.timeout());
    }

    /** A copy with its policy changed. */
    public Tool<I, O> with(Consumer<ToolPolicy.Builder> changes) {
        return policy(policy.with(changes));
    }

    /** A copy that only looks, see {@link ToolPolicy.Access#READS}. */
    public Tool<I, O> readOnly() {
        return with(ToolPolicy.Builder::readOnly);
    }

    /** A copy with another timeout, see {@link ToolPolicy#timeout}. */
    public Tool<I, O> timeout(Duration other) {
        return with(changed -> changed.timeout(other));
    }

    /** A copy with another bulkhead, see {@link ToolPolicy}. */
    public Tool<I, O> bulkhead(int maxConcurrent, int maxQueued) {
        return with(changed -> changed.bulkhead(maxConcurrent, maxQueued));
    }
}
