package dev.antiphon.tool;

import java.util.Map;
import java.util.Optional;

/**
 * What a pool is doing.
 *
 * @param tools per tool
 * @param effects side effects of all flows together
 * @param lateResults results that came after their call had settled, since the pool started
 */
public record ToolLoad(Map<String, OfTool> tools, Places effects, long lateResults) {
    public ToolLoad {
        tools = Map.copyOf(tools);
    }

    /**
     * One tool.
     *
     * @throws IllegalArgumentException when the pool has no tool of this name
     */
    public OfTool tool(String name) {
        return Optional.ofNullable(tools.get(name))
                .orElseThrow(() -> new IllegalArgumentException("the pool has no tool '" + name + "'"));
    }

    /** Whether no thread is under way and nobody waits. */
    public boolean isIdle() {
        return effects.isIdle() && tools.values().stream().map(OfTool::places).allMatch(Places::isIdle);
    }

    /** One tool: how full it is, whether it is taken for out of order, and what became of its calls since the pool started. */
    public record OfTool(Places places, BreakerState breaker, Counts counts) {}

    /**
     * How full a bulkhead is.
     *
     * @param running threads under way, those of timed-out calls included
     * @param waiting calls in the queue
     */
    public record Places(int running, int waiting) {
        /** Whether no thread is under way and nobody waits. */
        public boolean isIdle() {
            return running == 0 && waiting == 0;
        }
    }

    /** Where a circuit breaker stands. */
    public enum BreakerState {
        /** The tool has none. */
        NONE,
        /** Calls go through. */
        CLOSED,
        /** Some calls try whether it works again. */
        HALF_OPEN,
        /** No call goes through. */
        OPEN
    }

    /**
     * What became of the calls.
     *
     * @param ok succeeded, those from cache and result log included
     * @param failed threw
     * @param timedOut were not answered in time
     * @param rejected were not run
     * @param cancelled were cancelled before they ended
     * @param cached got a result from the cache
     * @param joined waited for a call like them
     * @param replayed got the result of an earlier call
     * @param retried attempts after a transient failure
     * @param late results for which nobody waited any more
     */
    public record Counts(
            long ok,
            long failed,
            long timedOut,
            long rejected,
            long cancelled,
            long cached,
            long joined,
            long replayed,
            long retried,
            long late) {}
}
