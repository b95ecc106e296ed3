package dev.antiphon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.antiphon.admission.AdmissionSettings;
import dev.antiphon.model.Allowance;
import dev.antiphon.model.ModelCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class AdmissionOptionsTest {
    private static final ModelChoice EMULATOR = new ModelChoice.Emulated(false);

    @Test
    void withoutOptionsEveryCallIsAnswered() {
        AdmissionChoice choice = chosen();

        assertThat(choice.settings()).isEqualTo(AdmissionSettings.defaults());
        assertThat(choice.description())
                .isEqualTo("every call, unless the service reports a used up limit; others are refused");
    }

    @Test
    void aUsageTierLimitsRequestsAndTokensAndSaysWhereItIsFrom() {
        AdmissionChoice choice = chosen("--usage-tier", "tier-3");

        assertThat(choice.settings().allowance()).isEqualTo(allowance(5_000, 800_000));
        assertThat(choice.description())
                .startsWith("at most 5,000 requests a minute, 800,000 tokens a minute; others are refused"
                        + " (tier-3 of openai as of 2026-11-25, ")
                .contains("from memory: check yours");
    }

    @Test
    void singleLimitsGoBeforeThoseOfTheUsageTier() {
        AdmissionChoice choice = chosen("--usage-tier", "tier-1", "--tokens-per-minute", "60000", "--max-calls", "7");

        assertThat(choice.settings().allowance())
                .isEqualTo(allowance(200, 60_000).withSessions(7));
        assertThat(choice.description()).startsWith("at most 7 calls at once, 200 requests a minute, 60,000 tokens");
    }

    @Test
    void aQueueOrAWaitAloneIsEnoughToLetCallsWait() {
        assertThat(chosen("--queue", "3").settings().longestWait()).isEqualTo(Duration.ofSeconds(30));
        assertThat(chosen("--queue", "3").settings().mostWaiting()).isEqualTo(3);
        assertThat(chosen("--queue-wait", "1500ms").settings().mostWaiting()).isEqualTo(20);
        assertThat(chosen("--max-calls", "2", "--queue-wait", "2m").description())
                .isEqualTo("at most 2 calls at once; others wait up to 2 min, 20 at once");
        assertThat(chosen("--queue-wait", "1500ms").description()).endsWith("others wait up to 1.5 s, 20 at once");
    }

    @Test
    void theSmallestLimitsOfTheModelsInUseHold(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.json"), """
                {"usageTiers": [
                  {"name": "small", "provider": "generic", "models": ["gpt-realtime-mini"], "asOf": "2026-12-01",
                   "source": "contract", "tiers": [{"name": "gold", "requestsPerMinute": 90, "tokensPerMinute": 9000}]},
                  {"name": "large", "provider": "generic", "models": ["gpt-realtime"], "asOf": "2026-12-01",
                   "source": "contract", "tiers": [{"name": "gold", "requestsPerMinute": 60}]}]}
                """);
        ModelOptions models = CommandLine.populateCommand(
                new ModelOptions(),
                "--provider",
                "generic",
                "--base-url",
                "http://127.0.0.1:1/v1",
                "--catalogue",
                file.toString());
        ModelChoice service = models.choose(Map.of(), LocalDate.of(2026, 11, 20), false);

        AdmissionChoice choice = options("--usage-tier", "gold").choose(service, models.catalogue());

        assertThat(choice.settings().allowance()).isEqualTo(allowance(60, 9_000));
        assertThat(choice.description()).contains("gold of generic as of 2026-12-01, contract");
    }

    @Test
    void usageTiersThatNobodyKnowsAreRefusedWithWhatToDoInstead() {
        ModelOptions models = CommandLine.populateCommand(
                new ModelOptions(), "--provider", "generic", "--base-url", "http://127.0.0.1:1/v1");
        ModelChoice service = models.choose(Map.of(), LocalDate.of(2026, 11, 20), false);

        CliFailure refusal = catchThrowableOfType(
                CliFailure.class, () -> options("--usage-tier", "tier-1").choose(service, models.catalogue()));

        assertThat(refusal)
                .hasMessageContaining("no usage tiers of generic for gpt-realtime-mini")
                .hasMessageContaining("--requests-per-minute");
        assertThat(refusal.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --usage-tier tier-9      | --usage-tier must be one of tier-1, tier-2, tier-3, tier-4, tier-5, but was tier-9
                    --max-calls 0            | --max-calls must be at least 1, but was 0
                    --requests-per-minute -4 | --requests-per-minute must be at least 1, but was -4
                    --tokens-per-minute 0    | --tokens-per-minute must be at least 1, but was 0
                    --queue 0                | --queue must be at least 1, but was 0
                    --queue-wait 0s          | --queue-wait must be longer than zero
                    """)
    void aLimitThatCannotBeIsOneClearUsageError(String line, String told) {
        AdmissionOptions options = options(line.split(" "));

        CliFailure refusal =
                catchThrowableOfType(CliFailure.class, () -> options.choose(EMULATOR, ModelCatalogue.bundled()));

        assertThat(refusal).hasMessageContaining(told);
        assertThat(refusal.exitCode()).isEqualTo(2);
    }

    private static Allowance allowance(int requests, int tokens) {
        return new Allowance(Optional.empty(), Optional.of(requests), Optional.of(tokens));
    }

    private static AdmissionOptions options(String... arguments) {
        return CommandLine.populateCommand(new AdmissionOptions(), arguments);
    }

    private static AdmissionChoice chosen(String... arguments) {
        return options(arguments).choose(EMULATOR, ModelCatalogue.bundled());
    }
}
