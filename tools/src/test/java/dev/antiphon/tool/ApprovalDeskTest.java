package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.session.GateDecision;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tool.Bench.Answer;
import dev.antiphon.tool.Bench.Input;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** People who look at what bots are about to do. */
class ApprovalDeskTest {
    private static final String HELLO = "{\"text\":\"hello\"}";

    private final ApprovalDesk desk = new ApprovalDesk(Duration.ofMinutes(5), "Nobody could look at it.");
    private final AtomicInteger done = new AtomicInteger();
    private final Tool<Input, Object> refund = Tool.of(
                    "refund", "Pays back.", Input.class, input -> (Object) done.incrementAndGet())
            .gated((input, context) -> desk.ask(context.idempotencyKey(), "refund", Map.of("to", input.text())));

    private ApprovalDesk.Request asked(Bench bench) {
        bench.loadWhen(load -> !desk.waiting().isEmpty());
        return desk.waiting().getFirst();
    }

    @Test
    void whatIsApprovedIsDone() {
        try (Bench bench = new Bench(refund)) {
            Answer answer = bench.call("refund", HELLO);
            ApprovalDesk.Request request = asked(bench);
            assertThat(request.what()).isEqualTo("refund");
            assertThat(request.details()).containsExactly(Map.entry("to", "hello"));
            assertThat(done).hasValue(0);

            assertThat(desk.approve(request.id())).isTrue();
            assertThat(answer.outcome()).isEqualTo(new ToolOutcome.Ok("1"));
            assertThat(desk.waiting()).isEmpty();
            assertThat(desk.refuse(request.id(), "Too late.")).isFalse();
        }
    }

    @Test
    void whatIsRefusedIsNotDone() {
        try (Bench bench = new Bench(refund)) {
            Answer answer = bench.call("refund", HELLO);
            desk.refuse(asked(bench).id(), "Please come to the shop.");
            assertThat(((ToolOutcome.Failed) answer.outcome()).message())
                    .isEqualTo("Please come to the shop. Nothing was done.");
            assertThat(done).hasValue(0);
        }
    }

    @Test
    void whereNobodyAnswersTheAnswerIsNo() throws InterruptedException {
        ApprovalDesk hasty = new ApprovalDesk(Duration.ofNanos(1), "Nobody could look at it.");
        assertThat(hasty.ask("key", "refund", Map.of())).isEqualTo(GateDecision.refuse("Nobody could look at it."));
        assertThat(hasty.waiting()).isEmpty();
        assertThatThrownBy(() -> new ApprovalDesk(Duration.ZERO, "No.")).hasMessageContaining("PT0S");
    }

    @Test
    void aRequestHasItsDetailsInOrderAndSaysUntilWhenItWaitsAndItsIdSaysNothing() {
        Map<String, String> details = new LinkedHashMap<>();
        List.of("z", "y", "x", "w", "v").forEach(name -> details.put(name, name + "1"));
        Tool<Input, Object> pay = Tool.of("pay", "Pays.", Input.class, input -> (Object) done.incrementAndGet())
                .gated((input, context) -> desk.ask(context.idempotencyKey(), "pay", details, Set.of("y")));
        try (Bench bench = new Bench(pay)) {
            bench.call("pay", HELLO);
            ApprovalDesk.Request request = asked(bench);
            assertThat(request.details().keySet()).containsExactly("z", "y", "x", "w", "v");
            assertThat(request.sensitive()).containsExactly("y");
            assertThat(request.answerBy()).isEqualTo(request.since().plus(Duration.ofMinutes(5)));
            assertThat(request.id()).doesNotContain("hello").doesNotContain("pay");
            assertThat(desk.approve(request.id())).isTrue();
        }
    }

    @Test
    void theLongestWaitingComesFirst() {
        try (Bench bench = new Bench(refund)) {
            bench.call(Bench.ADA, "refund", HELLO);
            bench.loadWhen(load -> desk.waiting().size() == 1);
            bench.call(Bench.BOB, "refund", "{\"text\":\"other\"}");
            bench.loadWhen(load -> desk.waiting().size() == 2);
            assertThat(desk.waiting())
                    .extracting(request -> request.details().get("to"))
                    .containsExactly("hello", "other");
            desk.waiting().forEach(request -> desk.refuse(request.id(), "No."));
        }
    }
}
