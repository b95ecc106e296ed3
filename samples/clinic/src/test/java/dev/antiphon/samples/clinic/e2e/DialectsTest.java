package dev.antiphon.samples.clinic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.WireDialect;
import dev.antiphon.testkit.emulator.ServedDialects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A model is spoken to in its dialect, known or found out, and the bot behind it is the same. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class DialectsTest {

    @ParameterizedTest
    @CsvSource({"GATEWAY, BETA", "GATEWAY, PROBE", "AS_ASKED, GA"})
    void callersBookAndMoveToTheLargerModel(ServedDialects served, WireDialect dialect) {
        try (ClinicDesk desk = ClinicDesk.speaking(served, dialect)) {
            JsonNode report =
                    new Callers(desk).call("--script", "all-at-once", "--script", "faq", "--script", "escalation");
            assertThat(Callers.outcomes(report))
                    .as(report.toPrettyString())
                    .containsExactly("completed", "completed", "completed");
        }
    }

    @Test
    void callersSpeakToAModelOfTheBetaDialect() {
        try (ClinicDesk desk = ClinicDesk.speaking(ServedDialects.GATEWAY, WireDialect.PROBE)) {
            JsonNode report = new Callers(desk).call("--audio", "--script", "all-at-once", "--script", "barge-in");
            assertThat(Callers.outcomes(report)).as(report.toPrettyString()).containsExactly("completed", "completed");
        }
    }
}
