package dev.antiphon.telemetry;

import dev.antiphon.tier.RouterDecision;
import dev.antiphon.tier.RouterListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Turns what the tier router decides and measures into meters, named by {@link Names}. At most {@value #MAX_FLOWS} flows have gauges of
 * their own. Thread-safe; never blocks.
 */
public final class RouterMeters implements RouterListener {
    static final int MAX_FLOWS = 200;

    private record Subject(String flow, String tier) {}

    private record Reading(RouterDecision.State state, double evidence) {}

    private final MeterRegistry registry;
    private final BoundedTag flows = new BoundedTag(MAX_FLOWS);
    private final Map<Subject, Reading> readings = new ConcurrentHashMap<>();
    private final Map<Subject, Integer> guards = new ConcurrentHashMap<>();

    /** Meters in this registry. */
    public RouterMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void decided(RouterDecision decision) {
        registry.counter(
                        Names.ROUTER_DECISIONS,
                        Names.FLOW,
                        flows.of(decision.flow()),
                        Names.TIER,
                        decision.tier(),
                        Names.DECISION,
                        decision.kind().name().toLowerCase(Locale.ROOT))
                .increment();
    }

    @Override
    public void measured(String flow, String tier, RouterDecision.State state, double evidence) {
        String tag = flows.of(flow);
        if (tag.equals(Names.OTHER)) {
            return;
        }
        Subject subject = new Subject(tag, tier);
        if (readings.put(subject, new Reading(state, evidence)) == null) {
            gauge(Names.TIER_STATE, subject, () -> order(reading(subject).state()));
            gauge(Names.TIER_EVIDENCE, subject, () -> reading(subject).evidence());
        }
    }

    /** Its counter of decisions begins at zero, so that the first one is an increase. */
    @Override
    public void guarded(String flow, String tier, int calls) {
        String tag = flows.of(flow);
        if (tag.equals(Names.OTHER)) {
            return;
        }
        Subject subject = new Subject(tag, tier);
        if (guards.put(subject, calls) == null) {
            gauge(Names.TIER_GUARD, subject, () -> guards.getOrDefault(subject, 0));
            registry.counter(
                    Names.ROUTER_DECISIONS,
                    Names.FLOW,
                    tag,
                    Names.TIER,
                    tier,
                    Names.DECISION,
                    RouterDecision.Kind.SYSTEMIC.name().toLowerCase(Locale.ROOT));
        }
    }

    private void gauge(String name, Subject subject, Supplier<Number> value) {
        Gauge.builder(name, value)
                .tags(Names.FLOW, subject.flow(), Names.TIER, subject.tier())
                .register(registry);
    }

    private Reading reading(Subject subject) {
        return readings.getOrDefault(subject, new Reading(RouterDecision.State.CLOSED, 0));
    }

    private static int order(RouterDecision.State state) {
        return switch (state) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }
}
