package dev.antiphon.flow.say;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Period;
import org.junit.jupiter.api.Test;

class PlainlyTest {
    @Test
    void oneOfAKindHasNoPlural() {
        assertThat(Plainly.count(1, "slot")).isEqualTo("1 slot");
        assertThat(Plainly.count(0, "slot")).isEqualTo("0 slots");
        assertThat(Plainly.count(2, "slot")).isEqualTo("2 slots");
    }

    @Test
    void lengthsOfTimeAreWords() {
        assertThat(Plainly.time(Period.ofDays(20))).isEqualTo("20 days");
        assertThat(Plainly.time(Period.of(1, 2, 1))).isEqualTo("1 year and 2 months and 1 day");
        assertThat(Plainly.time(Period.ZERO)).isEqualTo("0 days");
        assertThat(Plainly.time(Duration.ofSeconds(8))).isEqualTo("8 seconds");
        assertThat(Plainly.time(Duration.ofMillis(900))).isEqualTo("0.9 seconds");
        assertThat(Plainly.time(Duration.ofMinutes(90))).isEqualTo("1 hour and 30 minutes");
        assertThat(Plainly.time(Duration.ZERO)).isEqualTo("0 seconds");
    }
}
