package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.session.ToolConduct;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ToolPolicyTest {
    private static final ToolPolicy DEFAULTS = ToolPolicy.defaults();

    @Test
    void theSmallestValuesAreAllowed() {
        ToolPolicy least = DEFAULTS.with(p -> p.timeout(Duration.ofNanos(1))
                .bulkhead(1, 0)
                .maxResultChars(100)
                .readOnly()
                .rate(1, Duration.ofNanos(1))
                .breaker(new ToolPolicy.Breaker(1, 1, 1, Duration.ofNanos(1), 1))
                .cache(1, Duration.ofNanos(1)));

        assertThat(least.maxConcurrent()).isEqualTo(1);
        assertThat(least.cache()).contains(new ToolPolicy.Caching(1, Duration.ofNanos(1), Duration.ZERO));
    }

    @Test
    void whatIsBelowThemIsAMistakeThatNamesTheValue() {
        assertThatThrownBy(() -> DEFAULTS.with(p -> p.timeout(Duration.ZERO))).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> DEFAULTS.with(p -> p.timeout(Duration.ofSeconds(-1))))
                .hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> DEFAULTS.with(p -> p.bulkhead(0, 0))).hasMessageContaining("maxConcurrent");
        assertThatThrownBy(() -> DEFAULTS.with(p -> p.bulkhead(1, -1))).hasMessageContaining("maxQueued");
        assertThatThrownBy(() -> DEFAULTS.with(p -> p.maxResultChars(99))).hasMessageContaining("99");
        assertThatThrownBy(() -> DEFAULTS.with(p -> p.retries(-1))).hasMessageContaining("retries");
        assertThatThrownBy(() -> DEFAULTS.with(p -> p.rate(0, Duration.ofSeconds(1))))
                .hasMessageContaining("rate");
        assertThatThrownBy(() -> DEFAULTS.with(p -> p.rate(1, Duration.ZERO))).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> new ToolPolicy.Breaker(101, 20, 10, Duration.ofSeconds(1), 1))
                .hasMessage("failurePercent must be 1 to 100, but was 101");
        assertThatThrownBy(() -> new ToolPolicy.Breaker(50, 20, 21, Duration.ofSeconds(1), 1))
                .hasMessage("atLeast must be 1 to 20, but was 21");
        assertThatThrownBy(() -> new ToolPolicy.Breaker(50, 20, 10, Duration.ZERO, 1))
                .hasMessageContaining("openFor");
        assertThatThrownBy(() -> new ToolPolicy.Breaker(50, 20, 10, Duration.ofSeconds(1), 0))
                .hasMessageContaining("probes");
        assertThatThrownBy(() -> DEFAULTS.with(p -> p.readOnly().cache(0, Duration.ofSeconds(1))))
                .hasMessageContaining("entries");
        assertThatThrownBy(
                        () -> DEFAULTS.with(p -> p.readOnly().cache(1, Duration.ofSeconds(1), Duration.ofSeconds(-1))))
                .hasMessageContaining("stale");
    }

    @Test
    void onlyWhatChangesNothingMayBeCached() {
        assertThatThrownBy(() -> DEFAULTS.with(p -> p.cache(10, Duration.ofSeconds(1))))
                .hasMessageContaining("readOnly()");
    }

    @Test
    void whatIsTheSameOnceMoreDependsOnWhetherItChangesAnything() {
        assertThat(DEFAULTS.duplicates()).isEqualTo(ToolPolicy.Duplicates.REPLAY);
        assertThat(DEFAULTS.with(ToolPolicy.Builder::readOnly).duplicates()).isEqualTo(ToolPolicy.Duplicates.JOIN);
        assertThat(DEFAULTS.with(p -> p.duplicates(ToolPolicy.Duplicates.RUN).readOnly())
                        .duplicates())
                .isEqualTo(ToolPolicy.Duplicates.RUN);
    }

    @Test
    void wordsOfItsOwnComeBeforeTheTimeout() {
        assertThatThrownBy(() -> DEFAULTS.with(
                        p -> p.timeout(Duration.ofSeconds(3)).filler(Duration.ofSeconds(3), "One moment.")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a tool's filler must come before its timeout, or nobody hears it, but they were PT3S and PT3S");
        assertThatThrownBy(() -> DEFAULTS.with(p -> p.progress(Duration.ofSeconds(20), "Still looking.")))
                .hasMessageContaining("progress")
                .hasMessageContaining("PT20S and PT10S");
        assertThat(DEFAULTS.with(p -> p.timeout(Duration.ofMillis(500))).conduct())
                .isEqualTo(ToolConduct.DEFAULT);
    }
}
