package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tool.ToolPolicy.Duplicates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ToolRateTest {
    private static final String HELLO = "{\"text\":\"hello\"}";

    private static Bench rated(int calls, Duration per) {
        AtomicInteger ran = new AtomicInteger();
        return new Bench(Tool.of("count", "Counts.", Bench.Input.class, input -> (Object) ran.incrementAndGet())
                .with(p -> p.duplicates(Duplicates.RUN).rate(calls, per)));
    }

    @Test
    void aCallBeyondTheRateIsRejectedWithTheTimeToWait() {
        try (Bench bench = rated(2, Duration.ofSeconds(10))) {
            assertThat(bench.call("count", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("1"));
            bench.pass(Duration.ofSeconds(4));
            assertThat(bench.call("count", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("2"));
            bench.pass(Duration.ofMillis(1_950));
            assertThat(bench.call("count", HELLO).outcome())
                    .isEqualTo(new ToolOutcome.Rejected(
                            "'count' may be called at most 2 times in any 10 s; try again in 4.1 s"));
            bench.pass(Duration.ofMillis(4_049));
            assertThat(bench.call("count", HELLO).outcome()).isInstanceOf(ToolOutcome.Rejected.class);
            bench.pass(Duration.ofMillis(1));
            assertThat(bench.call("count", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("3"));
            assertThat(bench.call("count", HELLO).outcome()).isInstanceOf(ToolOutcome.Rejected.class);
            assertThat(bench.load().tool("count").counts().rejected()).isEqualTo(3);
        }
    }

    @Test
    void onceIsSaidAsOnce() {
        try (Bench bench = rated(1, Duration.ofMinutes(1))) {
            bench.call("count", HELLO).outcome();
            assertThat(bench.call("count", HELLO).outcome())
                    .isEqualTo(new ToolOutcome.Rejected(
                            "'count' may be called at most once in any 1 min; try again in 1 min"));
        }
    }

    @Test
    void inNoTimeOfThatLengthMoreCallsBegin() {
        Random random = new Random(8);
        Duration per = Duration.ofSeconds(10);
        RecentStarts starts = new RecentStarts(new ToolPolicy.Rate(3, per));
        List<Long> begun = new ArrayList<>();
        long now = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos(); // nanoTime may overflow
        for (int i = 0; i < 10_000; i++) {
            now += random.nextLong(Duration.ofSeconds(3).toNanos());
            Duration wait = starts.tryStart(now);
            long third = begun.size() < 3 ? now - per.toNanos() : begun.get(begun.size() - 3);
            assertThat(wait).isEqualTo(Duration.ofNanos(Math.max(0, per.toNanos() - (now - third))));
            if (wait.isZero()) {
                begun.add(now);
            }
        }
        assertThat(begun).hasSizeGreaterThan(1_000);
    }

    @Test
    void manyCallsOfALongTimeAreKeptAsAThousandAndNeverMoreBegin() {
        Random random = new Random(9);
        int calls = 50_000;
        Duration per = Duration.ofDays(1);
        long longer = per.toNanos() / RecentStarts.MOST_KEPT;
        RecentStarts starts = new RecentStarts(new ToolPolicy.Rate(calls, per));
        List<Long> begun = new ArrayList<>();
        int refused = 0;
        long now = 0;
        for (int i = 0; i < 200_000; i++) {
            now += random.nextLong(Duration.ofSeconds(2).toNanos());
            Duration wait = starts.tryStart(now);
            long oldest = begun.size() < calls ? now - per.toNanos() : begun.get(begun.size() - calls);
            long exact = Math.max(0, per.toNanos() - (now - oldest));
            assertThat(wait.toNanos()).isBetween(exact, exact + longer);
            assertThat(starts.kept()).isLessThanOrEqualTo(RecentStarts.MOST_KEPT + 1);
            if (wait.isZero()) {
                begun.add(now);
            } else {
                refused++;
            }
        }
        assertThat(begun).hasSizeGreaterThan(calls);
        assertThat(refused).isGreaterThan(1_000);
    }
}
