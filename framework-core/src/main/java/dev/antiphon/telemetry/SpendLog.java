package dev.antiphon.telemetry;

import dev.antiphon.admission.SpendEvent;
import dev.antiphon.admission.SpendObserver;
import dev.antiphon.spend.Cap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs caps of days and experiments: near as a warning, reached as an error. Thread-safe. */
public final class SpendLog implements SpendObserver {
    private static final Logger LOG = LoggerFactory.getLogger(SpendLog.class);

    @Override
    public void on(SpendEvent event) {
        String sentence = switch (event) {
            case SpendEvent.OfDay day ->
                "calls of " + day.day() + " have cost " + day.spent() + " of the day's cap of " + day.cap();
            case SpendEvent.OfExperiment experiment ->
                "calls of experiment " + experiment.experiment() + " have cost " + experiment.spent()
                        + " of its cap of " + experiment.cap();
        };
        if (event.level() == Cap.Level.REACHED) {
            LOG.error("spend cap reached: {}", sentence);
        } else {
            LOG.warn("spend cap near: {}", sentence);
        }
    }
}
