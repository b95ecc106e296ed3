package dev.antiphon.server.experiment;

import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.ExperimentStore;
import dev.antiphon.experiment.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What the store of experiments has told. Immutable.
 *
 * @param states by key
 * @param assigned by key: units that were assigned in earlier phases
 */
record KnownExperiments(Map<String, ExperimentState> states, Map<String, Assigned> assigned) {
    static final KnownExperiments NOTHING = new KnownExperiments(Map.of(), Map.of());

    /** By then exposures that began just before a change of weights are in the store. */
    private static final Duration SETTLING = Duration.ofMinutes(10);

    KnownExperiments {
        states = Map.copyOf(states);
        assigned = Map.copyOf(assigned);
    }

    /**
     * Units that were assigned before a phase.
     *
     * @param units with the phase in which they were
     * @param settled whether all exposures of earlier phases are in the store by now
     */
    record Assigned(int phase, Map<String, Integer> units, boolean settled) {
        private static final Assigned NOBODY = new Assigned(Phase.FIRST, Map.of(), true);
    }

    /** A draft when the store knows nothing of it. */
    ExperimentState state(String experiment) {
        return states.getOrDefault(experiment, ExperimentState.DRAFT);
    }

    /** Who has an arm from an earlier phase, with that phase. */
    Map<String, Integer> earlier(String experiment) {
        return assigned.getOrDefault(experiment, Assigned.NOBODY).units();
    }

    /** What the store says now; who was assigned in earlier phases is asked until that is settled. May block. */
    KnownExperiments askedAgain(ExperimentSettings settings, Instant now) {
        ExperimentStore store = settings.store();
        Map<String, ExperimentState> latest = store.states();
        Map<String, Assigned> earlier = new HashMap<>();
        for (Experiment experiment : settings.experiments()) {
            String key = experiment.key();
            ExperimentState state = latest.getOrDefault(key, ExperimentState.DRAFT);
            boolean comesBack = experiment.unit() == Experiment.Unit.CALLER;
            if (state.phases().isEmpty() || state.status() == ExperimentState.Status.STOPPED || !comesBack) {
                continue;
            }
            Assigned old = assigned.getOrDefault(key, Assigned.NOBODY);
            boolean settled = now.isAfter(state.phases().getLast().since().plus(SETTLING));
            earlier.put(
                    key,
                    old.phase() == state.phase() && old.settled()
                            ? old
                            : new Assigned(state.phase(), store.assignedBefore(key, state.phase()), settled));
        }
        return new KnownExperiments(latest, earlier);
    }
}
