package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RealTimelineTest {
    @AutoClose
    private final RealTimeline.Source source = new RealTimeline.Source();

    private final RealTimeline timeline = source.timeline();

    @Test
    void tasksOfOneTimelineNeverOverlapAndKeepTheirOrder() throws Exception {
        List<Integer> ran = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        IntStream.range(0, 20_000).forEach(i -> timeline.execute(() -> ran.add(i)));
        timeline.execute(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).isEqualTo(IntStream.range(0, 20_000).boxed().toList());
    }

    @Test
    void aTaskThatFailsDoesNotStopTheNext() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        timeline.execute(() -> {
            throw new IllegalStateException("boom");
        });
        timeline.execute(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anErrorDoesNotStopTheNextEither() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        timeline.execute(() -> {
            throw new StackOverflowError("boom");
        });
        timeline.execute(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTaskThatTheClockHasHandedOverCanStillBeCancelled() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch handedOver = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        AtomicBoolean ran = new AtomicBoolean();
        timeline.execute(() -> awaitUninterrupted(busy));
        Timeline.Scheduled late = timeline.schedule(Duration.ofMillis(1), () -> ran.set(true));
        source.timeline().schedule(Duration.ofMillis(2), handedOver::countDown);
        assertThat(handedOver.await(10, TimeUnit.SECONDS)).isTrue();
        late.cancel();
        busy.countDown();
        timeline.execute(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).isFalse();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void laterTasksComeInTheOrderOfTheirTimeAndCancelledOnesNever() throws Exception {
        List<String> ran = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        timeline.schedule(Duration.ofMillis(60), () -> ran.add("second"));
        timeline.schedule(Duration.ofMillis(20), () -> ran.add("first"));
        Timeline.Scheduled cancelled = timeline.schedule(Duration.ofMillis(40), () -> ran.add("cancelled"));
        cancelled.cancel();
        timeline.schedule(Duration.ofMillis(100), done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    void virtualTimeDoesNotRunTowardsDeadlines() {
        VirtualTimeline virtual = VirtualTimeline.startingAt(Instant.EPOCH);
        List<String> ran = new ArrayList<>();
        virtual.deadline(Duration.ofSeconds(5), () -> ran.add("deadline"));
        virtual.schedule(Duration.ofSeconds(2), () -> ran.add("task"));
        virtual.runUntilIdle();
        assertThat(ran).containsExactly("task");
        assertThat(virtual.now()).isEqualTo(Instant.EPOCH.plusSeconds(2));
        virtual.advance(Duration.ofSeconds(3));
        assertThat(ran).containsExactly("task", "deadline");
    }
}
