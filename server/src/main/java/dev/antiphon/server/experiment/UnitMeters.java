package dev.antiphon.server.experiment;

import dev.antiphon.experiment.Arm;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.telemetry.Names;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.OptionalLong;

/**
 * Shows how many units each arm of an experiment has, as the reports count them: callers, not calls. NaN until the experiment was looked
 * at for the first time, which is so within the watch interval of one that runs. Servers that share a store show the same.
 */
public final class UnitMeters {
    private UnitMeters() {}

    /** Meters of this desk's experiments. */
    public static void register(MeterRegistry registry, ExperimentDesk desk) {
        for (Experiment experiment : desk.experiments()) {
            for (Arm arm : experiment.arms()) {
                Gauge.builder(Names.EXPERIMENT_UNITS, desk, of -> value(of.units(experiment.key(), arm.key())))
                        .tags(Names.EXPERIMENT, experiment.key(), Names.VARIANT, arm.key())
                        .register(registry);
            }
        }
    }

    private static double value(OptionalLong units) {
        return units.isPresent() ? units.getAsLong() : Double.NaN;
    }
}
