package dev.antiphon.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.experiment.ExperimentState.Change;
import dev.antiphon.experiment.ExperimentState.Result;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;

class AssignerProperties {
    private static final Assigner ASSIGNER = new Assigner("a key for tests only");
    private static final List<Arm> ARMS =
            List.of(new Arm("a", 0.5, Treatment.NONE), new Arm("b", 0.5, Treatment.tier("full")));

    private static Experiment experiment(String key, double coverage) {
        return Experiment.of(key, draft -> draft.arms(ARMS).coverage(coverage));
    }

    private static ExperimentState running(Experiment experiment, int stage) {
        return ((Result.Changed) ExperimentState.DRAFT.changed(
                        new Change.Start(stage, experiment.design()), "ada", "a test", Instant.EPOCH))
                .state();
    }

    private static Assignment of(Experiment experiment, int stage, String caller, String call) {
        return ASSIGNER.assign(experiment, running(experiment, stage), "visit", Optional.of(caller), call);
    }

    @Property(tries = 200)
    void theSameCallerGetsTheSameArmInEachCall(
            @ForAll @NotBlank @StringLength(max = 20) String caller,
            @ForAll @StringLength(max = 10) String oneCall,
            @ForAll @StringLength(max = 10) String otherCall) {
        Experiment experiment = experiment("sticky", 1);
        assertThat(of(experiment, 100, caller, oneCall)).isEqualTo(of(experiment, 100, caller, otherCall));
    }

    @Property(tries = 300)
    void aRampMovesNobodyWhoIsIn(@ForAll @IntRange(max = 100_000) int number, @ForAll @IntRange(max = 5) int at) {
        Experiment experiment = experiment("ramp", 1);
        String caller = "+4930" + number;
        int stage = ExperimentState.STAGES.get(at);
        if (of(experiment, stage, caller, "c") instanceof Assignment.Entered in) {
            for (int later : ExperimentState.STAGES.subList(at, ExperimentState.STAGES.size())) {
                assertThat(of(experiment, later, caller, "c")).isEqualTo(in);
            }
        }
    }

    @Property(tries = 300)
    void experimentsInPartsOfOneNamespaceShareNobody(@ForAll @IntRange(max = 100_000) int number) {
        Experiment one = Experiment.of("one", draft -> draft.arms(ARMS).namespace(new Namespace("tiers", 0, 0.5)));
        Experiment other = Experiment.of("other", draft -> draft.arms(ARMS).namespace(new Namespace("tiers", 0.5, 1)));
        boolean inOne = of(one, 100, "+4930" + number, "c") instanceof Assignment.Entered;
        boolean inOther = of(other, 100, "+4930" + number, "c") instanceof Assignment.Entered;
        assertThat(inOne).isNotEqualTo(inOther);
        assertThat(one.collidesWith(other)).isFalse();
        assertThat(experiment("one", 1).collidesWith(experiment("other", 1))).isTrue();
    }

    @Property(tries = 100)
    void theUnitHidesTheNumberAndIsPlain(@ForAll @IntRange(min = 1_000_000) int number) {
        String caller = "+49" + number + "ü";
        String unit = ASSIGNER.unit(Experiment.Unit.CALLER, Optional.of(caller), "call");
        assertThat(unit).matches("[0-9a-f]{64}").doesNotContain("" + number);
        assertThat(new Assigner("another key for tests").unit(Experiment.Unit.CALLER, Optional.of(caller), "call"))
                .isNotEqualTo(unit);
    }

    @Example
    void armsGetTheirSharesOfTheUnits() {
        Experiment experiment = Experiment.of(
                "shares",
                draft -> draft.arms(List.of(new Arm("a", 0.8, Treatment.NONE), new Arm("b", 0.2, Treatment.NONE)))
                        .coverage(0.5)
                        .holdOut(new HoldOut("all", 0.1)));
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String where = switch (of(experiment, 100, "caller-" + i, "c")) {
                case Assignment.Entered in -> in.arm().key();
                case Assignment.HeldOut out -> "out";
                case Assignment.Excluded none -> none.why().name();
            };
            counts.merge(where, 1, Integer::sum);
        }
        assertThat(counts.get("out")).isBetween(1_850, 2_150);
        assertThat(counts.get("a")).isBetween(6_950, 7_450);
        assertThat(counts.get("b")).isBetween(1_650, 1_950);
        assertThat(counts.get("NOT_COVERED")).isBetween(8_700, 9_300);
    }

    private static ExperimentState weighed(Experiment experiment, int stage, double first) {
        Change.Weights change = new Change.Weights(experiment.weights(), Map.of("a", first, "b", 1 - first));
        return ((Result.Changed) running(experiment, stage).changed(change, "ada", "a test", Instant.EPOCH)).state();
    }

    /** Of weights that are others: the same are refused. */
    @Property(tries = 300)
    void whoHasAnArmKeepsItWhenWeightsChange(
            @ForAll @IntRange(max = 100_000) int number, @ForAll @IntRange(max = 99) int percent) {
        Experiment experiment = experiment("weighed", 1);
        String caller = "+4930" + number;
        Assignment.Entered before = (Assignment.Entered) of(experiment, 100, caller, "c");
        ExperimentState state = weighed(experiment, 100, (percent + 0.25) / 100);
        assertThat(ASSIGNER.assign(
                        experiment, state, Map.of(before.unit(), 1), "visit", Optional.of(caller), "another"))
                .isEqualTo(before);
    }

    /** At a stage of 50 % half of the callers were left out before: leaving the others out must skew no arm now. */
    @Example
    void newCallersAreSharedByTheNewWeightsWhoeverWasInBefore() {
        Experiment experiment = experiment("weighed", 1);
        ExperimentState state = weighed(experiment, 50, 0.2);
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 40_000; i++) {
            String caller = "caller-" + i;
            boolean wasIn = of(experiment, 50, caller, "c") instanceof Assignment.Entered;
            if (ASSIGNER.assign(experiment, state, "visit", Optional.of(caller), "c")
                    instanceof Assignment.Entered in) {
                assertThat(in.phase()).isEqualTo(2);
                counts.merge(in.arm().key() + (wasIn ? " was in" : " is new"), 1, Integer::sum);
            }
        }
        assertThat(counts.get("a was in")).isBetween(1_850, 2_150);
        assertThat(counts.get("a is new")).isBetween(1_850, 2_150);
        assertThat(counts.get("b was in")).isBetween(7_700, 8_300);
        assertThat(counts.get("b is new")).isBetween(7_700, 8_300);
    }

    @Example
    void whoDoesNotTakePartIsToldWhy() {
        Experiment experiment = Experiment.of("why", draft -> draft.arms(ARMS).flows(java.util.Set.of("visit")));
        assertThat(ASSIGNER.assign(experiment, ExperimentState.DRAFT, "visit", Optional.empty(), "c"))
                .isEqualTo(new Assignment.Excluded(Assignment.Why.NOT_RUNNING));
        assertThat(ASSIGNER.assign(experiment, running(experiment, 100), "faq", Optional.empty(), "c"))
                .isEqualTo(new Assignment.Excluded(Assignment.Why.OTHER_FLOW));
    }

    @Example
    void anotherBucketVersionShufflesAnew() {
        Experiment second = Experiment.of("v", draft -> draft.arms(ARMS).bucketVersion(2));
        long moved = java.util.stream.IntStream.range(0, 1_000)
                .filter(i -> !of(experiment("v", 1), 100, "x" + i, "c").equals(of(second, 100, "x" + i, "c")))
                .count();
        assertThat(moved).isBetween(400L, 600L);
    }

    @Example
    void whatCannotBeAnExperimentIsRefusedWithTheRuleAndTheValue() {
        assertThatThrownBy(() -> Experiment.of("x", draft -> draft.arms(List.of(ARMS.getFirst()))))
                .hasMessage("experiment x must have two or more arms, but has 1");
        assertThatThrownBy(() -> new Assigner("short")).hasMessageContaining("16 bytes or more, but has 5");
        assertThatThrownBy(() -> experiment("x", 0)).hasMessageContaining("at most 1, but was 0.0");
        assertThatThrownBy(() -> Plan.upTo(20)).hasMessageContaining("50 or more units an arm, but were 20");
    }
}
