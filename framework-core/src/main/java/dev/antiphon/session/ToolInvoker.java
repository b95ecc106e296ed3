package dev.antiphon.session;

import dev.antiphon.realtime.FunctionTool;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * The port to the tool pool. Implemented by {@code tools}.
 *
 * <p>Thread-safe; nothing here blocks. Every invocation settles exactly once, on any thread, whatever the work does.
 */
public interface ToolInvoker {

    /** The tools a model may call besides the conversation's own. */
    List<FunctionTool> offered();

    /** The arguments of a call as logs, journals and consoles may hold them: without sensitive values. */
    default String masked(String tool, String argumentsJson) {
        return argumentsJson;
    }

    /** The answer to a call as people may see it: without sensitive values, its own and those of the arguments. */
    default String maskedAnswer(String tool, String argumentsJson, String answerJson) {
        return answerJson;
    }

    /** Whether a tool takes sensitive arguments, so that callers tell them; default: no. */
    default boolean takesSensitive(String tool) {
        return false;
    }

    /** Runs one invocation and hands its outcome to {@code settled}. */
    void invoke(Invocation invocation, Consumer<ToolOutcome> settled);

    /**
     * Runs an effect. When it settles as {@link ToolOutcome.TimedOut}, the work may go on: {@code late} then gets, once, what
     * became of it. A pool that cannot know never calls it.
     */
    default void invoke(Invocation.Effect effect, Consumer<ToolOutcome> settled, Consumer<ToolOutcome> late) {
        invoke(effect, settled);
    }

    /** Cancels what the session still has running, except effects; each cancelled invocation settles. */
    void cancelAll(SessionId session);

    /** How a tool behaves towards the caller; default {@link ToolConduct#DEFAULT}. */
    default ToolConduct conduct(String tool) {
        return ToolConduct.DEFAULT;
    }

    /** Cancels one call of a tool that only looks; it settles. Does nothing to others. */
    default void cancel(SessionId session, String callId) {}

    /** What to run. */
    sealed interface Invocation {
        /** For whom. */
        SessionId session();

        /** A tool that the model called. {@code argumentsJson} is as the model wrote it. */
        record ModelCall(SessionId session, String callId, String tool, String argumentsJson) implements Invocation {}

        /** A side effect that code decided on; survives barge-in and {@link ToolInvoker#cancelAll}. */
        record Effect(
                SessionId session,
                String effectId,
                String name,
                String idempotencyKey,
                Conversation.EffectPolicy policy,
                Callable<?> work)
                implements Invocation {}
    }

    /** No tools: model calls are unknown; effects run nowhere and are rejected. */
    static ToolInvoker none() {
        return new ToolInvoker() {
            @Override
            public List<FunctionTool> offered() {
                return List.of();
            }

            @Override
            public void invoke(Invocation invocation, Consumer<ToolOutcome> settled) {
                settled.accept(
                        switch (invocation) {
                            case Invocation.ModelCall call -> new ToolOutcome.UnknownTool(call.tool());
                            case Invocation.Effect effect ->
                                new ToolOutcome.Rejected("no tool pool is configured to run '" + effect.name() + "'");
                        });
            }

            @Override
            public void cancelAll(SessionId session) {}
        };
    }
}
