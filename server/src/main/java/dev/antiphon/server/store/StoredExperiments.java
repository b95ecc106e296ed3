package dev.antiphon.server.store;

import dev.antiphon.experiment.ArmTotals;
import dev.antiphon.experiment.AuditEntry;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.ExperimentStore;
import dev.antiphon.experiment.PlannedLook;
import dev.antiphon.experiment.UnitTotals;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps experiments in the store of calls: states with audit log and planned look in tables of their own, figures out of the calls that
 * have ended. Thread-safe, also between processes. All methods wait for the database and throw {@link StoreUnavailable} when it does not
 * answer; one that starts has 5 s.
 */
public final class StoredExperiments implements ExperimentStore {
    private static final Logger LOG = LoggerFactory.getLogger(StoredExperiments.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String NOT_UNIQUE = "23505";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Store store;
    private final InstantSource clock;
    private final List<Experiment> definitions;

    /** In this store; calls that began after the clock's time are in no figure. */
    public StoredExperiments(Store store, InstantSource clock) {
        this(store, clock, List.of());
    }

    private StoredExperiments(Store store, InstantSource clock, List<Experiment> definitions) {
        this.store = store;
        this.clock = clock;
        this.definitions = List.copyOf(definitions);
    }

    /** A copy that keeps these definitions with the states, so that reports can be made where nobody else knows them. */
    public StoredExperiments defining(List<Experiment> experiments) {
        return new StoredExperiments(store, clock, experiments);
    }

    /** The definitions of what was started; without those of an older version, and those that this one cannot read. */
    public List<Experiment> definitions() {
        return store
                .ask(handle -> handle.createQuery(
                                "select definition from experiment where definition is not null order by experiment")
                        .mapTo(String.class)
                        .list())
                .stream()
                .flatMap(text -> read(text).stream())
                .toList();
    }

    private static Optional<Experiment> read(String definition) {
        try {
            return Optional.of(JSON.readValue(definition, Experiment.class));
        } catch (JacksonException | IllegalArgumentException e) {
            LOG.warn("a stored definition of an experiment cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Map<String, ExperimentState> states() {
        store.awaitUp(PATIENCE);
        return store.ask(handle -> handle.inTransaction(StoredExperiments::read));
    }

    private record Row(
            String experiment,
            String status,
            int stage,
            String design,
            @Nullable String look,
            int version) {
        ExperimentState state(List<AuditEntry> audit) {
            return new ExperimentState(
                    ExperimentState.Status.valueOf(status.toUpperCase(Locale.ROOT)),
                    stage,
                    design,
                    Optional.ofNullable(look).map(text -> JSON.readValue(text, PlannedLook.class)),
                    audit.subList(0, version));
        }
    }

    /** Entries that were added after the state was read are left out. */
    private static Map<String, ExperimentState> read(Handle handle) {
        List<Row> rows = handle.createQuery("select experiment, status, stage_percent, design, planned_look, version"
                        + " from experiment order by experiment")
                .map((row, context) -> new Row(
                        row.getString("experiment"),
                        row.getString("status"),
                        row.getInt("stage_percent"),
                        row.getString("design"),
                        row.getString("planned_look"),
                        row.getInt("version")))
                .list();
        Map<String, ExperimentState> states = new LinkedHashMap<>();
        rows.forEach(row -> states.put(row.experiment(), row.state(audit(handle, row.experiment()))));
        return states;
    }

    private static List<AuditEntry> audit(Handle handle, String experiment) {
        return handle.createQuery("select happened_at, who, what, from_state, to_state, why from experiment_audit"
                        + " where experiment = :experiment order by number")
                .bind("experiment", experiment)
                .map((row, context) -> new AuditEntry(
                        row.getObject("happened_at", OffsetDateTime.class).toInstant(),
                        row.getString("who"),
                        row.getString("what"),
                        row.getString("from_state"),
                        row.getString("to_state"),
                        row.getString("why")))
                .list();
    }

    @Override
    public boolean replace(String experiment, ExperimentState before, ExperimentState after) {
        try {
            return store.<Boolean>ask(
                    handle -> handle.inTransaction(same -> replaced(same, experiment, before, after)));
        } catch (StoreUnavailable e) {
            if (isNotUnique(e)) {
                return false;
            }
            throw e;
        }
    }

    private boolean replaced(Handle handle, String experiment, ExperimentState before, ExperimentState after) {
        String sql = before.version() == 0
                ? "insert into experiment (experiment, version, status, stage_percent, design, planned_look, changed_at)"
                        + " values (:experiment, :version, :status, :stage, :design, :look, :at)"
                : "update experiment set version = :version, status = :status, stage_percent = :stage, design = :design,"
                        + " planned_look = :look, changed_at = :at where experiment = :experiment and version = :before";
        var update = handle.createUpdate(sql)
                .bind("experiment", experiment)
                .bind("version", after.version())
                .bind("status", after.status().name().toLowerCase(Locale.ROOT))
                .bind("stage", after.stagePercent())
                .bind("design", after.design())
                .bind("look", after.look().map(JSON::writeValueAsString).orElse(null))
                .bind("at", StoredText.time(after.audit().getLast().at()));
        int changed = (before.version() == 0 ? update : update.bind("before", before.version())).execute();
        if (changed == 0) {
            return false;
        }
        define(handle, experiment, after.design());
        List<AuditEntry> entries = new ArrayList<>(after.audit().subList(before.version(), after.version()));
        int number = before.version();
        for (AuditEntry entry : entries) {
            number++;
            handle.createUpdate("insert into experiment_audit (experiment, number, happened_at, who, what, from_state,"
                            + " to_state, why) values (:experiment, :number, :at, :who, :what, :from, :to, :why)")
                    .bind("experiment", experiment)
                    .bind("number", number)
                    .bind("at", StoredText.time(entry.at()))
                    .bind("who", entry.who())
                    .bind("what", entry.what())
                    .bind("from", entry.from())
                    .bind("to", entry.to())
                    .bind("why", entry.why())
                    .execute();
        }
        return true;
    }

    private void define(Handle handle, String key, String design) {
        definitions.stream()
                .filter(each -> each.key().equals(key) && each.design().equals(design))
                .findFirst()
                .ifPresent(each -> handle.createUpdate(
                                "update experiment set definition = :definition where experiment = :experiment")
                        .bind("definition", JSON.writeValueAsString(each))
                        .bind("experiment", key)
                        .execute());
    }

    private static boolean isNotUnique(Throwable problem) {
        for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && NOT_UNIQUE.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<UnitTotals> totals(String experiment, Duration slow) {
        return store.unitTotals(experiment, slow, clock.instant());
    }

    @Override
    public List<Map<String, ArmTotals>> totalsAt(String experiment, Duration slow, List<Instant> times) {
        return store.armTotalsAt(experiment, slow, times);
    }

    @Override
    public boolean isLasting() {
        return true;
    }
}
