package dev.antiphon.server.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.antiphon.experiment.Arm;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.ExperimentState.Change;
import dev.antiphon.experiment.ExperimentState.Result;
import dev.antiphon.experiment.Treatment;
import dev.antiphon.model.Money;
import dev.antiphon.realtime.Usage;
import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoreAddress;
import dev.antiphon.server.store.StoreSettings;
import dev.antiphon.server.store.StoredExperiments;
import dev.antiphon.server.store.StoredRouter;
import dev.antiphon.server.store.UnitKey;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import dev.antiphon.session.TurnTimeline;
import dev.antiphon.session.TurnTimeline.Part;
import dev.antiphon.tier.PolicySource;
import dev.antiphon.tier.RouterDecision;
import dev.antiphon.tier.RouterDecision.Kind;
import dev.antiphon.tier.RouterDecision.State;
import dev.antiphon.tier.RouterPolicies;
import dev.antiphon.tier.Rung;
import dev.antiphon.tier.Struggle;
import dev.antiphon.tier.TierDecision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a console over a store alone shows, a year after its calls. */
class StoreFiguresTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant A_YEAR_LATER = BEGIN.plus(Duration.ofDays(365));
    private static final int CALLS = 120;

    private final Store store = Store.open(
            StoreSettings.defaults(StoreAddress.inMemory(), UnitKey.of("a key of this test"))
                    .simulated(true),
            InstantSource.fixed(BEGIN));
    private final AtomicReference<Instant> now = new AtomicReference<>(A_YEAR_LATER);
    private final StoreFigures figures = new StoreFigures(store, List.of(), now::get, Runnable::run);
    private final CallMemory memory = new CallMemory(() -> BEGIN);

    @BeforeEach
    void callsOfThreeWeeks() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < CALLS; i++) {
            call(i, random);
        }
        assertThat(store.awaitUp(LONG) && store.flush(LONG)).isTrue();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void call(int number, SplittableRandom random) {
        SessionId id = new SessionId("sess_" + number);
        String caller = "caller " + random.nextInt(40);
        String tier = random.nextBoolean() ? "mini" : "full";
        Instant at = BEGIN.plus(Duration.ofHours(4L * number));
        memory.named(id, caller);
        SessionObserver toStore = store.writer().forCaller(Optional.of(caller));
        List<SessionEvent> facts = List.of(
                new SessionEvent.SessionStarted(id, at, "book", "1", tier, "model"),
                new SessionEvent.ExperimentEntered(id, at, "tiers", tier, Integer.toHexString(number)),
                new SessionEvent.FirstHeard(id, at, Duration.ofMillis(500 + random.nextInt(900))),
                moved(id, at.plusSeconds(1), "name", Map.of()),
                new SessionEvent.TurnAnswered(id, at.plusSeconds(2), tier, timeline(random)),
                moved(id, at.plusSeconds(3), "time", Map.of("name", "Ada")),
                new SessionEvent.TurnAnswered(id, at.plusSeconds(4), tier, timeline(random)),
                new SessionEvent.BargedIn(id, at.plusSeconds(5), "u", Duration.ofMillis(400), Duration.ofMillis(90)),
                new SessionEvent.ResponseBilled(id, at.plusSeconds(5), tier, 2, USAGE, Money.usd("0.003")),
                new SessionEvent.SessionEnded(
                        id,
                        at.plusSeconds(60),
                        "book",
                        tier,
                        random.nextInt(4) == 0 ? new Outcome.Abandoned("gone") : new Outcome.Completed("book", "x"),
                        Duration.ofSeconds(60),
                        2,
                        USAGE,
                        CallCost.NONE.plusModel(tier, Money.usd("0.003"))));
        facts.forEach(memory::on);
        facts.forEach(toStore::tell);
    }

    private static final Usage USAGE = new Usage(100, 50, 0, 40, 10, 0, 7, 30);

    private static SessionEvent moved(SessionId id, Instant at, String step, Map<String, String> slots) {
        return new SessionEvent.DialogMoved(id, at, new Conversation.View(step, slots, Optional.of("?")));
    }

    private static TurnTimeline timeline(SplittableRandom random) {
        return new TurnTimeline(Map.of(Part.MODEL, Duration.ofMillis(200 + random.nextInt(1_900))), false);
    }

    private static <T> T known(CompletionStage<Shown<T>> view) {
        return ((Shown.Known<T>) view.toCompletableFuture().join()).figures();
    }

    @Test
    void flowsLatencyAndCostAreThoseThatTheServerHadShown() {
        assertThat(known(figures.latency())).isEqualTo(LatencyFigures.of(memory.calls(), 1_500));

        FlowsView.Flow shown = known(figures.flows()).flows().getFirst();
        FlowsView.Flow live =
                FlowFigures.of(memory.calls(), A_YEAR_LATER, 1_500).flows().getFirst();
        assertThat(shown.completed()).isEqualTo(live.completed());
        assertThat(shown.tiers()).isEqualTo(live.tiers());
        assertThat(shown.steps()).isEqualTo(live.steps());
        assertThat(shown.slots()).contains(live.slots().getFirst());
        assertThat(shown.returned()).isEqualTo(live.returned());
        assertThat(shown.examples()).isEqualTo(live.examples());

        CostView cost = known(figures.cost());
        CostView before = CostFigures.of(memory.calls(), BEGIN, BEGIN.plus(Duration.ofDays(20)), Optional.empty());
        assertThat(cost.rows()).isEqualTo(before.rows());
        assertThat(cost.tokens()).isEqualTo(before.tokens());
        assertThat(cost.total().usd()).isCloseTo(0.36, within(1e-9));
        assertThat(cost.bucketMinutes()).isEqualTo(24 * 60);
    }

    @Test
    void timesCountBackFromTheLatestCall() {
        StoredView stored = known(figures.stored(7));
        Instant latest = BEGIN.plus(Duration.ofHours(4L * (CALLS - 1))).plusSeconds(60);
        assertThat(stored.from()).isEqualTo(latest.minus(Duration.ofDays(7)));
        assertThat(stored.figures().outcomes().finished()).isEqualTo(42);
        assertThat(stored.figures().outcomes().simulated()).isEqualTo(42);
        assertThat(figures.about()).contains("up to 20 Nov 2026, 20:01 UTC");
        assertThat(figures.views()).doesNotContain("now").startsWith("stored");
    }

    @Test
    void whatIsNewIsReadAfterAWhile() {
        assertThat(known(figures.flows()).flows().getFirst().completed().of()).isEqualTo(CALLS);
        call(CALLS, new SplittableRandom(1));
        assertThat(store.flush(LONG)).isTrue();
        assertThat(known(figures.flows()).flows().getFirst().completed().of()).isEqualTo(CALLS);
        now.set(A_YEAR_LATER.plusSeconds(60));
        assertThat(known(figures.flows()).flows().getFirst().completed().of()).isEqualTo(CALLS + 1);
    }

    @Test
    void theRouterShowsEvidenceWithThresholdStatesAndDecisions() {
        AtomicReference<Instant> at = new AtomicReference<>(BEGIN.plus(Duration.ofDays(11)));
        StoredRouter router = new StoredRouter(store, PolicySource.of(RouterPolicies.defaults()), at::get);
        router.measured("book", "mini", State.CLOSED, 12);
        at.set(BEGIN.plus(Duration.ofDays(12)));
        router.measured("book", "mini", State.OPEN, 2_100);
        RouterDecision decision = new RouterDecision(
                at.get(), "book", "mini", Kind.ESCALATED, State.CLOSED, State.OPEN, 2_100, 80, "it completes too few");
        router.decided(decision);
        assertThat(store.flush(LONG)).isTrue();

        RouterView view = known(figures.router());
        RouterView.Row row = view.rows().stream()
                .filter(each -> each.tier().equals("mini"))
                .findFirst()
                .orElseThrow();
        RouterView.Evidence evidence = row.evidence().orElseThrow();
        assertThat(evidence.state()).isEqualTo(State.OPEN);
        assertThat(evidence.threshold()).contains(2_000.0);
        assertThat(evidence.points()).extracting(RouterView.Point::state).containsExactly(State.CLOSED, State.OPEN);
        assertThat(view.decisions()).containsExactly(decision);
        assertThat(row.completed().of())
                .isEqualTo(memory.calls().stream()
                        .filter(call -> call.startTier().equals("mini"))
                        .count());
    }

    @Test
    void ofManyPointsTheHighestStayAndEveryStateBeginsWhereItBegan() {
        List<RouterView.Point> points = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            State state = i >= 4_321 && i < 6_001 ? State.OPEN : State.CLOSED;
            points.add(new RouterView.Point(BEGIN.plusSeconds(i), i == 5_555 ? 9_999 : i % 7, state));
        }
        List<RouterView.Point> left = StoredRouterFigures.thinned(points);
        assertThat(left).hasSizeLessThan(2_000).contains(points.get(4_321), points.get(5_555), points.get(6_001));
        assertThat(left).isSortedAccordingTo(Comparator.comparing(RouterView.Point::at));
    }

    @Test
    void anExperimentShowsItsGoalsSinceItsStartWithoutTheServerThatRanIt() {
        Experiment experiment = Experiment.of(
                "tiers",
                draft -> draft.arms(List.of(
                        new Arm("mini", 0.5, Treatment.tier("mini")), new Arm("full", 0.5, Treatment.tier("full")))));
        StoredExperiments kept = new StoredExperiments(store, () -> BEGIN).defining(List.of(experiment));
        ExperimentState started = ((Result.Changed) ExperimentState.DRAFT.changed(
                        new Change.Start(100, experiment.design()), "ada", "to see it", BEGIN))
                .state();
        assertThat(kept.replace("tiers", ExperimentState.DRAFT, started)).isTrue();
        assertThat(kept.replace("older", ExperimentState.DRAFT, started)).isTrue();

        Map<String, ExperimentsView.Experiment> shown = known(figures.experiments()).experiments().stream()
                .collect(Collectors.toMap(ExperimentsView.Experiment::key, each -> each));
        ExperimentsView.Experiment tiers = Objects.requireNonNull(shown.get("tiers"));
        // Nothing is compared before both arms have enough callers.
        assertThat(tiers.goals()).hasSize(2).allSatisfy(goal -> {
            assertThat(goal.looks()).hasSizeBetween(5, ExperimentHistory.POINTS);
            assertThat(goal.looks().getLast().difference()).isCloseTo(goal.difference(), within(1e-9));
            assertThat(goal.looks().getLast().low()).isCloseTo(goal.low(), within(1e-9));
        });
        assertThat(tiers.sinceStart()).isTrue();
        assertThat(tiers.changes()).extracting(ExperimentsView.Change::who).containsExactly("ada");
        assertThat(Objects.requireNonNull(shown.get("older")).sentence()).contains("console --experiments FILE");
    }

    @Test
    void decisionsOfAStoredCallAreToldWithRungReasonAndEstimate() {
        SessionId id = new SessionId("sess_climbs");
        Usage none = Usage.NONE;
        List.of(
                        new SessionEvent.SessionStarted(id, BEGIN, "book", "1", "mini", "model"),
                        new SessionEvent.TierDecided(
                                id,
                                BEGIN.plusSeconds(1),
                                decision(Optional.of(new Rung.RaiseEffort("high")), "it struggles", "0.0103")),
                        new SessionEvent.TierDecided(
                                id, BEGIN.plusSeconds(2), decision(Optional.empty(), "it is well again", "0.02")),
                        new SessionEvent.SessionEnded(
                                id,
                                BEGIN.plusSeconds(9),
                                "book",
                                "mini",
                                new Outcome.Abandoned("gone"),
                                Duration.ofSeconds(9),
                                1,
                                none,
                                CallCost.NONE))
                .forEach(store.writer()::on);
        assertThat(store.flush(LONG)).isTrue();

        CallStory story =
                figures.call("sess_climbs").toCompletableFuture().join().orElseThrow();
        assertThat(story.entries().stream()
                        .filter(entry -> entry.kind() == CallStory.Kind.DECISION)
                        .map(entry -> entry.title() + " | " + entry.detail()))
                .containsExactly(
                        "Decided: effort high, on mini | it struggles · evidence 3.50 (no match) · estimated at $0.0103 more",
                        "Decided: stay on mini | it is well again · evidence 3.50 (no match) · the next rung is estimated"
                                + " at $0.0200 more");
    }

    private static TierDecision decision(Optional<Rung> rung, String reason, String usd) {
        return new TierDecision(
                "mini",
                Optional.empty(),
                rung,
                3.5,
                reason,
                Optional.of(Money.usd(usd)),
                List.of(new Struggle(Struggle.Signal.NO_MATCH, "date")));
    }

    @Test
    void oneCallIsToldWithoutAWordOfIt() {
        CallStory story = figures.call("sess_3").toCompletableFuture().join().orElseThrow();
        assertThat(story.words()).contains("nothing that anybody said");
        assertThat(story.entries())
                .extracting(CallStory.Entry::title)
                .startsWith("The call began on " + story.call().startTier(), "Dialog at name")
                .contains("Dialog at time")
                .last()
                .asString()
                .startsWith("Ended: ");
        assertThat(story.entries().getFirst().detail()).endsWith("simulated");
        assertThat(figures.call("unknown").toCompletableFuture().join()).isEmpty();
    }
}
