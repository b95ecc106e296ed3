package dev.antiphon.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLimitTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "50, 50 ms",
        "999, 999 ms",
        "1000, 1 s",
        "1250, 1.25 s",
        "1005, 1.005 s",
        "59900, 59.9 s",
        "60000, 1 min",
        "90000, 90 s",
        "7200000, 120 min"
    })
    void aLimitIsTold(long millis, String text) {
        assertThat(TimeLimit.text(Duration.ofMillis(millis))).isEqualTo(text);
        assertThat(TimeLimit.missed("the tool", Duration.ofMillis(millis)))
                .isEqualTo("the tool did not answer within " + text);
        assertThat(TimeLimit.unended("the tool", Duration.ofMillis(millis)))
                .isEqualTo("the tool began to answer, but did not end within " + text);
    }
}
