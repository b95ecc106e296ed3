package dev.antiphon.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.Usage;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
}
