package dev.antiphon.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.experiment.ExperimentState.Change;
import dev.antiphon.experiment.ExperimentState.Result;
import dev.antiphon.experiment.ExperimentState.Status;
import java.time.Instant;
import java.util.Map;
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
