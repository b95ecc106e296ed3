package dev.antiphon.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InterpolatedRankTest {
    @Test
    void aPercentileLiesBetweenTheValuesAroundIt() {
        List<Double> sorted = List.of(100.0, 200.0, 400.0, 800.0);
        assertThat(InterpolatedRank.of(sorted, 0.5)).contains(300.0);
        assertThat(InterpolatedRank.of(sorted, 0.25)).contains(175.0);
        assertThat(InterpolatedRank.of(sorted, 0)).contains(100.0);
        assertThat(InterpolatedRank.of(sorted, 1)).contains(800.0);
        assertThat(InterpolatedRank.of(sorted, 2)).contains(800.0);
    }

    @Test
    void ofOneValueItIsThatAndOfNoneThereIsNone() {
        assertThat(InterpolatedRank.of(List.of(7.0), 0.95)).contains(7.0);
        assertThat(InterpolatedRank.of(List.of(), 0.5)).isEmpty();
    }
}
