package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long is waited before something is tried again. */
class GrowingPauseTest {
    private final GrowingPause pause = new GrowingPause(Duration.ofSeconds(2), Duration.ofMinutes(5));

    @Test
    void pausesDoubleGiveOrTakeAFifthUpToTheLongest() {
        for (int retry = 1; retry <= 100; retry++) {
            double expected = Math.min(2 * Math.pow(2, retry - 1), 300);
            for (long whose = -20; whose < 20; whose++) {
                assertThat(pause.before(retry, whose).toMillis() / 1_000.0)
                        .isBetween(expected * 0.8 - 0.001, expected * 1.2 + 0.001);
            }
        }
    }

    @Test
    void whatFailedTogetherComesBackApart() {
        assertThat(pause.before(3, 1)).isNotEqualTo(pause.before(3, 2)).isEqualTo(pause.before(3, 1));
    }

    @Test
    void noPauseIsOneToo() {
        assertThat(new GrowingPause(Duration.ZERO, Duration.ZERO).before(9, 7)).isZero();
        assertThatThrownBy(() -> new GrowingPause(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("must grow");
    }
}
