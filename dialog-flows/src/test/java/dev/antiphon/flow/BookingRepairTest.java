package dev.antiphon.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tier.Struggle;
import dev.antiphon.tier.Struggle.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Digressions, misunderstandings and bad input, in sentences. */
class BookingRepairTest extends BookedByPhone {
    @Test
    void aQuestionInTheMiddleIsAnsweredBeforeAShortResume() {
        call().caller()
                .fills(booking.service, "CHECKUP")
                .caller()
                .asks("do you accept my insurance")
                .expectSay("Yes, we take all major insurance plans. So, which day?")
                .caller()
                .fills(booking.date, "2026-11-24")
                .expectSay("What time?")
                .expectNoStruggle();
    }

    @Test
    void aQuestionAtTheConfirmationComesBackToIt() {
        FlowTest call = atTheConfirmation();
        int revision = call.confirmRevision();
        call.caller()
                .asks("Is there parking?")
                .expectSay("Parking is free")
                .expectSay("So: Shall I book it?")
                .expectNotSaid("November");
        assertThat(call.confirmRevision()).isEqualTo(revision);
        call.caller().confirmsYes().expectEffects(1);
    }

    @Test
    void aFillAndAQuestionInOneTurnAskOnlyOnce() {
        FlowTest call = call().inOneTurn(
                        caller -> caller.fills(booking.service, "CHECKUP").asks("Is there parking?"))
                .expectSay("Which day suits you?")
                .expectSay("Parking is free")
                .expectEveryCallAnsweredOnce();
        assertThat(call.said()).doesNotContain("So, which day");
    }

    @Test
    void aQuestionNobodyCanAnswerIsNotMadeUp() {
        call().caller()
                .asks("What is the airspeed of a swallow?")
                .expectSay("don't have an answer")
                .expectSay("front desk may know")
                .expectSay("So, which service?");
    }

    @Test
    void theCallerCanAskWhatWasTakenDown() {
        call().caller()
                .fills(booking.service, "CHECKUP", booking.date, "2026-11-24")
                .caller()
                .asks("What have you got so far?")
                .expectSay("The service is checkup and the date is Tuesday, November 24th")
                .caller()
                .asks("Which date did I say?")
                .expectSay("The date is Tuesday")
                .expectNotSaid("checkup");
    }

    @Test
    void aPersonIsCalledWhenWanted() {
        call().caller()
                .wantsAPerson()
                .expectSay("I'll connect you to the front desk now")
                .expectOutcome("handed_over")
                .expectStruggle(Signal.WANTS_PERSON);
    }

    @Test
    void silenceIsPromptedThenShorterThenEnds() {
        call().caller()
                .isSilent(1)
                .expectSay("Are you still there?")
                .expectSay("Which service would you like?")
                .isSilent(2)
                .expectSay("So, which service?")
                .expectNotSaid("still there")
                .isSilent(3)
                .expectSay("Goodbye")
                .expectOutcome("abandoned")
                .expectStruggle(Signal.NO_INPUT);
    }

    @Test
    void silenceDuringTheEffectIsNoSilence() {
        atTheConfirmation()
                .effectsSettledByTest()
                .confirmsYes()
                .isSilent(3)
                .expectSilence()
                .expectNoOutcome()
                .effectSucceeds("B1")
                .expectSay("You're booked");
    }

    @Test
    void silenceAfterTheBookingCompletesTheCall() {
        atTheConfirmation().confirmsYes().isSilent(1).expectOutcome("completed");
    }

    @Test
    void theNoMatchLadderSimplifiesEscalatesAndHandsOver() {
        call().caller()
                .isUnclear()
                .expectSay("Sorry, I didn't catch that. So, which service?")
                .isUnclear()
                .expectSay("The choices are checkup, cleaning or whitening")
                .expectStruggle(Signal.NO_MATCH)
                .isUnclear()
                .expectEscalation()
                .expectNoOutcome()
                .isUnclear()
                .isUnclear()
                .expectSay("front desk")
                .expectOutcome("handed_over");
    }

    @Test
    void anAnswerInBetweenResetsTheNoMatchLadder() {
        call().isUnclear()
                .isUnclear()
                .isUnclear()
                .isUnclear()
                .fills(booking.service, "CHECKUP")
                .isUnclear()
                .expectNoOutcome();
    }

    @Test
    void theLastWordsAreRepeatedOnRequest() {
        call().fills(booking.service, "CHECKUP")
                .controls("repeat")
                .expectSay("Okay, checkup. Which day suits you?")
                .controls("slower")
                .expectSay("Slowly, then.")
                .expectSay("Which day suits you?");
    }

    @Test
    void aRequiredSlotCannotBeSkipped() {
        call().controls("skip").expectSay("I need the service").expectSay("Which service would you like?");
    }

    @Test
    void theSameQuestionAgainIsEvidenceOfStruggle() {
        FlowTest call = call().fills(booking.service, "CHECKUP").expectNoStruggle();
        call.fills(booking.date, "2020-01-01").expectSay("Which day suits you?").expectStruggle(Signal.REPEATED_PROMPT);
        assertThat(call.struggles()).extracting(Struggle::detail).containsExactly("date");
    }

    @Test
    void chitChatComesBackToTheQuestion() {
        call().controls("chitchat").expectSay("So, which service?");
    }

    @Test
    void goodbyeBeforeTheBookingAbandonsIt() {
        atTheConfirmation()
                .saysGoodbye()
                .expectSay("Nothing was booked")
                .expectOutcome("abandoned")
                .expectEffects(0);
    }

    @Test
    void aClaimWithoutABookingIsCorrected() {
        atTheConfirmation()
                .agentSays("Great, I've booked your checkup for Tuesday at 3 PM!")
                .expectSay("that is not done yet")
                .expectSay("Shall I book it?")
                .expectStruggle(Signal.UNBACKED_CLAIM);
    }

    @Test
    void aCorrectionIsOwedUntilItWasHeard() {
        atTheConfirmation()
                .agentSays("Great, I've booked your checkup for Tuesday at 3 PM!")
                .cutsInAfter(0.1)
                .asks("Is there parking?")
                .expectSay("to be clear: that is not done yet. Parking is free")
                .asks("Is there parking?")
                .expectNotSaid("to be clear");
    }

    @Test
    void aCorrectionThatWasPassedOverIsSaidAgain() {
        atTheConfirmation()
                .nextSaidAs("One moment.")
                .agentSays("Great, I've booked your checkup for Tuesday at 3 PM!")
                .expectSay("to be clear: that is not done yet")
                .asks("Is there parking?")
                .expectNotSaid("to be clear");
    }

    @Test
    void aModelThatNeverSaysTheCorrectionIsNotAskedForEver() {
        FlowMachine machine = new FlowMachine(booking.flow);
        FlowState state =
                machine.step(FlowState.initial(), new FlowEvent.Started()).next();
        List<Integer> asked = new ArrayList<>();
        for (String words : List.of("You're booked!", "Anything.", "Anything.", "Anything.", "Anything.")) {
            Transition next = machine.step(state, new FlowEvent.AgentSpoke(words, true));
            state = next.next();
            asked.add((int) next.effects().stream()
                    .filter(effect -> effect instanceof FlowEffect.Say say
                            && say.speech().text().startsWith("Sorry, to be clear: that is not done yet."))
                    .count());
        }
        assertThat(asked).containsExactly(1, 1, 1, 0, 0);
    }

    @Test
    void aClaimWhileTheBookingRunsIsPutRightByWhatBecameOfIt() {
        FlowTest running = atTheConfirmation()
                .effectsSettledByTest()
                .confirmsYes()
                .agentSays("You're booked. Your reference is Z Z Z.")
                .expectSay("to be clear: that is not done yet. I'll tell you in a moment.")
                .cutsInAfter(0);
        running.effectSucceeds("B1").expectSay("to be clear: You're booked. Your reference is");
    }

    @Test
    void aClaimWhileTheBookingRunsIsPutRightWhenNobodyKnows() {
        atTheConfirmation()
                .effectsSettledByTest()
                .confirmsYes()
                .agentSays("You're booked. Your reference is Z Z Z.")
                .cutsInAfter(0)
                .settles(new ToolOutcome.TimedOut(Duration.ofSeconds(8)))
                .expectSay("to be clear: I can't tell yet whether that is done.");
    }

    @Test
    void aClaimInTheFarewellIsCorrectedOnce() {
        call().nextSaidAs("All done, your appointment is booked. Goodbye.")
                .cancels()
                .expectOutcome("abandoned")
                .expectSay("to be clear: that is not done")
                .agentSays("All done, your appointment is booked. Goodbye.")
                .expectSilence();
    }

    @Test
    void aCallerWhoCancelledMayBeToldSoInOtherWords() {
        call().nextSaidAs("No problem, your request has been cancelled. Goodbye.")
                .cancels()
                .expectNotSaid("to be clear");
    }

    @Test
    void aClaimAfterTheBookingIsTrue() {
        atTheConfirmation()
                .confirmsYes()
                .agentSays("You're all booked for Tuesday.")
                .expectSilence()
                .expectNoStruggle();
    }

    @Test
    void newsThatMustBeToldWordForWordAreToldAgainWhenTheyWereNot() {
        atTheConfirmation()
                .nextSaidAs("All done!")
                .confirmsYes()
                .caller()
                .asks("Is there parking?")
                .expectSay("You're booked. Your reference is")
                .caller()
                .asks("Is there parking?")
                .expectNotSaid("You're booked");
    }

    @Test
    void anotherReferenceThanTheOneThatWasGivenIsPutRightAtOnce() {
        atTheConfirmation()
                .nextSaidAs("All done! Your reference is Z Z Z.")
                .confirmsYes()
                .expectSay("Sorry, to be clear: You're booked. Your reference is A 1 7. Is there anything else?")
                .agentSays("Your reference is B18.")
                .expectSay("Sorry, to be clear: You're booked. Your reference is A 1 7.")
                .agentSays("As I said, your reference is A, 1, 7. See you at 3 PM.")
                .expectSilence()
                .asks("Is there parking?")
                .expectNotSaid("You're booked");
    }

    @Test
    void anotherReferenceInTheFarewellIsPutRightOnce() {
        atTheConfirmation()
                .confirmsYes()
                .nextSaidAs("Your reference is B18. Goodbye.")
                .saysGoodbye()
                .expectSay("Sorry, to be clear: You're booked. Your reference is A 1 7. Goodbye.")
                .agentSays("Your reference is B18. Goodbye.")
                .expectSilence();
    }

    @Test
    void aModelThatAnswersACorrectionWithTheNextClaimIsNotCorrectedForEver() {
        FlowMachine machine = new FlowMachine(booking.flow);
        FlowState state =
                machine.step(FlowState.initial(), new FlowEvent.Started()).next();
        List<Boolean> corrected = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Transition next = machine.step(state, new FlowEvent.AgentSpoke("You're booked!", true));
            state = next.next();
            corrected.add(next.effects().stream().anyMatch(FlowEffect.Say.class::isInstance));
        }
        assertThat(corrected).containsExactly(true, true, true, false);
    }

    @Test
    void newsToldWordForWordAreToldOnce() {
        atTheConfirmation()
                .nextSaidAs("you’re BOOKED. Your reference is ... A17! Anything else?")
                .confirmsYes()
                .caller()
                .asks("Is there parking?")
                .expectNotSaid("You're booked");
    }

    @Test
    void theModelThatTalksInsteadOfActingStalls() {
        call().agentSays("We offer many fine services, and I love teeth.").expectStruggle(Signal.STALLED);
    }

    @Test
    void theFlowsOwnGreetingIsNoStall() {
        call().expectSay("Which service would you like?").expectNoStruggle();
        assertThat(call().isSilent(1).struggles()).extracting(Struggle::signal).containsExactly(Signal.NO_INPUT);
    }

    @Test
    void badArgumentsAreAnsweredWithAnErrorAndTheQuestion() {
        for (String arguments :
                List.of("{\"date\":", "[]", "{\"date\":{\"x\":1}}", "{}", "null", "{\"colour\":\"red\"}")) {
            FlowTest call = call().calls("fill_slots", arguments)
                    .expectSay("which service")
                    .expectStruggle(Signal.TOOL_ERROR)
                    .expectEveryCallAnsweredOnce();
            assertThat(call.lastAnswer()).contains("\"error\"");
        }
    }

    @Test
    void anUnknownToolIsAnswered() {
        call().calls("launch_rocket", "{}").expectStruggle(Signal.TOOL_ERROR).expectEveryCallAnsweredOnce();
    }

    @Test
    void anOptionThatWasNotOfferedIsRefused() {
        calendar.take(TUESDAY, THREE);
        call().fills(Map.of("service", "CHECKUP", "date", "2026-11-24", "time", "15:00"))
                .chooses(9)
                .expectSay("2:30 PM")
                .expectStruggle(Signal.TOOL_ERROR)
                .expectOpen(booking.time);
    }

    @Test
    void anyIsNotAValue() {
        call().fills(booking.service, "any").expectOpen(booking.service).expectSay("Which service");
    }

    @Test
    void whatIsNoValueOfItsKindIsRefused() {
        call().fills(booking.service, "a haircut")
                .expectSay("service")
                .expectOpen(booking.service)
                .fills(booking.service, "CHECKUP")
                .fills(booking.service, "CLEANING")
                .expectSlot(booking.service, "cleaning")
                .fills(booking.name, "4711")
                .expectOpen(booking.name)
                .fills(booking.phone, "12")
                .expectOpen(booking.phone)
                .expectEveryCallAnsweredOnce();
    }
}
