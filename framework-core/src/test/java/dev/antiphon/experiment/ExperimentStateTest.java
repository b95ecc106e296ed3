package dev.antiphon.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.experiment.ExperimentState.Change;
import dev.antiphon.experiment.ExperimentState.Result;
import dev.antiphon.experiment.ExperimentState.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExperimentStateTest {
    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

    private static ExperimentState done(ExperimentState state, Change change) {
        return ((Result.Changed) state.changed(change, "ada", "because", NOW)).state();
    }

    private static String refused(ExperimentState state, Change change) {
        return ((Result.Refused) state.changed(change, "ada", "because", NOW)).rule();
    }

    @Test
    void eachChangeIsInTheAuditLog() {
        ExperimentState state = done(ExperimentState.DRAFT, new Change.Start(5, "d"));
        state = done(state, new Change.Ramp(25, ""));
        state = done(state, new Change.Pause());
        state = done(state, new Change.Start(1, "d"));
        state = done(state, new Change.Stop());
        assertThat(state.status()).isEqualTo(Status.STOPPED);
        assertThat(state.version()).isEqualTo(5);
        assertThat(state.audit())
                .extracting(AuditEntry::what, AuditEntry::from, AuditEntry::to)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("start", "draft", "running 5 %"),
                        org.assertj.core.groups.Tuple.tuple("ramp", "running 5 %", "running 25 %"),
                        org.assertj.core.groups.Tuple.tuple("pause", "running 25 %", "paused 25 %"),
                        org.assertj.core.groups.Tuple.tuple("start", "paused 25 %", "running 25 %"),
                        org.assertj.core.groups.Tuple.tuple("stop", "running 25 %", "stopped 25 %"));
        assertThat(state.audit()).allSatisfy(entry -> {
            assertThat(entry.who()).isEqualTo("ada");
            assertThat(entry.why()).isEqualTo("because");
            assertThat(entry.at()).isEqualTo(NOW);
        });
    }

    @Test
    void whatCannotBeDoneNowIsRefusedWithTheRule() {
        ExperimentState running = done(ExperimentState.DRAFT, new Change.Start(5, "d"));
        assertThat(refused(ExperimentState.DRAFT, new Change.Pause()))
                .isEqualTo("only a running experiment can be paused, but this one is a draft");
        assertThat(refused(running, new Change.Start(5, "d"))).contains("but this one is running");
        assertThat(refused(done(running, new Change.Stop()), new Change.Start(5, "d")))
                .contains("but this one is stopped");
        assertThat(refused(running, new Change.Ramp(30, "")))
                .isEqualTo("a stage must be one of [1, 5, 10, 25, 50, 100] percent, but was 30");
        assertThat(refused(done(running, new Change.Pause()), new Change.Start(5, "other")))
                .contains("goes on only as it was begun");
    }

    @Test
    void aStageAdvancesOnlyWhenGuardrailsHoldAndGoesBackAlways() {
        ExperimentState running = done(ExperimentState.DRAFT, new Change.Start(25, "d"));
        assertThat(refused(running, new Change.Ramp(50, "handover is worse")))
                .isEqualTo("a stage advances only when guardrails hold, but handover is worse");
        assertThat(done(running, new Change.Ramp(5, "handover is worse")).stagePercent())
                .isEqualTo(5);
    }

    private static final Map<String, Double> EVEN = Map.of("a", 0.5, "b", 0.5);
    private static final Map<String, Double> FEW_B = new TreeMap<>(Map.of("a", 0.9, "b", 0.1));

    @Test
    void aChangeOfWeightsBeginsAnotherPhase() {
        ExperimentState running = done(ExperimentState.DRAFT, new Change.Start(25, "d"));
        ExperimentState second = done(running, new Change.Weights(new TreeMap<>(EVEN), FEW_B));
        assertThat(running.phase()).isEqualTo(Phase.FIRST);
        assertThat(running.phaseSentence()).isEmpty();
        assertThat(second.phase()).isEqualTo(2);
        assertThat(second.phases()).containsExactly(new Phase(2, NOW, FEW_B));
        assertThat(second.audit().getLast())
                .isEqualTo(new AuditEntry(
                        NOW,
                        "ada",
                        "weights",
                        "running 25 % with a 50 %, b 50 %",
                        "running 25 %, phase 2 with a 90 %, b 10 %",
                        "because"));
        assertThat(second.phaseSentence())
                .hasValueSatisfying(told -> assertThat(told)
                        .startsWith("Phase 2, since the weights were changed at 2026-11-30T10:00:00Z")
                        .endsWith("2 mislead up to 2 times as often as one."));
        assertThat(done(done(second, new Change.Pause()), new Change.Start(1, "d"))
                        .phase())
                .isEqualTo(2);
    }

    @Test
    void weightsAreChangedOnlyWhileItIsOpenAndOnlyToOthers() {
        Change.Weights change = new Change.Weights(EVEN, FEW_B);
        ExperimentState running = done(ExperimentState.DRAFT, new Change.Start(25, "d"));
        assertThat(refused(ExperimentState.DRAFT, change))
                .isEqualTo("only weights of a running or paused experiment can be changed, but this one is a draft");
        assertThat(refused(running, new Change.Weights(FEW_B, FEW_B)))
                .isEqualTo("it has the weights a 90 %, b 10 % already");
        assertThat(refused(done(running, new Change.Freeze(new PlannedLook(NOW, Map.of()))), change))
                .startsWith("weights can be changed until the planned look only, which was taken at 2026-11-30");
    }

    @Test
    void weightsThatCannotBeAreRefusedWithTheRuleAndTheValue() {
        Experiment experiment = Experiment.of(
                "x",
                draft -> draft.arms(
                        List.of(new Arm("a", 0.5, Treatment.NONE), new Arm("b", 0.5, Treatment.tier("full")))));
        assertThat(experiment.weights(Map.of("b", 0.2, "a", 0.8)))
                .containsExactly(Map.entry("a", 0.8), Map.entry("b", 0.2));
        assertThatThrownBy(() -> experiment.weights(Map.of("a", 0.8)))
                .hasMessage("weights must name each arm of experiment x, [a, b], and no other, but name [a]");
        assertThatThrownBy(() -> experiment.weights(Map.of("a", 0.8, "c", 0.2))).hasMessageContaining("name [a, c]");
        assertThatThrownBy(() -> experiment.weights(Map.of("a", 0.8, "b", 0.4)))
                .hasMessageContaining("must add up to 1, but add up to 1.2");
        assertThatThrownBy(() -> experiment.weights(Map.of("a", 0.0, "b", 1.0)))
                .hasMessage("the weight of arm a must be above 0 and below 1, but was 0.0");
    }

    @Test
    void thePlannedLookHappensOnce() {
        ExperimentState running = done(ExperimentState.DRAFT, new Change.Start(100, "d"));
        ExperimentState looked = done(running, new Change.Freeze(new PlannedLook(NOW, Map.of())));
        assertThat(looked.look()).isPresent();
        assertThat(refused(looked, new Change.Freeze(new PlannedLook(NOW, Map.of()))))
                .contains("happens once");
        assertThat(done(looked, new Change.Stop()).look()).isEqualTo(looked.look());
    }

    @Test
    void whoAndWhyAreNeeded() {
        assertThatThrownBy(() -> ExperimentState.DRAFT.changed(new Change.Start(5, "d"), "ada", " ", NOW))
                .hasMessageContaining("why must have 1 to 500 characters");
        assertThatThrownBy(() -> ExperimentState.DRAFT.changed(new Change.Start(5, "d"), "a\nb", "x", NOW))
                .hasMessageContaining("who must");
    }
}
