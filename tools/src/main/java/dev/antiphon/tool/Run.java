package dev.antiphon.tool;

import dev.antiphon.session.ToolInvoker.Invocation;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One piece of work on its way through the pool; several calls may wait for it when they ask for the same effect.
 *
 * @param generation unique on this node; a result of another generation is late
 * @param name the tool's or effect's
 * @param effect present for side effects, which are never interrupted: an interrupt in the middle of a write can break the
 *     driver that writes
 * @param work never throws
 * @param retriesLeft further attempts after transient failures
 * @param place where it takes a place
 * @param worker at work; empty while it waits for a place or for its next attempt
 */
record Run(
        long generation,
        String name,
        Optional<EffectLedger.Key> effect,
        Supplier<Attempt> work,
        int retriesLeft,
        Bulkhead place,
        Optional<Worker> worker) {

    /** A call of a tool. */
    static Run of(OfferedTool<?, ?> tool, long generation, String argumentsJson, Bulkhead place) {
        return new Run(
                generation, tool.name(), Optional.empty(), () -> tool.call(argumentsJson), 0, place, Optional.empty());
    }

    /** A side effect. */
    static Run of(Invocation.Effect effect, long generation, EffectLedger.Key key, Bulkhead place) {
        return new Run(
                generation,
                effect.name(),
                Optional.of(key),
                () -> Attempt.at(effect.name(), effect.work()),
                effect.policy().retries(),
                place,
                Optional.empty());
    }

    Run at(Worker other) {
        return new Run(generation, name, effect, work, retriesLeft, place, Optional.of(other));
    }

    Run paused() {
        return new Run(generation, name, effect, work, retriesLeft - 1, place, Optional.empty());
    }

    /** Whether it may have an effect by now, and goes on whoever waits for it. */
    boolean isEffectAtWork() {
        return effect.isPresent() && worker.isPresent();
    }

    boolean isInterruptible() {
        return effect.isEmpty();
    }
}
