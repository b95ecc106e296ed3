package dev.antiphon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.antiphon.model.ModelCatalogue;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.Provider;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.model.WireDialect;
import dev.antiphon.testkit.emulator.EmulatedModels;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class ModelOptionsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
    private static final ModelCatalogue CATALOGUE = ModelCatalogue.bundled();
    private static final Map<String, String> KEYS = Map.of(
            "OPENAI_API_KEY", "sk-openai",
            "AZURE_OPENAI_API_KEY", "azure-key",
            "COMETAPI_KEY", "sk-comet",
            "ANTIPHON_API_KEY", "own-key");

    @Test
    void withoutAProviderAndAKeyTheEmulatorAnswers() {
        assertThat(options().chooseByKey(Map.of(), TODAY)).isEqualTo(new ModelChoice.Emulated(true));
        assertThat(options().choose(KEYS, TODAY, false)).isEqualTo(new ModelChoice.Emulated(false));
    }

    @Test
    void aKeyOfOpenAiAloneChoosesOpenAiForADemo() {
        TierLadder ladder = service(options().chooseByKey(Map.of("OPENAI_API_KEY", "sk"), TODAY))
                .ladder();

        assertThat(ladder.tiers()).extracting(Tier::name).containsExactly("mini", "full");
        assertThat(ladder.lowest().endpoint().provider()).isEqualTo("openai");
    }

    @Test
    void openAiIsReachedWithABearerKey() {
        ModelEndpoint endpoint = lowest("--provider", "openai");

        assertThat(endpoint.uri()).hasToString("wss://api.openai.com/v1/realtime?model=gpt-realtime-mini");
        assertThat(endpoint.headers()).containsExactly(Map.entry("Authorization", "Bearer sk-openai"));
    }

    @Test
    void theAddressIsNamedOnlyWhereItIsMissingAndBelongsToTheOption() {
        assertThat(refusal(Map.of(), "--provider", "cometapi"))
                .hasMessage("Provider cometapi cannot be used: the API key is missing: set COMETAPI_KEY."
                        + " --provider emulator needs none.");
        assertThat(refusal(KEYS, "--provider", "openai", "--fallback", "generic"))
                .hasMessageContaining("the base URL is missing: set ANTIPHON_BASE_URL")
                .hasMessageEndingWith(".")
                .message()
                .doesNotContain("--base-url");
    }

    @ParameterizedTest
    @CsvSource({"https://res.openai.azure.com", "https://res.openai.azure.com/openai/v1/"})
    void azureIsReachedAtTheCustomersAddressWithItsOwnHeader(String address) {
        ModelEndpoint endpoint = lowest("--provider", "azure", "--base-url", address, "--model-mini", "our mini");

        assertThat(endpoint.uri()).hasToString("wss://res.openai.azure.com/openai/v1/realtime?model=our%20mini");
        assertThat(endpoint.headers()).containsExactly(Map.entry("api-key", "azure-key"));
    }

    @Test
    void anotherServerIsReachedAtItsAddressWithABearerKey() {
        ModelEndpoint endpoint = lowest("--provider", "generic", "--base-url", "http://gateway.example:9000/v1");

        assertThat(endpoint.uri()).hasToString("ws://gateway.example:9000/v1/realtime?model=gpt-realtime-mini");
        assertThat(endpoint.headers()).containsExactly(Map.entry("Authorization", "Bearer own-key"));
    }

    @Test
    void namesOfProvidersMayBeWrittenInCapitals() {
        assertThat(lowest("--provider", "OpenAI").provider()).isEqualTo("openai");
    }

    @Test
    void theAddressOnTheCommandLineWinsOverTheEnvironments() {
        Map<String, String> environment =
                Map.of("OPENAI_API_KEY", "sk", "OPENAI_BASE_URL", "https://environment.example/v1");

        ModelChoice fromEnvironment = options("--provider", "openai").choose(environment, TODAY, false);
        ModelChoice fromOption = options("--provider", "openai", "--base-url", "https://option.example/v1")
                .choose(environment, TODAY, false);

        assertThat(service(fromEnvironment).ladder().lowest().endpoint().uri()).hasHost("environment.example");
        assertThat(service(fromOption).ladder().lowest().endpoint().uri()).hasHost("option.example");
    }

    @Test
    void aProviderOfTheBetaDialectIsSpokenToInIt() {
        ModelEndpoint endpoint = service(options("--provider", "cometapi").choose(KEYS, TODAY, false))
                .ladder()
                .lowest()
                .endpoint();

        assertThat(endpoint.dialect()).isEqualTo(WireDialect.BETA);
        assertThat(endpoint.headers()).containsEntry("OpenAI-Beta", "realtime=v1");
    }

    @ParameterizedTest
    @CsvSource({
        "openai, OPENAI_API_KEY",
        "azure, AZURE_OPENAI_API_KEY",
        "azure, AZURE_OPENAI_ENDPOINT",
        "generic, ANTIPHON_API_KEY",
        "generic, ANTIPHON_BASE_URL"
    })
    void whatIsMissingIsSaidInOneLineWithWhatToSet(String provider, String variable) {
        CliFailure refusal = refusal(Map.of(), "--provider", provider);

        assertThat(refusal).hasMessageContaining("set " + variable);
        assertThat(refusal.getMessage()).doesNotContain("\n");
        assertThat(refusal.exitCode()).isEqualTo(2);
    }

    @Test
    void anUnknownProviderNamesTheKnownOnes() {
        CliFailure refusal = refusal(KEYS, "--provider", "nobody");

        assertThat(refusal)
                .hasMessage("--provider must be one of emulator, openai, azure, azure-preview, cometapi, generic,"
                        + " but was nobody");
        assertThat(refusal.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void everyProviderOfTheCatalogueIsUsable(Provider provider) {
        ModelOptions options = options("--provider", provider.name(), "--base-url", "https://own.example/v1");
        ModelEndpoint endpoint =
                service(options.choose(KEYS, TODAY, false)).ladder().lowest().endpoint();

        assertThat(endpoint.uri()).hasScheme("wss").hasHost("own.example");
        assertThat(endpoint.uri().getQuery()).contains("=gpt-realtime-mini");
        assertThat(endpoint.headers()).isNotEmpty();
    }

    @Test
    void fallbacksAreOtherPlacesOfTheSameTiersInTheirOrder() {
        ModelOptions options = options(
                "--provider",
                "openai",
                "--base-url",
                "https://own.example/v1",
                "--fallback",
                "cometapi",
                "--fallback",
                "generic");
        Map<String, String> environment = new HashMap<>(KEYS);
        environment.put("ANTIPHON_BASE_URL", "https://gateway.example/v1");
        ModelChoice.Service chosen = service(options.choose(environment, TODAY, false));

        assertThat(chosen.ladder().tiers())
                .allSatisfy(tier -> assertThat(tier.places())
                        .extracting(place -> place.endpoint().uri().getHost())
                        .containsExactly("own.example", "api.cometapi.com", "gateway.example"));
        assertThat(chosen.description()).contains("while it is sick, cometapi, generic");
    }

    @Test
    void aFallbackMustBeAService() {
        assertThatThrownBy(() -> options("--provider", "openai", "--fallback", "emulator")
                        .choose(KEYS, TODAY, false))
                .hasMessageContaining("--fallback must be one of openai, azure")
                .hasMessageContaining("but was emulator");
        assertThatThrownBy(() -> options("--fallback", "openai").choose(KEYS, TODAY, false))
                .hasMessageContaining("--fallback needs a --provider");
    }

    @Test
    void aCatalogueOfOnesOwnSaysWhereAServiceTellsItsStatus(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.json"), """
                {"providers": [{"name": "generic", "status": {"path": "/models", "list": "/data", "id": "/id",
                                "status": "/status", "unavailable": ["maintenance"]}}]}
                """);
        ModelEndpoint endpoint =
                lowest("--provider", "generic", "--base-url", "https://own.example/v1", "--catalogue", file.toString());

        assertThat(endpoint.status()).hasValueSatisfying(page -> {
            assertThat(page.uri()).hasToString("https://own.example/v1/models");
            assertThat(page.headers()).containsExactly(Map.entry("Authorization", "Bearer own-key"));
            assertThat(page.format().unavailable()).containsExactly("maintenance");
        });
    }

    @ParameterizedTest
    @MethodSource("providers")
    void noProviderIsAskedForAStatusWhoseFormatIsNotKnown(Provider provider) {
        assertThat(provider.status()).isEmpty();
    }

    @Test
    void pricesAreTheCatalogues() {
        TierLadder ladder = service(options("--provider", "openai", "--model-full", "gpt-realtime-2.1")
                        .choose(KEYS, TODAY, false))
                .ladder();

        assertThat(ladder.tiers())
                .extracting(Tier::prices)
                .containsExactly(
                        CATALOGUE.find("gpt-realtime-mini").orElseThrow().prices(),
                        CATALOGUE.find("gpt-realtime-2.1").orElseThrow().prices());
    }

    @Test
    void modelsThatAreShutDownSoonAreWarnedAboutWithTheirSuccessors() {
        ModelChoice choice = options("--provider", "openai").choose(KEYS, TODAY, false);

        assertThat(choice.warnings())
                .containsExactly(
                        "Model gpt-realtime-mini will be shut down on 2027-01-20, in 61 days."
                                + " Use gpt-realtime-2.1-mini instead.",
                        "Model gpt-realtime will be shut down on 2027-01-20, in 61 days."
                                + " Use gpt-realtime-2.1 instead.");
    }

    @Test
    void aModelOnBothTiersIsWarnedAboutOnce() {
        ModelChoice choice =
                options("--provider", "openai", "--model-mini", "gpt-realtime").choose(KEYS, TODAY, false);

        assertThat(choice.warnings()).hasSize(1);
    }

    @Test
    void currentModelsAndTheEmulatorAreNotWarnedAbout() {
        ModelChoice current = options(
                        "--provider",
                        "openai",
                        "--model-mini",
                        "gpt-realtime-2.1-mini",
                        "--model-full",
                        "gpt-realtime-2.1")
                .choose(KEYS, TODAY, false);

        assertThat(current.warnings()).isEmpty();
        assertThat(options().choose(KEYS, TODAY, false).warnings()).isEmpty();
    }

    @Test
    void aChoiceNeverPrintsItsKey() {
        ModelChoice choice = options("--provider", "openai").choose(KEYS, TODAY, false);

        assertThat(choice + choice.description()).doesNotContain("sk-openai");
    }

    @Test
    void theEmulatorsLadderPointsAtItWithThePricesOfTheImitatedModels() {
        TierLadder ladder = EmulatedModels.ladder(URI.create("ws://127.0.0.1:9000/v1/realtime"));

        assertThat(ladder.tiers())
                .extracting(tier -> tier.endpoint().uri().toString())
                .containsExactly(
                        "ws://127.0.0.1:9000/v1/realtime?model=gpt-realtime-mini",
                        "ws://127.0.0.1:9000/v1/realtime?model=gpt-realtime");
        assertThat(ladder.lowest().endpoint().provider()).isEqualTo("emulator");
        assertThat(ladder.lowest().prices())
                .isEqualTo(CATALOGUE.find("gpt-realtime-mini").orElseThrow().prices());
    }

    static List<Provider> providers() {
        return CATALOGUE.providers();
    }

    private static ModelOptions options(String... arguments) {
        return CommandLine.populateCommand(new ModelOptions(), arguments);
    }

    private static ModelEndpoint lowest(String... arguments) {
        return service(options(arguments).choose(KEYS, TODAY, false))
                .ladder()
                .lowest()
                .endpoint();
    }

    private static CliFailure refusal(Map<String, String> environment, String... arguments) {
        ModelOptions options = options(arguments);
        return catchThrowableOfType(CliFailure.class, () -> options.choose(environment, TODAY, false));
    }

    private static ModelChoice.Service service(ModelChoice choice) {
        assertThat(choice).isInstanceOf(ModelChoice.Service.class);
        return (ModelChoice.Service) choice;
    }
}
