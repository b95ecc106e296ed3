package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallerAudioLedgerTest {
    private static final Duration FRAME = Duration.ofMillis(100);
    private final CallerAudioLedger ledger = new CallerAudioLedger(AudioFormat.PCM16_24KHZ);

    private void frames(int count, boolean sent, long firstArrival) {
        for (int i = 0; i < count; i++) {
            ledger.arrived(Turns.audio(FRAME), sent, firstArrival + i);
        }
    }

    @Test
    void audioThatNoConnectionTookIsReplayedWhole() {
        frames(30, false, 0);

        assertThat(ledger.replay()).hasSize(30);
        assertThat(ledger.inCall(Duration.ofMillis(250))).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void aNewConnectionHearsOnlyTheLastMomentsOfWhatTheOldOneTook() {
        frames(30, true, 0);

        assertThat(ledger.replay()).hasSize(6);
        assertThat(ledger.inCall(Duration.ZERO)).isEqualTo(Duration.ofMillis(2400));
    }

    @Test
    void audioOfATurnThatIsOverIsNotReplayed() {
        frames(30, true, 0);
        ledger.turnEnded(Duration.ofMillis(2800));

        assertThat(ledger.replay()).hasSize(2);
    }

    @Test
    void waitingAudioIsBoundedAndTheOldestIsDroppedAndCounted() {
        frames(300, false, 0);

        assertThat(ledger.replay()).hasSize(200);
        assertThat(ledger.dropped()).isEqualTo(100);
    }

    @Test
    void thePositionOfAWordTellsWhenItArrived() {
        frames(10, true, 1000);

        assertThat(ledger.arrivalOf(Duration.ofMillis(350), 9999)).isEqualTo(1003);
        assertThat(ledger.arrivalOf(Duration.ofSeconds(7), 9999)).isEqualTo(9999);
    }

    @Test
    void clearedAudioIsForgotten() {
        ledger.arrived(new AudioPayload("AAAA"), false, 0);
        ledger.cleared();

        assertThat(ledger.replay()).isEmpty();
    }

    @Test
    void aTurnThatIsEndedByHandIsReplayedWholeUntilTheModelHasTakenIt() {
        ledger.turnsEndByHand(true);
        frames(100, true, 0);
        ledger.committed();
        assertThat(ledger.replay()).hasSize(100);

        ledger.commitTaken();
        frames(2, true, 0);
        assertThat(ledger.replay()).hasSize(2);
    }

    @Test
    void aSentenceThatIsBeingSpokenIsReplayedFromItsBeginning() {
        frames(10, true, 0);
        ledger.speechBegan(Duration.ofSeconds(1));
        frames(50, true, 0);
        assertThat(ledger.replay()).hasSize(50);

        ledger.turnEnded(Duration.ofSeconds(6));
        frames(2, true, 0);
        assertThat(ledger.replay()).hasSize(2);
    }

    @Test
    void threeSecondsAreKeptWhileAConnectionTakesThemAndTwentyWhileTheCallerSpeaks() {
        frames(40, true, 0);
        assertThat(ledger.arrivalOf(Duration.ofMillis(1_000), -1)).isEqualTo(10);
        assertThat(ledger.arrivalOf(Duration.ofMillis(999), -1)).isEqualTo(-1);
        assertThat(ledger.dropped()).as("a connection had them").isZero();

        ledger.speechBegan(Duration.ofSeconds(4));
        frames(100, true, 40);
        assertThat(ledger.replay()).hasSize(100);
    }

    @Test
    void aTurnThatEndsByHandIsKeptForTwentySeconds() {
        ledger.turnsEndByHand(true);
        frames(100, true, 0);

        assertThat(ledger.arrivalOf(Duration.ZERO, -1)).isZero();
    }

    @Test
    void whatWasReplayedCountsAsSent() {
        frames(30, false, 0);
        assertThat(ledger.replay()).hasSize(30);

        assertThat(ledger.replay()).hasSize(6);
        assertThat(ledger.arrivalOf(Duration.ofMillis(2_950), -1)).isEqualTo(29);
    }

    @Test
    void aPieceBelongsToItsBeginningAndNotToItsEnd() {
        frames(2, true, 100);

        assertThat(ledger.arrivalOf(Duration.ZERO, -1)).isEqualTo(100);
        assertThat(ledger.arrivalOf(Duration.ofMillis(100), -1)).isEqualTo(101);
        assertThat(ledger.arrivalOf(Duration.ofMillis(200), -1)).isEqualTo(-1);
    }
}
