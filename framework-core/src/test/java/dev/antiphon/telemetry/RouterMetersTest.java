package dev.antiphon.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.tier.RouterDecision;
import dev.antiphon.tier.RouterDecision.Kind;
import dev.antiphon.tier.RouterDecision.State;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RouterMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RouterMeters meters = new RouterMeters(registry);

    private double gauge(String name, String flow) {
        return registry.get(name)
                .tag(Names.FLOW, flow)
                .tag(Names.TIER, "mini")
                .gauge()
                .value();
    }

    @Test
    void stateAndEvidenceAreTheLatest() {
        meters.measured("booking", "mini", State.CLOSED, 12);
        meters.measured("booking", "mini", State.OPEN, 2_100);
        meters.measured("faq", "mini", State.HALF_OPEN, 0);
        assertThat(gauge(Names.TIER_STATE, "booking")).isEqualTo(2);
        assertThat(gauge(Names.TIER_STATE, "faq")).isEqualTo(1);
        assertThat(gauge(Names.TIER_EVIDENCE, "booking")).isEqualTo(2_100);
    }

    @Test
    void decisionsAreCountedByKind() {
        meters.decided(new RouterDecision(
                Instant.EPOCH, "booking", "mini", Kind.STILL_DEGRADED, State.HALF_OPEN, State.OPEN, 1, 2, "why"));
        assertThat(registry.get(Names.ROUTER_DECISIONS)
                        .tag(Names.DECISION, "still_degraded")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void theGuardIsShownWhileItIsActiveAndItsFirstDecisionIsAnIncrease() {
        meters.guarded("booking", "mini", 0);
        assertThat(gauge(Names.TIER_GUARD, "booking")).isZero();
        assertThat(systemic()).isZero();
        meters.guarded("booking", "mini", 200);
        meters.decided(new RouterDecision(
                Instant.EPOCH, "booking", "mini", Kind.SYSTEMIC, State.OPEN, State.CLOSED, 1, 60, "why"));
        assertThat(gauge(Names.TIER_GUARD, "booking")).isEqualTo(200);
        assertThat(systemic()).isEqualTo(1);
    }

    private double systemic() {
        return registry.get(Names.ROUTER_DECISIONS)
                .tag(Names.DECISION, "systemic")
                .counter()
                .count();
    }

    @Test
    void flowsPastTheBoundHaveNoGauges() {
        for (int flow = 0; flow < RouterMeters.MAX_FLOWS + 50; flow++) {
            meters.measured("flow " + flow, "mini", State.CLOSED, 0);
        }
        assertThat(registry.find(Names.TIER_STATE).gauges()).hasSize(RouterMeters.MAX_FLOWS);
    }
}
