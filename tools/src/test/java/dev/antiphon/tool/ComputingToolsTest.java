package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tool.Bench.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tools that use a processor and never wait. */
class ComputingToolsTest {
    private static final int MORE_THAN_CARRIERS = Runtime.getRuntime().availableProcessors() + 2;

    private final AtomicBoolean stop = new AtomicBoolean();

    private Tool<Bench.Input, String> endless() {
        return Tool.of("endless", "Computes.", Bench.Input.class, input -> {
                    while (!stop.get()) {
                        Thread.onSpinWait();
                    }
                    return Thread.currentThread().isVirtual() ? "virtual" : "platform";
                })
                .with(policy -> policy.readOnly()
                        .duplicates(ToolPolicy.Duplicates.RUN)
                        .bulkhead(MORE_THAN_CARRIERS, 0)
                        .computes());
    }

    @Test
    void toolsThatComputeEndlesslyStarveNoOtherCall() {
        Tool<Bench.Input, String> instant = Tool.of("instant", "Answers.", Bench.Input.class, Bench.Input::text);
        try (Bench bench = new Bench(endless(), instant)) {
            List<Answer> computing = new ArrayList<>();
            for (int i = 0; i < MORE_THAN_CARRIERS; i++) {
                computing.add(bench.call("endless", "{\"text\":\"" + i + "\"}"));
            }
            bench.loadWhen(load -> Optional.ofNullable(load.tools().get("endless"))
                    .filter(tool -> tool.places().running() == MORE_THAN_CARRIERS)
                    .isPresent());
            assertThat(bench.call("instant", "{\"text\":\"now\"}").outcome()).isEqualTo(new ToolOutcome.Ok("\"now\""));
            assertThat(bench.effect("key", () -> "done").outcome()).isEqualTo(new ToolOutcome.Ok("done"));
            assertThat(bench.call("endless", "{\"text\":\"more\"}").outcome()).isInstanceOf(ToolOutcome.Rejected.class);
            assertThat(computing).allMatch(Answer::isOpen);

            stop.set(true);
            assertThat(computing)
                    .allSatisfy(answer -> assertThat(answer.outcome()).isEqualTo(new ToolOutcome.Ok("\"platform\"")));
        } finally {
            stop.set(true);
        }
    }

    @Test
    void oneThatComputesTooLongIsInterrupted() {
        Tool<Bench.Input, String> deaf = Tool.of("deaf", "Computes.", Bench.Input.class, input -> {
                    while (!Thread.currentThread().isInterrupted() && !stop.get()) {
                        Thread.onSpinWait();
                    }
                    return "ended";
                })
                .with(policy -> policy.readOnly().timeout(Duration.ofSeconds(1)).computes());
        try (Bench bench = new Bench(deaf)) {
            Answer answer = bench.call("deaf", "{\"text\":\"x\"}");
            bench.loadWhen(load -> running(load, "deaf") == 1);
            bench.pass(Duration.ofSeconds(1));
            assertThat(answer.outcome()).isInstanceOf(ToolOutcome.TimedOut.class);
            bench.loadWhen(load -> running(load, "deaf") == 0);
        } finally {
            stop.set(true);
        }
    }

    private static int running(ToolLoad load, String tool) {
        return Stream.ofNullable(load.tools().get(tool))
                .mapToInt(each -> each.places().running())
                .sum();
    }

    @Test
    void threadsOfAnExecutorRunThemToo() {
        ToolThreads executor = ToolThreads.of(attempt -> Thread.ofVirtual().start(attempt));
        assertThat(executor.ofComputing()).isSameAs(executor);
        assertThat(ToolThreads.virtual().ofComputing()).isNotSameAs(ToolThreads.virtual());
    }
}
