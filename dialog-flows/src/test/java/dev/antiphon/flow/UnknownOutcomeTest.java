package dev.antiphon.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.session.Conversation.Event;
import dev.antiphon.session.ToolOutcome;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An effect that timed out may have been done: until that is known, nothing is denied and nothing else is done. */
class UnknownOutcomeTest extends BookedByPhone {
    private FlowTest timedOut() {
        return atTheConfirmation()
                .effectsSettledByTest()
                .confirmsYes()
                .settles(new ToolOutcome.TimedOut(Duration.ofSeconds(8)))
                .expectSay("I can't tell yet whether it went through");
    }

    private static FlowTest endsLate(FlowTest call, ToolOutcome outcome) {
        call.conversation().on(new Event.EffectSettled(call.effects().getFirst().effectId(), outcome));
        return call;
    }

    @Test
    void noOtherValuesAreTakenBeforeItIsKnown() {
        FlowTest call = timedOut()
                .fills(booking.time, "16:00")
                .expectSay("I can't change that before I know")
                .expectSlot(booking.time, "3 PM")
                .confirmsYes()
                .expectEffects(2);
        assertThat(call.effects()).extracting(run -> run.idempotencyKey()).containsOnly("test:book:r5");
    }

    @Test
    void whoeverLeavesIsNotToldThatNothingWasBooked() {
        timedOut()
                .cancels()
                .expectSay("can't tell")
                .expectNotSaid("Nothing was")
                .expectOutcome("abandoned");
        timedOut()
                .saysGoodbye()
                .expectSay("can't tell")
                .expectNotSaid("Nothing was")
                .expectOutcome("abandoned");
        timedOut().confirmsNo().expectSay("can't tell").expectOutcome("handed_over");
    }

    @Test
    void aLateSuccessCompletesTheTask() {
        FlowTest call = endsLate(timedOut(), new ToolOutcome.Ok("B1"));
        call.expectStep("done")
                .fills(booking.time, "16:00")
                .expectSay("already done")
                .asks("what was my reference again?")
                .expectSay("Your reference is B 1")
                .expectEffects(1);
    }

    @Test
    void aLateFailureOpensTheValuesAgain() {
        FlowTest call = endsLate(timedOut(), new ToolOutcome.Failed("no", new IllegalStateException("no")));
        call.fills(booking.time, "16:00").expectSlot(booking.time, "4 PM").expectSay("Shall I book it?");
    }

    @Test
    void aLateExpectedFailureLeadsBackToItsSlot() {
        FlowTest call = endsLate(
                timedOut(), new ToolOutcome.Failed("taken", new Calendar.SlotTaken(List.of(LocalTime.of(10, 0)))));
        call.expectOpen(booking.time).chooses(1).expectSlot(booking.time, "10 AM");
    }

    @Test
    void aLateSuccessWhileItIsTriedAgainIsToldOnce() {
        FlowTest call = endsLate(timedOut().confirmsYes(), new ToolOutcome.Ok("B1"));
        call.expectStep("book").effectSucceeds("B1").expectSay("You're booked").expectEffects(2);
    }

    @Test
    void whatIsHalfDoneIsNotDenied() {
        assertThat(timedOut().conversation().seed().orElseThrow()).contains("whether it is done is not known");
    }
}
