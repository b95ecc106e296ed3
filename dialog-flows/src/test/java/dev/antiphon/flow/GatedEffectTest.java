package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.allow;
import static dev.antiphon.flow.dsl.FlowDsl.gated;
import static dev.antiphon.flow.dsl.FlowDsl.number;
import static dev.antiphon.flow.dsl.FlowDsl.refuse;
import static dev.antiphon.flow.dsl.FlowDsl.reject;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.session.GateDecision;
import dev.antiphon.tier.Struggle.Signal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A second look before something is changed. */
class GatedEffectTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Refund(Integer amount) {}

    private final Slot<Integer> amount = number("amount", 1, 9_999).ask("How much?");
    private final List<Integer> paid = new ArrayList<>();

    private static GateDecision look(Refund refund, String key) {
        if (refund.amount() == 404) {
            throw new IllegalStateException("the gate is down");
        }
        return refund.amount() > 500 ? refuse("That is more than I may pay back.") : allow();
    }

    private FlowTest call(UnaryOperator<EffectPlan.Builder> shape) {
        Flow<Refund> flow = Flow.named(
                "refund",
                Refund.class,
                f -> f.goal("Pay back")
                        .collect(amount)
                        .confirm(refund -> say("{}. Right?", refund.amount()))
                        .effect("pay", gated(GatedEffectTest::look, refund -> paid.add(refund.amount())), shape)
                        .done((refund, ok) -> say("Paid.")));
        return FlowTest.of(flow, CLOCK);
    }

    @Test
    void whatIsAllowedIsDone() {
        call(e -> e).fills(amount, 20).confirmsYes().expectSay("Paid.");
        assertThat(paid).containsExactly(20);
    }

    @Test
    void whatIsRefusedIsNotDoneAndTheCallerIsToldWhyAndAskedWhatToChange() {
        call(e -> e)
                .fills(amount, 900)
                .confirmsYes()
                .expectSay("That is more than I may pay back. Which amount shall I try instead?")
                .fills(amount, 100)
                .expectSay("Okay, 100 instead. 100. Right?")
                .confirmsYes()
                .expectSay("Paid.");
        assertThat(paid).containsExactly(100);
    }

    @Test
    void anAuthorMaySayWhereARefusalLeads() {
        call(e -> e.on(EffectRefused.class, refused -> reject(amount).because(refused.reason() + " At most 500.")))
                .fills(amount, 900)
                .confirmsYes()
                .expectSay("That is more than I may pay back. At most 500. How much?");
    }

    @Test
    void aReasonThatNamesAValueOfAnotherFlowIsSaidAndTheMistakeIsRecorded() {
        Slot<Integer> elsewhere = number("elsewhere", 1, 9).ask("Which one?");
        call(e -> e.on(EffectRefused.class, refused -> reject(elsewhere).because("The till is closed.")))
                .fills(amount, 900)
                .confirmsYes()
                .expectSay("The till is closed. Which amount shall I try instead?")
                .expectStruggle(Signal.TOOL_ERROR)
                .fills(amount, 100)
                .confirmsYes()
                .expectSay("Paid.");
        call(e -> e.on(EffectRefused.class, refused -> reject(elsewhere)))
                .fills(amount, 900)
                .confirmsYes()
                .expectSay("Which amount shall I try instead?")
                .expectStruggle(Signal.TOOL_ERROR);
    }

    @Test
    void aGateThatIsBrokenLetsNothingThrough() {
        call(e -> e).fills(amount, 404).confirmsYes().expectSay("Shall I try again?");
        assertThat(paid).isEmpty();
    }

    @Test
    void aRefusedTaskOfAServiceIsToldAndTheCallerIsAskedForAnotherValue() {
        Flow<?> service = Flow.service(
                "money",
                s -> s.goal("Move money")
                        .task(task(
                                "refund",
                                Refund.class,
                                t -> t.called("pay back")
                                        .collect(amount)
                                        .effect(
                                                "pay",
                                                gated(GatedEffectTest::look, refund -> paid.add(refund.amount())))
                                        .done((refund, ok) -> say("Paid.")))));
        FlowTest.of(service, CLOCK)
                .wants("refund")
                .fills(amount, 900)
                .confirmsYes()
                .expectSay(
                        "That is more than I may pay back. Would you like to change the amount, or is there anything else?")
                .fills(amount, 100)
                .confirmsYes()
                .expectSay("Paid.");
        assertThat(paid).containsExactly(100);
    }
}
