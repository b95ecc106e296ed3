package dev.antiphon.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.antiphon.experiment.Arm;
import dev.antiphon.experiment.ArmTotals;
import dev.antiphon.experiment.Assigner;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.ExperimentState.Change;
import dev.antiphon.experiment.ExperimentState.Result;
import dev.antiphon.experiment.Guardrail;
import dev.antiphon.experiment.HoldOut;
import dev.antiphon.experiment.Metric;
import dev.antiphon.experiment.Namespace;
import dev.antiphon.experiment.Plan;
import dev.antiphon.experiment.PlannedLook;
import dev.antiphon.experiment.Treatment;
import dev.antiphon.experiment.UnitTotals;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.tier.FlowSnapshot;
import dev.antiphon.tier.PolicySource;
import dev.antiphon.tier.RouterDecision;
import dev.antiphon.tier.RouterPolicies;
import dev.antiphon.tier.RouterPolicy;
import dev.antiphon.tier.RouterSettings;
import dev.antiphon.tier.TierReport;
import dev.antiphon.tier.TierRouter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the router knows and how experiments stand, over the end of a process. */
class StoredStateTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(AT);
    private static final UnitKey KEY = UnitKey.of("a key of this test");
    private static final ActorTestKit KIT = ActorTestKit.create();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private static Store open(StoreAddress address) {
        return Store.open(
                StoreSettings.defaults(address, KEY).withPauses(Duration.ofMillis(20), Duration.ofMillis(50)), CLOCK);
    }

    private static Tier tier(String name) {
        return new Tier(
                name,
                new ModelEndpoint("test", name, URI.create("ws://127.0.0.1:1/"), Map.of(), List.of()),
                PriceCard.of("1", "0", "2", "0", "0", "0", "0", "0"));
    }

    private static ActorRef<TierRouter.Command> router(Store store) {
        StoredRouter stored = new StoredRouter(store, PolicySource.of(RouterPolicies.defaults()), CLOCK);
        return KIT.spawn(TierRouter.create(
                new TierLadder(List.of(tier("mini"), tier("full"))),
                Map.of(),
                RouterSettings.defaults()
                        .withPolicy(RouterPolicy.defaults().withTarget(0.85))
                        .withMemory(stored)
                        .withListener(stored)));
    }

    private static void force(ActorRef<TierRouter.Command> router) {
        TestProbe<TierRouter.ForceAnswer> probe = KIT.createTestProbe();
        router.tell(new TierRouter.Force("booking", "mini", RouterDecision.State.OPEN, probe.getRef()));
        assertThat(probe.receiveMessage()).isInstanceOf(TierRouter.ForceAnswer.Forced.class);
    }

    private static List<TierReport.FlowReport> flows(ActorRef<TierRouter.Command> router) {
        TestProbe<TierReport> probe = KIT.createTestProbe();
        router.tell(new TierRouter.Report(probe.getRef()));
        return probe.receiveMessage().flows();
    }

    @ParameterizedTest
    @EnumSource
    void anOpenRouterIsOpenAfterARestart(Databases database) {
        StoreAddress address = database.fresh();
        try (Store keeper = open(address)) {
            assertThat(keeper.awaitUp(LONG)).isTrue();
            List<FlowSnapshot> before;
            try (Store store = open(address)) {
                assertThat(store.awaitUp(LONG)).isTrue();
                ActorRef<TierRouter.Command> router = router(store);
                force(router);
                TestProbe<Object> waiting = KIT.createTestProbe();
                waiting.awaitAssert(LONG, () -> {
                    assertThat(store.routerStates()).hasSize(1);
                    return true;
                });
                before = new StoredRouter(store, PolicySource.of(RouterPolicies.defaults()), CLOCK).load();
                KIT.stop(router);
            }
            try (Store store = open(address)) {
                ActorRef<TierRouter.Command> router = router(store);
                TestProbe<Object> waiting = KIT.createTestProbe();
                waiting.awaitAssert(LONG, () -> {
                    assertThat(flows(router)).hasSize(1);
                    return true;
                });
                assertThat(flows(router).getFirst().tiers().getFirst().state()).isEqualTo(RouterDecision.State.OPEN);
                assertThat(new StoredRouter(store, PolicySource.of(RouterPolicies.defaults()), CLOCK).load())
                        .isEqualTo(before);
                KIT.stop(router);
            }
        }
    }

    @Test
    void aSnapshotThatCannotBeReadLeavesTheOthers() {
        try (Store store = open(StoreAddress.inMemory())) {
            store.writer().saved("broken", "", "{\"flow\": \"broken\"}", AT);
            store.writer().saved("text", "", "no JSON", AT);
            assertThat(store.awaitUp(LONG)).isTrue();
            assertThat(store.flush(LONG)).isTrue();
            assertThat(new StoredRouter(store, PolicySource.of(RouterPolicies.defaults()), CLOCK).load())
                    .isEmpty();
        }
    }

    @Test
    void aRouterWithoutItsDatabaseRoutes() {
        try (Store store = open(Databases.missing())) {
            ActorRef<TierRouter.Command> router = router(store);
            force(router);
            assertThat(flows(router)).hasSize(1);
            KIT.stop(router);
        }
    }

    private static ExperimentState after(ExperimentState before, Change change, String who) {
        return ((Result.Changed) before.changed(change, who, "a \"test\"", AT)).state();
    }

    @ParameterizedTest
    @EnumSource
    void anExperimentStandsWhereItStoodBeforeARestart(Databases database) {
        StoreAddress address = database.fresh();
        ExperimentState started = after(ExperimentState.DRAFT, new Change.Start(5, "design"), "ada");
        ArmTotals arm = ArmTotals.byArm(List.of(new UnitTotals("mini", "f0", 3, 2, 1, 0, 4_711, 9, 1, 12, 2)))
                .get("mini");
        assertThat(arm).isNotNull();
        ExperimentState looked = after(started, new Change.Freeze(new PlannedLook(AT, Map.of("mini", arm))), "plan");
        try (Store keeper = open(address)) {
            assertThat(keeper.awaitUp(LONG)).isTrue();
            try (Store store = open(address)) {
                StoredExperiments kept = new StoredExperiments(store, CLOCK);
                assertThat(kept.states()).isEmpty();
                assertThat(kept.replace("tiers", ExperimentState.DRAFT, started))
                        .isTrue();
                assertThat(kept.replace("tiers", started, looked)).isTrue();
            }
            try (Store store = open(address)) {
                assertThat(new StoredExperiments(store, CLOCK).states()).isEqualTo(Map.of("tiers", looked));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoWhoChangeAnExperimentAtOnceOneLoses(Databases database) {
        try (Store store = open(database.fresh())) {
            StoredExperiments kept = new StoredExperiments(store, CLOCK);
            ExperimentState first = after(ExperimentState.DRAFT, new Change.Start(5, "design"), "ada");
            ExperimentState second = after(ExperimentState.DRAFT, new Change.Start(10, "design"), "ben");
            assertThat(kept.states()).isEmpty();
            assertThat(kept.replace("tiers", ExperimentState.DRAFT, first)).isTrue();
            assertThat(kept.replace("tiers", ExperimentState.DRAFT, second)).isFalse();
            ExperimentState paused = after(first, new Change.Pause(), "ada");
            assertThat(kept.replace("tiers", first, paused)).isTrue();
            assertThat(kept.replace("tiers", first, after(first, new Change.Stop(), "ben")))
                    .isFalse();
            assertThat(kept.states()).isEqualTo(Map.of("tiers", paused));
        }
    }

    @ParameterizedTest
    @EnumSource
    void evidenceIsKeptOnceAMinuteAndWithEachChangeOfTheState(Databases database) {
        AtomicReference<Instant> now = new AtomicReference<>(AT);
        try (Store store = open(database.fresh())) {
            StoredRouter stored = new StoredRouter(
                    store,
                    PolicySource.of(RouterPolicies.defaults()
                            .with("booking", RouterPolicy.defaults().withThreshold(500))),
                    now::get);
            stored.measured("booking", "mini", RouterDecision.State.CLOSED, 0);
            stored.measured("booking", "mini", RouterDecision.State.CLOSED, 3);
            now.set(AT.plusSeconds(60));
            stored.measured("booking", "mini", RouterDecision.State.CLOSED, 0);
            stored.measured("booking", "mini", RouterDecision.State.CLOSED, 40);
            stored.measured("booking", "mini", RouterDecision.State.OPEN, 600);
            now.set(AT.minusSeconds(3_600));
            stored.measured("booking", "mini", RouterDecision.State.OPEN, 600);
            stored.measured("booking", "mini", RouterDecision.State.OPEN, 601);
            assertThat(store.awaitUp(LONG) && store.flush(LONG)).isTrue();

            assertThat(store.routerEvidence(AT))
                    .extracting(Store.RouterPoint::evidence, Store.RouterPoint::state, Store.RouterPoint::threshold)
                    .containsExactlyInAnyOrder(
                            tuple(0.0, RouterDecision.State.CLOSED, 500.0),
                            tuple(40.0, RouterDecision.State.CLOSED, 500.0),
                            tuple(600.0, RouterDecision.State.OPEN, 500.0));
            assertThat(store.routerEvidence(AT.minusSeconds(3_600))).hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAnExperimentAsksIsKeptWithItsState(Databases database) {
        Experiment experiment = Experiment.of(
                "tiers",
                draft -> draft.flows(Set.of("booking"))
                        .arms(List.of(
                                new Arm("full", 0.5, Treatment.tier("full")),
                                new Arm("mini", 0.5, Treatment.tier("mini"))))
                        .namespace(new Namespace("all", 0, 0.5))
                        .holdOut(new HoldOut("nobody", 0.05))
                        .plan(Plan.upTo(500).nonInferior(0.03))
                        .guardrails(List.of(Guardrail.of(Metric.HANDOVER))));
        ExperimentState started = after(ExperimentState.DRAFT, new Change.Start(5, experiment.design()), "ada");
        try (Store store = open(database.fresh())) {
            StoredExperiments kept = new StoredExperiments(store, CLOCK);
            assertThat(kept.states()).isEmpty();
            assertThat(kept.replace("by an older version", ExperimentState.DRAFT, started))
                    .isTrue();
            assertThat(kept.defining(List.of(experiment)).replace("tiers", ExperimentState.DRAFT, started))
                    .isTrue();
            assertThat(kept.definitions()).containsExactly(experiment);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAnExperimentHadShownAtAnyTimeIsWhatTheCallsSayThatHadEndedByThen(Databases database) {
        List<MadeCall> calls = MadeCall.some(11, 60);
        Instant end = MadeCall.MONDAY.plus(Duration.ofDays(30));
        List<Instant> times = List.of(MadeCall.MONDAY, MadeCall.MONDAY.plus(Duration.ofDays(9)), end);
        StoreAddress address = database.fresh();
        try (Store store = open(address);
                Store early = open(database.fresh())) {
            calls.forEach(call -> call.tell(store));
            calls.stream()
                    .filter(call -> call.end()
                            .filter(e -> !e.at().isAfter(times.get(1)))
                            .isPresent())
                    .forEach(call -> call.tell(early));
            assertThat(store.awaitUp(LONG) && store.flush(LONG)).isTrue();
            assertThat(early.awaitUp(LONG) && early.flush(LONG)).isTrue();

            List<Map<String, ArmTotals>> all = store.armTotalsAt("tiers", KpiQuery.SLOW_TURN, times);
            assertThat(all).hasSize(3);
            assertThat(all.getFirst()).isEmpty();
            assertThat(rounded(all.get(1)))
                    .isEqualTo(rounded(ArmTotals.byArm(early.unitTotals("tiers", KpiQuery.SLOW_TURN, end))));
            assertThat(rounded(all.get(2)))
                    .isEqualTo(rounded(ArmTotals.byArm(store.unitTotals("tiers", KpiQuery.SLOW_TURN, end))));
            assertThat(all.get(1)).isNotEmpty().isNotEqualTo(all.get(2));
        }
    }

    /** Sums of fractions differ in their last digits with the order. */
    private static Map<String, List<Long>> rounded(Map<String, ArmTotals> arms) {
        Map<String, List<Long>> all = new TreeMap<>();
        arms.forEach((key, arm) -> all.put(
                key,
                Stream.concat(
                                Stream.of(arm.units()),
                                Stream.of(Metric.values())
                                        .map(arm::of)
                                        .flatMap(sums -> Stream.of(
                                                        sums.over(),
                                                        sums.overSquares(),
                                                        sums.under(),
                                                        sums.underSquares(),
                                                        sums.products())
                                                .map(sum -> Math.round(sum * 1e6))))
                        .toList()));
        return all;
    }

    @Test
    void experimentsAndCallsKnowACallerByTheSameHash() {
        Optional<String> caller = Optional.of("+49 30 1234");
        String unit = KEY.apply(caller.get());
        assertThat(Assigner.of(KEY).unit(Experiment.Unit.CALLER, caller, "call"))
                .isEqualTo(unit);
        assertThat(new Assigner("a key of this test").unit(Experiment.Unit.CALLER, caller, "call"))
                .isEqualTo(unit);
    }
}
