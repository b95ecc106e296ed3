package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TurnTimersTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<Duration> started = new ArrayList<>();
    private final TurnTimers timers = new TurnTimers((timer, delay) -> started.add(delay));

    @Test
    void aTimerThatRunsIsLeftRunningWhenItIsArmedForLater() {
        timers.arm(TurnTimer.RESPONSE, SECOND, 0);
        timers.arm(TurnTimer.RESPONSE, SECOND, 400_000_000);
        assertThat(started).containsExactly(SECOND);
    }

    @Test
    void whatFiresTooEarlyRunsForTheRest() {
        timers.arm(TurnTimer.RESPONSE, SECOND, 0);
        timers.arm(TurnTimer.RESPONSE, SECOND, 400_000_000);
        assertThat(timers.fired(TurnTimer.RESPONSE, 1_000_000_000)).isFalse();
        assertThat(started).containsExactly(SECOND, Duration.ofMillis(400));
        assertThat(timers.fired(TurnTimer.RESPONSE, 1_400_000_000)).isTrue();
    }

    @Test
    void whatIsArmedForSoonerStartsAnew() {
        timers.arm(TurnTimer.SILENCE, SECOND, 0);
        timers.arm(TurnTimer.SILENCE, Duration.ofMillis(100), 0);
        assertThat(started).containsExactly(SECOND, Duration.ofMillis(100));
        assertThat(timers.fired(TurnTimer.SILENCE, 100_000_000)).isTrue();
    }

    @Test
    void nobodyWaitsForADisarmedTimer() {
        timers.arm(TurnTimer.SILENCE, SECOND, 0);
        timers.disarm(TurnTimer.SILENCE);
        assertThat(timers.fired(TurnTimer.SILENCE, 1_000_000_000)).isFalse();
        assertThat(timers.fired(TurnTimer.SILENCE, 2_000_000_000)).isFalse();
        assertThat(started).hasSize(1);
    }

    @Test
    void timersOfOtherKindsAreTheirOwn() {
        timers.arm(TurnTimer.SILENCE, SECOND, 0);
        timers.arm(TurnTimer.RESPONSE, SECOND.multipliedBy(2), 0);
        timers.disarm(TurnTimer.RESPONSE);
        assertThat(timers.fired(TurnTimer.SILENCE, 1_000_000_000)).isTrue();
    }

    /** A scheduler with one timer, that counts the milliseconds: the call sees what it would see if each arming started a timer. */
    @Property
    void aCallSeesEachTimerExactlyWhenItIsDue(
            @ForAll @Size(max = 40) List<@IntRange(min = -1, max = 30) Integer> armings) {
        List<Integer> seen = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        int[] running = {-1};
        int[] now = {0};
        TurnTimers lazy = new TurnTimers((timer, delay) -> running[0] = now[0] + (int) delay.toMillis());
        int due = -1;
        for (int tick = 0; tick < 120; tick++) {
            now[0] = tick;
            if (tick == due) {
                expected.add(tick);
                due = -1;
            }
            if (tick == running[0]) {
                running[0] = -1;
                if (lazy.fired(TurnTimer.RESPONSE, nanos(tick))) {
                    seen.add(tick);
                }
            }
            int delay = tick % 2 == 0 && tick / 2 < armings.size() ? armings.get(tick / 2) : 0;
            if (delay > 0) {
                lazy.arm(TurnTimer.RESPONSE, Duration.ofMillis(delay), nanos(tick));
                due = tick + delay;
            } else if (delay < 0) {
                lazy.disarm(TurnTimer.RESPONSE);
                due = -1;
            }
        }
        assertThat(seen).isEqualTo(expected);
    }

    private static long nanos(int millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
