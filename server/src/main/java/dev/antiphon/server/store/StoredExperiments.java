package dev.antiphon.server.store;

import dev.antiphon.experiment.AuditEntry;
import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.ExperimentStore;
import dev.antiphon.experiment.UnitTotals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Experiments kept in a {@link Store}: each state, its planned look included, as JSON in {@code experiment}, its audit log in
 * {@code experiment_audit} as well, and the figures from the stored calls. What the store has not written yet is in no figure.
 * Thread-safe; its methods throw {@link StoreUnavailable} when the store does not answer.
 */
public final class StoredExperiments implements ExperimentStore {
    private static final Logger LOG = LoggerFactory.getLogger(StoredExperiments.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Store store;
    private final InstantSource clock;

    /** In this store, in this time. */
    public StoredExperiments(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Waits up to 30 s for the store. A state that cannot be read is told in the log and counts as stopped, so that no call enters. */
    @Override
    public Map<String, ExperimentState> states() {
        store.awaitUp(PATIENCE);
        Map<String, ExperimentState> states = new HashMap<>();
        store.experiments().forEach(kept -> states.put(kept.experiment(), state(kept)));
        return states;
    }

    private static ExperimentState state(Store.KeptExperiment kept) {
        try {
            return JSON.readValue(kept.definition(), ExperimentState.class);
        } catch (JacksonException | IllegalArgumentException unreadable) {
            LOG.warn(
                    "What the store keeps of experiment {} cannot be read, no call enters it: {}",
                    kept.experiment(),
                    unreadable.getMessage());
            return new ExperimentState(
                    ExperimentState.Status.STOPPED, ExperimentState.STAGES.getFirst(), "", Optional.empty(), List.of());
        }
    }

    @Override
    public boolean replace(String experiment, ExperimentState before, ExperimentState after) {
        List<AuditEntry> more =
                after.audit().subList(before.version(), after.audit().size());
        Instant now = more.isEmpty() ? clock.instant() : more.getLast().at();
        Store.KeptExperiment kept = new Store.KeptExperiment(
                experiment,
                JSON.writeValueAsString(after),
                after.status().name().toLowerCase(Locale.ROOT),
                now);
        List<Store.Audit> entries = more.stream()
                .map(entry -> new Store.Audit(entry.at(), entry.who(), words(entry)))
                .toList();
        return store.replace(kept, before.version(), entries);
    }

    private static String words(AuditEntry entry) {
        return entry.what() + ": " + entry.from() + " to " + entry.to() + "; " + entry.why();
    }

    @Override
    public List<UnitTotals> totals(String experiment, Duration slow) {
        return store.unitTotals(experiment, slow, clock.instant());
    }

    @Override
    public boolean isLasting() {
        return true;
    }
}
