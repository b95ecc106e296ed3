package dev.antiphon.tool;

import dev.antiphon.telemetry.Names;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToLongFunction;

/**
 * What a pool is doing as meters, named by {@link Names}. They show what was last told to {@link #show}. Tagged with names of the pool's
 * tools only, at most {@value #MAX_TOOLS}; those beyond are not shown. Thread-safe; never blocks.
 */
public final class ToolMeters {
    private static final int MAX_TOOLS = 200;

    private final MeterRegistry registry;
    private final ConcurrentMap<String, ToolLoad.OfTool> tools = new ConcurrentHashMap<>();
    private volatile ToolLoad.Places effects = new ToolLoad.Places(0, 0);

    /** Registers the meters of effects; those of tools come with them. */
    public ToolMeters(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder(Names.EFFECT_RUNNING, () -> effects.running()).register(registry);
        Gauge.builder(Names.EFFECT_WAITING, () -> effects.waiting()).register(registry);
    }

    /** The pool is doing this now. */
    public synchronized void show(ToolLoad load) {
        effects = load.effects();
        load.tools().forEach((name, tool) -> {
            if (tools.containsKey(name)) {
                tools.put(name, tool);
            } else if (tools.size() < MAX_TOOLS) {
                tools.put(name, tool);
                register(name, tool);
            }
        });
    }

    private void register(String name, ToolLoad.OfTool tool) {
        gauge(Names.TOOL_RUNNING, name, of -> of.places().running());
        gauge(Names.TOOL_WAITING, name, of -> of.places().waiting());
        if (tool.breaker() != ToolLoad.BreakerState.NONE) {
            gauge(Names.TOOL_BREAKER, name, of -> number(of.breaker()));
        }
        counter(Names.TOOL_CACHED, name, of -> of.counts().cached());
        counter(Names.TOOL_JOINED, name, of -> of.counts().joined());
        counter(Names.TOOL_REPLAYED, name, of -> of.counts().replayed());
        counter(Names.TOOL_RETRIED, name, of -> of.counts().retried());
        counter(Names.TOOL_LATE, name, of -> of.counts().late());
    }

    private static long number(ToolLoad.BreakerState state) {
        return switch (state) {
            case NONE, CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }

    private void gauge(String meter, String tool, ToLongFunction<ToolLoad.OfTool> value) {
        Gauge.builder(meter, () -> read(tool, value)).tag(Names.TOOL, tool).register(registry);
    }

    private void counter(String meter, String tool, ToLongFunction<ToolLoad.OfTool> value) {
        FunctionCounter.builder(meter, tools, shown -> read(tool, value))
                .tag(Names.TOOL, tool)
                .register(registry);
    }

    private long read(String tool, ToLongFunction<ToolLoad.OfTool> value) {
        return Optional.ofNullable(tools.get(tool)).map(value::applyAsLong).orElse(0L);
    }
}
