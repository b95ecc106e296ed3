package dev.antiphon.telemetry;

import dev.antiphon.admission.Admission;
import dev.antiphon.admission.AdmissionEvent;
import dev.antiphon.admission.AdmissionObserver;
import dev.antiphon.admission.AdmissionState;
import dev.antiphon.admission.Verdict;
import dev.antiphon.model.Allowance;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Turns what becomes of calls that want to be answered into meters, named by {@link Names}. Thread-safe; never blocks. */
public final class AdmissionMeters implements AdmissionObserver {
    private static final Duration[] WAIT_BUCKETS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60)
    };

    private final MeterRegistry registry;

    /** Counters at zero, so that a rate is known from the first refusal. */
    public AdmissionMeters(MeterRegistry registry) {
        this.registry = registry;
        registry.counter(Names.ADMISSION_ADMITTED);
        for (Verdict.Cause cause : Verdict.Cause.values()) {
            registry.counter(Names.ADMISSION_REFUSED, Names.REASON, lower(cause));
        }
    }

    /** Shows the state of this admission in gauges: what is in use, and where there is a limit that too. */
    public void watch(Admission admission) {
        gauge(Names.ADMISSION_WAITING, admission, AdmissionState::waiting);
        Allowance allowance = admission.state().settings().allowance();
        budget("sessions", admission, AdmissionState::calls, allowance.sessions());
        budget("requests", admission, AdmissionState::requestsPerMinute, allowance.requestsPerMinute());
        budget("tokens", admission, AdmissionState::tokensPerMinute, allowance.tokensPerMinute());
    }

    @Override
    public void on(AdmissionEvent event) {
        switch (event) {
            case AdmissionEvent.Admitted ignored -> admitted();
            case AdmissionEvent.Refused refused -> refused(refused.cause());
            case AdmissionEvent.Waited waited -> onWaited(waited);
        }
    }

    private void onWaited(AdmissionEvent.Waited waited) {
        Timer.builder(Names.ADMISSION_WAIT)
                .tag(Names.RESULT, lower(waited.end()))
                .serviceLevelObjectives(WAIT_BUCKETS)
                .register(registry)
                .record(waited.took());
        switch (waited.end()) {
            case ADMITTED -> admitted();
            case TOO_LONG -> refused(Verdict.Cause.WAITED_TOO_LONG);
            case LEFT -> {}
        }
    }

    private void admitted() {
        registry.counter(Names.ADMISSION_ADMITTED).increment();
    }

    private void refused(Verdict.Cause cause) {
        registry.counter(Names.ADMISSION_REFUSED, Names.REASON, lower(cause)).increment();
    }

    private void budget(
            String name, Admission admission, ToDoubleFunction<AdmissionState> used, Optional<Integer> limit) {
        Gauge.builder(Names.ADMISSION_USED, () -> used.applyAsDouble(admission.state()))
                .tag(Names.BUDGET, name)
                .register(registry);
        limit.ifPresent(most -> Gauge.builder(Names.ADMISSION_LIMIT, () -> most)
                .tag(Names.BUDGET, name)
                .register(registry));
    }

    private void gauge(String name, Admission admission, ToDoubleFunction<AdmissionState> value) {
        Gauge.builder(name, () -> value.applyAsDouble(admission.state())).register(registry);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
