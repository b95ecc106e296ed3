package dev.antiphon.samples.clinic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.server.cli.AntiphonCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SimulateTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theSameSeedGivesTheSameCallsAndAnotherSeedOthers() {
        JsonNode first = simulated(3, "--seed", "5");
        JsonNode second = simulated(3, "--seed", "5");
        assertThat(second).isEqualTo(first);
        assertThat(simulated(3, "--seed", "6")).isNotEqualTo(first);
    }

    @Test
    void everyCallEndsInOneOutcomeAndAModelThatUnderstandsCompletesMore() {
        JsonNode lots = simulated(
                        12, "--misunderstandings", "mini=0.6", "--misunderstandings", "full=0", "--no-escalation")
                .path("lots");
        assertThat(lots).hasSize(2).allSatisfy(lot -> {
            assertThat(lot.path("calls").asInt()).isEqualTo(12);
            assertThat(lot.path("unfinished").asInt()).isZero();
            assertThat(lot.path("completed").asInt()
                            + lot.path("handed_over").asInt()
                            + lot.path("abandoned").asInt()
                            + lot.path("failed").asInt())
                    .isEqualTo(12);
            assertThat(lot.path("escalated").asInt()).isZero();
        });
        assertThat(lots.get(0).path("tier").asString()).isEqualTo("mini");
        assertThat(lots.get(1).path("completed").asInt())
                .isGreaterThan(lots.get(0).path("completed").asInt());
    }

    @Test
    void thePageHoldsTheFiguresAndNamesThemSimulated(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("page.html");
        assertThat(run("simulate", "--calls", "2", "--tier", "mini", "--html", page.toString()))
                .isZero();
        assertThat(out.toString()).startsWith("Simulated: ");
        assertThat(Files.readString(page))
                .contains("Simulated: ", "\"tier\":\"mini\"", "uPlot")
                .doesNotContain("{{", "http://", "src=");
    }

    @ParameterizedTest
    @CsvSource({
        "--calls,0,--calls must be from 1 to 100000",
        "--tier,huge,--tier must be one of",
        "--misunderstandings,mini=2,must be a number from 0 to 1",
        "--misunderstandings,huge=0.1,must name one of",
        "--misunderstandings,mini,must be NAME=",
        "--habits,odd,--habits must be plain or lively",
        "--patience,0,--patience must be from 1",
        "--html,/no/such/folder/page.html,a folder that exists"
    })
    void whatCannotBeSimulatedIsRefusedWithTheRule(String option, String value, String rule) {
        assertThat(run("simulate", option, value)).isEqualTo(2);
        assertThat(err.toString()).contains(rule);
        assertThat(out.toString()).isEmpty();
    }

    private JsonNode simulated(int calls, String... more) {
        out.getBuffer().setLength(0);
        String[] arguments = new String[more.length + 4];
        System.arraycopy(new String[] {"simulate", "--json", "--calls", Integer.toString(calls)}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        assertThat(run(arguments)).as(err::toString).isZero();
        return new JsonMapper().readTree(out.toString());
    }

    private int run(String... arguments) {
        return new AntiphonCommand("clinic", ClinicApp::bot)
                .simulating(ClinicApp::simulated)
                .writingTo(new PrintWriter(out, true), new PrintWriter(err, true))
                .run(arguments);
    }
}
