package dev.antiphon.server.operator;

import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentReport;
import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.ExperimentState.Status;
import dev.antiphon.server.experiment.ExperimentJson;
import dev.antiphon.server.store.KpiQuery;
import dev.antiphon.server.store.Kpis;
import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoredExperiments;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The experiments of a store, without a server that runs them: nothing is changed, and no look is taken. Waits for the database.
 * Thread-safe.
 */
final class StoredExperimentFigures {
    private static final String NONE = "No experiment is stored here.";
    private static final String UNDEFINED = "What was asked is not stored here: the experiment was started by an older"
            + " version. console --experiments FILE, with the file it was started from, says it.";

    private final Store store;
    private final StoredExperiments kept;
    private final List<Experiment> given;
    private final InstantSource clock;

    /**
     * Of this store.
     *
     * @param given definitions besides those that are stored
     * @param clock the time up to which calls count
     */
    StoredExperimentFigures(Store store, List<Experiment> given, InstantSource clock) {
        this.store = store;
        this.kept = new StoredExperiments(store, clock);
        this.given = List.copyOf(given);
        this.clock = clock;
    }

    Shown<ExperimentsView> read() {
        Map<String, ExperimentState> states = kept.states();
        if (states.isEmpty()) {
            return new Shown.Missing<>(NONE);
        }
        Map<String, Experiment> definitions = new LinkedHashMap<>();
        kept.definitions().forEach(each -> definitions.put(each.key(), each));
        given.forEach(each -> definitions.putIfAbsent(each.key(), each));
        return new Shown.Known<>(new ExperimentsView(states.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getValue().status() != Status.RUNNING))
                .map(entry -> Optional.ofNullable(definitions.get(entry.getKey()))
                        .filter(each -> each.design().equals(entry.getValue().design()))
                        .map(each -> defined(each, entry.getValue()))
                        .orElseGet(() -> undefined(entry.getKey(), entry.getValue())))
                .toList()));
    }

    private ExperimentsView.Experiment defined(Experiment experiment, ExperimentState state) {
        Experiment now = state.in(state.phase(), experiment);
        ExperimentReport report =
                ExperimentReport.of(now, state, kept.totals(experiment.key(), state.phase(), KpiQuery.SLOW_TURN));
        List<Instant> times = ExperimentHistory.times(state, clock.instant());
        ExperimentHistory history = ExperimentHistory.of(
                now, state, times, kept.totalsAt(experiment.key(), state.phase(), KpiQuery.SLOW_TURN, times));
        return ExperimentShown.of(report, history::of, true, ExperimentJson.notice(state, Optional.empty(), Map.of()));
    }

    private ExperimentsView.Experiment undefined(String key, ExperimentState state) {
        List<Kpis.Counted> units = store.exposedUnits(key);
        return new ExperimentsView.Experiment(
                key,
                state.status().name().toLowerCase(Locale.ROOT),
                state.stagePercent(),
                "undefined",
                UNDEFINED,
                units.stream()
                        .map(arm ->
                                new ExperimentsView.Arm(arm.name(), Optional.empty(), arm.calls(), Optional.empty()))
                        .toList(),
                Optional.empty(),
                List.of(),
                true,
                List.of(),
                "not stored",
                ExperimentJson.notice(state, Optional.empty(), Map.of()),
                ExperimentShown.changes(state));
    }
}
