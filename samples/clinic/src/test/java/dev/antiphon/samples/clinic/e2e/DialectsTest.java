package dev.antiphon.samples.clinic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.WireDialect;
import dev.antiphon.testkit.emulator.ServedDialects;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A model is spoken to in its dialect, known or found out, and the bot behind it is the same. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class DialectsTest {

    @ParameterizedTest
    @CsvSource({"BETA, BETA", "BETA, PROBE", "AS_ASKED, BETA", "AS_ASKED, GA", "GA, PROBE"})
    void callersBookAndMoveToTheLargerModel(ServedDialects served, WireDialect dialect) {
        try (ClinicDesk desk = ClinicDesk.speaking(served, dialect)) {
            Callers callers = new Callers(desk);
            for (List<String> call : List.of(
                    List.of("--script", "happy"),
                    List.of("--script", "escalation"),
                    List.of("--script", "barge-in", "--audio"))) {
                JsonNode report = callers.call(call);
                assertThat(Callers.outcomes(report)).as(report.toPrettyString()).containsExactly("completed");
            }
        }
    }
}
