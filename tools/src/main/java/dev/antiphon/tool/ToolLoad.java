package dev.antiphon.tool;

import java.util.Map;

/**
 * What a pool is doing.
 *
 * @param tools per tool
 * @param effects side effects of all flows together
 * @param lateResults results that came after their call had settled, since the pool started
 */
public record ToolLoad(Map<String, Places> tools, Places effects, long lateResults) {
    public ToolLoad {
        tools = Map.copyOf(tools);
    }

    /** Whether no thread is under way and nobody waits. */
    public boolean isIdle() {
        return effects.isIdle() && tools.values().stream().allMatch(Places::isIdle);
    }

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
}
