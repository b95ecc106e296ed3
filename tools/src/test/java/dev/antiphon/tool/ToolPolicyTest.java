package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ToolPolicyTest {
    private static final ToolPolicy DEFAULTS = ToolPolicy.defaults();

    @Test
    void theSmallestValuesAreAllowed() {
        ToolPolicy least =
                DEFAULTS.withTimeout(Duration.ofNanos(1)).withBulkhead(1, 0).withMaxResultChars(100);

        assertThat(least).isEqualTo(new ToolPolicy(Duration.ofNanos(1), 1, 0, 100));
    }

    @Test
    void whatIsBelowThemIsAMistakeThatNamesTheValue() {
        assertThatThrownBy(() -> DEFAULTS.withTimeout(Duration.ZERO)).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> DEFAULTS.withTimeout(Duration.ofSeconds(-1))).hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> DEFAULTS.withBulkhead(0, 0)).hasMessageContaining("maxConcurrent");
        assertThatThrownBy(() -> DEFAULTS.withBulkhead(1, -1)).hasMessageContaining("maxQueued");
        assertThatThrownBy(() -> DEFAULTS.withMaxResultChars(99)).hasMessageContaining("99");
    }
}
