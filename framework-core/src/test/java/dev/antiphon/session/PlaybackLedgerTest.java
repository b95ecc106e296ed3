package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.AudioFormat;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlaybackLedgerTest {
    private static final AudioFormat FORMAT = AudioFormat.PCM16_24KHZ;
    private static final int ONE_SECOND = FORMAT.bytesPerSecond();

    private static long at(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    @Test
    void audioIsHeardAsTimePassesAndNeverBeyondWhatWasReceived() {
        PlaybackLedger ledger = PlaybackLedger.empty(FORMAT).received("a", ONE_SECOND, at(0));

        assertThat(ledger.heard("a", at(400))).isEqualTo(Duration.ofMillis(400));
        assertThat(ledger.heard("a", at(5000))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aSecondUtteranceBeginsWhenTheFirstHasEnded() {
        PlaybackLedger ledger =
                PlaybackLedger.empty(FORMAT).received("a", ONE_SECOND, at(0)).received("b", ONE_SECOND, at(100));

        assertThat(ledger.heard("b", at(1000))).isEqualTo(Duration.ZERO);
        assertThat(ledger.heard("b", at(1300))).isEqualTo(Duration.ofMillis(300));
        assertThat(ledger.endsAt()).isEqualTo(at(2000));
    }

    @Test
    void playbackThatRanDryGoesOnWhenMoreAudioArrives() {
        PlaybackLedger ledger =
                PlaybackLedger.empty(FORMAT).received("a", ONE_SECOND, at(0)).received("a", ONE_SECOND, at(3000));

        assertThat(ledger.heard("a", at(3000))).isEqualTo(Duration.ofSeconds(1));
        assertThat(ledger.heard("a", at(3250))).isEqualTo(Duration.ofMillis(1250));
    }

    @Test
    void aReportedPositionReplacesTheEstimate() {
        PlaybackLedger ledger = PlaybackLedger.empty(FORMAT)
                .received("a", 2 * ONE_SECOND, at(0))
                .reported("a", Duration.ofMillis(200), false, at(1000));

        assertThat(ledger.heard("a", at(1100))).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void whatIsStoppedStaysStopped() {
        PlaybackLedger ledger =
                PlaybackLedger.empty(FORMAT).received("a", ONE_SECOND, at(0)).stopAll(at(300));

        assertThat(ledger.heard("a", at(900))).isEqualTo(Duration.ofMillis(300));
        assertThat(ledger.playing(at(900))).isEmpty();
    }

    @Test
    void aReportBeyondTheEndIsTakenAsTheEnd() {
        PlaybackLedger ledger = PlaybackLedger.empty(FORMAT)
                .received("a", ONE_SECOND, at(0))
                .reported("a", Duration.ofSeconds(9), true, at(100));

        assertThat(ledger.heard("a", at(200))).isEqualTo(Duration.ofSeconds(1));
    }

    @Property
    void heardNeverExceedsReceivedAndNeverShrinks(
            @ForAll @IntRange(min = 1, max = 5000) int gapMs, @ForAll @IntRange(min = 1, max = 100) int chunks) {
        PlaybackLedger ledger = PlaybackLedger.empty(FORMAT);
        Duration last = Duration.ZERO;
        for (int i = 0; i < chunks; i++) {
            ledger = ledger.received("a", ONE_SECOND / 10, at((long) i * gapMs));
            Duration heard = ledger.heard("a", at((long) i * gapMs + gapMs));
            assertThat(heard).isLessThanOrEqualTo(ledger.received("a")).isGreaterThanOrEqualTo(last);
            last = heard;
        }
    }
}
