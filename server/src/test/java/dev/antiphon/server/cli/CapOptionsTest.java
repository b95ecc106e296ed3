package dev.antiphon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.antiphon.spend.CallCap;
import dev.antiphon.spend.SpendPolicy;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What calls of the command line may cost. */
class CapOptionsTest {
    private static CapOptions options(String... arguments) {
        return CommandLine.populateCommand(new CapOptions(), arguments);
    }

    @Test
    void withoutOptionsNothingIsCapped() {
        assertThat(options().callCap()).isEmpty();
        assertThat(options().policy().isEmpty()).isTrue();
        assertThat(options().description()).isEmpty();
    }

    @Test
    void eachCapHasItsAction() {
        CapOptions options = options(
                "--cap-call",
                "$0.50",
                "--cap-action",
                "move-down",
                "--cap-day",
                "20",
                "--cap-day-action",
                "refuse",
                "--cap-zone",
                "Europe/Berlin",
                "--cap-experiment",
                "voice=5");

        assertThat(options.callCap().orElseThrow().action()).isEqualTo(CallCap.Action.MOVE_DOWN);
        SpendPolicy policy = options.policy();
        assertThat(policy.atDayCap()).isEqualTo(SpendPolicy.AtDayCap.REFUSE);
        assertThat(policy.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(options.description())
                .contains("$0.50 a call (move-down), $20 a day of Europe/Berlin (refuse), $5 for experiment voice");
    }

    @Test
    void theUsualActionsAreThoseThatHurtLeast() {
        CapOptions options = options("--cap-call", "1", "--cap-day", "1");

        assertThat(options.callCap().orElseThrow().action()).isEqualTo(CallCap.Action.HAND_OVER);
        assertThat(options.policy().atDayCap()).isEqualTo(SpendPolicy.AtDayCap.LOWEST_TIER);
        assertThat(options.description()).contains("$1 a call (hand-over), $1 a day of UTC (lowest-tier)");
        assertThat(CapOptions.file(Path.of("data", "clinic"))).isEqualTo(Path.of("data", "clinic-spend.json"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--cap-call -1 | --cap-call must be US dollars above 0, for example 0.50, but was '-1'",
                "--cap-day free | --cap-day must be US dollars above 0, for example 0.50, but was 'free'",
                "--cap-experiment voice=0 | --cap-experiment voice must be US dollars above 0",
                "--cap-call 1 --cap-action shout | --cap-action must be hand-over, end or move-down, but was 'shout'",
                "--cap-day 1 --cap-day-action no | --cap-day-action must be lowest-tier or refuse, but was 'no'",
                "--cap-day 1 --cap-zone Mars | --cap-zone must be a time zone like Europe/Berlin or UTC, but was 'Mars'",
                "--cap-action end | --cap-action says what happens at --cap-call, which is missing",
                "--cap-day-action refuse | --cap-day-action says what happens at --cap-day, which is missing"
            })
    void whatCannotBeIsToldWithTheRuleAndTheValue(String arguments, String message) {
        CapOptions options = options(arguments.split(" "));

        CliFailure refused = catchThrowableOfType(CliFailure.class, options::description);

        assertThat(refused).hasMessageContaining(message);
        assertThat(refused.exitCode()).isEqualTo(2);
    }

    @Test
    void aCapOfAnExperimentThatThereIsNotIsRefusedWithThoseThatThereAre() {
        CapOptions options = options("--cap-experiment", "nope=1");
        assertThat(catchThrowableOfType(CliFailure.class, () -> options.check(Set.of("tiers", "voices"))))
                .hasMessageContaining("--cap-experiment must name an experiment of --experiments, ")
                .hasMessageContaining("tiers")
                .hasMessageContaining(", but was 'nope'");
        assertThat(catchThrowableOfType(CliFailure.class, () -> options.check(Set.of())))
                .hasMessage(
                        "--cap-experiment must name an experiment of --experiments, of which there is none, but was 'nope'");
        options("--cap-experiment", "tiers=1").check(Set.of("tiers"));
    }
}
