package dev.antiphon.server.store;

import dev.antiphon.experiment.ArmTotals;
import dev.antiphon.experiment.UnitTotals;
import dev.antiphon.tier.RouterDecision;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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
        StoreDatabase database = StoreDatabase.patient(address);
        try {
            database.migrate();
        } catch (RuntimeException e) {
            database.close();
            throw new StoreUnavailable(address, e);
        }
        Store store =
                new Store(database, StoreSettings.defaults(address, UnaryOperator.identity()), InstantSource.system());
        store.queue.isUp();
        return store;
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

    /**
     * What {@link #unitTotals} would have said at each of these times, added up by arm: of the calls that had ended by then.
     *
     * @param phase of units that were assigned in this phase; 0 for all of them
     * @param times in their order
     */
    public List<Map<String, ArmTotals>> armTotalsAt(
            String experiment, int phase, Duration slowTurn, List<Instant> times) {
        return ask(handle -> new ArmHistory(handle, experiment, phase, slowTurn).at(times));
    }

    /** How many units were assigned to each arm so far, whether their calls have ended or not. */
    public List<Kpis.Counted> exposedUnits(String experiment) {
        return ask(handle -> handle.createQuery("select variant, count(distinct unit) as units from exposure"
                        + " where experiment = :experiment group by variant order by variant")
                .bind("experiment", experiment)
                .map((row, context) -> new Kpis.Counted(row.getString("variant"), row.getLong("units")))
                .list());
    }

    /** Changes when a call begins or ends, the router decides, or somebody changes an experiment; means nothing else. */
    public List<Long> progress() {
        return ask(handle -> Stream.of(
                        "select count(*) from call",
                        "select count(ended_at) from call",
                        "select count(*) from router_decision",
                        "select count(*) from experiment_audit")
                .map(sql -> handle.createQuery(sql).mapTo(Long.class).one())
                .toList());
    }

    /** The latest calls that began from then on, with all that belongs to them; at most {@code most}, oldest first. */
    public List<StoredCall> calls(Instant from, int most) {
        return ask(handle -> CallReader.latest(handle, from, most));
    }

    /** The call of this id. */
    public Optional<StoredCall> call(String id) {
        return ask(handle -> CallReader.of(handle, id));
    }

    /** How many calls there are, and how many of them no real model answered. */
    public Rate simulatedCalls() {
        return ask(handle -> handle.createQuery(
                        "select count(*) as calls, count(*) filter (where simulated) as simulated from call")
                .map((row, context) -> new Rate(row.getLong("simulated"), row.getLong("calls")))
                .one());
    }

    /** When the latest call began or ended; empty when there is none. */
    public Optional<Instant> latest() {
        return ask(handle -> Stream.of("started_at", "ended_at")
                .map(column -> handle.createQuery("select max(" + column + ") as latest from call")
                        .map((row, context) -> Optional.ofNullable(row.getObject("latest", OffsetDateTime.class)))
                        .one())
                .flatMap(Optional::stream)
                .map(OffsetDateTime::toInstant)
                .max(Comparator.naturalOrder()));
    }

    /** What the router decided from then on, oldest first; of more than {@code most} the latest. */
    public List<RouterDecision> routerDecisions(Instant from, int most) {
        return ask(handle -> RouterRows.decisions(handle, from, most));
    }

    /** The router's evidence from then on, oldest first. */
    public List<RouterPoint> routerEvidence(Instant from) {
        return ask(handle -> RouterRows.evidence(handle, from));
    }

    /** The evidence about one tier of a flow at one time, and the threshold at which new calls move up. */
    public record RouterPoint(
            Instant at, String flow, String tier, RouterDecision.State state, double evidence, double threshold) {}

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
