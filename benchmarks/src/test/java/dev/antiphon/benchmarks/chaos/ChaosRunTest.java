package dev.antiphon.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.session.Conduct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChaosRunTest {
    private static final int CALLS = 60;

    @ParameterizedTest
    @CsvSource({"1, GUIDED", "2, GUIDED", "3, GUIDED", "1, STRICT", "2, STRICT"})
    void whateverFailsEveryCallEndsTypedAndNoBookingIsLostOrDoubled(long seed, Conduct conduct) {
        ChaosReport report = run(CALLS, seed, conduct);

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
        ChaosReport first = run(20, 7, Conduct.GUIDED);
        ChaosReport second = run(20, 7, Conduct.GUIDED);

        assertThat(second.outcomes()).isEqualTo(first.outcomes());
        assertThat(second.faults()).isEqualTo(first.faults());
        assertThat(second.serviceErrors()).isEqualTo(first.serviceErrors());
        assertThat(second.talked()).isEqualTo(first.talked());
        assertThat(second.talked()).isEqualTo(first.talked());
    }

    private static ChaosReport run(int calls, long seed, Conduct conduct) {
        try (ChaosRun run = new ChaosRun(calls, seed, conduct)) {
            return run.run(done -> {});
        }
    }
}
