package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The contract bites: what all other tests rely on. */
class FrameContractTest {
    private static final String CLEARED = "{\"type\":\"input_audio_buffer.cleared\",\"event_id\":\"event_1\"}";

    private final FrameContract contract = new FrameContract("ga");

    @Test
    void anEventIdMayBeUsedOnce() {
        SharedProtocol.assumePresent();
        contract.check(CLEARED);
        assertThatThrownBy(() -> contract.check(CLEARED)).hasMessageContaining("event id is unique");
    }

    @Test
    void aFieldThatTheSchemaRequiresMustBeThere() {
        SharedProtocol.assumePresent();
        assertThatThrownBy(() -> contract.check("{\"type\":\"conversation.item.deleted\",\"event_id\":\"event_1\"}"))
                .hasMessageContaining("item_id");
    }

    @Test
    void anUnknownTypeIsNoServerEvent() {
        SharedProtocol.assumePresent();
        assertThatThrownBy(() -> contract.check("{\"type\":\"response.text.delta\",\"event_id\":\"event_1\"}"))
                .hasMessageContaining("no server event of the type response.text.delta");
    }

    @Test
    void profilesAreFoundByTheLongestBeginningOfAModelsName() {
        TierProfile mini = TierProfile.simulatedMini();
        TierProfile full = TierProfile.simulatedFull();
        EmulatorProfile profile = EmulatorProfile.simulated();
        assertThat(profile.forModel("gpt-realtime-mini-2025-12-15")).isEqualTo(mini);
        assertThat(profile.forModel("gpt-realtime")).isEqualTo(full);
        assertThat(profile.forModel("gpt-realtime-2.1-mini")).isEqualTo(mini);
        assertThat(profile.forModel("gpt-realtime-2.1")).isEqualTo(full);
        assertThat(mini.toFirstOutput()).isLessThan(full.toFirstOutput());
    }
}
