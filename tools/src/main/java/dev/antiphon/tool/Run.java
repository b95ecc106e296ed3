package dev.antiphon.tool;

import dev.antiphon.session.ToolInvoker.Invocation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * One piece of work on its way through the pool; several calls may wait for it when they ask for the same.
 *
 * @param generation unique on this node; a result of another generation is late
 * @param name the tool's or effect's
 * @param interruptible whether it may be interrupted: never when it may change something, since an interrupt in the middle of a
 *     write can break the driver that writes
 * @param log under which it is known as under way, and perhaps as done
 * @param call what belongs to a tool's call; empty for an effect
 * @param work never throws
 * @param retriesLeft further attempts after transient failures
 * @param retried how many were made
 * @param place where it takes a place
 * @param worker at work; empty while it waits for a place or for its next attempt
 */
record Run(
        long generation,
        String name,
        boolean interruptible,
        Optional<ResultLog.Key> log,
        Optional<OfTool> call,
        Supplier<Attempt> work,
        int retriesLeft,
        int retried,
        Bulkhead place,
        Optional<Worker> worker) {

    /**
     * What belongs to a tool's call.
     *
     * @param gate of its tool
     * @param permit that it may begin
     * @param arguments in one form
     * @param line in which it has to wait its turn
     */
    record OfTool(ToolGate gate, Permit permit, String arguments, Optional<Orders.Line> line) {}

    /** A call of a tool. */
    static Run of(
            OfferedTool<?, ?> tool,
            long generation,
            Invocation.ModelCall made,
            String canonical,
            Optional<ResultLog.Key> log,
            ToolGate gate) {
        return new Run(
                generation,
                tool.name(),
                !tool.policy().changes(),
                log,
                Optional.of(new OfTool(
                        gate,
                        new Permit(gate),
                        canonical,
                        tool.policy().order().map(word -> new Orders.Line(made.session(), word)))),
                () -> tool.call(made.argumentsJson(), context(tool, made, canonical, log)),
                tool.policy().retries(),
                0,
                gate.places(),
                Optional.empty());
    }

    private static ToolContext context(
            OfferedTool<?, ?> tool, Invocation.ModelCall made, String canonical, Optional<ResultLog.Key> log) {
        String what = log.isPresent() ? made.tool() + " " + canonical : made.callId();
        UUID key = UUID.nameUUIDFromBytes((made.session() + " " + what).getBytes(StandardCharsets.UTF_8));
        return new ToolContext(made.session(), made.callId(), key.toString(), tool.masked(canonical));
    }

    /** A side effect. */
    static Run of(Invocation.Effect effect, long generation, ResultLog.Key key, Bulkhead place, ResultStore store) {
        return new Run(
                generation,
                effect.name(),
                false,
                Optional.of(key),
                Optional.empty(),
                () -> AtWork.during(effect.session(), () -> StoredWork.at(effect, store)),
                effect.policy().retries(),
                0,
                place,
                Optional.empty());
    }

    Run at(Worker other) {
        return new Run(
                generation, name, interruptible, log, call, work, retriesLeft, retried, place, Optional.of(other));
    }

    Run paused() {
        return new Run(
                generation,
                name,
                interruptible,
                log,
                call,
                work,
                retriesLeft - 1,
                retried + 1,
                place,
                Optional.empty());
    }

    Optional<Orders.Line> line() {
        return call.flatMap(OfTool::line);
    }

    /** Where it runs. */
    ToolThreads threads(ToolThreads usual) {
        return call.filter(of -> of.gate().policy().computes())
                .map(of -> usual.ofComputing())
                .orElse(usual);
    }

    boolean isEffect() {
        return call.isEmpty();
    }

    /** Whether it may have changed something by now, and goes on whoever waits for it. */
    boolean isEffectAtWork() {
        return isEffect() && worker.isPresent();
    }
}
