package dev.antiphon.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.session.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why calls end, in one word each. */
class OutcomeKindTest {
    private static final OutcomeKind.Signs NONE = new OutcomeKind.Signs(false, false, false, false, false);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the caller cancelled|CANCELLED",
                "the caller was silent 3 times|SILENT",
                "the caller fell silent|SILENT",
                "the caller's connection closed (1001)|HUNG_UP",
                "Ada was annoyed|HUNG_UP"
            })
    void abandonedCalls(String reason, OutcomeKind kind) {
        assertThat(OutcomeKind.of(new Outcome.Abandoned(reason), NONE)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "true,true,true,ASKED",
        "false,true,true,TOOL_FAILURE",
        "false,false,true,NO_MATCH",
        "false,false,false,POLICY"
    })
    void callsThatAreHandedOver(boolean asked, boolean toolFailed, boolean notUnderstood, OutcomeKind kind) {
        assertThat(OutcomeKind.of(
                        new Outcome.HandedOver("desk", "for Ada"),
                        new OutcomeKind.Signs(asked, toolFailed, notUnderstood, false, false)))
                .isEqualTo(kind);
    }

    @Test
    void othersByTheirSigns() {
        OutcomeKind.Signs trouble = new OutcomeKind.Signs(false, false, false, true, true);
        assertThat(OutcomeKind.of(new Outcome.Abandoned("not taken over by desk: busy"), trouble))
                .isEqualTo(OutcomeKind.NOT_TAKEN_OVER);
        assertThat(OutcomeKind.of(new Outcome.Failed("the session crashed: X"), trouble))
                .isEqualTo(OutcomeKind.CRASHED);
        assertThat(OutcomeKind.of(new Outcome.Failed("the session was stopped"), NONE))
                .isEqualTo(OutcomeKind.STOPPED);
        assertThat(OutcomeKind.of(new Outcome.Failed("no model"), trouble)).isEqualTo(OutcomeKind.CONNECTION);
        assertThat(OutcomeKind.of(new Outcome.Failed("no model"), NONE)).isEqualTo(OutcomeKind.ERROR);
        assertThat(OutcomeKind.of(new Outcome.Completed("booking", "4711"), trouble)
                        .word())
                .isEqualTo("goal");
    }
}
