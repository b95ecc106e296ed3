package dev.antiphon.aftercall;

import dev.antiphon.telemetry.Names;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** What tasks after calls are doing as meters, named by {@link Names}; tagged with names of tasks only. */
public final class AfterCallMeters {
    private AfterCallMeters() {}

    /** Registers the meters; they read the load whenever they are read. */
    public static void register(MeterRegistry registry, AfterCalls calls) {
        Gauge.builder(Names.AFTER_CALL_RUNNING, () -> calls.load().running()).register(registry);
        Gauge.builder(Names.AFTER_CALL_WAITING, () -> calls.load().waiting()).register(registry);
        Gauge.builder(Names.AFTER_CALL_LETTERS, () -> calls.load().deadLetters())
                .register(registry);
        calls.load().tasks().keySet().forEach(task -> {
            counter(registry, calls, Names.AFTER_CALL_DONE, task, AfterCallLoad.Counts::done);
            counter(registry, calls, Names.AFTER_CALL_RETRIED, task, AfterCallLoad.Counts::retried);
            counter(registry, calls, Names.AFTER_CALL_DEAD, task, AfterCallLoad.Counts::dead);
        });
    }

    private static void counter(
            MeterRegistry registry,
            AfterCalls calls,
            String name,
            String task,
            ToLongFunction<AfterCallLoad.Counts> value) {
        FunctionCounter.builder(
                        name,
                        calls,
                        of -> Optional.ofNullable(of.load().tasks().get(task))
                                .map(value::applyAsLong)
                                .orElse(0L))
                .tag(Names.TASK, task)
                .register(registry);
    }
}
