package dev.antiphon.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChaosRunTest {
    private static final int CALLS = 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverFailsEveryCallEndsTypedAndNoBookingIsLostOrDoubled(long seed) {
        ChaosReport report = run(CALLS, seed);

        assertThat(report.checks()).isEqualTo(new ChaosReport.Checks(0, 0, 0, 0, 0, 0));
        assertThat(report.outcomes().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(CALLS);
        assertThat(report.faults()).hasSizeGreaterThan(8);
        assertThat(report.bookings()).isGreaterThan(CALLS / 3);
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        ChaosReport first = run(20, 7);
        ChaosReport second = run(20, 7);

        assertThat(second.outcomes()).isEqualTo(first.outcomes());
        assertThat(second.faults()).isEqualTo(first.faults());
        assertThat(second.serviceErrors()).isEqualTo(first.serviceErrors());
        assertThat(second.talked()).isEqualTo(first.talked());
        assertThat(second.talked()).isEqualTo(first.talked());
    }

    private static ChaosReport run(int calls, long seed) {
        try (ChaosRun run = new ChaosRun(calls, seed)) {
            return run.run(done -> {});
        }
    }
}
