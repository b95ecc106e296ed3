package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.session.GateDecision;
import dev.antiphon.session.ToolConduct;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.session.Wording;
import dev.antiphon.tool.Bench.Answer;
import dev.antiphon.tool.Bench.Input;
import dev.antiphon.tool.ToolPolicy.Duplicates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a tool's policy promises. */
class ToolPoliciesTest {
    private static final String HELLO = "{\"text\":\"hello\"}";
    private static final String OTHER = "{\"text\":\"other\"}";

    private final AtomicInteger ran = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    private Tool<Input, Object> counting(Consumer<ToolPolicy.Builder> policy) {
        return Tool.of("count", "Counts.", Input.class, input -> (Object) ran.incrementAndGet())
                .with(policy);
    }

    /** Counts, then waits until it is released; interrupts do not reach it. */
    private Tool<Input, Object> waiting(Consumer<ToolPolicy.Builder> policy) {
        return Tool.of("count", "Counts.", Input.class, input -> {
                    int number = ran.incrementAndGet();
                    order.add("begins " + input.text());
                    Bench.await(release);
                    order.add("ends " + input.text());
                    return (Object) number;
                })
                .with(policy);
    }

    private static Tool<Input, Object> failing(Exception cause, Consumer<ToolPolicy.Builder> policy) {
        return Tool.of("fails", "Fails.", Input.class, input -> {
                    if (input.text().equals("works")) {
                        return (Object) "fine";
                    }
                    throw cause;
                })
                .with(policy);
    }

    private static ToolLoad.OfTool load(Bench bench, String tool) {
        return bench.load().tool(tool);
    }

    // Retries

    @Test
    void aTransientFailureIsTriedAgainAfterGrowingPauses() {
        Tool<Input, Object> third = Tool.of("third", "Works at the third time.", Input.class, input -> {
                    if (ran.incrementAndGet() < 3) {
                        throw new TransientFailure("busy");
                    }
                    return (Object) "done";
                })
                .with(p -> p.retries(2));
        try (Bench bench = new Bench(third)) {
            Answer answer = bench.call("third", HELLO);
            bench.loadWhen(load -> load.tool("third").counts().retried() == 1);
            bench.pass(Duration.ofMillis(79));
            assertThat(ran).hasValue(1);
            bench.pass(Duration.ofMillis(42));
            bench.loadWhen(load -> load.tool("third").counts().retried() == 2);
            // The second try ran after 80 to 121 ms, when its thread came to it; its pause is 160 to 240 ms.
            bench.pass(Duration.ofMillis(118));
            assertThat(ran).hasValue(2);
            bench.pass(Duration.ofMillis(123));
            assertThat(answer.outcome()).isEqualTo(new ToolOutcome.Ok("\"done\""));
        }
    }

    @Test
    void otherFailuresAreNotTriedAgain() {
        try (Bench bench = new Bench(failing(new IllegalStateException("broken"), p -> p.retries(5)))) {
            assertThat(bench.call("fails", HELLO).outcome()).isInstanceOf(ToolOutcome.Failed.class);
            assertThat(load(bench, "fails").counts().retried()).isZero();
        }
    }

    @Test
    void theTimeoutOfACallHoldsForAllItsAttempts() {
        try (Bench bench = new Bench(
                failing(new TransientFailure("busy"), p -> p.retries(1_000).timeout(Duration.ofSeconds(3))))) {
            Answer answer = bench.call("fails", HELLO);
            bench.passUntil(Duration.ofMillis(50), () -> !answer.isOpen());
            assertThat(answer.outcome()).isEqualTo(new ToolOutcome.TimedOut(Duration.ofSeconds(3)));
            assertThat(bench.loadWhen(ToolLoad::isIdle).isIdle()).isTrue();
        }
    }

    // Circuit breaker

    private static final ToolPolicy.Breaker HALF_OF_FOUR = new ToolPolicy.Breaker(50, 4, 2, Duration.ofSeconds(30), 1);

    @Test
    void aToolThatMostlyFailsIsLeftAloneAndThenTriedWithOneCall() {
        try (Bench bench = new Bench(failing(
                new IllegalStateException("down"),
                p -> p.duplicates(Duplicates.RUN).breaker(HALF_OF_FOUR)))) {
            bench.call("fails", HELLO).outcome();
            assertThat(load(bench, "fails").breaker()).isEqualTo(ToolLoad.BreakerState.CLOSED);
            bench.call("fails", HELLO).outcome();
            assertThat(load(bench, "fails").breaker()).isEqualTo(ToolLoad.BreakerState.OPEN);
            assertThat(bench.call("fails", "{\"text\":\"works\"}").outcome())
                    .isEqualTo(new ToolOutcome.Rejected(
                            "'fails' is out of order at the moment; do without it or try again in 30 s"));

            bench.pass(Duration.ofSeconds(31));
            assertThat(bench.call("fails", HELLO).outcome()).isInstanceOf(ToolOutcome.Failed.class);
            assertThat(load(bench, "fails").breaker()).isEqualTo(ToolLoad.BreakerState.OPEN);

            bench.pass(Duration.ofSeconds(31));
            assertThat(bench.call("fails", "{\"text\":\"works\"}").outcome()).isEqualTo(new ToolOutcome.Ok("\"fine\""));
            assertThat(load(bench, "fails").breaker()).isEqualTo(ToolLoad.BreakerState.CLOSED);
        }
    }

    @Test
    void anExpectedFailureIsAnAnswerAndBreaksNothing() {
        try (Bench bench = new Bench(failing(
                new ToolFailure("closed on Sundays"),
                p -> p.duplicates(Duplicates.RUN).breaker(HALF_OF_FOUR)))) {
            for (int i = 0; i < 5; i++) {
                assertThat(bench.call("fails", HELLO).outcome()).isInstanceOf(ToolOutcome.Failed.class);
            }
            assertThat(load(bench, "fails").breaker()).isEqualTo(ToolLoad.BreakerState.CLOSED);
        }
    }

    @Test
    void aCallThatHangsCountsAsAFailureOnce() {
        try (Bench bench = new Bench(waiting(
                p -> p.duplicates(Duplicates.RUN).timeout(Duration.ofSeconds(1)).breaker(HALF_OF_FOUR)))) {
            Answer first = bench.call("count", HELLO);
            Answer second = bench.call("count", OTHER);
            bench.loadWhen(load -> order.size() == 2);
            bench.pass(Duration.ofSeconds(1));
            assertThat(first.outcome()).isInstanceOf(ToolOutcome.TimedOut.class);
            assertThat(second.outcome()).isInstanceOf(ToolOutcome.TimedOut.class);
            assertThat(load(bench, "count").breaker()).isEqualTo(ToolLoad.BreakerState.OPEN);
            release.countDown();
            bench.loadWhen(load -> load.lateResults() == 2);
            assertThat(load(bench, "count").breaker()).isEqualTo(ToolLoad.BreakerState.OPEN);
        }
    }

    @Test
    void aCallThatFoundNoPlaceIsNoProbe() {
        try (Bench bench = new Bench(
                waiting(p -> p.duplicates(Duplicates.RUN).bulkhead(1, 0).breaker(HALF_OF_FOUR)))) {
            Answer first = bench.call("count", HELLO);
            for (int i = 0; i < 10; i++) {
                assertThat(bench.call("count", OTHER).outcome()).isInstanceOf(ToolOutcome.Rejected.class);
            }
            assertThat(load(bench, "count").breaker()).isEqualTo(ToolLoad.BreakerState.CLOSED);
            release.countDown();
            assertThat(first.outcome()).isEqualTo(new ToolOutcome.Ok("1"));
        }
    }

    // Cache

    @Test
    void aFreshResultIsToldAgainToAnybodyAndTheToolIsNotAsked() {
        try (Bench bench = new Bench(counting(p -> p.readOnly().cache(10, Duration.ofSeconds(60))))) {
            assertThat(bench.call(Bench.ADA, "count", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("1"));
            assertThat(bench.call(Bench.BOB, "count", " { \"text\" : \"hello\" } ")
                            .outcome())
                    .isEqualTo(new ToolOutcome.Ok("1"));
            assertThat(bench.call("count", OTHER).outcome()).isEqualTo(new ToolOutcome.Ok("2"));
            bench.pass(Duration.ofSeconds(60));
            assertThat(bench.call("count", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("3"));
            assertThat(load(bench, "count").counts().cached()).isEqualTo(1);
        }
    }

    @Test
    void aStaleResultIsRenewedOnceAtATimeAlsoWhereLikeCallsRunOnTheirOwn() {
        AtomicInteger asked = new AtomicInteger();
        Tool<Input, Object> tool = Tool.of("count", "Counts.", Input.class, input -> {
                    int number = asked.incrementAndGet();
                    if (number > 1) {
                        Bench.await(release);
                    }
                    return (Object) number;
                })
                .with(p -> p.readOnly()
                        .duplicates(Duplicates.RUN)
                        .cache(10, Duration.ofSeconds(60), Duration.ofSeconds(60)));
        try (Bench bench = new Bench(tool)) {
            bench.call("count", HELLO).outcome();
            bench.pass(Duration.ofSeconds(60));
            for (int i = 0; i < 5; i++) {
                assertThat(bench.call("count", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("1"));
            }
            assertThat(load(bench, "count").places().running()).isEqualTo(1);
            release.countDown();
            bench.loadWhen(ToolLoad::isIdle);
            assertThat(asked).hasValue(2);
            assertThat(bench.call("count", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("2"));
            bench.pass(Duration.ofSeconds(60));
            assertThat(bench.call("count", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("2"));
            bench.loadWhen(load -> asked.get() == 3);
        }
    }

    @Test
    void aStaleResultIsToldAtOnceAndRenewedBehindIt() {
        Tool<Input, Object> tool =
                counting(p -> p.readOnly().cache(10, Duration.ofSeconds(60), Duration.ofSeconds(60)));
        try (Bench bench = new Bench(tool)) {
            bench.call("count", HELLO).outcome();
            bench.pass(Duration.ofSeconds(60));
            assertThat(bench.call("count", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("1"));
            bench.loadWhen(load -> ran.get() == 2 && load.isIdle());
            assertThat(bench.call("count", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("2"));
            bench.pass(Duration.ofSeconds(121));
            assertThat(bench.call("count", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("3"));
        }
    }

    @Test
    void failuresAreNotKept() {
        try (Bench bench = new Bench(
                failing(new IllegalStateException("down"), p -> p.readOnly().cache(10, Duration.ofSeconds(60))))) {
            bench.call("fails", HELLO).outcome();
            bench.call("fails", HELLO).outcome();
            assertThat(load(bench, "fails").counts().failed()).isEqualTo(2);
            assertThat(load(bench, "fails").counts().cached()).isZero();
        }
    }

    // Duplicates

    @Test
    void likeCallsOfASessionShareOneRun() {
        try (Bench bench = new Bench(waiting(ToolPolicy.Builder::readOnly))) {
            Answer first = bench.call("count", HELLO);
            Answer second = bench.call("count", HELLO);
            Answer other = bench.call("count", OTHER);
            Answer bob = bench.call(Bench.BOB, "count", HELLO);
            bench.loadWhen(load -> ran.get() == 3);
            release.countDown();
            assertThat(second.outcome()).isEqualTo(first.outcome());
            assertThat(other.outcome()).isNotEqualTo(first.outcome());
            assertThat(bob.outcome()).isNotEqualTo(first.outcome());
            assertThat(load(bench, "count").counts().joined()).isEqualTo(1);
        }
    }

    @Test
    void aLikeCallMayBeRejectedWhileTheFirstRuns() {
        try (Bench bench = new Bench(waiting(p -> p.readOnly().duplicates(Duplicates.REJECT)))) {
            Answer first = bench.call("count", HELLO);
            assertThat(bench.call("count", HELLO).outcome())
                    .isEqualTo(new ToolOutcome.Rejected(
                            "'count' is already running with the same arguments; wait for its result"));
            release.countDown();
            assertThat(first.outcome()).isEqualTo(new ToolOutcome.Ok("1"));
            assertThat(bench.call("count", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("2"));
        }
    }

    @Test
    void whatChangedSomethingIsNotDoneAgainInTheSameSession() {
        try (Bench bench = new Bench(counting(policy -> {}))) {
            assertThat(bench.call("count", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("1"));
            assertThat(bench.call("count", HELLO).outcome())
                    .isEqualTo(new ToolOutcome.Ok("{\"note\":\"done before in this call, with the same arguments;"
                            + " nothing was done again\",\"result\":1}"));
            assertThat(bench.call(Bench.BOB, "count", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("2"));
            assertThat(ran).hasValue(2);
        }
    }

    @Test
    void whatTimedOutAndSucceededAfterAllIsNotDoneAgain() {
        try (Bench bench = new Bench(waiting(p -> p.timeout(Duration.ofSeconds(1))))) {
            Answer first = bench.call("count", HELLO);
            bench.loadWhen(load -> ran.get() == 1);
            bench.pass(Duration.ofSeconds(1));
            assertThat(first.outcome()).isInstanceOf(ToolOutcome.TimedOut.class);
            Answer again = bench.call("count", HELLO);
            release.countDown();
            assertThat(again.outcome()).isEqualTo(new ToolOutcome.Ok("1"));
            assertThat(((ToolOutcome.Ok) bench.call("count", HELLO).outcome())
                            .value()
                            .toString())
                    .contains("nothing was done again");
            assertThat(ran).hasValue(1);
        }
    }

    @Test
    void whatFailedMayBeTriedAgain() {
        try (Bench bench = new Bench(failing(new IllegalStateException("down"), policy -> {}))) {
            bench.call("fails", HELLO).outcome();
            bench.call("fails", HELLO).outcome();
            assertThat(load(bench, "fails").counts().failed()).isEqualTo(2);
        }
    }

    // Order

    @Test
    void toolsThatShareAWordRunOneAfterTheOtherInASession() {
        Tool<Input, Object> first = waiting(p -> p.inOrder("ledger"));
        Tool<Input, Object> second = Tool.of("second", "Follows.", Input.class, input -> {
                    order.add("second " + input.text());
                    return (Object) "done";
                })
                .with(p -> p.inOrder("ledger"));
        try (Bench bench = new Bench(first, second)) {
            Answer one = bench.call("count", HELLO);
            Answer two = bench.call("second", HELLO);
            Answer three = bench.call("second", OTHER);
            Answer bob = bench.call(Bench.BOB, "second", "{\"text\":\"bob\"}");
            assertThat(bob.outcome()).isEqualTo(new ToolOutcome.Ok("\"done\""));
            assertThat(two.isOpen()).isTrue();
            release.countDown();
            assertThat(List.of(one.outcome(), two.outcome(), three.outcome())).hasSize(3);
            assertThat(order.stream().filter(line -> !line.contains("bob")).toList())
                    .containsExactly("begins hello", "ends hello", "second hello", "second other");
        }
    }

    @Test
    void whoDoesNotWaitAnyMoreLeavesTheLine() {
        Tool<Input, Object> tool = waiting(p -> p.inOrder("ledger").timeout(Duration.ofSeconds(5)));
        try (Bench bench = new Bench(tool)) {
            Answer first = bench.call("count", HELLO);
            bench.loadWhen(load -> ran.get() == 1);
            bench.pass(Duration.ofSeconds(3));
            Answer second = bench.call("count", OTHER);
            bench.pass(Duration.ofSeconds(3));
            assertThat(first.outcome()).isInstanceOf(ToolOutcome.TimedOut.class);
            bench.pass(Duration.ofSeconds(3));
            assertThat(second.outcome()).isInstanceOf(ToolOutcome.TimedOut.class);
            release.countDown();
            bench.loadWhen(ToolLoad::isIdle);
            assertThat(order).containsExactly("begins hello", "ends hello");
        }
    }

    @Test
    void aStaleResultIsRenewedWhenItIsItsTurn() {
        Tool<Input, Object> first = Tool.of("first", "Holds the line.", Input.class, input -> {
                    Bench.await(release);
                    return (Object) "done";
                })
                .with(p -> p.inOrder("ledger").timeout(Duration.ofHours(1)));
        Tool<Input, Object> cached =
                counting(p -> p.readOnly().inOrder("ledger").cache(10, Duration.ofSeconds(60), Duration.ofSeconds(60)));
        try (Bench bench = new Bench(first, cached)) {
            bench.call("count", HELLO).outcome();
            bench.pass(Duration.ofSeconds(60));
            Answer holds = bench.call("first", HELLO);
            assertThat(bench.call("count", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("1"));
            assertThat(load(bench, "count").places().isIdle()).isTrue();
            release.countDown();
            assertThat(holds.outcome()).isEqualTo(new ToolOutcome.Ok("\"done\""));
            bench.loadWhen(load -> ran.get() == 2 && load.isIdle());
        }
    }

    // What may change something

    @Test
    void whatMayChangeSomethingIsNeverInterrupted() {
        CountDownLatch interrupted = new CountDownLatch(1);
        Tool<Input, Object> tool = Tool.of("write", "Writes.", Input.class, input -> {
            ran.incrementAndGet();
            try {
                release.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return (Object) "written";
        });
        try (Bench bench = new Bench(tool)) {
            Answer answer = bench.call("write", HELLO);
            bench.loadWhen(load -> ran.get() == 1);
            bench.pool.cancelAll(Bench.ADA);
            assertThat(answer.outcome()).isInstanceOf(ToolOutcome.Cancelled.class);
            release.countDown();
            bench.loadWhen(load -> load.lateResults() == 1);
            assertThat(interrupted.getCount()).isEqualTo(1);
            assertThat(((ToolOutcome.Ok) bench.call("write", HELLO).outcome())
                            .value()
                            .toString())
                    .contains("\"result\":\"written\"");
        }
    }

    @Test
    void oneCallThatOnlyLooksCanBeCancelledAndOneThatMayChangeSomethingCannot() {
        try (Bench looks = new Bench(waiting(ToolPolicy.Builder::readOnly));
                Bench changes = new Bench(waiting(policy -> {}))) {
            Answer looking = looks.call("count", HELLO);
            Answer other = looks.call("count", OTHER);
            looks.pool.cancel(Bench.ADA, "call_1");
            assertThat(looking.outcome()).isEqualTo(new ToolOutcome.Cancelled("the caller went on"));
            assertThat(other.isOpen()).isTrue();

            Answer changing = changes.call("count", HELLO);
            changes.pool.cancel(Bench.ADA, "call_1");
            release.countDown();
            assertThat(changing.outcome()).isInstanceOf(ToolOutcome.Ok.class);
        }
    }

    // What the caller hears

    @Test
    void theCallerIsToldTwiceThatItTakesTimeUnlessTheAuthorWantsItOtherwise() {
        ToolConduct usual = ToolPolicy.defaults().conduct();
        assertThat(usual).isEqualTo(ToolConduct.DEFAULT);

        ToolConduct own = ToolPolicy.of(p -> p.readOnly()
                        .timeout(Duration.ofMinutes(5))
                        .filler(Duration.ofSeconds(2), Wording.of("Let me see.").in(Locale.GERMAN, "Ich schaue nach."))
                        .progress(Duration.ofSeconds(9), "Still looking.")
                        .detachAfter(Duration.ofSeconds(15))
                        .exit(Wording.of("I'll come back to that.")))
                .conduct();
        assertThat(own.cancellable()).isTrue();
        assertThat(own.filler().orElseThrow().words().orElseThrow().in(Locale.GERMANY))
                .contains("Ich schaue nach.");
        assertThat(own.filler().orElseThrow().words().orElseThrow().in(Locale.FRENCH))
                .contains("Let me see.");
        assertThat(own.detachAfter()).contains(Duration.ofSeconds(15));
        assertThat(ToolPolicy.of(ToolPolicy.Builder::silent).conduct().filler()).isEmpty();
        assertThat(ToolPolicy.of(p -> p.readOnly().survivesBargeIn()).conduct().cancellable())
                .isFalse();
        assertThat(ToolPolicy.of(p -> p.readOnly().survivesBargeIn())
                        .with(p -> p.retries(1))
                        .conduct()
                        .cancellable())
                .isFalse();
    }

    @Test
    void aToolThatIsGoneOnWithoutMustHaveMoreTimeThanThat() {
        assertThatThrownBy(() -> ToolPolicy.of(p -> p.detachAfter(Duration.ofSeconds(10))))
                .hasMessage("a tool's timeout must be longer than detachAfter, but they were PT10S and PT10S");
    }

    @Test
    void thePoolTellsHowEachToolBehaves() {
        try (Bench bench = new Bench(counting(p -> p.readOnly().silent()))) {
            assertThat(bench.pool.conduct("count").filler()).isEmpty();
            assertThat(bench.pool.conduct("unknown")).isEqualTo(ToolConduct.DEFAULT);
        }
    }

    // Idempotency keys

    @Test
    void likeCallsOfASessionHaveOneKeyUnlessEachIsToRun() {
        List<ToolContext> told = Collections.synchronizedList(new ArrayList<>());
        Tool<Input, Object> tool = Tool.of("fails", "Fails.", Input.class, (input, context) -> {
            told.add(context);
            throw new IllegalStateException("down");
        });
        try (Bench bench = new Bench(tool);
                Bench runs = new Bench(tool.with(p -> p.duplicates(Duplicates.RUN)))) {
            bench.call("fails", HELLO).outcome();
            bench.call("fails", " {\"text\": \"hello\"}").outcome();
            bench.call("fails", OTHER).outcome();
            bench.call(Bench.BOB, "fails", HELLO).outcome();
            assertThat(told).extracting(ToolContext::callId).containsExactly("call_1", "call_2", "call_3", "call_4");
            assertThat(told.get(1).idempotencyKey()).isEqualTo(told.get(0).idempotencyKey());
            assertThat(told.stream().map(ToolContext::idempotencyKey).distinct())
                    .hasSize(3);
            assertThat(told.get(3).session()).isEqualTo(Bench.BOB);

            told.clear();
            runs.call("fails", HELLO).outcome();
            runs.call("fails", HELLO).outcome();
            assertThat(told.stream().map(ToolContext::idempotencyKey).distinct())
                    .hasSize(2);
        }
    }

    // A second look

    @Test
    void whatAGateRefusesIsNotRunAndTheModelIsToldWhy() {
        Tool<Input, Object> tool = counting(policy -> {}).gated((input, context) -> switch (input.text()) {
            case "hello" -> GateDecision.allow();
            case "other" -> GateDecision.refuse("That is more than I may do.");
            case "rule" -> GateDecision.refuse("not allowed by the rule ");
            case "really" -> GateDecision.refuse("He said \"no!\"");
            default -> throw new IllegalStateException("the gate is down");
        });
        try (Bench bench = new Bench(tool)) {
            assertThat(bench.call("count", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("1"));
            assertThat(((ToolOutcome.Failed) bench.call("count", OTHER).outcome()).message())
                    .isEqualTo("That is more than I may do. Nothing was done.");
            assertThat(((ToolOutcome.Failed)
                                    bench.call("count", "{\"text\":\"rule\"}").outcome())
                            .message())
                    .isEqualTo("not allowed by the rule. Nothing was done.");
            assertThat(((ToolOutcome.Failed)
                                    bench.call("count", "{\"text\":\"really\"}").outcome())
                            .message())
                    .isEqualTo("He said \"no!\" Nothing was done.");
            assertThat(((ToolOutcome.Failed)
                                    bench.call("count", "{\"text\":\"third\"}").outcome())
                            .message())
                    .isEqualTo("'count' failed");
            assertThat(ran).hasValue(1);
        }
        assertThatThrownBy(() -> GateDecision.refuse(" ")).hasMessageContaining("reason");
    }
}
