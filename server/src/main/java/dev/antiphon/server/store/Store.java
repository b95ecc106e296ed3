package dev.antiphon.server.store;

import dev.antiphon.experiment.UnitTotals;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Calls in an SQL database. What calls do is written behind them by {@link #writer}, whatever the database does; all other methods ask the
 * database, wait for it, and throw {@link StoreUnavailable} when it does not answer. Thread-safe. Whoever opens it closes it, after the
 * servers that write to it.
 */
public final class Store implements AutoCloseable {
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final StoreDatabase database;
    private final StoreQueue queue;
    private final StoreWriter writer;

    private Store(StoreDatabase database, StoreSettings settings, InstantSource clock) {
        this.database = database;
        this.queue = new StoreQueue(database, settings, clock);
        this.writer = new StoreWriter(queue, settings);
    }

    /** Opens a store and returns at once: the database is asked, and its tables are made or renewed, beside. */
    public static Store open(StoreSettings settings) {
        return open(settings, InstantSource.system());
    }

    /** In another time, by which old calls are deleted. */
    public static Store open(StoreSettings settings, InstantSource clock) {
        Store store = new Store(new StoreDatabase(settings.address()), settings, clock);
        store.queue.start();
        return store;
    }

    /**
     * Opens a store to be asked only: nothing is written behind calls. Its tables are renewed if they are older.
     *
     * @throws StoreUnavailable when it does not answer, or there is no such file
     */
    public static Store toRead(StoreAddress address) {
        if (address.file().filter(file -> !Files.exists(file)).isPresent()) {
            throw new StoreUnavailable("there is no store at " + address + ": no call was stored there yet");
        }
        StoreDatabase database = new StoreDatabase(address);
        try {
            database.migrate();
        } catch (RuntimeException e) {
            database.close();
            throw new StoreUnavailable(address, e);
        }
        return new Store(database, StoreSettings.defaults(address, UnaryOperator.identity()), InstantSource.system());
    }

    /** What stores the facts of calls. */
    public StoreWriter writer() {
        return writer;
    }

    /** How it is; never waits. */
    public StoreState state() {
        return queue.state();
    }

    /** The figures of a period. */
    public Kpis kpis(KpiQuery query) {
        return ask(handle -> new KpiReader(handle, query).read());
    }

    /** The figures of a period by hour. */
    public List<Kpis.Point> byHour(KpiQuery query) {
        return ask(handle -> new KpiReader(handle, query).series("hour"));
    }

    /** The figures of a period by day, in UTC. */
    public List<Kpis.Point> byDay(KpiQuery query) {
        return ask(handle -> new KpiReader(handle, query).series("day"));
    }

    /**
     * What became of the finished calls of an experiment, by assigned arm and unit, whatever happened in them (intention to treat).
     *
     * @param slowTurn turns that took longer are slow
     * @param startedBefore only calls that began then or before: a slower arm's calls finish later, so those of the last minutes would be
     *     the short ones
     */
    public List<UnitTotals> unitTotals(String experiment, Duration slowTurn, Instant startedBefore) {
        return unitTotals(experiment, 0, slowTurn, startedBefore);
    }

    /** The same of units that were assigned in this phase; 0 for all of them. */
    List<UnitTotals> unitTotals(String experiment, int phase, Duration slowTurn, Instant startedBefore) {
        return ask(handle -> handle.createQuery(KpiSql.UNIT_TOTALS)
                .bind("experiment", experiment)
                .bind("phase", phase)
                .bind("slow", StoredText.millis(slowTurn))
                .bind("before", StoredText.time(startedBefore))
                .map((row, context) -> new UnitTotals(
                        row.getString("variant"),
                        row.getString("unit"),
                        row.getLong("finished"),
                        row.getLong("completed"),
                        row.getLong("handed_over"),
                        row.getLong("abandoned"),
                        row.getLong("cost_micros"),
                        row.getLong("turns"),
                        row.getLong("slow"),
                        row.getLong("utterances"),
                        row.getLong("interrupted")))
                .list());
    }

    /** Units that were assigned before this phase, with the first one in which they were. */
    Map<String, Integer> assignedBefore(String experiment, int phase) {
        return ask(handle -> {
            Map<String, Integer> assigned = new HashMap<>();
            handle.createQuery("select unit, min(phase) as phase from exposure where experiment = :experiment"
                            + " and phase < :phase group by unit")
                    .bind("experiment", experiment)
                    .bind("phase", phase)
                    .map((row, context) -> Map.entry(row.getString("unit"), row.getInt("phase")))
                    .forEach(each -> assigned.put(each.getKey(), each.getValue()));
            return assigned;
        });
    }

    /** How many units were assigned to each arm so far, whether their calls have ended or not. */
    public List<Kpis.Counted> exposedUnits(String experiment) {
        return ask(handle -> handle.createQuery("select variant, count(distinct unit) as units from exposure"
                        + " where experiment = :experiment group by variant order by variant")
                .bind("experiment", experiment)
                .map((row, context) -> new Kpis.Counted(row.getString("variant"), row.getLong("units")))
                .list());
    }

    /** What {@link StoreWriter#saved} kept of the router. */
    public List<KeptState> routerStates() {
        return ask(handle -> handle.createQuery(
                        "select flow, tier, state, saved_at from router_state order by flow, tier")
                .map((row, context) -> new KeptState(
                        row.getString("flow"),
                        row.getString("tier"),
                        row.getString("state"),
                        row.getObject("saved_at", OffsetDateTime.class).toInstant()))
                .list());
    }

    /** What the router knew of one tier of a flow. */
    public record KeptState(String flow, String tier, String state, Instant savedAt) {}

    /** What takes tables elsewhere. */
    public StoreExport export() {
        return new StoreExport(this);
    }

    /** The address. */
    public StoreAddress address() {
        return database.address();
    }

    /**
     * Waits until the database answers and its tables are there.
     *
     * @return whether that was within the time
     */
    public boolean awaitUp(Duration atMost) {
        return queue.await(state -> state.condition() == StoreState.Condition.UP, atMost);
    }

    /**
     * Waits until all that calls have done so far is stored, or lost.
     *
     * @return whether that was within the time
     */
    public boolean flush(Duration atMost) {
        return queue.await(state -> state.queued() == 0, atMost);
    }

    /** Waits until it is so; whether that was within the time. */
    boolean await(Predicate<StoreState> wanted, Duration atMost) {
        return queue.await(wanted, atMost);
    }

    <R> R ask(Function<Handle, R> question) {
        try {
            return database.jdbi().withHandle(question::apply);
        } catch (JdbiException e) {
            throw new StoreUnavailable(database.address(), e);
        }
    }

    /** Writes what waits, at most 5 s; what is not written then is lost, counted and logged. */
    @Override
    public void close() {
        if (queue.isStarted()) {
            queue.close(CLOSE);
        }
        database.close();
    }
}
