package dev.antiphon.server.operator;

import dev.antiphon.admission.AdmissionState;
import dev.antiphon.server.console.CallJournal;
import dev.antiphon.server.console.CallRecord;
import dev.antiphon.server.store.Store;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.tier.RouterDecision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Figures of the facts that this process has seen: of live calls and the latest {@value CallMemory#MAX_ENDED} that ended. What
 * wants a longer memory, a router's or an experiment's report says that it is missing. Thread-safe.
 */
public final class LiveFigures implements OperatorFigures {
    /** A turn over this is slow: 1.5 s. */
    public static final Duration SLOW_TURN = Duration.ofMillis(1_500);

    private static final int MAX_LISTED = 300;
    private static final int MOST_DECISIONS = 300;
    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(LiveFigures.class);

    private final CallMemory memory;
    private final CallJournal journal;
    private final InstantSource clock;
    private final Supplier<AdmissionState> admission;
    private final BooleanSupplier draining;
    private final RouterReports router;
    private final ExperimentReports experiments;
    private final StoredFigures stored;
    private final Optional<KeptFor<List<RouterDecision>>> decisions;
    private final Executor slow;

    /**
     * Figures.
     *
     * @param memory what was added up
     * @param journal the facts of single calls
     * @param admission how much of the budget is in use
     * @param draining whether new calls are refused by an operator
     * @param router tells where new calls begin
     * @param experiments tells what experiments have shown
     * @param store where calls outlive the process, if anywhere
     * @param slow runs what takes long
     */
    public LiveFigures(
            CallMemory memory,
            CallJournal journal,
            InstantSource clock,
            Supplier<AdmissionState> admission,
            BooleanSupplier draining,
            RouterReports router,
            ExperimentReports experiments,
            Optional<Store> store,
            Executor slow) {
        this.memory = memory;
        this.journal = journal;
        this.clock = clock;
        this.admission = admission;
        this.draining = draining;
        this.router = router;
        this.experiments = experiments;
        this.stored = new StoredFigures(store, clock);
        this.decisions = store.map(kept -> new KeptFor<>(
                KEPT,
                clock,
                kept::progress,
                () -> kept.routerDecisions(Instant.EPOCH, MOST_DECISIONS).reversed()));
        this.slow = slow;
    }

    @Override
    public String about() {
        return "Calls of this server since it started, in memory: live ones and the latest " + CallMemory.MAX_ENDED
                + " that ended.";
    }

    @Override
    public CompletionStage<Shown<NowView>> now() {
        return later(() -> NowFigures.of(
                memory.calls(), clock.instant(), SLOW_TURN.toMillis(), admission.get(), draining.getAsBoolean()));
    }

    @Override
    public CompletionStage<Shown<FlowsView>> flows() {
        return later(() -> FlowFigures.of(memory.calls(), clock.instant(), SLOW_TURN.toMillis()));
    }

    @Override
    public CompletionStage<Shown<LatencyView>> latency() {
        return later(() -> LatencyFigures.of(memory.calls(), SLOW_TURN.toMillis()));
    }

    @Override
    public CompletionStage<Shown<CostView>> cost() {
        return later(() -> CostFigures.of(
                memory.calls(),
                memory.since(),
                clock.instant(),
                admission.get().day().map(DayCap::of)));
    }

    @Override
    public CompletionStage<Shown<RouterView>> router() {
        return CompletableFuture.supplyAsync(this::storedDecisions, slow)
                .thenCompose(stored -> router.report(flowNames(), stored))
                .thenApply(Shown.Known::new);
    }

    /** None while the store does not answer: what this process knows is shown all the same. */
    private List<RouterDecision> storedDecisions() {
        try {
            return decisions.map(KeptFor::get).orElse(List.of());
        } catch (RuntimeException away) {
            LOG.warn("what the router decided earlier cannot be read from the store: {}", away.toString());
            return List.of();
        }
    }

    private List<String> flowNames() {
        return memory.calls().stream()
                .map(CallFigures::flow)
                .filter(flow -> !flow.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public CompletionStage<Shown<ExperimentsView>> experiments() {
        return CompletableFuture.supplyAsync(experiments::read, slow);
    }

    @Override
    public CompletionStage<Shown<StoredView>> stored(int days) {
        return CompletableFuture.supplyAsync(() -> stored.last(days), slow);
    }

    @Override
    public CompletionStage<List<CallLine>> calls() {
        return CompletableFuture.supplyAsync(
                () -> memory.calls().stream()
                        .sorted(Comparator.comparing(CallFigures::isOver)
                                .thenComparing(Comparator.comparing(CallFigures::startedAt)
                                        .reversed()))
                        .limit(MAX_LISTED)
                        .map(call -> call.line(clock.instant(), SLOW_TURN.toMillis()))
                        .toList(),
                slow);
    }

    @Override
    public CompletionStage<Optional<CallStory>> call(String id) {
        return CompletableFuture.supplyAsync(() -> story(id), slow);
    }

    private Optional<CallStory> story(String id) {
        Instant now = clock.instant();
        return memory.calls().stream()
                .filter(call -> call.id().equals(id))
                .findFirst()
                .map(call -> call.line(now, SLOW_TURN.toMillis()))
                .flatMap(line ->
                        journal.find(id).map(LiveFigures::facts).map(facts -> Stories.of(line, model(facts), facts)));
    }

    private static String model(List<SessionEvent> facts) {
        return facts.stream()
                .filter(SessionEvent.SessionStarted.class::isInstance)
                .map(fact -> ((SessionEvent.SessionStarted) fact).model())
                .findFirst()
                .orElse("");
    }

    private static List<SessionEvent> facts(CallRecord call) {
        Reader reader = new Reader();
        call.follow(0, reader);
        return reader.read();
    }

    private <T> CompletionStage<Shown<T>> later(Supplier<T> figures) {
        return CompletableFuture.supplyAsync(() -> new Shown.Known<>(figures.get()), slow);
    }

    /** Reads what is there, and wants no more. */
    private static final class Reader implements CallRecord.Follower {
        private final List<SessionEvent> facts = new ArrayList<>();
        private boolean done;

        @Override
        public synchronized boolean fact(long number, SessionEvent event) {
            if (!done) {
                facts.add(event);
            }
            return !done;
        }

        @Override
        public void ended() {}

        private synchronized List<SessionEvent> read() {
            done = true;
            return List.copyOf(facts);
        }
    }
}
