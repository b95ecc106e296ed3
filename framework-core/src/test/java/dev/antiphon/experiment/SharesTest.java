package dev.antiphon.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SharesTest {

    @Property
    void growingCoverageMovesNobody(
            @ForAll @IntRange(min = 1, max = 6) int arms,
            @ForAll @DoubleRange(max = 1) double coverage,
            @ForAll @DoubleRange(max = 1) double more,
            @ForAll @IntRange(max = 9_999) int tenThousandths) {
        double place = tenThousandths / 10_000.0;
        Shares before = Shares.equal(arms, Math.min(coverage, more));
        Shares after = Shares.equal(arms, Math.max(coverage, more));
        before.armAt(place).ifPresent(arm -> assertThat(after.armAt(place)).hasValue(arm));
    }

    @Test
    void unitsArePlacedEvenly() {
        Shares shares = Shares.of(List.of(0.2, 0.3, 0.5), 1);
        int[] units = new int[3];
        for (int i = 0; i < 20_000; i++) {
            units[shares.armAt(Bucketing.place("mini-or-full", "call-" + i)).orElseThrow()]++;
        }
        assertThat(units[0]).isBetween(3_800, 4_200);
        assertThat(units[1]).isBetween(5_750, 6_250);
        assertThat(units[2]).isBetween(9_750, 10_250);
    }

    @Test
    void partsOfOneNamespaceExcludeEachOther() {
        Namespace one = new Namespace("callers", 0, 0.4);
        Namespace other = new Namespace("callers", 0.4, 1);
        for (int i = 0; i < 2_000; i++) {
            assertThat(one.has("caller" + i)).isNotEqualTo(other.has("caller" + i));
        }
    }

    @Test
    void whatWouldBePlacedDifferentlyElsewhereIsRefused() {
        assertThatThrownBy(() -> Bucketing.place("seed", "J\u00fcrgen"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("only ASCII can be placed")
                .hasMessageNotContaining("rgen");
        assertThatThrownBy(() -> Shares.of(List.of(0.7, 0.6), 1))
                .hasMessageStartingWith("the weights of the arms must add up to 1, but add up to 1.2");
    }
}
