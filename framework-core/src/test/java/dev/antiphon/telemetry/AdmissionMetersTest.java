package dev.antiphon.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.admission.Admission;
import dev.antiphon.admission.AdmissionEvent;
import dev.antiphon.admission.AdmissionSettings;
import dev.antiphon.admission.Verdict;
import dev.antiphon.model.Allowance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AdmissionMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AdmissionMeters meters = new AdmissionMeters(registry);
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");

    private Admission admission(Allowance allowance, AdmissionSettings settings) {
        return new Admission(settings.withAllowance(allowance), () -> now, meters);
    }

    private double refused(String reason) {
        return registry.get("voice.admission.refused")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private double gauge(String name, String budget) {
        return registry.get(name).tag("budget", budget).gauge().value();
    }

    @Test
    void callsAreCountedAsAnsweredOrRefusedByReason() {
        Admission sessions = admission(Allowance.UNLIMITED.withSessions(1), AdmissionSettings.defaults());
        Admission requests = admission(Allowance.UNLIMITED.withRequestsPerMinute(7), AdmissionSettings.defaults());
        sessions.ask();
        sessions.ask();
        requests.ask();

        assertThat(registry.get("voice.admission.admitted").counter().count()).isEqualTo(1);
        assertThat(refused("sessions")).isEqualTo(1);
        assertThat(refused("requests")).isEqualTo(1);
        assertThat(refused("tokens")).isZero();
    }

    @Test
    void waitsAreTimedByTheirEnd() {
        Admission admission = admission(
                Allowance.UNLIMITED.withSessions(1),
                AdmissionSettings.defaults().withQueue(Duration.ofSeconds(30), 5));
        meters.watch(admission);
        admission.ask();
        CompletionStage<Verdict> late = admission.waitForRoom();
        CompletionStage<Verdict> gone = admission.waitForRoom();
        admission.waitForRoom();
        assertThat(registry.get("voice.admission.waiting").gauge().value()).isEqualTo(3);

        now = now.plusSeconds(7);
        admission.withdraw(late, AdmissionEvent.End.TOO_LONG);
        admission.withdraw(gone, AdmissionEvent.End.LEFT);
        admission.over();

        for (String end : new String[] {"too_long", "left", "admitted"}) {
            assertThat(registry.get("voice.admission.wait")
                            .tag("result", end)
                            .timer()
                            .totalTime(TimeUnit.SECONDS))
                    .isEqualTo(7);
        }
        assertThat(refused("waited_too_long")).isEqualTo(1);
        assertThat(registry.get("voice.admission.admitted").counter().count()).isEqualTo(2);
        assertThat(registry.get("voice.admission.waiting").gauge().value()).isZero();
    }

    @Test
    void theBudgetInUseIsShownNextToItsLimits() {
        Admission admission = admission(
                new Allowance(Optional.of(9), Optional.of(200), Optional.empty()), AdmissionSettings.defaults());
        meters.watch(admission);
        admission.ask();
        admission.ask();

        assertThat(gauge("voice.admission.used", "sessions")).isEqualTo(2);
        assertThat(gauge("voice.admission.used", "requests")).isEqualTo(16);
        assertThat(gauge("voice.admission.used", "tokens")).isEqualTo(12_000);
        assertThat(gauge("voice.admission.limit", "sessions")).isEqualTo(9);
        assertThat(gauge("voice.admission.limit", "requests")).isEqualTo(200);
        assertThat(registry.find("voice.admission.limit")
                        .tag("budget", "tokens")
                        .gauge())
                .isNull();
    }
}
