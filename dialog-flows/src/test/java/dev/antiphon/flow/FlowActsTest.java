package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.choice;
import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.made;
import static dev.antiphon.flow.dsl.FlowDsl.reject;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.ToolOutcome;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the machine gives the agent to say, as acts; and what becomes of effects that end badly, late, or after the call. */
class FlowActsTest extends BookedByPhone {
    private final EveningOut evening = new EveningOut();

    private MachineCall service() {
        return new MachineCall(evening.restaurants());
    }

    @Test
    void aBookingAsksConfirmsAndSucceeds() {
        MachineCall call = machine().means(new DialogueAct.Inform(Map.of("service", "CHECKUP")));
        assertThat(call.acts).containsExactly(new SystemAct.Asks("date"));
        call.means(new DialogueAct.Inform(EVERYTHING)).heard();
        assertThat(call.acts)
                .singleElement()
                .isInstanceOfSatisfying(
                        SystemAct.Confirms.class,
                        confirms -> assertThat(confirms.values()).containsEntry("time", Optional.of("15:00")));
        call.yes().settles(new ToolOutcome.Ok("A7"));
        assertThat(call.acts)
                .hasSize(2)
                .hasAtLeastOneElementOfType(SystemAct.Succeeded.class)
                .endsWith(new SystemAct.AnythingElse());
    }

    @Test
    void whatIsNotFreeIsOfferedAndWhoSaysNoIsAskedForAChange() {
        MachineCall no = machineAtTheConfirmation();
        no.means(new DialogueAct.Negate(no.state.confirmation().orElseThrow().revision()));
        assertThat(no.acts).containsExactly(new SystemAct.AsksForChange());

        calendar.take(TUESDAY, THREE);
        MachineCall offered = machine().means(new DialogueAct.Inform(EVERYTHING));
        assertThat(offered.acts).singleElement().isInstanceOfSatisfying(SystemAct.Offers.class, offers -> {
            assertThat(offers.slots()).containsExactly("time");
            assertThat(offers.items()).hasSize(3);
        });
    }

    @Test
    void aServiceOffersCountsProposesAndAsksForMore() {
        MachineCall call = evening.found();
        assertThat(call.acts)
                .hasSize(2)
                .contains(new SystemAct.Counts(3))
                .hasAtLeastOneElementOfType(SystemAct.Offers.class);
        assertThat(call.means(new DialogueAct.AskAbout("phone", "")).acts)
                .as("what was offered is not offered again")
                .containsExactly(new SystemAct.Informs("phone", "555 Lotus"));
        assertThat(call.means(new DialogueAct.Select(1)).acts).containsExactly(new SystemAct.Proposes("reserve"));
        assertThat(call.heard()
                        .means(new DialogueAct.Negate(
                                call.state.confirmation().orElseThrow().revision()))
                        .acts)
                .containsExactly(new SystemAct.AnythingElse());
    }

    @Test
    void whatIsNotFoundIsToldAsFailed() {
        MachineCall call = service()
                .means(new DialogueAct.Start("find"), new DialogueAct.Inform(Map.of("cuisine", "martian")))
                .settles(new ToolOutcome.Ok(List.of()));

        assertThat(call.acts).containsExactly(new SystemAct.Failed("find"), new SystemAct.AnythingElse());
    }

    @Test
    void anEffectThatEndsAfterTheCallIsKeptAndNothingIsSaid() {
        for (ToolOutcome outcome :
                List.of(new ToolOutcome.Ok("A7"), new ToolOutcome.Failed("down", new IllegalStateException("down")))) {
            MachineCall call = machineAtTheConfirmation().yes().takes(new FlowEvent.CallerHungUp("the caller hung up"));
            assertThat(call.state.phase()).isEqualTo(Phase.ENDED);
            String before = call.said();
            call.settles(outcome);

            assertThat(call.said()).isEqualTo(before);
            assertThat(call.state.phase()).isEqualTo(Phase.ENDED);
            assertThat(call.state.effects().running()).isEmpty();
            assertThat(call.state.effects().finished()).hasSize(outcome instanceof ToolOutcome.Ok ? 1 : 0);
            assertThat(call.effects)
                    .as("its turn is answered")
                    .anyMatch(effect -> effect instanceof FlowEffect.Answer answer
                            && answer.callId().equals("call_2")
                            && answer.reply().end());
        }
    }

    @Test
    void whatWasUnknownWhenTheCallEndedIsKeptWhenItIsKnown() {
        MachineCall call = machineAtTheConfirmation().yes().settles(new ToolOutcome.TimedOut(Duration.ofSeconds(8)));
        call.heard().means(new DialogueAct.Goodbye());
        assertThat(call.state.outcome())
                .contains(new Outcome.Abandoned(
                        "the caller said goodbye before the goal; whether 'book' was done is not known"));
        call.settles(new ToolOutcome.Ok("A7"));

        assertThat(call.state.effects().finished())
                .containsExactly(new EffectProgress.Finished("book", 5, Optional.of("A7")));
    }

    @Test
    void anOutcomeOfAnotherRunIsNoNews() {
        MachineCall call = machineAtTheConfirmation().yes().settles(new ToolOutcome.TimedOut(Duration.ofSeconds(8)));
        FlowState before = call.state;
        call.takes(new FlowEvent.EffectSettled("book#99", new ToolOutcome.Ok("A7")));
        assertThat(call.state).isEqualTo(before);
        call.settles(new ToolOutcome.TimedOut(Duration.ofSeconds(16)));
        assertThat(call.state).isEqualTo(before);
    }

    @Test
    void whatTakesTooLongTwiceIsGivenUp() {
        ToolOutcome late = new ToolOutcome.TimedOut(Duration.ofSeconds(8));
        MachineCall call =
                machineAtTheConfirmation().yes().settles(late).heard().yes().settles(late);

        assertThat(call.said()).contains("that takes too long").contains("I'll connect you");
        assertThat(call.state.outcome())
                .contains(new Outcome.HandedOver(
                        "front desk", "the effect failed 2 times; whether 'book' was done is not known"));
    }

    private record Note(String text) {}

    private static final Slot<String> TEXT = freeText("text").ask("What shall I write?");

    private static MachineCall note(boolean handled) {
        return new MachineCall(Flow.named(
                        "note",
                        Note.class,
                        f -> f.goal("Write a note")
                                .collect(TEXT)
                                .confirm(note -> say("{}. All right?", note.text()))
                                .effect(
                                        "write",
                                        note -> "N1",
                                        e -> e.on(IllegalStateException.class, down -> {
                                            if (handled) {
                                                return reject(TEXT).because("That is too long.");
                                            }
                                            throw new IllegalArgumentException("no handler");
                                        }))
                                .done((note, id) -> say("Written."))))
                .means(new DialogueAct.Inform(Map.of("text", "milk")))
                .heard();
    }

    @Test
    void withoutAnybodyToHandOverToTheCallEndsAsFailed() {
        ToolOutcome down = new ToolOutcome.Rejected("busy");
        MachineCall call = note(true).yes().settles(down).heard().yes().settles(down);

        assertThat(call.said()).contains("that didn't work again. Please try again later. Goodbye.");
        assertThat(call.state.outcome()).contains(new Outcome.Failed("the effect failed 2 times"));
    }

    @Test
    void aFailureHandlerThatThrowsIsNone() {
        MachineCall call = note(false).yes().settles(new ToolOutcome.Failed("down", new IllegalStateException("down")));

        assertThat(call.faults()).containsExactly("failure handler of effect write");
        assertThat(call.said()).contains("Shall I try again");
    }

    @Test
    void anExpectedFailureLeadsBackToItsSlot() {
        MachineCall call = note(true).yes().settles(new ToolOutcome.Failed("down", new IllegalStateException("down")));

        assertThat(call.said()).contains("That is too long.").contains("What shall I write?");
        assertThat(call.acts).containsExactly(new SystemAct.Asks("text"));
    }

    @Test
    void anAmbiguousValueIsAskedFor() {
        Slot<String> doctor = choice("doctor", List.of("Dr. Anna Smith", "Dr. Paul Smith", "Dr. Jones"))
                .ask("Which doctor?");
        MachineCall call = new MachineCall(Flow.named(
                        "visit",
                        Visit.class,
                        f -> f.goal("Note a visit")
                                .collect(doctor)
                                .confirm(visit -> say("{}. All right?", visit.doctor()))
                                .effect("note", visit -> "N1")
                                .done((visit, id) -> say("Noted."))))
                .means(new DialogueAct.Inform(Map.of("doctor", "Smith")));

        assertThat(call.said()).contains("Did you mean Dr. Anna Smith or Dr. Paul Smith?");
        assertThat(call.state.offer().orElseThrow().clarifying()).isTrue();
        assertThat(call.heard().means(new DialogueAct.Negate(0)).said()).contains("Which doctor?");
        call.means(new DialogueAct.Inform(Map.of("doctor", "Smith"))).means(new DialogueAct.Select(2));
        assertThat(call.said()).contains("Dr. Paul Smith. All right?");
    }

    private record Visit(String doctor) {}

    // Yes and no.

    private static int revision(MachineCall call) {
        return call.state.confirmation().orElseThrow().revision();
    }

    @Test
    void aYesToAnOlderReadBackIsAskedForAnew() {
        MachineCall call = machineAtTheConfirmation();
        int old = revision(call);
        call.means(new DialogueAct.Inform(Map.of("time", "16:00"))).heard().means(new DialogueAct.Affirm(old));

        assertThat(call.runs()).isEmpty();
        assertThat(call.said()).contains("4 PM").contains("Shall I book it?");
    }

    @Test
    void aYesToWhatIsJustBeingAskedIsRememberedByItsRevision() {
        MachineCall call = machineAtTheConfirmation();
        call.means(new DialogueAct.Inform(Map.of("time", "16:00")), new DialogueAct.Affirm(revision(call)));

        assertThat(call.runs()).isEmpty();
        assertThat(call.answer().confirmRevision()).hasValue(revision(call));
    }

    @Test
    void aNoToSomethingOlderIsNoNoToWhatNobodyHasHeard() {
        MachineCall call = machineAtTheConfirmation();
        int old = revision(call);
        call.means(new DialogueAct.Inform(Map.of("time", "16:00"))).means(new DialogueAct.Negate(old));
        assertThat(call.state.confirmation().orElseThrow().purpose()).isEqualTo(FlowState.Purpose.VALUES);

        call.heard().means(new DialogueAct.Negate(old));
        assertThat(call.state.confirmation().orElseThrow().purpose()).isEqualTo(FlowState.Purpose.CHANGE);
        call.means(new DialogueAct.Negate(old));
        assertThat(call.said()).contains("What would you like to change?");
        call.means(new DialogueAct.Affirm(old));
        assertThat(call.said()).as("a yes to that changes nothing").contains("Shall I book it?");
    }

    @Test
    void whoNegatesWithoutAQuestionIsAskedOn() {
        MachineCall call = machine().means(new DialogueAct.Negate(0));
        assertThat(call.said()).contains("service");
        call.means(new DialogueAct.Affirm(0));
        assertThat(call.said()).contains("service");
    }

    @Test
    void aProposalCountsOnlyWhenItWasHeard() {
        MachineCall call = evening.found().means(new DialogueAct.Select(1));
        call.means(new DialogueAct.Affirm(revision(call)));
        assertThat(call.state.confirmation().orElseThrow().purpose()).isEqualTo(FlowState.Purpose.START);
        assertThat(call.said()).contains("Shall I reserve a table?");
        call.heard().means(new DialogueAct.Affirm(revision(call)));
        assertThat(call.acts).containsExactly(new SystemAct.Asks("time"));
    }

    @Test
    void anAlternativeIsOfferedAndCountsOnlyWhenItWasHeard() {
        MachineCall call = evening.reserving()
                .yes()
                .settles(new ToolOutcome.Ok(
                        new Done.Alternative<>(Item.of(item -> item.with(evening.time, LocalTime.of(22, 0))))));
        assertThat(call.acts)
                .containsExactly(
                        new SystemAct.Failed("reserve"),
                        new SystemAct.Offers(
                                List.of(Item.of(item -> item.with(evening.time, LocalTime.of(22, 0)))),
                                List.of("time")));
        call.yes();
        assertThat(call.runs()).hasSize(1);
        call.heard().yes();
        assertThat(call.runs()).hasSize(2);
    }

    // Repair.

    @Test
    void whoSaysNothingUsefulAtAReadBackIsAskedInSimplerWords() {
        MachineCall call = machineAtTheConfirmation().means(new DialogueAct.Unclear());
        assertThat(call.said()).startsWith("Sorry, I didn't catch that.");
        call.heard().means(new DialogueAct.Unclear());
        assertThat(call.said())
                .startsWith("I'm sorry, I still didn't catch that.")
                .contains("Please say yes or no.");
    }

    @Test
    void whoDoesNotSayWhatToChangeHearsWhatThereIs() {
        MachineCall call = machineAtTheConfirmation();
        call.means(new DialogueAct.Negate(revision(call))).heard().means(new DialogueAct.Unclear());

        assertThat(call.said()).contains("Shall I book it?");
        assertThat(call.state.confirmation().orElseThrow().purpose()).isEqualTo(FlowState.Purpose.VALUES);
    }

    @Test
    void whatIsRepeatedCarriesTheRevisionOfItsQuestion() {
        MachineCall call = machineAtTheConfirmation().means(new DialogueAct.Repeat());

        assertThat(call.answer().say()).contains("Shall I book it?");
        assertThat(call.answer().confirmRevision()).hasValue(revision(call));
        call.means(new DialogueAct.Negate(revision(call))).heard().means(new DialogueAct.Slower());
        assertThat(call.answer().say()).startsWith("Slowly, then. What would you like to change?");
        assertThat(call.answer().confirmRevision()).isEmpty();
    }

    @Test
    void newsThatWereCutOffAreToldToWhoIsSilent() {
        MachineCall call = machineAtTheConfirmation().yes().settles(new ToolOutcome.Ok("A7"));
        call.takes(new FlowEvent.AgentCutOff(0.2)).takes(new FlowEvent.CallerSilent(1));

        assertThat(call.said())
                .contains("You're booked. Your reference is A 7.")
                .contains("Is there anything else?");
        assertThat(call.state.phase()).isEqualTo(Phase.DONE);
        call.heard().takes(new FlowEvent.CallerSilent(1));
        assertThat(call.state.outcome()).contains(new Outcome.Completed("book-visit", "A7"));
        assertThat(call.said()).isEqualTo("Thank you for calling. Goodbye.");
    }

    @Test
    void whoTakesLeaveTooEarlyHasNothing() {
        MachineCall call = machine().means(new DialogueAct.Goodbye());

        assertThat(call.acts).containsExactly(new SystemAct.TakesLeave());
        assertThat(call.said()).isEqualTo("All right. Nothing was booked or changed. Goodbye.");
        assertThat(call.state.outcome()).contains(new Outcome.Abandoned("the caller said goodbye before the goal"));
    }

    @Test
    void aServiceThatHasDoneSomethingIsCompletedByWhoeverHangsUp() {
        MachineCall call = evening.reserving()
                .yes()
                .settles(new ToolOutcome.Ok(made("R7", Item.of(item -> item.with("reference", "R7")))));
        assertThat(call.takes(new FlowEvent.CallerHungUp("gone")).state.outcome())
                .contains(new Outcome.Completed("restaurants", "R7"));
        assertThat(service()
                        .means(new DialogueAct.Start("reserve"))
                        .takes(new FlowEvent.CallerHungUp("gone"))
                        .state
                        .outcome())
                .contains(new Outcome.Abandoned("gone"));
    }

    // Searches.

    @Test
    void whatTellsTheItemsApartAndWhatATaskAsksForIsTakenAndNothingElse() {
        MachineCall call = evening.found().means(new DialogueAct.Select(1));

        assertThat(call.state.slots().find("restaurant").map(SlotValues.Value::normal))
                .contains("Lotus");
        assertThat(call.state.slots().has("area")).as("no task asks for it").isFalse();
    }

    @Test
    void whatWasAskedWhileSomethingIsLookedUpIsAnsweredFromIt() {
        MachineCall call = service()
                .means(new DialogueAct.Start("find"), new DialogueAct.Inform(Map.of("cuisine", "thai")))
                .means(new DialogueAct.AskAbout("cuisine", ""))
                .settles(new ToolOutcome.Ok(evening.find(Item.of(item -> item.with(evening.cuisine, "thai")))));

        assertThat(call.acts).contains(new SystemAct.Informs("cuisine", "thai"));
    }

    @Test
    void oneItemIsNotCountedAndSearchesAreNumbered() {
        MachineCall call = evening.found().means(new DialogueAct.Inform(Map.of("cuisine", "greek")));
        assertThat(call.runs()).extracting(FlowEffect.Run::effectId).containsExactly("find#1", "find#2");
        call.settles(new ToolOutcome.Ok(evening.find(Item.of(item -> item.with(evening.cuisine, "greek")))));
        assertThat(call.acts).hasSize(1).hasOnlyElementsOfType(SystemAct.Offers.class);
    }

    @Test
    void whoWantsOthersBeforeAnythingWasFoundIsAskedOn() {
        MachineCall call =
                service().means(new DialogueAct.Start("reserve")).heard().means(new DialogueAct.RequestAlternatives());
        assertThat(call.said()).contains("Which restaurant?");
        call.means(new DialogueAct.Select(1));
        assertThat(call.state.slots().values()).isEmpty();
    }

    @Test
    void whoHasHeardAllIsToldSo() {
        MachineCall call = evening.found();
        for (int i = 0; i < 3; i++) {
            call.means(new DialogueAct.RequestAlternatives());
        }
        assertThat(call.acts).containsExactly(new SystemAct.Failed("find"), new SystemAct.AnythingElse());
        assertThat(call.said()).contains("I'm afraid that is all I have.");
    }

    @Test
    void anItemThatIsNotThereIsAnErrorForTheModel() {
        MachineCall call = evening.found().means(new DialogueAct.Select(2));

        assertThat(call.effects)
                .anyMatch(effect -> effect instanceof FlowEffect.Report report
                        && report.struggle().detail().contains("option must be between 1 and 1, but was 2"));
        assertThat(call.said()).contains("I have Lotus");
    }

    @Test
    void aLongUnknownSlotIsToldShortened() {
        MachineCall call = machine().means(new DialogueAct.Inform(Map.of("x".repeat(41), "1", "y".repeat(40), "2")));
        String error = call.answer().error().orElseThrow();

        assertThat(error)
                .contains("x".repeat(40) + "…")
                .contains("y".repeat(40))
                .doesNotContain("y".repeat(40) + "…");
    }
}
