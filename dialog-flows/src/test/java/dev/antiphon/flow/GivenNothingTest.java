package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.ok;
import static dev.antiphon.flow.dsl.FlowDsl.reject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.slot.Slot;
import org.junit.jupiter.api.Test;

/** What a check gives without a value says what it needs. */
class GivenNothingTest {
    @Test
    @SuppressWarnings("NullAway") // that is the mistake
    void aVerdictOfNothingSaysWhatItNeeds() {
        assertThatThrownBy(() -> ok(null)).hasMessageContaining("ok(value) must give the value");
        assertThatThrownBy(() -> reject((String) null)).hasMessageContaining("reject(...) must give a reason");
        assertThatThrownBy(() -> reject((Slot<String>) null)).hasMessageContaining("reject(...) must name a slot");
    }
}
