package dev.antiphon.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.realtime.TranscriptionUsage;
import dev.antiphon.realtime.Usage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCatalogueTest {
    private final ModelCatalogue catalogue = ModelCatalogue.bundled();

    @ParameterizedTest
    @CsvSource({
        "gpt-realtime, gpt-realtime",
        "gpt-realtime-2025-08-28, gpt-realtime",
        "gpt-realtime-2, gpt-realtime-2.1",
        "openai/gpt-realtime-mini, gpt-realtime-mini",
        "gpt-realtime-2.1-mini-2026-12-24, gpt-realtime-2.1-mini",
        "gpt-realtime-mini-2025-10-06, gpt-realtime-mini-2025-10-06",
        "gpt-4o-realtime-preview-2024-10-01, gpt-4o-realtime-preview-2024-10-01",
    })
    void aliasesAndSnapshotsNameTheirModel(String asked, String found) {
        assertThat(catalogue.find(asked)).map(ModelCard::name).contains(found);
    }

    @Test
    void aModelThatNobodyKnowsIsAbsentAndWarnedAbout() {
        assertThat(catalogue.find("gpt-unheard-of")).isEmpty();
        assertThat(catalogue.warning("gpt-unheard-of", catalogue.asOf()))
                .hasValueSatisfying(text -> assertThat(text).contains("gpt-unheard-of", "2026-11-20"));
    }

    @Test
    void warnsOfTheEndFromNinetyDaysBefore() {
        assertThat(catalogue.warning("gpt-realtime", LocalDate.of(2026, 10, 22)))
                .isEmpty();
        assertThat(catalogue.warning("gpt-realtime", LocalDate.of(2026, 11, 20)))
                .contains("Model gpt-realtime will be shut down on 2027-01-20, in 61 days. "
                        + "Use gpt-realtime-2.1 instead.");
        assertThat(catalogue.warning("gpt-realtime", LocalDate.of(2027, 1, 20)))
                .contains("Model gpt-realtime was shut down by its provider on 2027-01-20. "
                        + "Use gpt-realtime-2.1 instead.");
        assertThat(catalogue.warning("gpt-realtime-2.1", LocalDate.of(2027, 1, 20)))
                .isEmpty();
    }

    @Test
    void everySuccessorIsAModelThatGoesOn() {
        assertThat(catalogue.models())
                .allSatisfy(card -> card.successor()
                        .ifPresent(next -> assertThat(
                                        catalogue.find(next).orElseThrow().shutdown())
                                .isEmpty()));
        assertThat(catalogue.models())
                .allSatisfy(card -> assertThat(card.successor().isPresent())
                        .isEqualTo(card.shutdown().isPresent()));
    }

    @Test
    void everyModelHasPricesLimitsAndVoices() {
        assertThat(catalogue.models()).hasSize(9).allSatisfy(card -> {
            assertThat(card.prices().audioOut()).isPositive();
            assertThat(card.contextTokens()).isGreaterThan(card.maxOutputTokens());
            assertThat(card.voices()).contains("alloy");
        });
        assertThat(catalogue.find("gpt-realtime").orElseThrow().voices()).startsWith("marin", "cedar");
        assertThat(catalogue.find("gpt-realtime-2").orElseThrow().reasoningEffort())
                .isTrue();
    }

    @Test
    void aTierCostsWhatTheCatalogueSays() {
        ModelEndpoint endpoint = new ModelEndpoint(
                "openai", "gpt-realtime-mini", URI.create("wss://api.openai.com/v1"), Map.of(), List.of());
        Tier tier = catalogue.tier("mini", endpoint);
        Usage millionSpoken = new Usage(0, 0, 0, 0, 0, 0, 0, 1_000_000);
        assertThat(tier.prices().cost(millionSpoken)).isEqualByComparingTo(Money.usd("20"));
    }

    @Test
    void pricesAndModelsAreChangedByAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.json"), """
                {"asOf": "2026-12-01",
                 "models": [
                   {"name": "gpt-realtime-mini", "prices": {"textIn": 0.90}},
                   {"name": "house-model", "snapshots": [], "contextTokens": 8000, "maxOutputTokens": 500,
                    "reasoningEffort": false, "voices": "ga",
                    "prices": {"textIn": 1, "textCached": 1, "textOut": 1, "audioIn": 1, "audioCached": 1,
                               "audioOut": 1, "imageIn": 1, "imageCached": 1}}],
                 "transcription": {"house-ears": {"perMinute": 0.01}},
                 "providers": [{"name": "cometapi", "dialect": "GA"}]}
                """);

        ModelCatalogue mine = ModelCatalogue.withChanges(file);

        assertThat(mine.asOf()).isEqualTo(LocalDate.of(2026, 12, 1));
        PriceCard mini = mine.find("gpt-realtime-mini").orElseThrow().prices();
        assertThat(mini.textIn()).isEqualByComparingTo("0.90");
        assertThat(mini.textOut()).isEqualByComparingTo("2.40");
        assertThat(mine.find("house-model")).map(ModelCard::contextTokens).contains(8000);
        assertThat(mine.transcriptionPrice("house-ears")).isPresent();
        assertThat(mine.provider("cometapi")).map(Provider::dialect).contains(WireDialect.GA);
        assertThat(mine.models()).hasSize(10);
        assertThat(catalogue.models()).hasSize(9);
    }

    @ParameterizedTest
    @CsvSource({"tier-1, 200, 40000", "tier-3, 5000, 800000", "tier-5, 20000, 15000000"})
    void aUsageTierOfAModelGrantsRequestsAndTokens(String tier, int requests, int tokens) {
        UsageTiers known =
                catalogue.usageTiers("openai", "gpt-realtime-mini-2025-12-15").orElseThrow();

        assertThat(known.named(tier).orElseThrow().allowance())
                .isEqualTo(new Allowance(Optional.empty(), Optional.of(requests), Optional.of(tokens)));
        assertThat(known.names()).isEqualTo("tier-1, tier-2, tier-3, tier-4, tier-5");
        assertThat(known.asOf()).isAfterOrEqualTo(catalogue.asOf());
        assertThat(known.source()).contains("check");
    }

    @Test
    void usageTiersThatNobodyKnowsAreAbsent() {
        assertThat(catalogue.usageTiers("azure", "gpt-realtime")).isEmpty();
        assertThat(catalogue.usageTiers("openai", "gpt-unheard-of")).isEmpty();
        assertThat(catalogue.usageTiers("openai", "gpt-realtime").orElseThrow().named("tier-9"))
                .isEmpty();
    }

    @Test
    void everyModelThatGoesOnHasUsageTiers() {
        assertThat(catalogue.models())
                .filteredOn(card -> card.shutdown().isEmpty())
                .isNotEmpty()
                .allSatisfy(card ->
                        assertThat(catalogue.usageTiers("openai", card.name())).isPresent());
    }

    @Test
    void usageTiersAreChangedByAFileMemberByMember(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.json"), """
                {"usageTiers": [
                   {"name": "openai-realtime", "tiers": [{"name": "tier-1", "tokensPerMinute": 60000}, {"name": "own"}]},
                   {"name": "house", "provider": "generic", "models": ["gpt-realtime"], "asOf": "2026-12-01",
                    "source": "their contract", "tiers": [{"name": "gold", "requestsPerMinute": 90}]}]}
                """);

        ModelCatalogue mine = ModelCatalogue.withChanges(file);

        UsageTiers openai = mine.usageTiers("openai", "gpt-realtime").orElseThrow();
        assertThat(openai.named("tier-1").orElseThrow().allowance())
                .isEqualTo(new Allowance(Optional.empty(), Optional.of(200), Optional.of(60_000)));
        assertThat(openai.named("own").orElseThrow().allowance()).isEqualTo(Allowance.UNLIMITED);
        assertThat(mine.usageTiers("generic", "gpt-realtime").orElseThrow().names())
                .isEqualTo("gold");
    }

    @Test
    void theSmallerOneOfEachLimitHolds() {
        Allowance one = new Allowance(Optional.of(5), Optional.of(400), Optional.empty());
        Allowance other = new Allowance(Optional.empty(), Optional.of(200), Optional.of(9));

        assertThat(one.and(other)).isEqualTo(new Allowance(Optional.of(5), Optional.of(200), Optional.of(9)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"models": [{"name": "gpt-realtime", "prics": {}}]}                  | prics
                    {"models": [{"name": "gpt-realtime", "prices": {"textIn": "much"}}]} | textIn
                    {"models": [{"prices": {}}]}                                         | an object with a name
                    {"models": [                                                         | line
                    {"usageTiers": [{"name": "openai-realtime", "tiers": [{"name": "tier-1", "requestsPerMinute": 0}]}]} | requestsPerMinute must be at least 1, but was 0
                    [1]                                                                  | it must be a JSON object
                    """)
    void aFileThatIsNoCatalogueIsToldWithItsPlace(String text, String told, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.json"), text);
        assertThatThrownBy(() -> ModelCatalogue.withChanges(file))
                .isInstanceOf(ModelCatalogue.UnusableCatalogue.class)
                .hasMessageContaining("mine.json")
                .hasMessageContaining(told);
    }

    @Test
    void transcriptionCostsByTheMinuteOrByTheToken() {
        TranscriptionPrice whisper =
                catalogue.transcriptionPrice("gpt-realtime-whisper").orElseThrow();
        TranscriptionPrice mini =
                catalogue.transcriptionPrice("gpt-4o-mini-transcribe").orElseThrow();
        TranscriptionUsage.Tokens tokens = new TranscriptionUsage.Tokens(100, 1_000, 50);
        TranscriptionUsage.Audio audio = new TranscriptionUsage.Audio(Duration.ofSeconds(90));

        assertThat(whisper.cost(audio).orElseThrow()).isEqualByComparingTo(Money.usd("0.0255"));
        assertThat(mini.cost(tokens).orElseThrow()).isEqualByComparingTo(Money.usd("0.003375"));
        assertThat(whisper.cost(tokens)).isEmpty();
        assertThat(mini.cost(audio)).isEmpty();
        assertThat(catalogue.transcriptionPrice("nobody-knows")).isEmpty();
    }
}
