package dev.antiphon.server.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.Guardrail;
import dev.antiphon.experiment.Metric;
import dev.antiphon.experiment.Plan;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentFileTest {
    private static final String WHOLE = """
            hold_out: {name: all, share: 0.05}
            experiments:
              - key: tiers
                flows: [visit]
                arms:
                  - {key: full, weight: 0.5, tier: full}
                  - {key: mini, weight: 0.5, tier: mini, effort: low, voice: cedar}
                coverage: 0.8
                namespace: {name: tiers, from: 0, to: 0.5}
                seed: one
                bucket_version: 2
                unit: call
                plan: {question: non_inferiority, horizon: 1800, margin: 0.03}
                goals: [completion, cost_per_completed]
                guardrails:
                  - handover
                  - {metric: slow_turns, tolerance: 0.02}
            """;

    @Test
    void aNameThatIsNotKnownIsToldWithItsOwnLineWhereItsValueBeginsBelow() {
        assertThatThrownBy(() -> ExperimentFile.parse("x.yaml", """
                        experiments:
                          - key: tiers
                            armss:
                              - {key: a}
                              - {key: b}
                        """))
                .hasMessageStartingWith("x.yaml:3: 'armss' is not known here");
    }

    @Test
    void everythingThatIsWrittenIsRead() {
        Experiment read = ExperimentFile.parse("x.yaml", WHOLE).getFirst();
        assertThat(read.key()).isEqualTo("tiers");
        assertThat(read.flows()).isEqualTo(Set.of("visit"));
        assertThat(read.arms())
                .extracting(arm -> arm.treatment().tier().orElse(""))
                .containsExactly("full", "mini");
        assertThat(read.arms().get(1).treatment().voice()).contains("cedar");
        assertThat(read.coverage()).isEqualTo(0.8);
        assertThat(read.holdOut().share()).isEqualTo(0.05);
        assertThat(read.unit()).isEqualTo(Experiment.Unit.CALL);
        assertThat(read.plan().question()).isEqualTo(Plan.Question.NON_INFERIORITY);
        assertThat(read.plan().horizon()).hasValue(1_800);
        assertThat(read.plan().watchAlpha()).isEqualTo(0.01);
        assertThat(read.guardrails())
                .isEqualTo(List.of(Guardrail.of(Metric.HANDOVER), new Guardrail(Metric.SLOW_TURNS, 0.02)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            coverage: 0.8         | coverage: 1.8        | at most 1, but was 1.8
            seed: one             | sead: one            | 10: 'sead' is not known here
            unit: call            | unit: turn           | 12: one of caller, call is needed here, but was 'turn'
            horizon: 1800         | horizon: soon        | 13: a whole number is needed here, but was 'soon'
            effort: low           | effort: huge         | 7: effort must be one of
            weight: 0.5, tier: full | weight: 0.7, tier: full | must add up to 1, but add up to 1.2
            - handover            | - happiness          | 16: a metric must be one of completion
            from: 0, to: 0.5      | from: 0.9, to: 0.5   | 9: a part of a namespace lies within 0 and 1, but was 0.9 to 0.5
            """)
    void whatIsWrongIsToldWithLineRuleAndValue(String right, String wrong, String message) {
        assertThat(WHOLE).contains(right.strip());
        assertThatThrownBy(() -> ExperimentFile.parse("x.yaml", WHOLE.replace(right.strip(), wrong.strip())))
                .isInstanceOf(ExperimentProblem.class)
                .hasMessageStartingWith("x.yaml:")
                .hasMessageContaining(message.strip());
    }

    @Test
    void experimentsThatWouldContradictEachOtherAreRefused() {
        assertThatThrownBy(() -> ExperimentFile.parse("x.yaml", """
                experiments:
                  - key: one
                    arms: [{key: a, voice: marin}, {key: b, voice: cedar}]
                  - key: two
                    arms: [{key: a, voice: marin}, {key: b, voice: ash}]
                """))
                .hasMessageContaining("must have parts of one namespace")
                .hasMessageContaining("one and two");
        assertThatThrownBy(() -> ExperimentFile.parse("x.yaml", "experiments: {"))
                .hasMessageContaining("must be YAML");
        assertThatThrownBy(() -> ExperimentFile.parse("x.yaml", "experiments:\n\t- key: one"))
                .hasMessageContaining("x.yaml:2: must be YAML, but while scanning for the next token: found character");
        assertThatThrownBy(() -> ExperimentFile.parse("x.yaml", "experiments: [{key: one, arms: [{key: a}]}]"))
                .hasMessage("x.yaml:1: an experiment needs two arms or more, but has 1");
    }
}
