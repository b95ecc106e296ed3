package dev.antiphon.server.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.experiment.Arm;
import dev.antiphon.experiment.Assigner;
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
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.telemetry.Names;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        ExperimentSettings settings = ExperimentSettings.inMemory(
                        List.of(experiment), new Assigner("a key for tests only"))
                .keptIn(store);
        return ExperimentDesk.open(settings, LADDER, Set.of(), InstantSource.fixed(NOW));
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
    void belowTheMinimumJsonHasNoDifferencesAndNoProbabilities() {
        Experiment experiment = experiment(0.5);
        ExperimentDesk desk = desk(experiment);
        desk.start(experiment, 100, "ada", "a test");
        arm("a", 26, 20, 0);
        arm("b", 26, 6, 0);
        JsonNode few = ExperimentJson.whole(desk.report(experiment));
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
        JsonNode enough = ExperimentJson.whole(desk.report(experiment));
        assertThat(enough.path("comparisons").path(0).path("goals").path(0).propertyNames())
                .contains("difference", "p", "adjusted_p", "low", "high");
        assertThat(enough.has("sample_ratio_p")).isTrue();
    }

    @Test
    void metersCountCallersAndNotTheirCalls() {
        Experiment experiment = experiment(0.5);
        ExperimentDesk desk = desk(experiment);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        UnitMeters.register(meters, desk);
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
