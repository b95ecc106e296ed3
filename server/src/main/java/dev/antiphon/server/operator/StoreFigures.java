package dev.antiphon.server.operator;

import dev.antiphon.experiment.Experiment;
import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoredCall;
import dev.antiphon.server.store.StoredRouter;
import dev.antiphon.tier.PolicySource;
import dev.antiphon.tier.RouterPolicies;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Figures of a store alone, without a server that takes calls. Times count back from the latest call of the store, so that an old store shows
 * its own time; views besides {@code stored} are of the last {@value #DAYS} days, at most {@value #MOST_CALLS} calls. What is read once is kept;
 * every {@value #KEPT_SECONDS} s it is asked whether there is anything new. Thread-safe.
 */
public final class StoreFigures implements OperatorFigures {
    static final int DAYS = 31;
    static final int MOST_CALLS = 30_000;
    private static final int KEPT_SECONDS = 60;
    private static final int MOST_LISTED = 300;
    private static final int MOST_DECISIONS = 500;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Store store;
    private final InstantSource clock;
    private final StoredFigures stored;
    private final StoredExperimentFigures experiments;
    private final Executor slow;
    private final KeptFor<Instant> end;
    private final KeptFor<List<CallFigures>> calls;
    private final KeptFor<Shown<ExperimentsView>> reports;
    private final KeptFor<RouterView> router;
    private final Map<Integer, KeptFor<Shown<StoredView>>> periods = new HashMap<>();

    /**
     * Of a store that can be asked.
     *
     * @param given definitions of experiments besides those that are stored
     * @param clock of this machine
     * @param slow runs what takes long
     */
    public StoreFigures(Store store, List<Experiment> given, InstantSource clock, Executor slow) {
        this.store = store;
        this.clock = clock;
        this.slow = slow;
        this.stored = new StoredFigures(Optional.of(store), this::latest);
        this.experiments = new StoredExperimentFigures(store, given, this::latest);
        Duration kept = Duration.ofSeconds(KEPT_SECONDS);
        this.end =
                new KeptFor<>(kept, clock, store::progress, () -> store.latest().orElseGet(clock::instant));
        this.calls = new KeptFor<>(kept, clock, store::progress, this::readCalls);
        this.reports = new KeptFor<>(kept, clock, store::progress, experiments::read);
        this.router = new KeptFor<>(kept, clock, store::progress, this::readRouter);
        StoredView.PERIODS.forEach(
                days -> periods.put(days, new KeptFor<>(kept, clock, store::progress, () -> stored.last(days))));
    }

    /** When the latest call began or ended; now when there is none. */
    private Instant latest() {
        return end.get();
    }

    private Instant from() {
        return latest().minus(Duration.ofDays(DAYS));
    }

    private List<CallFigures> readCalls() {
        return store.calls(from(), MOST_CALLS).stream()
                .map(StoredCallFigures::of)
                .toList();
    }

    private RouterView readRouter() {
        return StoredRouterFigures.of(
                new StoredRouter(store, PolicySource.of(RouterPolicies.defaults()), clock).load(),
                store.routerDecisions(from(), MOST_DECISIONS),
                store.routerEvidence(from()),
                calls.get());
    }

    /** Begins to read what takes long, so that the first view that wants it waits less. */
    public void begin() {
        slow.execute(() -> period(DAYS - 1));
        slow.execute(router::get);
    }

    @Override
    public String about() {
        return "Calls stored at " + store.address() + ", up to " + TIME.format(latest())
                + ". No server runs behind this console.";
    }

    /** What happens now is known to a server only. */
    @Override
    public List<String> views() {
        return List.of("stored", "flows", "latency", "cost", "router", "experiments", "calls", "audit");
    }

    @Override
    public CompletionStage<Shown<NowView>> now() {
        return CompletableFuture.completedStage(
                new Shown.Missing<>("No server runs behind this console: what happens now is not known here."));
    }

    @Override
    public CompletionStage<Shown<FlowsView>> flows() {
        return later(() -> FlowFigures.of(calls.get(), latest(), slowMs()));
    }

    @Override
    public CompletionStage<Shown<LatencyView>> latency() {
        return later(() -> LatencyFigures.of(calls.get(), slowMs()));
    }

    @Override
    public CompletionStage<Shown<CostView>> cost() {
        return later(() -> CostFigures.of(calls.get(), from(), latest(), Optional.empty()));
    }

    @Override
    public CompletionStage<Shown<RouterView>> router() {
        return later(router::get);
    }

    @Override
    public CompletionStage<Shown<ExperimentsView>> experiments() {
        return CompletableFuture.supplyAsync(reports::get, slow);
    }

    @Override
    public CompletionStage<Shown<StoredView>> stored(int days) {
        return CompletableFuture.supplyAsync(() -> period(days), slow);
    }

    private Shown<StoredView> period(int days) {
        KeptFor<Shown<StoredView>> period = periods.get(days);
        return period == null ? stored.last(days) : period.get();
    }

    @Override
    public CompletionStage<List<CallLine>> calls() {
        return CompletableFuture.supplyAsync(
                () -> calls.get().stream()
                        .sorted(Comparator.comparing(CallFigures::startedAt).reversed())
                        .limit(MOST_LISTED)
                        .map(call -> call.line(call.startedAt(), slowMs()))
                        .toList(),
                slow);
    }

    @Override
    public CompletionStage<Optional<CallStory>> call(String id) {
        return CompletableFuture.supplyAsync(
                () -> store.call(id).map((StoredCall call) -> StoredCallFigures.story(call, slowMs())), slow);
    }

    private static long slowMs() {
        return LiveFigures.SLOW_TURN.toMillis();
    }

    private <T> CompletionStage<Shown<T>> later(Supplier<T> figures) {
        return CompletableFuture.supplyAsync(() -> new Shown.Known<>(figures.get()), slow);
    }
}
