package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.http.WebhookSignature;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    @ParameterizedTest
    @ValueSource(strings = {"tok-77\r", "tok-77\n", "tok\t77", "tok-77\0"})
    void whatNoHeaderCanCarryIsRefusedWithoutTheValue(String value) {
        assertThatThrownBy(() -> Secret.of(value))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("one line without control characters")
                .hasMessageNotContaining("tok");
    }

    @Test
    void thatOfAnEnvironmentIsRefusedWithTheNameOfItsVariable() {
        assertThat(Secret.in(Map.of("KEY", "tok-77"), "KEY").map(Secret::reveal))
                .contains("tok-77");
        assertThat(Secret.in(Map.of("KEY", " "), "KEY")).isEmpty();
        assertThat(Secret.in(Map.of(), "KEY")).isEmpty();
        assertThatThrownBy(() -> Secret.in(Map.of("KEY", "tok-77\r"), "KEY"))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("the environment variable KEY must be one line without control characters")
                .hasMessageNotContaining("tok");
    }

    @Test
    void aWebhooksSecretIsRefusedTheSameWay() {
        assertThatThrownBy(() -> WebhookSignature.with("a-secret-of-many-characters\r"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one line without control characters")
                .hasMessageNotContaining("many");
    }

    @Test
    void aSecretIsNotPrinted() {
        assertThat(Secret.of("tok-77")).hasToString("***");
        assertThat(Secret.of("tok-77").scrubbedFrom("Bearer tok-77")).isEqualTo("Bearer ***");
    }
}
