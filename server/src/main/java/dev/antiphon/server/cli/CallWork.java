package dev.antiphon.server.cli;

import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.ToolInvoker;
import dev.antiphon.session.ToolInvoker.Invocation;
import dev.antiphon.session.ToolOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The work of one {@link TypedCall} in the bot's tool pool, each piece waited for. It remembers what came of it, so that a call
 * of which a part is taken back does nothing twice. Not thread-safe.
 */
final class CallWork {
    private final ToolInvoker pool;
    private final List<Done> done = new ArrayList<>();
    private final Map<String, Deque<ToolOutcome>> takenBack = new HashMap<>();
    private final Queue<Late> late = new ConcurrentLinkedQueue<>();
    private SessionId session;

    /** @param what its name and the values that it is done with */
    private record Done(String what, ToolOutcome outcome) {}

    /** What became of work; {@code detail} says more, or is empty. */
    record Settled(ToolOutcome outcome, String detail) {}

    /** Work that had timed out has ended after all. */
    record Late(String effectId, ToolOutcome outcome) {}

    private CallWork(ToolInvoker pool, SessionId session) {
        this.pool = pool;
        this.session = session;
    }

    /** Work of which nothing is known yet. */
    static CallWork of(ToolInvoker pool, SessionId session) {
        return new CallWork(pool, session);
    }

    /** How much was done so far. */
    int doneSoFar() {
        return done.size();
    }

    /** All but so much is taken back: its outcomes are those of the same work with the same values, in their order. */
    void takeBack(int all, SessionId nextSession) {
        session = nextSession;
        takenBack.clear();
        List<Done> undone = done.subList(all, done.size());
        undone.forEach(each -> takenBack
                .computeIfAbsent(each.what(), what -> new ArrayDeque<>())
                .add(each.outcome()));
        undone.clear();
    }

    /** The tools of the pool that a model may call. */
    List<FunctionTool> offered() {
        return pool.offered();
    }

    /** Arguments of a tool of the pool without its sensitive values. */
    String masked(String tool, String argumentsJson) {
        return pool.masked(tool, argumentsJson);
    }

    /** An answer of a tool of the pool without sensitive values, its own and those of the arguments. */
    String maskedAnswer(String tool, String argumentsJson, String answerJson) {
        return pool.maskedAnswer(tool, argumentsJson, answerJson);
    }

    /** Calls a tool of the pool for the model; its answer as JSON text. */
    String call(String callId, String tool, String argumentsJson) {
        String what = tool + argumentsJson;
        ToolOutcome outcome = earlier(what).orElseGet(() -> {
            CompletableFuture<ToolOutcome> settled = new CompletableFuture<>();
            pool.invoke(new Invocation.ModelCall(session, callId, tool, argumentsJson), settled::complete);
            return settled.join();
        });
        done.add(new Done(what, outcome));
        return outcome instanceof ToolOutcome.Ok ok
                ? String.valueOf(ok.value())
                : JsonText.object("error", outcome.name() + detail(outcome));
    }

    /**
     * Runs an effect; {@code slow} hears once when it takes longer than its policy likes.
     *
     * @param values with which it is done
     */
    Settled run(Directive.Run run, String values, Consumer<Duration> slow) {
        String what = run.name() + values;
        ToolOutcome outcome = earlier(what).orElseGet(() -> await(invoke(run), run, slow));
        done.add(new Done(what, outcome));
        return new Settled(outcome, detail(outcome).replaceFirst("^: ", ""));
    }

    /** What ended late since this was asked last. */
    List<Late> late() {
        List<Late> all = new ArrayList<>();
        for (Optional<Late> next = Optional.ofNullable(late.poll());
                next.isPresent();
                next = Optional.ofNullable(late.poll())) {
            all.add(next.get());
        }
        return all;
    }

    private Optional<ToolOutcome> earlier(String what) {
        return Optional.ofNullable(takenBack.get(what)).flatMap(outcomes -> Optional.ofNullable(outcomes.poll()));
    }

    private CompletableFuture<ToolOutcome> invoke(Directive.Run run) {
        CompletableFuture<ToolOutcome> settled = new CompletableFuture<>();
        pool.invoke(
                new Invocation.Effect(
                        session, run.effectId(), run.name(), run.idempotencyKey(), run.policy(), run.work()),
                settled::complete,
                outcome -> late.add(new Late(run.effectId(), outcome)));
        return settled;
    }

    private static ToolOutcome await(
            CompletableFuture<ToolOutcome> settled, Directive.Run run, Consumer<Duration> slow) {
        Optional<Duration> limit = run.policy().slowAfter();
        if (limit.isPresent()) {
            try {
                return settled.get(limit.get().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                slow.accept(limit.get());
            } catch (InterruptedException | ExecutionException e) {
                Thread.currentThread().interrupt();
                return new ToolOutcome.Cancelled("interrupted");
            }
        }
        return settled.join();
    }

    private static String detail(ToolOutcome outcome) {
        return switch (outcome) {
            case ToolOutcome.Ok ok -> "";
            case ToolOutcome.Failed failed -> ": " + failed.cause();
            case ToolOutcome.TimedOut timedOut -> ": after " + CallPrinter.millis(timedOut.after());
            case ToolOutcome.Rejected rejected -> ": " + rejected.rule();
            case ToolOutcome.UnknownTool unknown -> ": " + unknown.tool();
            case ToolOutcome.Cancelled cancelled -> ": " + cancelled.reason();
        };
    }
}
