package dev.antiphon.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SequencesTest {
    private static final double ALPHA = 0.05;

    /** Of 1,000 experiments of 2,000 units an arm, looked at every 50. With a level of 5 %, 76 would be four deviations above. */
    @Test
    void whoLooksAllTheTimeIsSeldomMisledBySequencesAndOftenByOneLookTests() {
        SplittableRandom random = new SplittableRandom(20261130);
        ConfidenceSequence sequence = new ConfidenceSequence(ALPHA, 1_000);
        int misled = 0;
        int misledByWelch = 0;
        for (int run = 0; run < 1_000; run++) {
            boolean outside = false;
            boolean outsideWelch = false;
            long a = 0;
            long b = 0;
            for (int n = 1; n <= 2_000; n++) {
                a += random.nextDouble() < 0.85 ? 1 : 0;
                b += random.nextDouble() < 0.85 ? 1 : 0;
                if (n >= 50 && n % 50 == 0) {
                    Effect effect = Effect.absolute(new Sample.Proportion(a, n), new Sample.Proportion(b, n))
                            .orElseThrow();
                    outside |= !sequence.interval(effect).contains(0);
                    outsideWelch |= !effect.welch(ALPHA).contains(0);
                }
            }
            misled += outside ? 1 : 0;
            misledByWelch += outsideWelch ? 1 : 0;
        }
        assertThat(misled).isLessThan(77);
        assertThat(misledByWelch).isGreaterThan(150);
    }

    @Test
    void unitsInOtherSharesAreSeenWhenTheyAreSaidToBeAndNotBefore() {
        List<Double> weights = List.of(1.0, 1.0);
        for (double share : List.of(0.3, 0.4, 0.45, 0.49)) {
            long units = SampleRatio.Sequential.unitsUntil(weights, List.of(share, 1 - share), 1_000, 0.001)
                    .orElseThrow();
            assertThat(p(share, units)).isLessThan(0.001);
            assertThat(p(share, units - 1)).isGreaterThanOrEqualTo(0.001);
            assertThat(p(share, units * 9 / 10)).isGreaterThan(0.001);
        }
        assertThat(SampleRatio.Sequential.unitsUntil(weights, weights, 1_000, 0.001))
                .isEmpty();
        assertThatThrownBy(() -> SampleRatio.Sequential.unitsUntil(weights, List.of(1.0, 1.0, 1.0), 1_000, 0.001))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double p(double share, long units) {
        long other = Math.round(units * (1 - share));
        return SampleRatio.Sequential.of(List.of(1.0, 1.0), 1_000)
                .seen(List.of(units - other, other))
                .p();
    }

    @Test
    void aRateIsSeldomEverOutsideOfItsExactSequence() {
        SplittableRandom random = new SplittableRandom(7);
        RateSequence sequence = new RateSequence(ALPHA, 200);
        int misled = 0;
        for (int run = 0; run < 400; run++) {
            boolean outside = false;
            long successes = 0;
            for (int n = 1; n <= 500; n++) {
                successes += random.nextDouble() < 0.9 ? 1 : 0;
                if (n < 20 || n % 25 == 0) {
                    outside |= !sequence.interval(successes, n).contains(0.9);
                }
            }
            misled += outside ? 1 : 0;
        }
        assertThat(misled).isLessThan(38);
    }

    @Property(tries = 200)
    void aRateLiesInItsIntervals(
            @ForAll @IntRange(max = 300) int successes,
            @ForAll @IntRange(max = 300) int failures,
            @ForAll @DoubleRange(min = 0.01, max = 0.4) double alpha) {
        long n = successes + failures;
        double rate = n == 0 ? 0.5 : (double) successes / n;
        Interval always = new RateSequence(alpha, 100).interval(successes, n);
        assertThat(always.lower()).isLessThanOrEqualTo(rate + 1e-9);
        assertThat(always.upper()).isGreaterThanOrEqualTo(rate - 1e-9);
        for (Binomial method : Binomial.values()) {
            Interval once = method.interval(successes, n, alpha);
            assertThat(once.lower()).isBetween(0.0, rate + 1e-9);
            assertThat(once.upper()).isBetween(rate - 1e-9, 1.0);
            assertThat(method.lowerBound(successes, n, alpha)).isGreaterThanOrEqualTo(once.lower() - 1e-9);
            assertThat(method.upperBound(successes, n, alpha)).isLessThanOrEqualTo(once.upper() + 1e-9);
        }
    }

    @Test
    void sharesThatWereNotMeantAreNoticedWhileOneWatches() {
        SplittableRandom random = new SplittableRandom(3);
        SampleRatio.Sequential fair = SampleRatio.Sequential.of(List.of(0.5, 0.5));
        SampleRatio.Sequential broken = fair;
        for (int i = 0; i < 20_000; i++) {
            fair = fair.seen(random.nextBoolean() ? List.of(1L, 0L) : List.of(0L, 1L));
            broken = broken.seen(random.nextDouble() < 0.54 ? List.of(1L, 0L) : List.of(0L, 1L));
        }
        assertThat(fair.p()).isGreaterThan(0.001);
        assertThat(broken.p()).isLessThan(0.001);
    }

    @Test
    void thereIsNothingToCompareWithoutUnitsOrVariation() {
        Sample none = new Sample.Proportion(0, 0);
        Sample all = new Sample.Proportion(5, 5);
        assertThat(Effect.absolute(none, all)).isEmpty();
        assertThat(Effect.absolute(all, all)).isEmpty();
        assertThat(Effect.relative(new Sample.Proportion(0, 50), new Sample.Proportion(20, 50)))
                .isEmpty();
    }

    @Test
    void whatMakesNoSenseIsRefusedWithTheRuleAndTheValue() {
        assertThatThrownBy(() -> new ConfidenceSequence(0.5, 100))
                .hasMessage("alpha of a confidence sequence must be above 0 and below 0.5, but was 0.5");
        assertThatThrownBy(() -> new Sample.Proportion(6, 5))
                .hasMessage("successes must be from 0 to the number of units, but were 6 of 5");
        assertThatThrownBy(() -> Planning.unitsPerArm(0.8, 0.8, 0.05, 0.8))
                .hasMessageContaining("no number of units shows a difference between 0.8 and 0.8");
        assertThatThrownBy(() -> SampleRatio.p(List.of(1L, 2L), List.of(1.0, 0.0)))
                .hasMessage("at least two arms need a weight, but there are 1");
    }

    @Test
    void theCostOfACompletedTaskIsARatioWhoseSpreadKnowsBoth() {
        // Four calls: cost 1, 2, 3, 4; the first and the last completed.
        Sample.Ratio ratio = new Sample.Ratio(new Sample.Mean(10, 30, 4), new Sample.Mean(2, 2, 4), 1 + 4);
        assertThat(ratio.mean()).isEqualTo(5);
        // By hand: v(M) = 5/3, v(D) = 1/3, cov = 0, m = 2.5, d = 0.5.
        assertThat(ratio.variance()).isCloseTo(5.0 / 3 / 0.25 + 1.0 / 3 * 6.25 / 0.0625, within(1e-9));
    }

    private static Offset<Double> within(double offset) {
        return Offset.offset(offset);
    }
}
