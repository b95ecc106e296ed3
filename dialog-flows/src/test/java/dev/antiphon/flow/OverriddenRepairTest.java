package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.answer;
import static dev.antiphon.flow.dsl.FlowDsl.askFirst;
import static dev.antiphon.flow.dsl.FlowDsl.date;
import static dev.antiphon.flow.dsl.FlowDsl.handOver;
import static dev.antiphon.flow.dsl.FlowDsl.hangUp;
import static dev.antiphon.flow.dsl.FlowDsl.personName;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What a flow does instead of the usual when a caller cancels, chats, asks for a person and so on. */
class OverriddenRepairTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Visit(LocalDate date, String name) {}

    private final Slot<LocalDate> date = date("date").ask("Which day?");
    private final Slot<String> name = personName("name").ask("Your name?");

    private Flow<Visit> flow(UnaryOperator<FlowBuilder<Visit, Object>> own) {
        return Flow.named(
                "visit",
                Visit.class,
                f -> own.apply(f.goal("Book a visit")
                        .collect(date, name)
                        .confirm(visit -> say("{} for {}. Right?", visit.date(), visit.name()))
                        .handOver("front desk")
                        .done((visit, nothing) -> say("Noted."))));
    }

    private FlowTest call(RepairPattern pattern, RepairResponse response) {
        return FlowTest.of(flow(f -> f.when(pattern, response)), CLOCK).fills(date, "2026-12-03");
    }

    private static FlowTest occurs(RepairPattern pattern, FlowTest call) {
        return switch (pattern) {
            case CANCEL -> call.cancels();
            case REPEAT -> call.controls("repeat");
            case SLOWER -> call.controls("slower");
            case SKIP -> call.controls("skip");
            case CHIT_CHAT -> call.controls("chitchat");
            case OUT_OF_SCOPE -> call.asks("how deep is the sea?");
            case PERSON -> call.wantsAPerson();
            case GOODBYE -> call.saysGoodbye();
        };
    }

    @ParameterizedTest
    @EnumSource
    void eachMayBeAnsweredInOtherWords(RepairPattern pattern) {
        occurs(pattern, call(pattern, answer("Let us stay with it.")))
                .expectSay("Let us stay with it. So, your name?")
                .expectNoOutcome()
                .fills(name, "Ana")
                .expectSay("Right?");
    }

    @ParameterizedTest
    @EnumSource
    void eachMayBeHandedOver(RepairPattern pattern) {
        occurs(pattern, call(pattern, handOver("supervisor")))
                .expectSay("supervisor")
                .expectOutcome("handed_over");
    }

    @ParameterizedTest
    @EnumSource
    void eachMayEndTheCall(RepairPattern pattern) {
        occurs(pattern, call(pattern, hangUp("Then goodbye.")))
                .expectSay("Then goodbye.")
                .expectOutcome("abandoned");
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCEL", "PERSON", "GOODBYE"})
    void someMayBeAskedFirst(RepairPattern pattern) {
        String usual = pattern == RepairPattern.PERSON ? "handed_over" : "abandoned";
        occurs(pattern, call(pattern, askFirst("Really?")))
                .expectSay("Really?")
                .expectNoOutcome()
                .confirmsYes()
                .expectOutcome(usual);
        occurs(pattern, call(pattern, askFirst("Really?")))
                .confirmsNo()
                .expectSay("let's go on")
                .expectSay("Your name?")
                .expectNoOutcome();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"CANCEL", "PERSON", "GOODBYE"},
            mode = Mode.EXCLUDE)
    void theOthersMayNot(RepairPattern pattern) {
        assertThatThrownBy(() -> call(pattern, askFirst("Really?")))
                .hasMessageContaining(
                        "ask-first: askFirst(...) is for CANCEL, PERSON and GOODBYE, but is the response to "
                                + pattern);
    }

    @Test
    void afterTheGoalTheUsualIsRight() {
        call(RepairPattern.GOODBYE, askFirst("Really?"))
                .fills(name, "Ana")
                .confirmsYes()
                .saysGoodbye()
                .expectOutcome("completed");
    }

    @Test
    void everySentenceOfTheEngineMayBeReplaced() {
        FlowTest.of(flow(f -> f.phrase(Phrase.NO_MATCH, "Pardon?")), CLOCK)
                .isUnclear()
                .expectSay("Pardon?");
    }

    @Test
    void whatIsDoneInsteadBelongsToTheVersion() {
        assertThat(flow(f -> f.when(RepairPattern.CANCEL, askFirst("Really?"))).version())
                .isNotEqualTo(flow(f -> f).version());
    }
}
