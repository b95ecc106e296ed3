package dev.antiphon.aftercall;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What tasks after calls are doing on this node. Immutable.
 *
 * @param running attempts that run
 * @param waiting tasks that are not done and do not run, pauses included
 * @param deadLetters that are kept
 * @param tasks what became of each since the start, by name, in the order in which they were declared
 */
public record AfterCallLoad(int running, int waiting, int deadLetters, Map<String, Counts> tasks) {
    public AfterCallLoad {
        tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
    }

    /**
     * What became of one task.
     *
     * @param done how often it was done
     * @param retried further attempts
     * @param dead letters that became dead ones; one that {@link AfterCalls#retry} brings back and that fails again counts once
     */
    public record Counts(long done, long retried, long dead) {}
}
