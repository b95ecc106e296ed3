package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.TurnDetection;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallerSideTest {
    private static final Duration PIECE = Duration.ofMillis(100);
    private static final TurnDetection VAD = TurnDetection.ServerVad.defaults();
    private static final TurnDetection BY_HAND = new TurnDetection.Manual();

    private final CallerSide side = new CallerSide(SessionSettings.defaults());

    private void configure(AudioFormat input, AudioFormat output, TurnDetection detection) {
        side.configure(new VoiceSession.ConfigureCaller(input, output, Modality.AUDIO, detection));
    }

    private void configure(TurnDetection detection) {
        configure(AudioFormat.PCM16_24KHZ, AudioFormat.PCM16_24KHZ, detection);
    }

    private boolean hears(int pieces) {
        boolean begins = false;
        for (int i = 0; i < pieces; i++) {
            begins |= side.heard(Turns.audio(PIECE), true, i);
        }
        return begins;
    }

    private static ServerEvent.AudioCommitted commit() {
        return new ServerEvent.AudioCommitted("e", Optional.empty(), "u1");
    }

    @Test
    void aTurnThatEndsByHandBeginsWithItsFirstSound() {
        assertThat(hears(1)).as("turns end by voice").isFalse();
        configure(BY_HAND);

        assertThat(hears(1)).isTrue();
        assertThat(hears(1)).isFalse();
        side.committed();
        assertThat(hears(1)).isTrue();
        side.cleared();
        assertThat(hears(1)).isTrue();
    }

    @Test
    void aTurnThatEndsByHandIsToldANewConnectionWhole() {
        hears(20);
        assertThat(side.replay()).hasSize(6);
        configure(BY_HAND);
        hears(20);
        assertThat(side.replay()).hasSizeGreaterThanOrEqualTo(20);

        side.committed();
        side.placed(commit(), 0);
        hears(2);
        assertThat(side.replay()).hasSize(2);
        side.cleared();
        assertThat(side.replay()).isEmpty();
    }

    @Test
    void whereTurnsEndByHandFromTheBeginningTheyAreToldWholeToo() {
        CallerSide byHand = new CallerSide(SessionSettings.defaults().withTurnDetection(BY_HAND));
        for (int i = 0; i < 20; i++) {
            byHand.heard(Turns.audio(PIECE), true, i);
        }
        assertThat(byHand.replay()).hasSize(20);
    }

    @Test
    void aSentenceIsToldANewConnectionFromItsBeginningUntilItIsOver() {
        hears(30);
        side.placed(new ServerEvent.SpeechStarted("e", Duration.ofSeconds(1), "u1"), 0);
        assertThat(side.replay()).hasSize(20);

        side.placed(new ServerEvent.SpeechStopped("e", Duration.ofSeconds(2), "u1"), 0);
        hears(2);
        assertThat(side.replay()).hasSize(2);
    }

    @Test
    void thePositionsOfANewConnectionArePositionsInTheCall() {
        hears(30);
        side.replay();

        assertThat(side.placed(new ServerEvent.SpeechStarted("e", Duration.ofMillis(100), "u1"), 0))
                .isEqualTo(new TurnInput.FromModel(new ServerEvent.SpeechStarted("e", Duration.ofMillis(2_500), "u1")));
        assertThat(side.placed(new ServerEvent.SpeechStopped("e", Duration.ofMillis(550), "u1"), 99))
                .as("its voice ended with the silence before it")
                .isEqualTo(new TurnInput.CallerStopped(
                        new ServerEvent.SpeechStopped("e", Duration.ofMillis(2_950), "u1"), 24));
    }

    @Test
    void whatIsToldAConnectionThatIsBeingMadeMayHaveChangedByThen() {
        side.prepares();
        assertThat(side.changedSincePrepared()).isFalse();
        configure(BY_HAND);
        assertThat(side.changedSincePrepared()).isTrue();
        side.prepares();
        assertThat(side.changedSincePrepared()).isFalse();
    }

    @Test
    void soundOfAnotherFormatIsNotToldANewConnection() {
        hears(3);
        configure(AudioFormat.PCM16_24KHZ, AudioFormat.PCM16_24KHZ, VAD);
        assertThat(side.replay()).as("it is the same format").hasSize(3);
        configure(AudioFormat.G711_ULAW, AudioFormat.G711_ULAW, VAD);
        assertThat(side.replay()).isEmpty();
    }

    @Test
    void theCallersAudioIsConvertedToWhatTheLineHears() {
        LineOptions line = LineOptions.of(
                options -> options.inputFormat(AudioFormat.PCM16_24KHZ).outputFormat(AudioFormat.PCM16_24KHZ));
        CallerSide telephone = new CallerSide(SessionSettings.defaults().withLine(line));
        AudioPayload piece = Turns.audio(PIECE);
        assertThat(telephone.forLine(piece)).isEqualTo(piece);

        telephone.configure(
                new VoiceSession.ConfigureCaller(AudioFormat.G711_ULAW, AudioFormat.PCM16_24KHZ, Modality.AUDIO, VAD));
        AudioPayload ulaw = AudioPayload.ofBytes(new byte[800]);
        assertThat(telephone.forLine(ulaw).byteCount()).isGreaterThan(3_000);
        telephone.configure(
                new VoiceSession.ConfigureCaller(AudioFormat.G711_ULAW, AudioFormat.G711_ULAW, Modality.AUDIO, VAD));
        ServerEvent.AudioDelta said = new ServerEvent.AudioDelta("e", "r1", "a1", 0, 0, piece);
        assertThat(((ServerEvent.AudioDelta) ((TurnInput.FromModel) telephone.placed(said, 0)).event())
                        .delta()
                        .byteCount())
                .isLessThan(1_000);
        assertThat(telephone.rest(new ServerEvent.AudioDone("e", "r1", "a1", 0, 0)))
                .isPresent();
        assertThat(telephone.rest(said)).isEmpty();
    }
}
