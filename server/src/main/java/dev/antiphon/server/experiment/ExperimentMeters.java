package dev.antiphon.server.experiment;

import dev.antiphon.experiment.Arm;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.telemetry.Names;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Shows how experiments are in meters, named by {@link Names}; all are there from the start, so that the first stop is an increase.
 *
 * <p>Units of an arm are those of the reports: callers, not calls; NaN until the experiment was looked at for the first time, which is so
 * within the watch interval of one that runs. Servers that share a store show the same.
 */
public final class ExperimentMeters {
    private ExperimentMeters() {}

    /** Meters of this desk's experiments. */
    public static void register(MeterRegistry registry, ExperimentDesk desk) {
        for (Experiment experiment : desk.experiments()) {
            String key = experiment.key();
            Gauge.builder(Names.EXPERIMENT_SAMPLE_RATIO, desk, of -> of.sampleRatio(key))
                    .tag(Names.EXPERIMENT, key)
                    .register(registry);
            for (Arm arm : experiment.arms()) {
                Gauge.builder(Names.EXPERIMENT_UNITS, desk, of -> value(of.units(key, arm.key())))
                        .tags(Names.EXPERIMENT, key, Names.VARIANT, arm.key())
                        .register(registry);
            }
            for (StaysOut reason : StaysOut.values()) {
                FunctionCounter.builder(Names.EXPERIMENT_STAYED_OUT, desk, of -> of.stayedOut(key, reason))
                        .tags(Names.EXPERIMENT, key, Names.REASON, reason.word())
                        .register(registry);
            }
            for (ExperimentDesk.StopReason reason : ExperimentDesk.StopReason.values()) {
                FunctionCounter.builder(Names.EXPERIMENT_STOPS, desk, of -> of.stops(key, reason))
                        .tags(Names.EXPERIMENT, key, Names.REASON, reason.name().toLowerCase(Locale.ROOT))
                        .register(registry);
            }
        }
    }

    private static double value(OptionalLong units) {
        return units.isPresent() ? units.getAsLong() : Double.NaN;
    }
}
