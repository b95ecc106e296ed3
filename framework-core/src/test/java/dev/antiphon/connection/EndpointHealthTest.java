package dev.antiphon.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.connection.EndpointHealth.CoolingDown;
import dev.antiphon.connection.EndpointHealth.Probing;
import dev.antiphon.connection.EndpointHealth.Well;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EndpointHealthTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private static Instant after(long seconds) {
        return NOW.plusSeconds(seconds);
    }

    @Test
    void aRefusalCoolsDownAtOnceAndOneProbeFollows() {
        EndpointHealth health = EndpointHealth.well().refused(Trouble.SILENT, NOW);

        assertThat(health).isEqualTo(new CoolingDown(after(5), 1, Trouble.SILENT));
        assertThat(health.isOpen(after(4))).isFalse();
        assertThat(health.tried(after(4))).isEqualTo(health);
        assertThat(health.isOpen(after(5))).isTrue();
        EndpointHealth probed = health.tried(after(5));
        assertThat(probed).isEqualTo(new Probing(after(5), 1, Trouble.SILENT));
        assertThat(probed.isOpen(after(6))).isFalse();
        assertThat(probed.tried(after(6))).isEqualTo(probed);
    }

    @Test
    void aProbeWithoutNewsIsRepeated() {
        EndpointHealth probing = new Probing(NOW, 2, Trouble.SILENT);

        assertThat(probing.isOpen(after(29))).isFalse();
        assertThat(probing.isOpen(after(30))).isTrue();
        assertThat(probing.tried(after(30))).isEqualTo(new Probing(after(30), 2, Trouble.SILENT));
    }

    @Test
    void coolDownsDoubleWithEachFailedProbeUpToFiveMinutes() {
        EndpointHealth health = EndpointHealth.well();
        Instant now = NOW;
        for (long seconds : new long[] {5, 10, 20, 40, 80, 160, 300, 300}) {
            health = health.refused(Trouble.SILENT, now);
            assertThat(health).isInstanceOfSatisfying(CoolingDown.class, cooling -> {});
            Instant until = ((CoolingDown) health).until();
            assertThat(Duration.between(now, until)).isEqualTo(Duration.ofSeconds(seconds));
            health = health.tried(until);
            now = until;
        }
    }

    @Test
    void connectionsThatWereUnderWaySayNothingNew() {
        EndpointHealth cooling = EndpointHealth.well().refused(Trouble.SILENT, NOW);

        assertThat(cooling.refused(Trouble.UNREACHABLE, after(1))).isEqualTo(cooling);
        assertThat(cooling.brokeDown(after(1))).isEqualTo(cooling);
    }

    @Test
    void withoutQuotaItIsFiveMinutesAtOnce() {
        assertThat(EndpointHealth.well().refused(Trouble.NO_QUOTA, NOW))
                .isEqualTo(new CoolingDown(after(300), 1, Trouble.NO_QUOTA));
        assertThat(new Probing(NOW, 3, Trouble.RATE_LIMITED).refused(Trouble.NO_QUOTA, NOW))
                .isEqualTo(new CoolingDown(after(300), 4, Trouble.NO_QUOTA));
        assertThat(new CoolingDown(after(5), 1, Trouble.RATE_LIMITED).refused(Trouble.NO_QUOTA, NOW))
                .isEqualTo(new CoolingDown(after(300), 2, Trouble.NO_QUOTA));
    }

    @Test
    void threeBrokenLinesWithinAMinuteAreARefusal() {
        EndpointHealth two = EndpointHealth.well().brokeDown(NOW).brokeDown(after(30));

        assertThat(two).isEqualTo(new Well(2, NOW));
        assertThat(two.isOpen(after(30))).isTrue();
        assertThat(two.brokeDown(after(59))).isEqualTo(new CoolingDown(after(64), 1, Trouble.BROKEN_LINES));
        assertThat(two.brokeDown(after(60))).isEqualTo(new Well(1, after(60)));
    }

    @Test
    void aBrokenProbeIsAFailedOne() {
        assertThat(new Probing(NOW, 1, Trouble.SILENT).brokeDown(after(3)))
                .isEqualTo(new CoolingDown(after(13), 2, Trouble.BROKEN_LINES));
    }
}
