package dev.antiphon.server.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.admission.SpendLedger;
import dev.antiphon.experiment.Arm;
import dev.antiphon.experiment.Assigner;
import dev.antiphon.experiment.AuditEntry;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentReport;
import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.ExperimentState.Result;
import dev.antiphon.experiment.ExperimentState.Status;
import dev.antiphon.experiment.ExperimentStore;
import dev.antiphon.experiment.Plan;
import dev.antiphon.experiment.Treatment;
import dev.antiphon.experiment.UnitTotals;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.Money;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.spend.Cap;
import dev.antiphon.spend.SpendMemory;
import dev.antiphon.spend.SpendPlan;
import dev.antiphon.spend.SpendPolicy;
import dev.antiphon.telemetry.Names;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ExperimentDeskTest {
    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final TierLadder LADDER = new TierLadder(List.of(new Tier(
            "mini",
            new ModelEndpoint("test", "mini", URI.create("ws://127.0.0.1:1/"), Map.of(), List.of()),
            PriceCard.of("1", "0", "2", "0", "0", "0", "0", "0"))));

    private final List<UnitTotals> units = new ArrayList<>();
    private final Store store = new Store();

    /** States in memory, and the units of this test. */
    private final class Store implements ExperimentStore {
        private final MemoryExperimentStore kept = new MemoryExperimentStore();
        private boolean broken;

        @Override
        public Map<String, ExperimentState> states() {
            return kept.states();
        }

        @Override
        public boolean replace(String experiment, ExperimentState before, ExperimentState after) {
            return !broken && kept.replace(experiment, before, after);
        }

        @Override
        public List<UnitTotals> totals(String experiment, Duration slow) {
            return List.copyOf(units);
        }

        @Override
        public boolean isLasting() {
            return false;
        }
    }

    private static Experiment experiment(double weight) {
        return Experiment.of(
                "voices",
                draft -> draft.arms(
                                List.of(new Arm("a", weight, Treatment.NONE), new Arm("b", 1 - weight, Treatment.NONE)))
                        .plan(Plan.upTo(200)));
    }

    private ExperimentDesk desk(Experiment experiment) {
        return desk(experiment, new SpendLedger(SpendPlan.none(), InstantSource.fixed(NOW)));
    }

    private ExperimentDesk desk(Experiment experiment, SpendLedger spend) {
        ExperimentSettings settings = ExperimentSettings.inMemory(
                        List.of(experiment), new Assigner("a key for tests only"))
                .keptIn(store);
        return ExperimentDesk.open(settings, LADDER, Set.of(), InstantSource.fixed(NOW), spend);
    }

    private static SpendLedger capped(String usd) {
        Map<String, Cap> caps = Map.of("voices", new Cap(Money.usd(usd)));
        return new SpendLedger(
                new SpendPlan(SpendPolicy.none().withPerExperiment(caps), SpendMemory.none()),
                InstantSource.fixed(NOW));
    }

    private static void aCallCosts(SpendLedger spend, String usd) {
        SessionId call = new SessionId("call");
        spend.on(new SessionEvent.ExperimentEntered(call, NOW, "voices", "b", "00ff"));
        spend.on(new SessionEvent.ResponseBilled(call, NOW, "mini", 1, Usage.NONE, Money.usd(usd)));
    }

    private void arm(String variant, int n, int completed, int handedOver) {
        for (int i = 0; i < n; i++) {
            int over = i >= n - handedOver ? 1 : 0;
            units.add(
                    new UnitTotals(variant, variant + units.size(), 1, i < completed ? 1 : 0, over, 0, 9, 5, 0, 5, 0));
        }
    }

    @Test
    void thePlannedLookIsTakenOnceAndItsAnswerStays() {
        Experiment experiment = experiment(0.5);
        ExperimentDesk desk = desk(experiment);
        desk.start(experiment, 100, "ada", "a test");
        arm("a", 200, 160, 0);
        arm("b", 200, 180, 0);
        desk.watch();
        ExperimentReport looked = desk.report(experiment);
        assertThat(looked.state().look())
                .hasValueSatisfying(look -> assertThat(look.at()).isEqualTo(NOW));
        assertThat(looked.verdict().name()).isEqualTo("ship");
        assertThat(looked.state().audit()).extracting(entry -> entry.what()).containsExactly("start", "look");
        arm("a", 100, 95, 0);
        arm("b", 100, 30, 0);
        desk.watch();
        assertThat(desk.report(experiment).verdict()).isEqualTo(looked.verdict());
    }

    @Test
    void aGuardrailThatFailsStopsTheRollOutAndIsInTheAuditLog() {
        Experiment experiment = experiment(0.5);
        ExperimentDesk desk = desk(experiment);
        desk.start(experiment, 25, "ada", "a test");
        arm("a", 150, 120, 2);
        arm("b", 150, 110, 40);
        assertThat(desk.ramp(experiment, 50, "ada", "more")).isInstanceOf(Result.Refused.class);
        ExperimentState state = desk.report(experiment).state();
        assertThat(state.status()).isEqualTo(Status.STOPPED);
        assertThat(state.audit().getLast().who()).isEqualTo("guardrail");
        assertThat(state.audit().getLast().why()).startsWith("Stopped: the share of calls handed over is worse with b");
        assertThat(desk.enter("any", Optional.of("ada"), "call")).isEqualTo(EnteredCall.NONE);
    }

    @Test
    void atItsSpendCapNoCallEntersAndItIsPausedWithTheFigures() {
        Experiment experiment = experiment(0.5);
        SpendLedger spend = capped("5");
        ExperimentDesk desk = desk(experiment, spend);
        desk.start(experiment, 100, "ada", "a test");
        aCallCosts(spend, "4.50");
        assertThat(desk.enter("any", Optional.of("ada"), "call").exposures()).hasSize(1);
        assertThat(notice(desk, experiment))
                .contains("Near its spend cap, at which it is paused: its calls have cost $4.5000 of $5.0000.");
        aCallCosts(spend, "0.75");
        assertThat(desk.enter("any", Optional.of("ada"), "call")).isEqualTo(EnteredCall.NONE);
        desk.watch();
        ExperimentState state = desk.report(experiment).state();
        assertThat(state.status()).isEqualTo(Status.PAUSED);
        assertThat(state.audit().getLast().who()).isEqualTo("spend cap");
        assertThat(state.audit().getLast().why())
                .isEqualTo("its spend cap of $5.0000 is reached: its calls have cost $5.2500 of $5.0000");
        assertThat(notice(desk, experiment))
                .hasValueSatisfying(told -> assertThat(told)
                        .startsWith("Paused, so that no call enters it; last by spend cap: its spend cap of $5.0000"));
        assertThat(desk.start(experiment, 100, "ada", "go on"))
                .isEqualTo(new Result.Refused("its spend cap of $5.0000 is reached: its calls have cost $5.2500 of"
                        + " $5.0000; raise the cap where the server is started (--cap-experiment)"));
        assertThat(state.audit()).hasSize(2);
    }

    private static Optional<String> notice(ExperimentDesk desk, Experiment experiment) {
        return ExperimentJson.notice(
                desk.report(experiment).state(), desk.spend(experiment), desk.stayedOut(experiment.key()));
    }

    @Test
    void whatASpendCapPausedIsPausedAfterARestartAndGoesOnUnderAHigherCap() {
        Experiment experiment = experiment(0.5);
        SpendLedger spend = capped("5");
        ExperimentDesk desk = desk(experiment, spend);
        desk.start(experiment, 100, "ada", "a test");
        desk.pauseAtCaps(Runnable::run);
        aCallCosts(spend, "6");
        ExperimentDesk restarted = desk(experiment, capped("9"));
        assertThat(restarted.report(experiment).state().status()).isEqualTo(Status.PAUSED);
        assertThat(restarted.enter("any", Optional.of("ada"), "call")).isEqualTo(EnteredCall.NONE);
        assertThat(restarted.start(experiment, 100, "ada", "a higher cap")).isInstanceOf(Result.Changed.class);
        assertThat(restarted.enter("any", Optional.of("ada"), "call").exposures())
                .hasSize(1);
    }

    @Test
    void metersTellTheSampleRatioWhileItRunsAndWhatTheServerStopped() {
        Experiment experiment = experiment(0.5);
        SpendLedger spend = capped("5");
        ExperimentDesk desk = desk(experiment, spend);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ExperimentMeters.register(registry, desk);
        assertThat(sampleRatio(registry)).isNaN();
        desk.start(experiment, 100, "ada", "a test");
        arm("a", 60, 40, 0);
        arm("b", 60, 40, 0);
        desk.watch();
        assertThat(sampleRatio(registry)).isBetween(0.5, 1.0);
        assertThat(stops(registry)).containsOnly(0.0);
        arm("a", 400, 300, 0);
        desk.watch();
        assertThat(desk.report(experiment).state().status()).isEqualTo(Status.STOPPED);
        assertThat(sampleRatio(registry)).isNaN();
        assertThat(stops(registry)).containsExactlyInAnyOrder(0.0, 0.0, 1.0);
        assertThat(registry.get(Names.EXPERIMENT_STOPS)
                        .tag(Names.REASON, "sample_ratio")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    private static double sampleRatio(SimpleMeterRegistry registry) {
        return registry.get(Names.EXPERIMENT_SAMPLE_RATIO).gauge().value();
    }

    private static List<Double> stops(SimpleMeterRegistry registry) {
        return registry.get(Names.EXPERIMENT_STOPS).functionCounters().stream()
                .map(FunctionCounter::count)
                .toList();
    }

    /** Calls of these callers that end, as the desk assigns them; the arm of each. */
    private static Map<String, String> calls(
            ExperimentDesk desk, MemoryExperimentStore results, int from, int to, int handedOverFromB) {
        Map<String, String> arms = new HashMap<>();
        for (int i = from; i < to; i++) {
            String caller = "caller " + i;
            SessionId call = new SessionId("call " + i + " " + from + " " + handedOverFromB);
            EnteredCall entered = desk.enter("any", Optional.of(caller), call.value());
            entered.exposures().forEach(exposure -> {
                arms.put(caller, exposure.variant());
                results.on(new SessionEvent.ExperimentEntered(
                        call, NOW, exposure.experiment(), exposure.variant(), exposure.unit(), exposure.phase()));
            });
            boolean over = i < handedOverFromB && i % 3 == 0 && "b".equals(arms.get(caller));
            Outcome outcome = over
                    ? new Outcome.HandedOver("desk", "asked")
                    : i % 5 == 0 ? new Outcome.Abandoned("left") : new Outcome.Completed("done", "x");
            results.on(new SessionEvent.SessionEnded(
                    call, NOW, "any", "mini", outcome, Duration.ZERO, 1, Usage.NONE, CallCost.NONE));
        }
        return arms;
    }

    private static ExperimentDesk desk(Experiment experiment, MemoryExperimentStore results) {
        ExperimentSettings settings = ExperimentSettings.inMemory(
                        List.of(experiment), new Assigner("a key for tests only"))
                .keptIn(results);
        return ExperimentDesk.open(settings, LADDER, Set.of(), InstantSource.fixed(NOW));
    }

    @Test
    void whenWeightsChangeCallersKeepTheirArmsAndPhasesAreNotPooled() {
        Experiment experiment = experiment(0.5);
        MemoryExperimentStore results = new MemoryExperimentStore();
        ExperimentDesk desk = desk(experiment, results);
        desk.start(experiment, 100, "ada", "a test");
        Map<String, String> first = calls(desk, results, 0, 400, 0);
        assertThat(desk.weights(experiment, Map.of("a", 0.1, "b", 0.9), "ada", "b looks well"))
                .isInstanceOf(Result.Changed.class);
        assertThat(desk.report(experiment).verdict().name()).isEqualTo("collecting");
        assertThat(units(desk.report(experiment))).containsExactly(0L, 0L);
        assertThat(calls(desk, results, 0, 400, 0)).isEqualTo(first);
        Map<String, String> second = calls(desk(experiment, results), results, 400, 1_400, 0);
        ExperimentReport report = desk.report(experiment);
        assertThat(units(report))
                .containsExactly(
                        second.values().stream().filter("a"::equals).count(),
                        second.values().stream().filter("b"::equals).count());
        assertThat(units(report).getFirst()).isBetween(60L, 140L);
        assertThat(report.sampleRatioP()).isGreaterThan(0.05);
        assertThat(report.state().status()).isEqualTo(Status.RUNNING);
        ExperimentReport earlier = desk.report(experiment, 1);
        assertThat(units(earlier).getFirst() + units(earlier).getLast()).isEqualTo(400);
        assertThat(earlier.arms().values())
                .allSatisfy(arm -> assertThat(arm.units()).isBetween(150L, 250L));
        assertThat(earlier.sampleRatioP()).isGreaterThan(0.05);
        assertThatThrownBy(() -> desk.report(experiment, 3))
                .hasMessage("a phase of experiment voices must be from 1 to 2, but was 3");
        // What pooling would have made of it.
        assertThat(ExperimentReport.of(experiment, report.state(), results.totals("voices", Duration.ofSeconds(1)))
                        .verdict()
                        .name())
                .isEqualTo("invalid");
    }

    private static List<Long> units(ExperimentReport report) {
        return report.arms().values().stream().map(arm -> arm.units()).toList();
    }

    @Test
    void aGuardrailThatFailsForCallersOfAnEarlierPhaseStopsItToo() {
        Experiment experiment = experiment(0.5);
        MemoryExperimentStore results = new MemoryExperimentStore();
        ExperimentDesk desk = desk(experiment, results);
        desk.start(experiment, 100, "ada", "a test");
        calls(desk, results, 0, 400, 0);
        desk.weights(experiment, Map.of("a", 0.5001, "b", 0.4999), "ada", "a test");
        assertThat(desk.report(experiment).state().status()).isEqualTo(Status.RUNNING);
        calls(desk, results, 0, 400, 400);
        desk.watch();
        ExperimentState state = desk.report(experiment).state();
        assertThat(state.status()).isEqualTo(Status.STOPPED);
        assertThat(state.audit().getLast().who()).isEqualTo("guardrail");
        assertThat(state.audit().getLast().why())
                .startsWith(
                        "callers of an earlier phase, who kept their arms: Stopped: the share of calls handed over");
    }

    @Test
    void aStoreThatKeepsNoPhasesLetsNobodyChangeWeights() {
        Experiment experiment = experiment(0.5);
        ExperimentDesk desk = desk(experiment);
        desk.start(experiment, 100, "ada", "a test");
        assertThat(desk.weights(experiment, Map.of("a", 0.1, "b", 0.9), "ada", "a test"))
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        no -> assertThat(no.rule())
                                .startsWith("the store of this server's experiments keeps no phases"));
    }

    @Test
    void aReasonThatIsLongerThanTheAuditLogTakesIsCutAndStopsAllTheSame() {
        List<Arm> arms = IntStream.range(0, 20)
                .mapToObj(i -> new Arm("an-arm-with-a-rather-long-name-" + i, 0.05, Treatment.NONE))
                .toList();
        Experiment experiment = Experiment.of("voices", draft -> draft.arms(arms));
        ExperimentDesk desk = desk(experiment);
        desk.start(experiment, 100, "ada", "a test");
        arms.forEach(each -> arm(each.key(), each.equals(arms.getFirst()) ? 900 : 100, 80, 0));
        desk.watch();
        ExperimentReport report = desk.report(experiment);
        assertThat(report.sentence()).hasSizeGreaterThan(AuditEntry.MOST_CHARS);
        assertThat(report.state().status()).isEqualTo(Status.STOPPED);
        assertThat(report.state().audit().getLast().why())
                .hasSize(AuditEntry.MOST_CHARS)
                .startsWith("Do not believe any result: the arms an-arm-with")
                .endsWith("…");
    }

    @Test
    void belowTheMinimumJsonHasNoDifferencesAndNoProbabilities() {
        Experiment experiment = experiment(0.5);
        ExperimentDesk desk = desk(experiment);
        desk.start(experiment, 100, "ada", "a test");
        arm("a", 26, 20, 0);
        arm("b", 26, 6, 0);
        JsonNode few = ExperimentJson.whole(desk.report(experiment), desk.spend(experiment), Map.of());
        JsonNode goal = few.path("comparisons").path(0).path("goals").path(0);
        assertThat(goal.propertyNames())
                .contains("control", "treatment")
                .doesNotContain("difference", "p", "adjusted_p");
        assertThat(goal.propertyNames()).doesNotContain("low", "high", "relative_low");
        assertThat(few.path("comparisons").path(0).has("belief")).isFalse();
        assertThat(few.has("sample_ratio_p")).isFalse();
        assertThat(few.path("arms").path(0).path("completion_interval").asString())
                .isEqualTo("exact");
        arm("a", 30, 24, 0);
        arm("b", 30, 6, 0);
        JsonNode enough = ExperimentJson.whole(desk.report(experiment), desk.spend(experiment), Map.of());
        assertThat(enough.path("comparisons").path(0).path("goals").path(0).propertyNames())
                .contains("difference", "p", "adjusted_p", "low", "high");
        assertThat(enough.has("sample_ratio_p")).isTrue();
    }

    @Test
    void whereNothingWasCompletedJsonHasNoCostOfACompletedCall() {
        Experiment experiment = experiment(0.5);
        ExperimentDesk desk = desk(experiment);
        desk.start(experiment, 100, "ada", "a test");
        arm("a", 160, 120, 0);
        arm("b", 160, 0, 0);
        JsonNode report = ExperimentJson.whole(desk.report(experiment), desk.spend(experiment), Map.of());
        assertThat(report.at("/arms/0/cost_per_completed").asDouble()).isPositive();
        assertThat(report.at("/arms/1/cost_per_completed").isNull()).isTrue();
        assertThat(report.at("/arms/1/completion").asDouble()).isZero();
        JsonNode goal = report.at("/comparisons/0/goals/1");
        assertThat(goal.path("metric").asString()).isEqualTo("cost_per_completed");
        assertThat(goal.path("treatment").isNull()).isTrue();
        assertThat(goal.has("difference")).isFalse();
    }

    @Test
    void metersCountCallersAndNotTheirCalls() {
        Experiment experiment = experiment(0.5);
        ExperimentDesk desk = desk(experiment);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ExperimentMeters.register(meters, desk);
        assertThat(units(meters, "a")).isNaN();
        desk.start(experiment, 100, "ada", "a test");
        arm("a", 3, 2, 0);
        units.add(new UnitTotals("b", "often", 70, 40, 0, 0, 9, 5, 0, 5, 0));
        desk.watch();
        assertThat(units(meters, "a")).isEqualTo(3);
        assertThat(units(meters, "b")).isEqualTo(1);
    }

    private static double units(SimpleMeterRegistry meters, String arm) {
        return meters.get(Names.EXPERIMENT_UNITS)
                .tags(Names.EXPERIMENT, "voices", Names.VARIANT, arm)
                .gauge()
                .value();
    }

    @Test
    void whoComesTooLateIsToldSo() {
        Experiment experiment = experiment(0.5);
        ExperimentDesk desk = desk(experiment);
        store.broken = true;
        assertThat(desk.start(experiment, 5, "ada", "a test"))
                .isEqualTo(new Result.Refused("somebody else has changed it at the same time; look at it again"));
    }

    @Test
    void aRunningExperimentIsNotChanged() {
        Experiment experiment = experiment(0.5);
        desk(experiment).start(experiment, 100, "ada", "a test");
        assertThat(desk(experiment).report(experiment).state().status()).isEqualTo(Status.RUNNING);
        assertThatThrownBy(() -> desk(experiment(0.4)))
                .isInstanceOf(ExperimentProblem.class)
                .hasMessageContaining("experiment voices runs, and its arms, seed or plan must stay as they were");
    }
}
