package dev.antiphon.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.connection.WebSocketListener.Refusal;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.realtime.ApiError;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalReadingTest {
    private final RefusalReading reading = new RefusalReading(new ModelEndpoint(
            "gateway", "m", URI.create("wss://user:secret@gw.example:8443/realtime?model=m"), Map.of(), List.of()));

    @ParameterizedTest
    @CsvSource({
        "401,           '',                  1000, Incorrect API key provided,               BadCredentials",
        "token_invalid, '',                  3000, no,                                       BadCredentials",
        "brand_new,     authentication_error,1000, no,                                       BadCredentials",
        "brand_new,     '',                  1000, Incorrect API key provided,               BadCredentials",
        "brand_new,     rate_limit_error,    1000, no,                                       RateLimited",
        "brand_new,     '',                  4000, The model 'm' does not exist,             UnknownModel",
        "'',            server_error,        1000, The model is currently overloaded,        Refused",
        "server_error,  server_error,        1000, The model was not found in time,          Refused",
        "'',            '',                  1000, The model is currently overloaded,        Refused",
        "'',            '',                  1011, model backend crashed,                    Refused",
        "'',            '',                  1011, model shard not found,                    Refused",
        "'',            '',                  1013, rate limit reached,                       RateLimited",
        "session_expired, '',                1001, Your model session hit the maximum,       Refused",
    })
    void theMostReliableSignOfACloseDecides(String code, String type, int closeCode, String text, String kind) {
        ApiError error = new ApiError(
                type, Optional.of(code).filter(c -> !c.isEmpty()), text, Optional.empty(), Optional.empty());
        assertThat(reading.ofClose(Optional.of(error), closeCode, ""))
                .extracting(this::kind)
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "503, The model is not found on this node, Refused",
        "500, invalid model state,                 Refused",
        "404, model_not_found,                     UnknownModel",
        "400, model_not_found,                     UnknownModel",
    })
    void anHttpStatusIsMoreReliableThanItsText(int status, String text, String kind) {
        assertThat(reading.ofUpgrade(new Refusal(Optional.of(status), text)))
                .extracting(this::kind)
                .isEqualTo(kind);
    }

    @Test
    void aPathThatIsNotThereMayBeAWrongBaseUrl() {
        assertThat(reading.ofUpgrade(new Refusal(Optional.of(404), "404 page not found"))
                        .message())
                .isEqualTo(
                        "gateway at gw.example:8443 has nothing at /realtime, or does not offer 'm' as a realtime model"
                                + " (HTTP 404). It said: 404 page not found. Check the base URL's path, which usually ends in"
                                + " /v1, then the model's name.");
    }

    private String kind(ConnectFailure failure) {
        assertThat(failure.message()).startsWith("gateway at gw.example:8443 ").doesNotContain("secret");
        return failure.getClass().getSimpleName();
    }
}
