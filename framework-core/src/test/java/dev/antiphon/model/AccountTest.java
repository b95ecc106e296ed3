package dev.antiphon.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {
    private final ModelCatalogue catalogue = ModelCatalogue.bundled();

    @Test
    void openAiNeedsOnlyItsKey() {
        ModelEndpoint endpoint = Account.fromEnvironment(provider("openai"), Map.of("OPENAI_API_KEY", " sk-secret\n"))
                .endpoint("gpt-realtime-mini");
        assertThat(endpoint.uri()).hasToString("wss://api.openai.com/v1/realtime?model=gpt-realtime-mini");
        assertThat(endpoint.headers()).containsExactly(Map.entry("Authorization", "Bearer sk-secret"));
        assertThat(endpoint.provider()).isEqualTo("openai");
    }

    @Test
    void azureSendsItsOwnHeaderToTheCustomersOwnAddress() {
        Map<String, String> environment =
                Map.of("AZURE_OPENAI_API_KEY", "abcdef", "AZURE_OPENAI_ENDPOINT", "https://res.openai.azure.com/");
        ModelEndpoint endpoint =
                Account.fromEnvironment(provider("azure"), environment).endpoint("my deployment");
        assertThat(endpoint.uri()).hasToString("wss://res.openai.azure.com/openai/v1/realtime?model=my%20deployment");
        assertThat(endpoint.headers()).containsExactly(Map.entry("api-key", "abcdef"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://r.example", "https://r.example/openai/v1/", "https://r.example/openai/v1/realtime"})
    void anAddressMayHaveThePathOrItsBeginningAlready(String baseUrl) {
        Account account = Account.of(provider("azure"), Optional.of("k"), Optional.of(baseUrl));
        assertThat(account.endpoint("m").uri()).hasToString("wss://r.example/openai/v1/realtime?model=m");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080/v1, ws://127.0.0.1:8080/v1/realtime?model=m",
        "ws://localhost:8080/v1/realtime, ws://localhost:8080/v1/realtime?model=m",
        "https://gateway.example.com/v1/, wss://gateway.example.com/v1/realtime?model=m",
    })
    void anotherBaseUrlReplacesTheProvidersOwn(String baseUrl, String expected) {
        Account account = Account.of(provider("openai"), Optional.of("k"), Optional.of(baseUrl));
        assertThat(account.endpoint("m").uri()).hasToString(expected);
    }

    @Test
    void aServerOnThisMachineNeedsNoKey() {
        Account account = Account.of(provider("openai"), Optional.empty(), Optional.of("http://127.0.0.1:9000/v1"));
        assertThat(account.endpoint("m").headers()).isEmpty();
    }

    @Test
    void everythingThatIsMissingIsListedAtOnce() {
        assertThatThrownBy(() -> Account.fromEnvironment(provider("azure"), Map.of()))
                .isInstanceOf(IncompleteAccount.class)
                .hasMessage("Provider azure cannot be used: the base URL is missing: set AZURE_OPENAI_ENDPOINT; "
                        + "the API key is missing: set AZURE_OPENAI_API_KEY.");
    }

    @Test
    void anAddressOrKeyThatCannotBeRightIsToldWithoutTheKey() {
        assertThatThrownBy(() -> Account.of(provider("openai"), Optional.of("sk-a b"), Optional.of("api.example.com")))
                .isInstanceOf(IncompleteAccount.class)
                .hasMessageContaining("https://HOST/v1, but was 'api.example.com'")
                .hasMessageContaining("one word")
                .hasMessageNotContaining("sk-a");
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:secret-word@gw.example/v1, user name or password",
        "https://gw.example/v1?api-key=secret-word, must not have a query",
        "https://gw.example/v1#secret-word, must not have a fragment",
        "http://my_gateway:8080/v1, host name must not contain '_'",
        "https://user:secret-word @gw.example, must look like https://HOST/v1",
    })
    void anAddressWithMoreThanAPlaceIsToldWithoutRepeatingIt(String baseUrl, String rule) {
        assertThatThrownBy(() -> Account.of(provider("openai"), Optional.of("k"), Optional.of(baseUrl)))
                .isInstanceOf(IncompleteAccount.class)
                .hasMessageContaining(rule)
                .hasMessageContaining("OPENAI_BASE_URL")
                .hasMessageNotContaining("secret-word");
    }

    @Test
    void neitherAccountNorEndpointPrintsTheKey() {
        Account account =
                Account.of(provider("generic"), Optional.of("sk-secret"), Optional.of("https://g.example/v1"));
        assertThat(account + " " + account.endpoint("m")).doesNotContain("sk-secret");
    }

    private static Provider own(Provider.Auth auth) {
        return new Provider(
                "own",
                Optional.of("wss://gateway.example/v1"),
                "/realtime?model={model}",
                auth,
                WireDialect.BETA,
                "OWN_KEY",
                "OWN_URL",
                Optional.empty(),
                Optional.of(new StatusFormat("/models", "/data", "/id", "/status", List.of("maintenance"))));
    }

    private Provider provider(String name) {
        return catalogue.provider(name).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Provider.Auth.class)
    void aStatusIsAskedForWithTheSameKey(Provider.Auth auth) {
        ModelEndpoint endpoint = Account.of(own(auth), Optional.of("sk-1234+5678"), Optional.empty())
                .endpoint("gpt-realtime");
        StatusPage page = endpoint.status().orElseThrow();

        assertThat(page.uri().toString()).startsWith("https://gateway.example/v1/models");
        switch (auth) {
            case BEARER, SUBPROTOCOL ->
                assertThat(page.headers()).containsExactly(Map.entry("Authorization", "Bearer sk-1234+5678"));
            case API_KEY -> assertThat(page.headers()).containsExactly(Map.entry("api-key", "sk-1234+5678"));
            case QUERY -> {
                assertThat(page.headers()).isEmpty();
                assertThat(page.uri()).hasQuery("api-key=sk-1234+5678");
            }
        }
        assertThat(page.toString()).doesNotContain("1234");
    }

    @ParameterizedTest
    @EnumSource(Provider.Auth.class)
    void theKeyTravelsAsTheProviderWantsIt(Provider.Auth auth) {
        ModelEndpoint endpoint = Account.of(own(auth), Optional.of("sk-1234+5678"), Optional.empty())
                .endpoint("gpt-realtime");

        Map<String, String> beta = Map.of("OpenAI-Beta", "realtime=v1");
        switch (auth) {
            case BEARER ->
                assertThat(endpoint.headers())
                        .containsAllEntriesOf(beta)
                        .containsEntry("Authorization", "Bearer sk-1234+5678");
            case API_KEY ->
                assertThat(endpoint.headers()).containsAllEntriesOf(beta).containsEntry("api-key", "sk-1234+5678");
            case QUERY -> {
                assertThat(endpoint.headers()).isEqualTo(beta);
                assertThat(endpoint.uri())
                        .hasToString("wss://gateway.example/v1/realtime?model=gpt-realtime&api-key=sk-1234%2B5678");
            }
            case SUBPROTOCOL -> {
                assertThat(endpoint.headers()).isEmpty();
                assertThat(endpoint.subprotocols())
                        .containsExactly("realtime", "openai-insecure-api-key.sk-1234+5678", "openai-beta.realtime-v1");
            }
        }
    }
}
