package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.tool.Bench.Answer;
import dev.antiphon.tool.Bench.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SettlesExactlyOnceTest {

    enum Behaviour {
        RETURNS,
        RETURNS_NULL,
        THROWS,
        THROWS_ERROR,
        THROWS_TRANSIENT,
        HANGS,
        IS_DEAF_TO_INTERRUPTS,
        UNWRITABLE
    }

    record Move(Behaviour behaviour, int key, boolean effect, boolean cancels, boolean timePasses, boolean breaks) {}

    @Property(tries = 60)
    void whateverTheWorkDoesEveryInvocationSettlesExactlyOnceAndNoKeySucceedsTwice(
            @ForAll @Size(max = 12) List<@From("moves") Move> moves, @ForAll @IntRange(min = 1, max = 3) int places) {
        CountDownLatch end = new CountDownLatch(1);
        Map<String, AtomicInteger> successes = new ConcurrentHashMap<>();
        Tool<Input, Object> odd = Tool.<Input, Object>of(
                        "odd", "Odd.", Input.class, input -> behave(Behaviour.valueOf(input.text()), end))
                .bulkhead(places, places);
        try (Bench bench = new Bench(ToolPoolSettings.defaults().withEffects(places, places), odd)) {
            List<Answer> answers = new ArrayList<>();
            for (Move move : moves) {
                answers.add(move.effect() ? effect(bench, move, end, successes) : call(bench, move));
                around(bench, move, answers);
            }
            bench.pass(Duration.ofSeconds(11));
            end.countDown();
            bench.passUntil(Duration.ofMillis(10), () -> answers.stream().noneMatch(Answer::isOpen));
            bench.loadWhen(ToolLoad::isIdle);
            assertThat(answers).allSatisfy(answer -> assertThat(answer.times()).isEqualTo(1));
            assertThat(successes.values())
                    .allSatisfy(count -> assertThat(count.get()).isLessThanOrEqualTo(1));
        } finally {
            end.countDown();
        }
    }

    private static Answer call(Bench bench, Move move) {
        return bench.call("odd", "{\"text\":\"" + move.behaviour() + "\"}");
    }

    private static Answer effect(Bench bench, Move move, CountDownLatch end, Map<String, AtomicInteger> successes) {
        String key = "key " + move.key();
        return bench.effect(key, Bench.policy(Duration.ofSeconds(2), 1), () -> {
            Object value = behave(move.behaviour(), end);
            successes.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet();
            return value;
        });
    }

    @SuppressWarnings("NullAway") // a caller written without null checks
    private static void around(Bench bench, Move move, List<Answer> answers) {
        if (move.cancels()) {
            bench.pool.cancelAll(Bench.ADA);
        }
        if (move.timePasses()) {
            bench.pass(Duration.ofSeconds(2));
        }
        if (move.breaks()) {
            answers.add(bench.invoke(null));
        }
    }

    @SuppressWarnings("NullAway") // work written without null checks
    private static Object behave(Behaviour behaviour, CountDownLatch end) throws InterruptedException {
        return switch (behaviour) {
            case RETURNS -> "fine";
            case RETURNS_NULL -> null;
            case THROWS -> throw new IllegalStateException("no");
            case THROWS_ERROR -> throw new StackOverflowError();
            case THROWS_TRANSIENT -> throw new TransientFailure("busy");
            case HANGS -> {
                end.await();
                yield "after all";
            }
            case IS_DEAF_TO_INTERRUPTS -> untilEnd(end);
            case UNWRITABLE -> new Object();
        };
    }

    private static String untilEnd(CountDownLatch end) {
        while (end.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
        return "after all";
    }

    @Provide
    Arbitrary<Move> moves() {
        return Combinators.combine(
                        Arbitraries.of(Behaviour.class),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(true, false),
                        oneIn(6),
                        oneIn(4),
                        oneIn(12))
                .as(Move::new);
    }

    private static Arbitrary<Boolean> oneIn(int n) {
        return Arbitraries.integers().between(1, n).map(i -> i == 1);
    }
}
