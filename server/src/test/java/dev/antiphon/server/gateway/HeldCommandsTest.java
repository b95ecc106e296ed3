package dev.antiphon.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.session.VoiceSession;
import org.junit.jupiter.api.Test;

class HeldCommandsTest {
    private static final VoiceSession.Command WORDS = new VoiceSession.CallerText("hello");

    private final HeldCommands held = new HeldCommands();

    @Test
    void theOldestAudioIsDroppedAndNothingElse() {
        held.add(WORDS);
        for (int i = 0; i < HeldCommands.MAX_COMMANDS; i++) {
            assertThat(held.add(audio("AAAA"))).isTrue();
        }
        assertThat(held.droppedAudio()).isEqualTo(1);
        assertThat(held.take()).hasSize(HeldCommands.MAX_COMMANDS).startsWith(WORDS);
        assertThat(held.isEmpty()).isTrue();
    }

    @Test
    void largePiecesOfAudioCountAsWhatTheyAre() {
        String large = "A".repeat(HeldCommands.MAX_AUDIO_CHARACTERS / 2);
        held.add(audio(large));
        held.add(audio(large));
        held.add(audio("BBBB"));
        assertThat(held.droppedAudio()).isEqualTo(1);
        assertThat(held.take()).containsExactly(audio(large), audio("BBBB"));
    }

    @Test
    void whatCannotBeHeldIsSaidSo() {
        for (int i = 0; i < HeldCommands.MAX_COMMANDS; i++) {
            assertThat(held.add(WORDS)).isTrue();
        }
        assertThat(held.add(new VoiceSession.CallerClear())).isFalse();
        assertThat(held.take()).hasSize(HeldCommands.MAX_COMMANDS);
    }

    private static VoiceSession.Command audio(String base64) {
        return new VoiceSession.CallerAudio(new AudioPayload(base64));
    }
}
