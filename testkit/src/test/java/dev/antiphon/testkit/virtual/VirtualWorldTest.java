package dev.antiphon.testkit.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

class VirtualWorldTest {
    private static final Instant BEGIN = Instant.parse("2026-11-20T09:00:00Z");

    @Test
    void timersOfActorsFollowVirtualTime() {
        List<String> heard = new ArrayList<>();
        try (VirtualWorld world = VirtualWorld.beginningAt(BEGIN)) {
            ActorSystem<String> system = world.system(clockwork(world, heard), "clockwork");
            system.tell("go");

            world.runWhile(() -> heard.size() < 4, Duration.ofDays(2));

            assertThat(heard).containsExactly("go at PT0S", "second at PT1S", "hour at PT1H", "cancels at PT1H");
        }
    }

    private static Behavior<String> clockwork(VirtualWorld world, List<String> heard) {
        return Behaviors.withTimers(timers -> Behaviors.receiveMessage(message -> {
            heard.add(message + " at " + world.elapsed());
            if (message.equals("go")) {
                timers.startSingleTimer("hour", Duration.ofHours(1));
                timers.startSingleTimer("second", Duration.ofSeconds(1));
                timers.startSingleTimer("never", "never", Duration.ofHours(2));
            } else if (message.equals("hour")) {
                timers.cancel("never");
                timers.startSingleTimer("cancels", Duration.ZERO);
            }
            return Behaviors.same();
        }));
    }

    @Test
    void tasksThatOtherThreadsHandInMeanwhileAreAllRun() {
        int threads = 4;
        int each = 5_000;
        AtomicInteger done = new AtomicInteger();
        try (VirtualWorld world = VirtualWorld.beginningAt(BEGIN)) {
            ActorSystem<String> system = world.system(
                    Behaviors.receiveMessage(message -> {
                        done.incrementAndGet();
                        return Behaviors.same();
                    }),
                    "counter");
            List<Thread> others = IntStream.range(0, threads)
                    .mapToObj(i -> Thread.startVirtualThread(() -> IntStream.range(0, each)
                            .forEach(n -> {
                                system.tell("one");
                                world.timeline()
                                        .schedule(Duration.ofMillis(n), () -> {})
                                        .cancel();
                            })))
                    .toList();
            while (others.stream().anyMatch(Thread::isAlive)) {
                world.timeline().advance(Duration.ofMillis(1));
            }

            world.runWhile(() -> done.get() < threads * each, Duration.ofHours(1));

            assertThat(done).hasValue(threads * each);
        }
    }

    @Test
    void theWorldStopsAtItsLimit() {
        try (VirtualWorld world = VirtualWorld.beginningAt(BEGIN)) {
            world.after(() -> Duration.ofHours(1)).execute(() -> {});
            world.after(() -> Duration.ofHours(3)).execute(() -> {});

            world.runWhile(() -> true, Duration.ofHours(1));

            assertThat(world.elapsed()).isEqualTo(Duration.ofHours(1));
        }
    }

    @Test
    void whatATaskThrowsHarmsNoOther() {
        List<String> done = new ArrayList<>();
        try (VirtualWorld world = VirtualWorld.beginningAt(BEGIN)) {
            world.after(() -> Duration.ofMillis(1)).execute(() -> {
                throw new IllegalStateException("simulated");
            });
            world.after(() -> Duration.ofMillis(2)).execute(() -> done.add("second"));

            world.runWhile(done::isEmpty, Duration.ofSeconds(1));

            assertThat(done).containsExactly("second");
        }
    }

    @Test
    void theEndOfAWorldEndsItsActorSystems() {
        VirtualWorld world = VirtualWorld.beginningAt(BEGIN);
        ActorSystem<String> system = world.system(Behaviors.ignore(), "short-lived");

        world.close();

        assertThat(system.getWhenTerminated().toCompletableFuture()).isCompleted();
    }
}
