package dev.antiphon.tool;

import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.session.ToolOutcome;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tool ready to be called: its schema generated, its reader prepared. Thread-safe. */
final class OfferedTool<I, O> {
    private static final Logger LOG = LoggerFactory.getLogger(OfferedTool.class);
    private static final String DONE = "{\"done\":true,\"note\":\"it was done; its result cannot be shown\"}";

    private final Tool<I, O> tool;
    private final FunctionTool function;
    private final ArgumentReader<I> reader;
    private final JsonNode schema;
    private final Set<String> sensitiveInResults = ConcurrentHashMap.newKeySet();

    /**
     * Prepares the tool.
     *
     * @throws UnusableTool when no model can be given its input
     */
    OfferedTool(Tool<I, O> tool) {
        this.tool = tool;
        this.reader = ArgumentReader.of(tool.input());
        this.schema = JsonMapper.shared().readTree(reader.schema().text());
        this.function = new FunctionTool(tool.name(), tool.description(), reader.schema());
    }

    FunctionTool function() {
        return function;
    }

    String name() {
        return tool.name();
    }

    ToolPolicy policy() {
        return tool.policy();
    }

    Duration limit() {
        return tool.limit();
    }

    /** The arguments as logs and journals may hold them. */
    String masked(String argumentsJson) {
        return reader.sensitive().masked(argumentsJson, schema);
    }

    boolean takesSensitive() {
        return !reader.sensitive().isEmpty();
    }

    /** An answer of this tool as people may see it. */
    String maskedAnswer(String argumentsJson, String answerJson) {
        return reader.sensitive().and(sensitiveInResults).maskedAnswer(argumentsJson, answerJson);
    }

    /** One text for arguments that mean the same to this tool. */
    String canonical(String argumentsJson) {
        return CanonicalArguments.of(argumentsJson, schema);
    }

    /** Reads the arguments, runs the code and writes its result; never throws. */
    Attempt call(String argumentsJson, ToolContext context) {
        try {
            return switch (reader.read(argumentsJson)) {
                case ArgumentReader.Arguments.Accepted<I> accepted ->
                    RedactedFailure.in(
                            Attempt.at(name(), () -> text(tool.handler().handle(accepted.input(), context))),
                            reader.sensitive(),
                            accepted.json());
                case ArgumentReader.Arguments.Refused<I> refused ->
                    new Attempt(new ToolOutcome.Rejected(refused.rule()), false);
            };
        } catch (Throwable e) {
            return Attempt.failed(name(), e);
        }
    }

    /** What the code gave, as text. What changed something is done, whether its result can be shown or not. */
    private String text(O result) throws Exception {
        Object value = result instanceof CompletionStage<?> later ? awaited(later) : result;
        Object next = value == null ? null : NextAction.after(value);
        try {
            if (next == null) {
                throw new IllegalStateException("tool '" + name() + "' returned null; return a record, text or a list");
            }
            return ResultText.of(next, policy().maxResultChars(), sensitiveInResults);
        } catch (RuntimeException | StackOverflowError unshown) {
            if (!policy().changes()) {
                throw unshown;
            }
            LOG.error("tool '{}' did what it should, but its result cannot be shown to the model", name(), unshown);
            return DONE;
        }
    }

    private static Object awaited(CompletionStage<?> later) throws Exception {
        try {
            return later.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
