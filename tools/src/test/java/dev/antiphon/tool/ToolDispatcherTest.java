package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.session.ToolInvoker.Invocation;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tool.Bench.Answer;
import dev.antiphon.tool.Bench.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ToolDispatcherTest {
    private static final String HELLO = "{\"text\":\"hello\"}";

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final AtomicInteger ran = new AtomicInteger();

    private final Tool<Input, String> echo = Tool.of("echo", "Echoes.", Input.class, input -> {
        ran.incrementAndGet();
        return input.text();
    });
    private final Tool<Input, String> slow = Tool.of("slow", "Waits.", Input.class, input -> {
                begun.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                }
                return input.text();
            })
            .readOnly();

    /** Does not even hear interrupts. */
    private final Tool<Input, String> deaf = Tool.of("deaf", "Hangs.", Input.class, input -> {
        begun.countDown();
        while (release.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
        return input.text();
    });

    private static Tool<Input, Object> tool(Tool.Handler<Input, Object> handler) {
        return Tool.of("odd", "Odd.", Input.class, handler);
    }

    @Test
    void aToolGetsItsRecordAndItsResultComesBackAsJson() {
        try (Bench bench = new Bench(echo)) {
            assertThat(bench.call("echo", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("\"hello\""));
            assertThat(bench.pool.offered())
                    .singleElement()
                    .satisfies(t -> assertThat(t.name()).isEqualTo("echo"));
        }
    }

    @Test
    void aResultIsToldByTheThreadThatMadeItAndCountedAsToldWhateverComesToThePoolMeanwhile() {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        try (Bench bench = new Bench(slow)) {
            Answer answer = bench.call("slow", HELLO);
            Bench.await(begun);
            bench.pool.invoke(new Invocation.ModelCall(Bench.BOB, "call_b", "teleport", "{}"), outcome -> {
                busy.countDown();
                Bench.await(free);
            });
            Bench.await(busy);
            bench.pool.cancelAll(Bench.ADA);
            release.countDown();

            assertThat(answer.outcome()).isEqualTo(new ToolOutcome.Ok("\"hello\""));
            free.countDown();
            ToolLoad.Counts counts =
                    bench.loadWhen(ToolLoad::isIdle).tool("slow").counts();
            assertThat(counts.ok()).isEqualTo(1);
            assertThat(counts.cancelled()).isZero();
            assertThat(answer.times()).isEqualTo(1);
        }
    }

    @Test
    void badArgumentsAreRejectedBeforeTheCodeSeesThem() {
        try (Bench bench = new Bench(echo)) {
            assertThat(bench.call("echo", "{\"text\":5}").outcome())
                    .isEqualTo(new ToolOutcome.Rejected("'text' must be a string, but was '5'"));
            assertThat(ran).hasValue(0);
        }
    }

    @Test
    void anUnknownToolSettlesAsUnknown() {
        try (Bench bench = new Bench(echo)) {
            assertThat(bench.call("teleport", "{}").outcome()).isEqualTo(new ToolOutcome.UnknownTool("teleport"));
        }
    }

    @Test
    void whatAToolThrowsBecomesAFailureWithoutItsWords() {
        IllegalStateException secret = new IllegalStateException("password=hunter2");
        try (Bench bench = new Bench(tool(input -> {
            throw secret;
        }))) {
            assertThat(bench.call("odd", HELLO).outcome()).isEqualTo(new ToolOutcome.Failed("'odd' failed", secret));
        }
    }

    @Test
    void anExpectedFailureKeepsItsWords() {
        try (Bench bench = new Bench(tool(input -> {
            throw new ToolFailure("that branch is closed on Sundays");
        }))) {
            assertThat(bench.call("odd", HELLO).outcome())
                    .isInstanceOfSatisfying(
                            ToolOutcome.Failed.class,
                            failed -> assertThat(failed.message()).isEqualTo("that branch is closed on Sundays"));
        }
    }

    @Test
    void errorsNullsAndUnwritableResultsAreFailures() {
        List<Tool.Handler<Input, Object>> handlers = List.of(
                input -> {
                    throw new StackOverflowError();
                },
                input -> {
                    throw new NoClassDefFoundError("gone");
                },
                ToolDispatcherTest::nothing,
                input -> new Object(),
                ToolDispatcherTest::endless);
        for (Tool.Handler<Input, Object> handler : handlers) {
            try (Bench bench = new Bench(tool(handler).with(ToolPolicy.Builder::readOnly), echo)) {
                assertThat(bench.call("odd", HELLO).outcome()).isInstanceOf(ToolOutcome.Failed.class);
                assertThat(bench.call("echo", HELLO).outcome()).isInstanceOf(ToolOutcome.Ok.class);
            }
        }
    }

    @Test
    void whatChangedSomethingIsDoneWhetherItsResultCanBeShownOrNot() {
        List<Tool.Handler<Input, Object>> handlers =
                List.of(ToolDispatcherTest::nothing, input -> new Object(), ToolDispatcherTest::endless);
        for (Tool.Handler<Input, Object> handler : handlers) {
            AtomicInteger times = new AtomicInteger();
            Tool<Input, Object> changes = tool(input -> {
                        times.incrementAndGet();
                        return handler.handle(input);
                    })
                    .with(ToolPolicy.Builder::changes);
            try (Bench bench = new Bench(changes)) {
                assertThat(bench.call("odd", HELLO).outcome())
                        .isEqualTo(new ToolOutcome.Ok(
                                "{\"done\":true,\"note\":\"it was done; its result cannot be shown\"}"));
                assertThat(bench.call("odd", HELLO).outcome().toString()).contains("done before in this call");
                assertThat(times).hasValue(1);
            }
        }
    }

    @Test
    void aResultThatComesLaterIsWaitedFor() {
        try (Bench bench = new Bench(
                tool(input -> CompletableFuture.supplyAsync(() -> "later")).with(ToolPolicy.Builder::readOnly))) {
            assertThat(bench.call("odd", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("\"later\""));
        }
        try (Bench bench = new Bench(tool(input -> CompletableFuture.failedFuture(new ToolFailure("not today"))))) {
            assertThat(bench.call("odd", HELLO).outcome())
                    .isInstanceOfSatisfying(
                            ToolOutcome.Failed.class,
                            failed -> assertThat(failed.message()).isEqualTo("not today"));
        }
    }

    private static Object endless(Input input) {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        return itself;
    }

    @SuppressWarnings("NullAway") // a handler written without null checks
    private static Object nothing(Input input) {
        return null;
    }

    @Test
    void aToolThatHangsTimesOutAndIsInterrupted() {
        try (Bench bench = new Bench(slow.timeout(Duration.ofSeconds(3)))) {
            Answer answer = bench.call("slow", HELLO);
            Bench.await(begun);
            bench.pass(Duration.ofMillis(2_999));
            assertThat(answer.isOpen()).isTrue();
            bench.pass(Duration.ofMillis(1));
            assertThat(answer.outcome()).isEqualTo(new ToolOutcome.TimedOut(Duration.ofSeconds(3)));
            Bench.await(interrupted);
        }
    }

    @Test
    void aLateResultIsDroppedAndCounted() {
        try (Bench bench = new Bench(deaf)) {
            Answer answer = bench.call("deaf", HELLO);
            Bench.await(begun);
            bench.pass(Duration.ofSeconds(10));
            assertThat(answer.outcome()).isInstanceOf(ToolOutcome.TimedOut.class);
            assertThat(bench.load().lateResults()).isZero();
            release.countDown();
            assertThat(bench.loadWhen(load -> load.lateResults() == 1)
                            .tool("deaf")
                            .places())
                    .isEqualTo(new ToolLoad.Places(0, 0));
            assertThat(answer.times()).isEqualTo(1);
        }
    }

    @Test
    void aFullBulkheadRejectsWithRuleAndValueAndOthersGoOn() {
        try (Bench bench = new Bench(slow.bulkhead(1, 1), echo)) {
            Answer first = bench.call("slow", "{\"text\":\"first\"}");
            Answer second = bench.call("slow", "{\"text\":\"second\"}");
            Answer third = bench.call("slow", "{\"text\":\"third\"}");
            assertThat(third.outcome())
                    .isEqualTo(new ToolOutcome.Rejected("'slow' is busy: at most 1 at once and 1 waiting, and both are"
                            + " full; try again shortly"));
            assertThat(bench.load().tool("slow").places()).isEqualTo(new ToolLoad.Places(1, 1));
            assertThat(bench.call("echo", HELLO).outcome()).isInstanceOf(ToolOutcome.Ok.class);
            release.countDown();
            assertThat(first.outcome()).isEqualTo(new ToolOutcome.Ok("\"first\""));
            assertThat(second.outcome()).isEqualTo(new ToolOutcome.Ok("\"second\""));
        }
    }

    @Test
    void aCallThatWaitsTooLongNeverRuns() {
        try (Bench bench = new Bench(deaf.bulkhead(1, 1))) {
            Answer running = bench.call("deaf", HELLO);
            Answer waiting = bench.call("deaf", "{\"text\":\"other\"}");
            bench.pass(Duration.ofSeconds(10));
            assertThat(running.outcome()).isInstanceOf(ToolOutcome.TimedOut.class);
            assertThat(waiting.outcome()).isInstanceOf(ToolOutcome.TimedOut.class);
            assertThat(bench.load().tool("deaf").places()).isEqualTo(new ToolLoad.Places(1, 0));
            release.countDown();
        }
    }

    @Test
    void aHangingToolKeepsItsPlaceUntilItsThreadEnds() {
        try (Bench bench = new Bench(deaf.bulkhead(1, 0))) {
            Answer hanging = bench.call("deaf", HELLO);
            bench.pass(Duration.ofSeconds(10));
            assertThat(hanging.outcome()).isInstanceOf(ToolOutcome.TimedOut.class);
            assertThat(bench.call("deaf", "{\"text\":\"other\"}").outcome()).isInstanceOf(ToolOutcome.Rejected.class);
            release.countDown();
            bench.loadWhen(load -> load.lateResults() == 1);
            assertThat(bench.call("deaf", HELLO).outcome()).isInstanceOf(ToolOutcome.Ok.class);
        }
    }

    @Test
    void cancelAllInterruptsTheSessionsCallsAndNoOthers() {
        try (Bench bench = new Bench(slow)) {
            Answer ada = bench.call(Bench.ADA, "slow", HELLO);
            Bench.await(begun);
            Answer bob = bench.call(Bench.BOB, "slow", HELLO);
            bench.pool.cancelAll(Bench.ADA);
            assertThat(ada.outcome()).isInstanceOf(ToolOutcome.Cancelled.class);
            Bench.await(interrupted);
            assertThat(bob.isOpen()).isTrue();
            release.countDown();
            assertThat(bob.outcome()).isEqualTo(new ToolOutcome.Ok("\"hello\""));
        }
    }

    @Test
    @SuppressWarnings("NullAway") // a caller written without null checks
    void whenTheDispatcherBreaksWhatWasInFlightFailsAndItGoesOn() {
        try (Bench bench = new Bench(slow, echo)) {
            Answer inFlight = bench.call("slow", HELLO);
            Bench.await(begun);
            Answer poison = bench.invoke(null);
            assertThat(inFlight.outcome()).isInstanceOf(ToolOutcome.Failed.class);
            assertThat(poison.outcome()).isInstanceOf(ToolOutcome.Failed.class);
            Bench.await(interrupted);
            assertThat(bench.call("echo", HELLO).outcome()).isEqualTo(new ToolOutcome.Ok("\"hello\""));
            assertThat(bench.loadWhen(load -> load.lateResults() == 1)
                            .tool("slow")
                            .places())
                    .isEqualTo(new ToolLoad.Places(0, 0));
        }
    }

    @Test
    void whenThePoolStopsEveryCallIsAnsweredAndLaterOnesToo() {
        Bench bench = new Bench(deaf);
        Answer inFlight = bench.call("deaf", HELLO);
        Bench.await(begun);
        bench.stop();
        assertThat(inFlight.outcome()).isInstanceOf(ToolOutcome.Failed.class);
        assertThat(bench.call("deaf", HELLO).outcome())
                .isEqualTo(new ToolOutcome.Rejected("the tool pool has stopped"));
        release.countDown();
    }

    @Test
    void aReceiverThatThrowsHarmsNobody() {
        try (Bench bench = new Bench(echo)) {
            bench.pool.invoke(new Invocation.ModelCall(Bench.ADA, "call_1", "echo", HELLO), outcome -> {
                throw new IllegalStateException("bad receiver");
            });
            assertThat(bench.call("echo", HELLO).outcome()).isInstanceOf(ToolOutcome.Ok.class);
        }
    }

    @Test
    void unusableToolsAreRejectedAtTheStart() {
        assertThatThrownBy(() -> new Bench(echo, echo)).isInstanceOf(UnusableTool.class);
    }

    @Test
    void aPoolIsOfferedOtherToolsWhileItRuns() {
        try (Bench bench = new Bench(echo)) {
            assertThatThrownBy(() -> bench.pool.offer(List.of(slow, slow))).isInstanceOf(UnusableTool.class);
            assertThat(bench.call("echo", "{\"text\":\"a\"}").outcome()).isInstanceOf(ToolOutcome.Ok.class);

            bench.pool.offer(
                    List.of(Tool.of("later", "Later.", Input.class, Input::text).bulkhead(1, 0)));

            assertThat(bench.pool.offered()).extracting(FunctionTool::name).containsExactly("later");
            assertThat(bench.call("later", "{\"text\":\"b\"}").outcome()).isEqualTo(new ToolOutcome.Ok("\"b\""));
            assertThat(bench.call("echo", "{\"text\":\"a\"}").outcome()).isEqualTo(new ToolOutcome.UnknownTool("echo"));
            assertThat(bench.loadWhen(ToolLoad::isIdle).tools()).containsKeys("echo", "later");
        }
    }
}
