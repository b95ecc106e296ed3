package dev.antiphon.server.console;

import dev.antiphon.session.ToolInvoker;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolLoad;
import dev.antiphon.tool.ToolMeters;
import dev.antiphon.tool.ToolPolicy;
import dev.antiphon.tool.ToolPool;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the node's tool pool is doing, for meters and operators. The pool is asked each time; what it does not tell within a
 * second is as it was told last. Thread-safe; never blocks.
 */
public final class ToolsView {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Optional<ToolPool> pool;
    private final ToolMeters meters;
    private final ActorSystem<?> system;
    private volatile Optional<ToolLoad> last = Optional.empty();

    /**
     * A view.
     *
     * @param tools of which only a {@link ToolPool} tells anything
     * @param meters are shown what the pool tells
     */
    public ToolsView(ToolInvoker tools, ToolMeters meters, ActorSystem<?> system) {
        this.pool = tools instanceof ToolPool known ? Optional.of(known) : Optional.empty();
        this.meters = meters;
        this.system = system;
    }

    /** Asks the pool; empty when there is none, or it has never told. */
    CompletionStage<Optional<ToolLoad>> load() {
        return pool.map(this::ask).orElseGet(() -> CompletableFuture.completedStage(Optional.empty()));
    }

    private CompletionStage<Optional<ToolLoad>> ask(ToolPool asked) {
        return AskPattern.<ToolDispatcher.Command, ToolLoad>ask(
                        asked.dispatcher(), ToolDispatcher.Inspect::new, PATIENCE, system.scheduler())
                .handle((load, silence) -> {
                    if (silence == null) {
                        meters.show(load);
                        last = Optional.of(load);
                    }
                    return last;
                });
    }

    /** The pool as JSON: {@code tools} in order of their names, and the {@code effects} of all flows, where there is a pool. */
    CompletionStage<ObjectNode> json() {
        return load().thenApply(this::json);
    }

    private ObjectNode json(Optional<ToolLoad> load) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode list = node.putArray("tools");
        load.ifPresent(told -> {
            new TreeMap<>(told.tools()).forEach((name, tool) -> put(list.addObject(), name, tool));
            places(node.putObject("effects"), told.effects());
            node.put("late_results", told.lateResults());
        });
        return node;
    }

    private void put(ObjectNode node, String name, ToolLoad.OfTool tool) {
        node.put("name", name);
        places(node, tool.places());
        pool.flatMap(known -> known.policy(name)).ifPresent(policy -> policy(node, policy));
        node.put("breaker", tool.breaker().name().toLowerCase(Locale.ROOT));
        ToolLoad.Counts counts = tool.counts();
        node.putObject("counts")
                .put("ok", counts.ok())
                .put("failed", counts.failed())
                .put("timed_out", counts.timedOut())
                .put("rejected", counts.rejected())
                .put("cancelled", counts.cancelled())
                .put("cached", counts.cached())
                .put("joined", counts.joined())
                .put("replayed", counts.replayed())
                .put("retried", counts.retried())
                .put("late", counts.late());
    }

    private static void policy(ObjectNode node, ToolPolicy policy) {
        node.put("may_run", policy.maxConcurrent()).put("may_wait", policy.maxQueued());
    }

    private static void places(ObjectNode node, ToolLoad.Places places) {
        node.put("running", places.running()).put("waiting", places.waiting());
    }
}
