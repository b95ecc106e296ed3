package dev.antiphon.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DetectorsTest {

    /** On average the value grows by one per healthy session: that is the whole guarantee. */
    @Test
    void whileHealthyTheValueGrowsNoFasterThanTheNumberOfSessions() {
        SplittableRandom random = new SplittableRandom(11);
        int runs = 40_000;
        int sessions = 30;
        double sum = 0;
        for (int run = 0; run < runs; run++) {
            ShiryaevRoberts detector = ShiryaevRoberts.of(0.85);
            for (int n = 0; n < sessions; n++) {
                detector = detector.seen(random.nextDouble() < 0.85);
            }
            sum += detector.value();
        }
        assertThat(sum / runs).isBetween(0.8 * sessions, 1.2 * sessions);
    }

    @Test
    void aDropIsNoticedAndNothingOverflows() {
        ShiryaevRoberts detector = ShiryaevRoberts.of(0.85);
        for (int n = 0; n < 100_000; n++) {
            detector = detector.seen(false);
        }
        assertThat(detector.value()).isGreaterThan(2_000).isFinite();
        for (int n = 0; n < 200; n++) {
            detector = detector.seen(true);
        }
        assertThat(detector.value()).as("old failures are forgotten").isLessThan(2_000);
    }

    @Test
    void probesDecideBothWays() {
        Sprt probe = Sprt.of(0.70, 0.85, 0.1, 0.1);
        assertThat(probe.decision()).isEqualTo(Sprt.Decision.OPEN);
        Sprt good = probe;
        Sprt bad = probe;
        for (int n = 0; n < 12; n++) {
            good = good.seen(true);
            bad = bad.seen(false);
        }
        assertThat(good.decision()).isEqualTo(Sprt.Decision.GOOD);
        assertThat(bad.decision()).isEqualTo(Sprt.Decision.BAD);
    }

    @Test
    void ratesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> ShiryaevRoberts.of(1)).hasMessage("a rate must be between 0 and 1, but was 1.0");
        assertThatThrownBy(() -> Sprt.of(0.9, 0.7, 0.1, 0.1))
                .hasMessageStartingWith("the bad rate must be below the good one");
        assertThatThrownBy(() -> Sprt.of(0.7, 0.85, 0.6, 0.5)).hasMessageStartingWith("alpha and beta must be above 0");
    }
}
