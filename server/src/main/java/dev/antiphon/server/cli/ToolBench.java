package dev.antiphon.server.cli;

import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.server.Bot;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.ToolAnswers;
import dev.antiphon.session.ToolInvoker;
import dev.antiphon.session.ToolInvoker.Invocation;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tool.SimilarName;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolPolicy;
import dev.antiphon.tool.ToolPool;
import dev.antiphon.tool.ToolSource;
import dev.antiphon.tool.UnusableTool;
import dev.antiphon.tool.UnusableToolSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Tools in a pool of their own, to be looked at and called by hand. Not thread-safe. */
final class ToolBench implements AutoCloseable {
    private final String owner;
    private final ActorSystem<Void> system;
    private final ToolInvoker pool;
    private final List<FunctionTool> ofFlow;
    private final Locale language;
    private final String tooLong;
    private final Runnable afterwards;

    /**
     * One tool.
     *
     * @param policy how it runs; empty when its pool does not tell, or when it is a part of the flow
     * @param limit how long a call takes at most: by its policy, or by a shorter limit of its source
     * @param ofFlow whether it is the flow's own: it works on the state of a call
     */
    record Known(FunctionTool function, Optional<ToolPolicy> policy, Optional<Duration> limit, boolean ofFlow) {
        /** What is not known to look only may change something. */
        boolean changes() {
            return policy.map(known -> known.access() == ToolPolicy.Access.CHANGES)
                    .orElse(true);
        }
    }

    /**
     * What came of a call.
     *
     * @param answer JSON, as the model would get it, without sensitive values
     */
    record Called(ToolOutcome outcome, String answer, Duration took) {}

    private ToolBench(
            String owner,
            Function<ActorSystem<?>, ToolInvoker> pool,
            List<FunctionTool> ofFlow,
            Locale language,
            String tooLong,
            Runnable afterwards) {
        this.owner = owner;
        this.ofFlow = ofFlow;
        this.language = language;
        this.tooLong = tooLong;
        this.afterwards = afterwards;
        this.system = ActorSystem.create(Behaviors.empty(), "tools");
        try {
            this.pool = pool.apply(system);
        } catch (UnusableTool | UnusableToolSource e) {
            close();
            throw CliFailure.usage(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            close();
            throw CliFailure.ofTrustStore(e).<RuntimeException>map(told -> told).orElse(e);
        }
    }

    /** The tools of a bot, and those of its flow. */
    static ToolBench of(Bot bot) {
        Conversation conversation = bot.conversation();
        return new ToolBench(
                "the bot '" + bot.name() + "'",
                bot.tools(),
                conversation.opening().tools(),
                conversation.language(),
                conversation.waitingWords().tooLong(),
                () -> {});
    }

    /** The tools of a source, which is closed at the end. */
    static ToolBench of(ToolSource source) {
        return new ToolBench(
                "the source",
                system -> ToolDispatcher.start(system, source.tools()),
                List.of(),
                Locale.ENGLISH,
                Conversation.WaitingWords.ENGLISH.tooLong(),
                source::close);
    }

    /** For messages: {@code the bot 'clinic'}. */
    String owner() {
        return owner;
    }

    /** Those of the pool, then those of the flow. */
    List<Known> tools() {
        List<Known> all = new ArrayList<>();
        pool.offered().forEach(function -> all.add(known(function)));
        ofFlow.forEach(function -> all.add(new Known(function, Optional.empty(), Optional.empty(), true)));
        return all;
    }

    private Known known(FunctionTool function) {
        return pool instanceof ToolPool known
                ? new Known(function, known.policy(function.name()), known.limit(function.name()), false)
                : new Known(function, Optional.empty(), Optional.empty(), false);
    }

    /** The one of this name, or a failure that names those there are. */
    Known named(String name) {
        List<Known> all = tools();
        return all.stream()
                .filter(known -> known.function().name().equals(name))
                .findFirst()
                .orElseThrow(() -> CliFailure.usage(unknown(
                        name, all.stream().map(known -> known.function().name()).toList())));
    }

    private String unknown(String name, List<String> names) {
        return owner + " has no tool '" + name + "'; "
                + SimilarName.to(name, names)
                        .map(similar -> "did you mean '" + similar + "'? It has ")
                        .orElse("it has ")
                + (names.isEmpty() ? "none" : String.join(", ", names));
    }

    /** Calls a tool of the pool as a model does and waits; its policy says how long at most. */
    Called call(String name, String argumentsJson) {
        long begun = System.nanoTime();
        CompletableFuture<ToolOutcome> settled = new CompletableFuture<>();
        pool.invoke(
                new Invocation.ModelCall(new SessionId("sess_tools"), "call_1", name, argumentsJson),
                settled::complete);
        ToolOutcome outcome = settled.join();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        String words =
                pool.conduct(name).exit().flatMap(exit -> exit.in(language)).orElse(tooLong);
        return new Called(outcome, pool.maskedAnswer(name, argumentsJson, ToolAnswers.json(outcome, words)), took);
    }

    @Override
    public void close() {
        system.terminate();
        afterwards.run();
    }
}
