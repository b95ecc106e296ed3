package dev.antiphon.telemetry;

import dev.antiphon.admission.SpendEvent;
import dev.antiphon.admission.SpendLedger;
import dev.antiphon.admission.SpendObserver;
import dev.antiphon.model.Money;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionObserver;
import dev.antiphon.spend.Cap;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.Supplier;

/** Shows spend and caps as meters, named by {@link Names}, in millionths of a US dollar. Thread-safe; never blocks. */
public final class SpendMeters implements SpendObserver, SessionObserver {
    private static final String DAY = "day";
    private static final String NEAR = "spend_cap_near";
    private static final String REACHED = "spend_cap_reached";

    private final MeterRegistry registry;

    /** Counters at zero, so that a rate is known from the first cap. */
    public SpendMeters(MeterRegistry registry) {
        this.registry = registry;
        for (String scope : new String[] {"call", DAY, Names.EXPERIMENT}) {
            for (Cap.Level level : new Cap.Level[] {Cap.Level.NEAR, Cap.Level.REACHED}) {
                registry.counter(Names.SPEND_CAP_MET, Names.SCOPE, scope, Names.LEVEL, lower(level));
            }
        }
    }

    /** Shows the ledger's spend, and hears of its caps. */
    public void watch(SpendLedger ledger) {
        ledger.observe(this);
        ledger.policy().perDay().ifPresent(cap -> {
            gauge(Names.SPEND, DAY, Names.NONE, ledger::today);
            gauge(Names.SPEND_CAP, DAY, Names.NONE, cap::most);
        });
        ledger.policy().perExperiment().forEach((experiment, cap) -> {
            gauge(
                    Names.SPEND,
                    Names.EXPERIMENT,
                    experiment,
                    () -> ledger.totals().ofExperiment(experiment));
            gauge(Names.SPEND_CAP, Names.EXPERIMENT, experiment, cap::most);
        });
    }

    @Override
    public void on(SpendEvent event) {
        String scope = switch (event) {
            case SpendEvent.OfDay ignored -> DAY;
            case SpendEvent.OfExperiment ignored -> Names.EXPERIMENT;
        };
        count(scope, event.level());
    }

    /** Caps of calls are told among the facts of the call. */
    @Override
    public void on(SessionEvent event) {
        if (event instanceof SessionEvent.ServiceProblem problem) {
            switch (problem.code()) {
                case NEAR -> count("call", Cap.Level.NEAR);
                case REACHED -> count("call", Cap.Level.REACHED);
                default -> {
                    // Of the service.
                }
            }
        }
    }

    private void count(String scope, Cap.Level level) {
        registry.counter(Names.SPEND_CAP_MET, Names.SCOPE, scope, Names.LEVEL, lower(level))
                .increment();
    }

    private void gauge(String name, String scope, String experiment, Supplier<Money> amount) {
        Gauge.builder(name, () -> amount.get().usd().movePointRight(6).doubleValue())
                .tag(Names.SCOPE, scope)
                .tag(Names.EXPERIMENT, experiment)
                .register(registry);
    }

    private static String lower(Cap.Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
