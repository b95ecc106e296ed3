package dev.antiphon.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sources that a pool has tools from besides its own: all of them are started with the pool or none, and they are closed when
 * the actor system ends. Immutable; the suppliers are called once a pool.
 *
 * <pre>{@code ToolSources.of(() -> OpenApiTools.of(document, o -> …), () -> McpTools.stdio("desk", command, o -> …))
 *         .startPool(system, List.of(price), ToolPoolSettings.defaults())}</pre>
 *
 * @param starting starts one source each
 */
public record ToolSources(List<Supplier<? extends ToolSource>> starting) {
    private static final Logger LOG = LoggerFactory.getLogger(ToolSources.class);

    public ToolSources {
        starting = List.copyOf(starting);
    }

    /** No sources: a pool of its own tools. */
    public static ToolSources none() {
        return new ToolSources(List.of());
    }

    /** These sources, started in this order and closed in the opposite one. */
    @SafeVarargs
    public static ToolSources of(Supplier<? extends ToolSource>... starting) {
        return new ToolSources(List.of(starting));
    }

    /**
     * Starts the sources, and a pool of their tools and others. When a source has other tools later, the pool offers those to
     * sessions that begin then.
     *
     * @param system ends the sources when it ends, before its actors
     * @param tools of no source
     * @throws UnusableToolSource when a source cannot start; those that had started are closed
     * @throws UnusableTool when a name is declared twice, or no model can be given a tool; the sources are closed
     */
    public ToolPool startPool(ActorSystem<?> system, List<? extends Tool<?, ?>> tools, ToolPoolSettings settings) {
        List<ToolSource> started = new ArrayList<>();
        try {
            starting.forEach(source -> started.add(source.get()));
            ToolPool pool = ToolDispatcher.start(system, all(tools, started), settings);
            started.forEach(source -> source.onChange(() -> offer(pool, all(tools, started))));
            closeWith(system, started);
            return pool;
        } catch (RuntimeException e) {
            close(started);
            throw e;
        }
    }

    private static List<Tool<?, ?>> all(List<? extends Tool<?, ?>> tools, List<ToolSource> sources) {
        List<Tool<?, ?>> all = new ArrayList<>(tools);
        sources.forEach(source -> all.addAll(source.tools()));
        return all;
    }

    private static void offer(ToolPool pool, List<Tool<?, ?>> tools) {
        try {
            pool.offer(tools);
        } catch (UnusableTool e) {
            LOG.warn("the pool keeps the tools that it has, since a source has others that cannot be offered", e);
        }
    }

    /** In the shutdown's own thread, so that it is done when the system has ended, also where time is virtual. */
    private static void closeWith(ActorSystem<?> system, List<ToolSource> sources) {
        if (!sources.isEmpty()) {
            CoordinatedShutdown.get(system)
                    .addTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "close-tool-sources", () -> {
                        close(sources);
                        return CompletableFuture.completedFuture(Done.getInstance());
                    });
        }
    }

    /** The last one first; one that cannot be closed leaves the others nothing. */
    private static void close(List<ToolSource> sources) {
        for (ToolSource source : sources.reversed()) {
            try {
                source.close();
            } catch (RuntimeException e) {
                LOG.warn("a source of tools could not be closed", e);
            }
        }
    }
}
