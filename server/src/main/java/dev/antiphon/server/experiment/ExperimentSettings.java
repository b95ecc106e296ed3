package dev.antiphon.server.experiment;

import dev.antiphon.experiment.Assigner;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentStore;
import dev.antiphon.session.SessionObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The experiments of a server. Immutable, except that its store keeps what happens.
 *
 * @param experiments their definitions
 * @param assigner says who gets what
 * @param store where their states and the figures of their calls are
 * @param observers hear of every call for the store; empty when it hears of them otherwise
 * @param slow turns that take longer count as slow; default 1.5 s
 * @param watchInterval how often guardrails and planned looks are seen to; default 10 s
 */
public record ExperimentSettings(
        List<Experiment> experiments,
        Assigner assigner,
        ExperimentStore store,
        List<SessionObserver> observers,
        Duration slow,
        Duration watchInterval) {
    private static final Duration SLOW = Duration.ofMillis(1_500);
    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(10);

    public ExperimentSettings {
        experiments = List.copyOf(experiments);
        observers = List.copyOf(observers);
        if (!slow.isPositive() || !watchInterval.isPositive()) {
            throw new IllegalArgumentException(
                    "slow and watchInterval must be positive, but were " + slow + " and " + watchInterval);
        }
    }

    /** No experiments. */
    public static ExperimentSettings none() {
        return inMemory(List.of(), new Assigner(UUID.randomUUID().toString()));
    }

    /** Experiments of which a restart forgets everything but the definitions. */
    public static ExperimentSettings inMemory(List<Experiment> experiments, Assigner assigner) {
        MemoryExperimentStore store = new MemoryExperimentStore();
        return new ExperimentSettings(experiments, assigner, store, List.of(store), SLOW, WATCH_INTERVAL);
    }

    /**
     * A copy with another store.
     *
     * @param hearing hear of every call for it; none when it hears of them otherwise
     */
    public ExperimentSettings keptIn(ExperimentStore other, SessionObserver... hearing) {
        return new ExperimentSettings(
                experiments, assigner, other, new ArrayList<>(List.of(hearing)), slow, watchInterval);
    }

    /** A copy with another limit for slow turns. */
    public ExperimentSettings withSlow(Duration limit) {
        return new ExperimentSettings(experiments, assigner, store, observers, limit, watchInterval);
    }

    /** A copy that is seen to so often. */
    public ExperimentSettings watchedEvery(Duration interval) {
        return new ExperimentSettings(experiments, assigner, store, observers, slow, interval);
    }
}
