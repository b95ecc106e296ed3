package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.session.SessionId;
import dev.antiphon.session.ToolInvoker.Invocation;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tool.Bench.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ToolDispatcherEffectTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger ran = new AtomicInteger();

    private final Callable<String> booking = () -> "reference " + ran.incrementAndGet();
    private final Callable<String> slowBooking = () -> {
        begun.countDown();
        release.await();
        return booking.call();
    };

    @Test
    void anEffectYieldsWhatItsWorkReturned() {
        try (Bench bench = new Bench()) {
            assertThat(bench.effect("k", booking).outcome()).isEqualTo(new ToolOutcome.Ok("reference 1"));
        }
    }

    @Test
    @SuppressWarnings("NullAway") // a callable that returns nothing
    void anEffectThatReturnsNothingHasStillSucceeded() {
        try (Bench bench = new Bench()) {
            assertThat(bench.effect("k", () -> null).outcome()).isEqualTo(new ToolOutcome.Ok(Optional.empty()));
        }
    }

    @Test
    void theSameKeyNeverSucceedsTwiceInASession() {
        try (Bench bench = new Bench()) {
            assertThat(bench.effect("k", booking).outcome()).isEqualTo(new ToolOutcome.Ok("reference 1"));
            assertThat(bench.effect("k", booking).outcome()).isEqualTo(new ToolOutcome.Ok("reference 1"));
            assertThat(bench.effect("other", booking).outcome()).isEqualTo(new ToolOutcome.Ok("reference 2"));
            SessionId bob = Bench.BOB;
            Invocation ofBob =
                    new Invocation.Effect(bob, "e", "book", "k", Bench.policy(Duration.ofSeconds(1), 0), booking);
            assertThat(bench.invoke(ofBob).outcome()).isEqualTo(new ToolOutcome.Ok("reference 3"));
        }
    }

    @Test
    void theSameKeyJoinsWhatIsRunning() {
        try (Bench bench = new Bench()) {
            Answer first = bench.effect("k", slowBooking);
            Answer second = bench.effect("k", slowBooking);
            Bench.await(begun);
            assertThat(bench.load().effects()).isEqualTo(new ToolLoad.Places(1, 0));
            release.countDown();
            assertThat(first.outcome()).isEqualTo(new ToolOutcome.Ok("reference 1"));
            assertThat(second.outcome()).isEqualTo(new ToolOutcome.Ok("reference 1"));
            assertThat(ran).hasValue(1);
        }
    }

    @Test
    void aFailedEffectMayBeTriedAgainWithTheSameKey() {
        try (Bench bench = new Bench()) {
            Answer failed = bench.effect("k", () -> {
                throw new IllegalStateException("taken");
            });
            assertThat(failed.outcome()).isInstanceOf(ToolOutcome.Failed.class);
            assertThat(bench.effect("k", booking).outcome()).isEqualTo(new ToolOutcome.Ok("reference 1"));
        }
    }

    @Test
    void anEffectOfWhichNobodyKnowsWhetherItWasDoneIsNoFailure() {
        try (Bench bench = new Bench()) {
            Answer open = bench.effect("k", Bench.policy(Duration.ofSeconds(8), 3), () -> {
                ran.incrementAndGet();
                throw new UnknownOutcome("the service has a problem of its own");
            });
            assertThat(open.outcome()).isInstanceOf(ToolOutcome.TimedOut.class);
            assertThat(ran).hasValue(1);
        }
    }

    @Test
    void onlyTransientFailuresAreRetried() {
        try (Bench bench = new Bench()) {
            Answer fatal = bench.effect("fatal", Bench.policy(Duration.ofSeconds(8), 3), () -> {
                ran.incrementAndGet();
                throw new IllegalStateException("no");
            });
            assertThat(fatal.outcome()).isInstanceOf(ToolOutcome.Failed.class);
            assertThat(ran).hasValue(1);
        }
    }

    @Test
    void transientFailuresAreRetriedAsOftenAsThePolicySays() {
        try (Bench bench = new Bench(ToolPoolSettings.defaults().withRetryAfter(Duration.ZERO))) {
            Callable<String> flaky = () -> {
                if (ran.incrementAndGet() < 3) {
                    throw new TransientFailure("the calendar is busy");
                }
                return "reference";
            };
            Answer enough = bench.effect("enough", Bench.policy(Duration.ofSeconds(8), 2), flaky);
            bench.passUntil(Duration.ofMillis(10), () -> !enough.isOpen());
            assertThat(enough.outcome()).isEqualTo(new ToolOutcome.Ok("reference"));
            ran.set(0);
            Answer tooFew = bench.effect("too few", Bench.policy(Duration.ofSeconds(8), 1), flaky);
            bench.passUntil(Duration.ofMillis(10), () -> !tooFew.isOpen());
            assertThat(tooFew.outcome())
                    .isInstanceOfSatisfying(
                            ToolOutcome.Failed.class,
                            failed -> assertThat(failed.message()).isEqualTo("the calendar is busy"));
            assertThat(ran).hasValue(2);
        }
    }

    @Test
    void whatBecomesOfAnEffectThatTimedOutIsToldLateAndOnce() throws Exception {
        Duration timeout = Duration.ofSeconds(2);
        CompletableFuture<ToolOutcome> settled = new CompletableFuture<>();
        BlockingQueue<ToolOutcome> late = new LinkedBlockingQueue<>();
        try (Bench bench = new Bench()) {
            bench.pool.invoke(
                    new Invocation.Effect(Bench.ADA, "e1", "book", "k", Bench.policy(timeout, 0), slowBooking),
                    settled::complete,
                    late::add);
            Bench.await(begun);
            bench.pass(timeout);
            assertThat(settled.get(10, TimeUnit.SECONDS)).isEqualTo(new ToolOutcome.TimedOut(timeout));
            assertThat(late).isEmpty();
            release.countDown();
            assertThat(late.poll(10, TimeUnit.SECONDS)).isEqualTo(new ToolOutcome.Ok("reference 1"));
            bench.load();
            assertThat(late).isEmpty();
        }
    }

    @Test
    void anEffectWhoseTimeWasOverBeforeItBeganIsToldToHaveHadNone() throws Exception {
        Duration timeout = Duration.ofSeconds(2);
        BlockingQueue<ToolOutcome> late = new LinkedBlockingQueue<>();
        try (Bench bench = new Bench(ToolPoolSettings.defaults().withEffects(1, 1))) {
            bench.effect("first", Bench.policy(Duration.ofSeconds(60), 0), slowBooking);
            Bench.await(begun);
            bench.pool.invoke(
                    new Invocation.Effect(Bench.ADA, "e2", "book", "k", Bench.policy(timeout, 0), booking),
                    outcome -> {},
                    late::add);
            bench.pass(timeout);
            assertThat(late.poll(10, TimeUnit.SECONDS)).isInstanceOf(ToolOutcome.Cancelled.class);
            release.countDown();
        }
    }

    @Test
    void theTimeoutIsForEachAttempt() {
        Duration timeout = Duration.ofSeconds(2);
        CountDownLatch firstAttempt = new CountDownLatch(1);
        try (Bench bench = new Bench(ToolPoolSettings.defaults().withRetryAfter(Duration.ZERO))) {
            Answer answer = bench.effect("k", Bench.policy(timeout, 1), () -> {
                if (ran.incrementAndGet() == 1) {
                    firstAttempt.await();
                    throw new TransientFailure("busy");
                }
                return slowBooking.call();
            });
            bench.pass(Duration.ofMillis(1_500));
            firstAttempt.countDown();
            bench.passUntil(Duration.ofNanos(10_000), () -> begun.getCount() == 0);
            bench.pass(Duration.ofMillis(1_500));
            assertThat(answer.isOpen()).isTrue();
            bench.pass(Duration.ofMillis(500));
            assertThat(answer.outcome()).isEqualTo(new ToolOutcome.TimedOut(timeout));
            release.countDown();
        }
    }

    @Test
    void effectsSurviveCancelAll() {
        try (Bench bench = new Bench()) {
            Answer answer = bench.effect("k", slowBooking);
            Bench.await(begun);
            bench.pool.cancelAll(Bench.ADA);
            bench.load();
            assertThat(answer.isOpen()).isTrue();
            release.countDown();
            assertThat(answer.outcome()).isEqualTo(new ToolOutcome.Ok("reference 1"));
        }
    }

    @Test
    void aSuccessThatCameTooLateIsReplayedNotRepeated() {
        try (Bench bench = new Bench()) {
            Answer late = bench.effect("k", slowBooking);
            Bench.await(begun);
            bench.pass(Duration.ofSeconds(8));
            assertThat(late.outcome()).isEqualTo(new ToolOutcome.TimedOut(Duration.ofSeconds(8)));
            Answer joined = bench.effect("k", slowBooking);
            release.countDown();
            assertThat(joined.outcome()).isEqualTo(new ToolOutcome.Ok("reference 1"));
            assertThat(bench.effect("k", slowBooking).outcome()).isEqualTo(new ToolOutcome.Ok("reference 1"));
            assertThat(ran).hasValue(1);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // a caller written without null checks
    void aRestartOfTheDispatcherDoesNotForgetWhatRuns() throws Exception {
        try (Bench bench = new Bench()) {
            BlockingQueue<ToolOutcome> late = new LinkedBlockingQueue<>();
            BlockingQueue<ToolOutcome> atOnce = new LinkedBlockingQueue<>();
            bench.pool.invoke(
                    new Invocation.Effect(
                            Bench.ADA, "e1", "book", "k", Bench.policy(Duration.ofSeconds(8), 0), slowBooking),
                    atOnce::add,
                    late::add);
            Bench.await(begun);
            Answer poison = bench.invoke(null);
            // Not as failed: the thread goes on, and nobody may be told that nothing was done.
            assertThat(atOnce.poll(10, TimeUnit.SECONDS)).isInstanceOf(ToolOutcome.TimedOut.class);
            assertThat(late).isEmpty();
            assertThat(poison.outcome()).isInstanceOf(ToolOutcome.Failed.class);
            Answer again = bench.effect("k", slowBooking);
            assertThat(bench.load().effects()).isEqualTo(new ToolLoad.Places(1, 0));
            release.countDown();
            assertThat(again.outcome()).isEqualTo(new ToolOutcome.Ok("reference 1"));
            assertThat(late.poll(10, TimeUnit.SECONDS)).isEqualTo(new ToolOutcome.Ok("reference 1"));
            assertThat(ran).hasValue(1);
        }
    }

    @Test
    void tooManyEffectsAreRejected() {
        try (Bench bench = new Bench(ToolPoolSettings.defaults().withEffects(1, 0))) {
            Answer first = bench.effect("first", slowBooking);
            assertThat(bench.effect("second", booking).outcome()).isInstanceOf(ToolOutcome.Rejected.class);
            release.countDown();
            assertThat(first.outcome()).isInstanceOf(ToolOutcome.Ok.class);
            bench.loadWhen(load -> load.effects().running() == 0);
            assertThat(bench.effect("second", booking).outcome()).isInstanceOf(ToolOutcome.Ok.class);
        }
    }
}
