package dev.antiphon.server.experiment;

import dev.antiphon.experiment.Experiment;
import dev.antiphon.telemetry.Names;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Shows how experiments are in meters, named by {@link Names}; all are there from the start, so that the first stop is an increase. */
public final class ExperimentMeters {
    private ExperimentMeters() {}

    /** Meters of this desk's experiments. */
    public static void register(MeterRegistry registry, ExperimentDesk desk) {
        for (Experiment experiment : desk.experiments()) {
            String key = experiment.key();
            Gauge.builder(Names.EXPERIMENT_SAMPLE_RATIO, desk, of -> of.sampleRatio(key))
                    .tag(Names.EXPERIMENT, key)
                    .register(registry);
            for (ExperimentDesk.StopReason reason : ExperimentDesk.StopReason.values()) {
                FunctionCounter.builder(Names.EXPERIMENT_STOPS, desk, of -> of.stops(key, reason))
                        .tags(Names.EXPERIMENT, key, Names.REASON, reason.name().toLowerCase(Locale.ROOT))
                        .register(registry);
            }
        }
    }
}
