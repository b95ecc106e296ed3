package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.number;
import static dev.antiphon.flow.dsl.FlowDsl.personName;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.yesNo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Slots that are only wanted on occasion: who brings a child must say who looks after it. */
class ConditionalSlotsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Visit(int age, Optional<String> guardian, String reason) {}

    private final Slot<Integer> age = number("age", 0, 120).ask("How old is the patient?");
    private final Slot<String> guardian = personName("guardian")
            .ask("Who comes with the child?")
            .onlyWhen("the patient is a child", slots -> slots.find(age).orElse(99) < 18);
    private final Slot<String> reason = freeText("reason").ask("What is it about?");
    private final List<Visit> booked = new ArrayList<>();

    private final Flow<Visit> flow = Flow.named(
            "visit",
            Visit.class,
            f -> f.goal("Book a visit")
                    .collect(age, guardian, reason)
                    .confirm(visit -> say("A visit, {}. Shall I book it?", visit.reason()))
                    .effect("book", visit -> booked.add(visit))
                    .done((visit, ok) -> say("Booked.")));

    private FlowTest call() {
        return FlowTest.of(flow, CLOCK);
    }

    @Test
    void aSlotThatIsNotWantedIsNotAskedAndStaysOpen() {
        call().fills(age, "40")
                .expectSay("What is it about?")
                .fills(reason, "cough")
                .confirmsYes();

        assertThat(booked).containsExactly(new Visit(40, Optional.empty(), "cough"));
    }

    @Test
    void aSlotThatIsWantedMustBeFilled() {
        call().fills(age, "7")
                .expectSay("Who comes with the child?")
                .controls("skip")
                .expectSay("I need the guardian")
                .fills(guardian, "Ana Smith")
                .fills(reason, "cough")
                .confirmsYes();

        assertThat(booked).containsExactly(new Visit(7, Optional.of("Ana Smith"), "cough"));
    }

    @Test
    void aValueThatIsNotWantedAnyMoreIsNotUsed() {
        call().fills(Map.of("age", "7", "guardian", "Ana Smith", "reason", "cough"))
                .expectSay("Shall I book it?")
                .fills(age, "40")
                .expectSay("Shall I book it?")
                .confirmsYes();

        assertThat(booked).containsExactly(new Visit(40, Optional.empty(), "cough"));
    }

    @Test
    void aCorrectionCanMakeASlotWanted() {
        call().fills(Map.of("age", "40", "reason", "cough"))
                .expectSay("Shall I book it?")
                .fills(age, "7")
                .expectSay("Who comes with the child?");
    }

    @Test
    void modelsAndDiagramsAreToldWhenItIsWanted() {
        assertThat(flow.mermaid()).contains("guardian (when the patient is a child)");
        assertThat(FlowTools.of(flow).getFirst().parameters().text()).contains("Only when the patient is a child");
    }

    @Test
    void aRuleThatThrowsWantsTheSlot() {
        Slot<String> odd = freeText("odd").ask("Odd?").onlyWhen("never", slots -> {
            throw new IllegalStateException("broken rule");
        });
        record Odd(Optional<String> odd) {}
        Flow<Odd> broken =
                Flow.named("odd", Odd.class, f -> f.goal("Ask").collect(odd).done((o, x) -> say("Done.")));

        FlowTest.of(broken, CLOCK).expectSay("Odd?");
    }

    @Test
    void aRuleThatThrowsIsReportedWhenItBeginsTo() {
        Slot<String> odd = freeText("odd").ask("Odd?").onlyWhen("odd", slots -> {
            if (slots.find(age).orElse(0) > 99) {
                throw new IllegalStateException("too old");
            }
            return true;
        });
        record Odd(int age, Optional<String> odd, String reason) {}
        MachineCall call = new MachineCall(Flow.named(
                "odd",
                Odd.class,
                f -> f.goal("Ask")
                        .collect(age, odd, reason)
                        .confirm(o -> say("{}, {}. Right?", o.age(), o.odd()))
                        .done((o, x) -> say("Done."))));
        assertThat(call.faults()).isEmpty();

        call.means(new DialogueAct.Inform(Map.of("age", "100")));
        assertThat(call.faults()).containsExactly("condition of slot 'odd' of flow 'odd'");
        assertThat(call.effects).as("the model is not to blame").noneMatch(FlowEffect.Report.class::isInstance);

        call.means(new DialogueAct.Inform(Map.of("reason", "cough", "odd", "yes")));
        assertThat(call.faults()).hasSize(1);
        assertThat(call.said()).contains("100, yes. Right?");

        call.means(new DialogueAct.Inform(Map.of("age", "7")));
        call.means(new DialogueAct.Inform(Map.of("age", "101")));
        assertThat(call.faults()).hasSize(2);
    }

    @Test
    void aYesOrNoQuestionTakesAYesOrNo() {
        Slot<Boolean> receipt = yesNo("receipt").ask("Do you want a receipt?");
        Flow<Receipt> receipts = Flow.named(
                "receipt",
                Receipt.class,
                f -> f.goal("Send a receipt")
                        .collect(receipt)
                        .confirm(r -> say("Right?"))
                        .done((r, nothing) -> say("Noted.")));
        FlowTest.of(receipts, CLOCK).confirmsYes().expectSay("Right?").expectSlot(receipt, "yes");
        FlowTest.of(receipts, CLOCK).confirmsNo().expectSay("Right?").expectSlot(receipt, "no");
    }

    record Receipt(Boolean receipt) {}
}
