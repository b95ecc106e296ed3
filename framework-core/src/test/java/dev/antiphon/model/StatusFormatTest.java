package dev.antiphon.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusFormatTest {
    private final StatusFormat format =
            new StatusFormat("/models", "/data", "/id", "/health/state", List.of("maintenance", "offline"));

    @Test
    void modelsWithAStatusThatMeansUnavailableAreFound() {
        assertThat(format.unavailableIn("""
                        {"data": [{"id": "a", "health": {"state": "maintenance"}},
                                  {"id": "b", "health": {"state": "ok"}},
                                  {"id": "c"},
                                  {"id": "d", "health": {"state": "offline"}}]}
                        """)).contains(Map.of("a", "maintenance", "d", "offline"));
    }

    @Test
    void theAnswerMayBeTheListAndTheStatusATruthValue() {
        StatusFormat plain = new StatusFormat("/models", "", "/name", "/usable", List.of("false"));

        assertThat(plain.unavailableIn("""
                        [{"name": "a", "usable": false}, {"name": "b", "usable": true}]
                        """)).contains(Map.of("a", "false"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"data\": 5}", "{\"models\": []}", "[]", "{\"data\": ["})
    void anAnswerOfAnotherFormatSaysNothing(String answer) {
        assertThat(format.unavailableIn(answer)).isEmpty();
    }

    @Test
    void aFormatThatCannotBeIsAMistake() {
        assertThatThrownBy(() -> new StatusFormat("models", "/data", "/id", "/status", List.of("off")))
                .hasMessageContaining("must begin with /, but was models");
        assertThatThrownBy(() -> new StatusFormat("/models", "data", "/id", "/status", List.of("off")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("data");
        assertThatThrownBy(() -> new StatusFormat("/models", "/data", "/id", "/status", List.of()))
                .hasMessageContaining("at least one value");
    }
}
