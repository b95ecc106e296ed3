package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.askFirst;
import static dev.antiphon.flow.dsl.FlowDsl.attempts;
import static dev.antiphon.flow.dsl.FlowDsl.date;
import static dev.antiphon.flow.dsl.FlowDsl.days;
import static dev.antiphon.flow.dsl.FlowDsl.email;
import static dev.antiphon.flow.dsl.FlowDsl.escalate;
import static dev.antiphon.flow.dsl.FlowDsl.handOver;
import static dev.antiphon.flow.dsl.FlowDsl.hangUp;
import static dev.antiphon.flow.dsl.FlowDsl.leaveOut;
import static dev.antiphon.flow.dsl.FlowDsl.noInput;
import static dev.antiphon.flow.dsl.FlowDsl.noMatch;
import static dev.antiphon.flow.dsl.FlowDsl.personName;
import static dev.antiphon.flow.dsl.FlowDsl.rejected;
import static dev.antiphon.flow.dsl.FlowDsl.rephrase;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.simplify;
import static dev.antiphon.flow.faq.FaqEntry.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.slot.ConfirmPolicy;
import dev.antiphon.flow.slot.EmailAddress;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowCoverage;
import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Ladders of one slot and of silence, and how a caller learns what was understood of a value. */
class SlotLaddersTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Visit(LocalDate date, String name, Optional<EmailAddress> email) {}

    private final Slot<LocalDate> date = date("date").ask("Which day?").within(days(30));
    private final Slot<String> name = personName("name").ask("Your name?");
    private final Slot<EmailAddress> email =
            email("email").ask("And your e-mail address?").optional();

    private Flow<Visit> flow(
            Slot<LocalDate> dateSlot, Slot<String> nameSlot, UnaryOperator<FlowBuilder<Visit, Object>> ladder) {
        return Flow.named(
                "visit",
                Visit.class,
                f -> ladder.apply(f.goal("Book a visit")
                        .collect(dateSlot, nameSlot, email)
                        .confirm(visit -> say("{} for {}. Right?", visit.date(), visit.name()))
                        .done((visit, nothing) -> say("Noted."))));
    }

    private FlowTest call(UnaryOperator<FlowBuilder<Visit, Object>> ladder) {
        return FlowTest.of(flow(date, name, ladder), CLOCK);
    }

    @Test
    void aSlotsOwnRungGoesBeforeThoseOfTheFlow() {
        call(f -> f.onStuck(noMatch(1), simplify())
                        .onStuck(noMatch(3), handOver("desk"))
                        .onStuck(date, noMatch(1), rephrase("Please name a day, like the third of December.")))
                .isUnclear()
                .expectSay("Please name a day, like the third of December.")
                .fills(date, "2026-12-03")
                .isUnclear()
                .expectSay("Your name?");
    }

    @Test
    void aRephrasedQuestionStaysUntilItIsAnswered() {
        call(f -> f.faq(Faq.of(entry("Where can I park?").answer("Behind the house.")))
                        .onStuck(date, noMatch(1), rephrase("Please name a day, like the third of December.")))
                .isUnclear()
                .expectSay("Please name a day, like the third of December.")
                .asks("Where can I park?")
                .expectSay("Behind the house. Please name a day, like the third of December.")
                .fills(name, "Ana Smith")
                .expectSay("Please name a day, like the third of December.")
                .fills(date, "2026-12-03")
                .expectNotSaid("Please name a day");
    }

    @Test
    void aLaterRungGoesBackToTheAuthorsQuestion() {
        call(f -> f.faq(Faq.of(entry("Where can I park?").answer("Behind the house.")))
                        .onStuck(date, attempts(1), rephrase("A day, please?"))
                        .onStuck(date, attempts(2), simplify()))
                .isUnclear()
                .expectSay("A day, please?")
                .isUnclear()
                .expectSay("Which day? You can say a day and a month")
                .asks("Where can I park?")
                .expectSay("Behind the house. So, which day?");
    }

    @Test
    void attemptsCountWhateverTheReason() {
        call(f -> f.onStuck(date, attempts(2), escalate()).onStuck(date, attempts(4), handOver("desk")))
                .isUnclear()
                .fills(date, "2027-12-03")
                .expectSay("too far ahead")
                .expectEscalation()
                .isSilent(1)
                .expectNoOutcome()
                .isUnclear()
                .expectOutcome("handed_over");
    }

    @Test
    void attemptsBeginAnewWithAValue() {
        call(f -> f.onStuck(date, attempts(2), handOver("desk")))
                .isUnclear()
                .fills(date, "2026-12-03")
                .isUnclear()
                .isUnclear()
                .expectNoOutcome();
    }

    @Test
    void anOptionalSlotIsLeftOutAtLast() {
        call(f -> f.onStuck(email, rejected(2), leaveOut()))
                .fills(date, "2026-12-03", name, "Ana Smith")
                .fills(email, "at home")
                .expectSay("e-mail")
                .fills(email, "at home")
                .expectSay("Thursday, December 3rd for Ana Smith. Right?");
    }

    @Test
    void anUnclearAnswerLeavesItOutToo() {
        call(f -> f.onStuck(email, noMatch(1), leaveOut()))
                .fills(date, "2026-12-03", name, "Ana Smith")
                .isUnclear()
                .expectSay("Thursday, December 3rd for Ana Smith. Right?");
    }

    @Test
    void aLadderThatWasClimbedForOneSlotIsNotClimbedForAnother() {
        call(f -> f.onStuck(email, rejected(2), rephrase("Your e-mail address, letter by letter?"))
                        .onStuck(rejected(3), handOver("desk")))
                .fills(name, "Ana Smith")
                .fills(email, "at home")
                .fills(email, "at home")
                .fills(date, "2020-01-01")
                .expectSay("Which day?")
                .expectNotSaid("letter by letter")
                .expectNoOutcome();
    }

    @Test
    void silenceHasALadderOfItsOwn() {
        call(f -> f.onStuck(noInput(2), rephrase("I'm still here. Which day suits you?"))
                        .onStuck(noInput(4), hangUp("I'll hang up now. Goodbye.")))
                .isSilent(1)
                .expectSay("Are you still there?")
                .isSilent(2)
                .expectSay("I'm still here. Which day suits you?")
                .isSilent(3)
                .expectNoOutcome()
                .isSilent(4)
                .expectSay("I'll hang up now. Goodbye.")
                .expectOutcome("abandoned");
    }

    @Test
    void silenceCanBeHandedOver() {
        call(f -> f.onStuck(noInput(2), handOver("front desk")))
                .isSilent(1)
                .isSilent(2)
                .expectSay("I'll connect you to the front desk now.")
                .expectOutcome("handed_over");
    }

    @Test
    void aRungThatCannotWorkIsFoundAtTheStart() {
        assertThatThrownBy(() -> call(f -> f.onStuck(date, attempts(2), leaveOut())))
                .hasMessageContaining("required-left-out: leaveOut() must be a rung of an optional slot")
                .hasMessageContaining("'date'");
        assertThatThrownBy(() -> call(f -> f.onStuck(date("other"), attempts(2), simplify())))
                .hasMessageContaining("onStuck(...) is for slot 'other', which is not collected");
    }

    @Test
    void rungsOfASlotCountForCoverage() {
        Flow<Visit> flow = flow(date, name, f -> f.onStuck(date, attempts(1), simplify()));
        FlowCoverage coverage = FlowCoverage.of(flow);
        FlowTest call = FlowTest.of(flow, CLOCK);
        call.conversation().observedBy(coverage.observer());
        assertThat(coverage.missed()).anyMatch(part -> part.toString().contains("asked in vain 1 time"));
        call.isUnclear();
        assertThat(coverage.missed()).noneMatch(part -> part.toString().contains("asked in vain 1 time"));
    }

    private FlowTest confirming(ConfirmPolicy policy) {
        return FlowTest.of(flow(date.confirm(policy), name.confirm(policy), f -> f), CLOCK);
    }

    @Test
    void anImplicitValueIsSaidInPassing() {
        confirming(ConfirmPolicy.IMPLICIT).fills(date, "2026-12-03").expectSay("Your name?");
    }

    @Test
    void aValueThatIsNotConfirmedIsNotSaid() {
        confirming(ConfirmPolicy.NONE)
                .fills(date, "2026-12-03")
                .expectSay("Your name?")
                .expectNotSaid("Thursday");
    }

    @Test
    void anExplicitValueCountsAfterItsOwnYes() {
        confirming(ConfirmPolicy.EXPLICIT)
                .fills(date, "2026-12-03")
                .expectSay("That's Thursday, December 3rd, is that right?")
                .expectOpen(date)
                .confirmsYes()
                .expectSay("Your name?")
                .expectNotSaid("Thursday")
                .expectSlot(date, "Thursday, December 3rd");
    }

    @Test
    void aNoToAnExplicitValueAsksAgain() {
        confirming(ConfirmPolicy.EXPLICIT)
                .fills(date, "2026-12-03")
                .confirmsNo()
                .expectSay("Which day?")
                .expectOpen(date)
                .fills(date, "2026-12-04")
                .expectSay("That's Friday, December 4th, is that right?");
    }

    @Test
    void twoExplicitValuesAreAskedBackOneAfterTheOther() {
        confirming(ConfirmPolicy.EXPLICIT)
                .fills(date, "2026-12-03", name, "Ana Smith")
                .expectSay("That's Thursday, December 3rd, is that right?")
                .confirmsYes()
                .expectSay("That's Ana Smith, is that right?")
                .confirmsYes()
                .expectSay("And your e-mail address?");
    }

    @Test
    void aYesBesideTheValueIsNoYesToIt() {
        confirming(ConfirmPolicy.EXPLICIT)
                .inOneTurn(caller -> caller.fills(date, "2026-12-03").confirms("yes", 57))
                .expectSay("That's Thursday, December 3rd, is that right?")
                .expectOpen(date);
    }

    @Test
    void aYesToWhatWasCutOffIsNone() {
        confirming(ConfirmPolicy.EXPLICIT)
                .fills(date, "2026-12-03")
                .cutsInAfter(0.1)
                .confirmsYes()
                .expectSay("That's Thursday, December 3rd, is that right?")
                .expectOpen(date);
    }

    @Test
    void aValueThatIsAskedBackSurvivesAQuestionWhetherToStop() {
        FlowTest.of(
                        flow(
                                date.confirm(ConfirmPolicy.EXPLICIT),
                                name,
                                f -> f.when(RepairPattern.CANCEL, askFirst("Really stop?"))),
                        CLOCK)
                .fills(date, "2026-12-03")
                .cancels()
                .confirmsNo()
                .expectSay("That's Thursday, December 3rd, is that right?");
    }

    @Test
    void anotherValueInsteadOfAYesIsAskedBackInItsTurn() {
        confirming(ConfirmPolicy.EXPLICIT)
                .fills(date, "2026-12-03")
                .fills(date, "2026-12-10")
                .expectSay("That's Thursday, December 10th, is that right?")
                .confirmsYes()
                .expectSlot(date, "Thursday, December 10th");
    }
}
