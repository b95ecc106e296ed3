package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.askFirst;
import static dev.antiphon.flow.dsl.FlowDsl.attempts;
import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.handOver;
import static dev.antiphon.flow.dsl.FlowDsl.rejected;
import static dev.antiphon.flow.dsl.FlowDsl.rephrase;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.task;
import static dev.antiphon.flow.dsl.FlowDsl.yesNo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.slot.ConfirmPolicy;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.session.ToolOutcome;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a yes and a no mean, where nothing was asked, where several things were, and to a question that nobody has heard. */
class YesAndNoTest extends BookedByPhone {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    private final EveningOut evening = new EveningOut();

    private FlowTest service() {
        return FlowTest.of(evening.restaurants(), CLOCK);
    }

    private FlowTest lotusOffered() {
        return service()
                .inOneTurn(caller -> caller.wants("find").fills(evening.cuisine, "thai"))
                .expectSay("I have Lotus");
    }

    private FlowTest kosToBeConfirmed() {
        return service()
                .wants("reserve")
                .fills(Map.of("restaurant", "Kos", "time", "19:00"))
                .expectSay("Shall I reserve it?");
    }

    private FlowTest timesOffered() {
        calendar.take(TUESDAY, THREE);
        return call().fills(Map.of("service", "CHECKUP", "date", "2026-11-24", "time", "15:00"))
                .expectSay("I have 2:30 PM, 3:30 PM or 2 PM. Which would you like?");
    }

    private static int revision(MachineCall call) {
        return call.state.confirmation().orElseThrow().revision();
    }

    // Yes.

    @Test
    void aSecondYesWhileItIsBeingDoneIsAnsweredWhenItIsDone() {
        MachineCall call = machineAtTheConfirmation().yes().means(new DialogueAct.Affirm(1));
        assertThat(call.answersTo("call_3")).isZero();
        call.settles(new ToolOutcome.Ok("A7"));

        assertThat(call.answersTo("call_2")).isEqualTo(1);
        assertThat(call.answersTo("call_3")).isEqualTo(1);
        assertThat(call.runs()).hasSize(1);
    }

    @Test
    void aYesToSeveralOptionsChoosesNone() {
        timesOffered()
                .confirmsYes()
                .expectOpen(booking.time)
                .expectSay("I have 2:30 PM, 3:30 PM or 2 PM. Which would you like?");
    }

    @Test
    void aYesWhenNothingIsOpenAsksWhatElse() {
        service().confirmsYes().expectSay("What else can I do for you?");
        kosToBeConfirmed().confirmsYes().confirmsYes().expectSay("What else can I do for you?");
    }

    @Test
    void aYesToAnotherRevisionOfAProposalProposesAgain() {
        FlowTest call = lotusOffered().chooses(1).expectSay("Shall I reserve a table?");
        call.confirms("yes", call.confirmRevision() - 1)
                .expectSay("Shall I reserve a table?")
                .confirmsYes()
                .expectSay("What time?");
    }

    @Test
    void aYesToAnotherRevisionOfAnAlternativeOffersItAgain() {
        evening.nextBooking =
                Optional.of(new Done.Alternative<>(Item.of(item -> item.with(evening.time, LocalTime.of(22, 0)))));
        FlowTest call = kosToBeConfirmed().confirmsYes().expectSay("that isn't possible, but I have 10 PM.");
        call.confirms("yes", call.confirmRevision() - 1)
                .expectSay("that isn't possible, but I have 10 PM. Shall I take that?")
                .expectEffects(1);
    }

    @Test
    void aYesToWhatWasAskedAndNotYetSaidGetsTheRevisionAndNoSecondQuestion() {
        MachineCall call = machineAtTheConfirmation();
        int old = revision(call);
        call.means(new DialogueAct.Inform(Map.of("time", "16:00"))).means(new DialogueAct.Affirm(old));

        assertThat(call.answer().say()).isEmpty();
        assertThat(call.answer().confirmRevision()).hasValue(revision(call));
        call.heard().means(new DialogueAct.Affirm(old));
        assertThat(call.answer().say()).as("it was said: now it is asked again").contains("4 PM");
        assertThat(call.runs()).isEmpty();
    }

    @Test
    void aYesToTheSameRevisionBeforeItWasSaidGetsTheWholeQuestion() {
        MachineCall call = machineAtTheConfirmation().means(new DialogueAct.Inform(Map.of("time", "16:00")));
        call.means(new DialogueAct.Affirm(revision(call)));

        assertThat(call.answer().say()).contains("4 PM").contains("Shall I book it?");
        assertThat(call.runs()).isEmpty();
    }

    @Test
    void valuesThatCannotBeReadPutAReadBackInDoubtAndAProposalNot() {
        DialogueAct unusable = new DialogueAct.Unusable("the values are no object", true);
        MachineCall readBack = machineAtTheConfirmation();
        readBack.means(unusable, new DialogueAct.Affirm(revision(readBack)));
        assertThat(readBack.runs()).isEmpty();

        MachineCall proposed = evening.proposed();
        proposed.means(unusable, new DialogueAct.Affirm(revision(proposed)));
        assertThat(proposed.state.agenda().active()).isEqualTo("reserve");
    }

    @Test
    void valuesThatCannotBeReadPutAnotherTryInDoubt() {
        MachineCall call = machineAtTheConfirmation()
                .yes()
                .settles(new ToolOutcome.Failed("down", new IllegalStateException("down")))
                .heard();
        call.means(new DialogueAct.Unusable("the values are no object", true), new DialogueAct.Affirm(revision(call)));

        assertThat(call.runs()).hasSize(1);
    }

    // No.

    @Test
    void aNoToAnOfferReadsTheNextOptionsAndNoneTwice() {
        timesOffered().confirmsNo().expectSay("I have 4 PM, 1:30 PM or 4:30 PM. Which would you like?");
        lotusOffered().confirmsNo().expectSay("I have Orchid").confirmsNo().expectSay("I have Bamboo");
    }

    @Test
    void aNoWhereNothingWasAskedForAYesAsksTheOpenQuestion() {
        call().confirmsNo().expectSay("Which service would you like?");
    }

    @Test
    void whoSaysNoToWhatToChangeIsAskedForItAgain() {
        atTheConfirmation()
                .confirmsNo()
                .expectSay("What would you like to change?")
                .confirmsNo()
                .expectSay("What would you like to change?")
                .fills(booking.time, "16:00")
                .expectSay("4 PM for Ana Smith. Shall I book it?");
    }

    @Test
    void aNoToWhatNobodyHasHeardAsksIt() {
        MachineCall call = machineAtTheConfirmation();
        int old = revision(call);
        call.means(new DialogueAct.Inform(Map.of("time", "16:00"))).means(new DialogueAct.Negate(old));

        assertThat(call.answer().say()).contains("4 PM").contains("Shall I book it?");
    }

    @Test
    void aNoThatAnswersAQuestionDoesNotSkipTheNext() {
        record Meal(Boolean vegetarian, Optional<String> wish) {}
        Slot<Boolean> vegetarian = yesNo("vegetarian").ask("Are you vegetarian?");
        Slot<String> wish = freeText("wish").ask("Any other wish?").optional();
        Flow<Meal> flow = Flow.named(
                "meal",
                Meal.class,
                f -> f.goal("Order a meal")
                        .collect(vegetarian, wish)
                        .confirm(meal -> say("A meal, vegetarian: {}. Right?", meal.vegetarian()))
                        .effect("order", meal -> "M1")
                        .done((meal, id) -> say("Ordered.")));

        FlowTest.of(flow, CLOCK)
                .confirmsNo()
                .expectSlot(vegetarian, "no")
                .expectSay("Any other wish?")
                .confirmsNo()
                .expectSay("Right?");
        FlowTest.of(flow, CLOCK).confirmsYes().expectSlot(vegetarian, "yes").expectSay("Any other wish?");
    }

    @Test
    void aNoBesideAWishSkipsNothing() {
        Slot<String> area = freeText("area").ask("Which area?").optional();
        Flow<?> flow = Flow.service(
                "restaurants",
                s -> s.goal("Find restaurants")
                        .task(task(
                                "find",
                                Item.class,
                                t -> t.called("find a restaurant")
                                        .collect(evening.cuisine, area)
                                        .find(evening::find, "restaurant", List.of("restaurant"), 1))));

        FlowTest.of(flow, CLOCK)
                .wants("find")
                .expectSay("Which cuisine?")
                .inOneTurn(caller -> caller.confirmsNo().fills(evening.cuisine, "greek"))
                .expectSay("Which area?")
                .expectEffects(0)
                .confirmsNo()
                .expectSay("I have Kos");
    }

    record Person(String name) {}

    private final Slot<String> asked =
            freeText("name").ask("Your name?").simpler("Just the first name?").confirm(ConfirmPolicy.EXPLICIT);

    private FlowTest nameAskedBack(UnaryOperator<FlowBuilder<Person, Object>> ladder) {
        Flow<Person> flow = Flow.named(
                "person",
                Person.class,
                f -> ladder.apply(f.goal("Take a name").collect(asked))
                        .confirm(person -> say("{}. Right?", person.name()))
                        .effect("store", person -> "P1")
                        .done((person, id) -> say("Stored.")));
        return FlowTest.of(flow, CLOCK).fills(asked, "Anna").expectSay("That's Anna, is that right?");
    }

    @Test
    void oneNoToAValueThatIsAskedBackDoesNotClimbALadder() {
        nameAskedBack(f -> f.onStuck(asked, attempts(1), rephrase("Please spell your name."))
                        .onStuck(rejected(1), handOver("desk")))
                .confirmsNo()
                .expectSay("Your name?")
                .expectNoOutcome();
    }

    @Test
    void whoIsMisheardAgainAndAgainGetsHelp() {
        nameAskedBack(f -> f).confirmsNo().fills(asked, "Emma").confirmsNo().expectSay("Just the first name?");
        nameAskedBack(f -> f.onStuck(asked, attempts(2), handOver("desk")))
                .confirmsNo()
                .fills(asked, "Emma")
                .confirmsNo()
                .expectSay("Just the first name?")
                .fills(asked, "Hanna")
                .confirmsNo()
                .expectOutcome("handed_over");
    }

    // Leaving.

    /** A way to leave that an author may ask about first. */
    private record Leave(RepairPattern pattern, Consumer<FlowTest> wish, String farewell, String outcome) {
        private FlowTest wished(FlowTest call) {
            wish.accept(call);
            return call.expectSay("Do you mean it?");
        }
    }

    private static final List<Leave> LEAVES = List.of(
            new Leave(
                    RepairPattern.CANCEL,
                    FlowTest::cancels,
                    "All right, I've stopped here. Nothing was booked",
                    "abandoned"),
            new Leave(RepairPattern.GOODBYE, FlowTest::saysGoodbye, "All right. Nothing was booked", "abandoned"),
            new Leave(RepairPattern.PERSON, FlowTest::wantsAPerson, "I'll connect you", "handed_over"));

    private FlowTest asksFirst(Leave leave) {
        calendar.take(TUESDAY, THREE);
        Flow<ReferenceBooking.Booking> flow = Flow.named(
                "visit",
                ReferenceBooking.Booking.class,
                f -> f.goal("Book a visit")
                        .collect(booking.service, booking.date, booking.time, booking.name, booking.phone)
                        .confirm(b -> say("{}. Right?", b.date()))
                        .effect("book", calendar::book)
                        .done((b, id) -> say("Booked."))
                        .when(leave.pattern, askFirst("Do you mean it?")));
        return leave.wished(FlowTest.of(flow, CLOCK)
                .fills(Map.of("service", "CHECKUP", "date", "2026-11-24", "time", "15:00"))
                .expectSay("I have 2:30 PM, 3:30 PM or 2 PM."));
    }

    @Test
    void whoReallyWantsToLeaveLeaves() {
        for (Leave leave : LEAVES) {
            asksFirst(leave).confirmsYes().expectSay(leave.farewell).expectOutcome(leave.outcome);
        }
    }

    @Test
    void whoDoesNotReallyWantToLeaveFindsWhatWasOfferedStillThere() {
        for (Leave leave : LEAVES) {
            asksFirst(leave)
                    .confirmsNo()
                    .expectSay("All right, let's go on. I have 2:30 PM, 3:30 PM or 2 PM.")
                    .chooses(1)
                    .expectSlot(booking.time, "2:30 PM");
        }
    }

    @Test
    void aYesToAnotherRevisionOfThatQuestionIsAskedAgain() {
        for (Leave leave : LEAVES) {
            FlowTest call = asksFirst(leave);
            call.confirms("yes", call.confirmRevision() - 1).expectNoOutcome().expectSay("Do you mean it?");
        }
    }

    @Test
    void whoStopsBeforeAnythingWasDoneIsToldSo() {
        call().cancels().expectSay("All right, I've stopped here. Nothing was booked or changed. Goodbye.");
    }

    @Test
    void whoCannotUndoWhatIsDoneIsAskedForMore() {
        atTheConfirmation().confirmsYes().cancels().expectSay("front desk. Is there anything else?");
    }

    @Test
    void valuesWithoutAReadBackOfTheAuthorAreReadOneByOneAndThatIsNoFault() {
        MachineCall call = new MachineCall(evening.cinema())
                .means(new DialogueAct.Start("buy"), new DialogueAct.Inform(Map.of("film", "Ran", "time", "20:00")));

        assertThat(call.answer().say()).contains("The film is Ran. The time is 8 PM. Is that right?");
        assertThat(call.faults()).isEmpty();
    }

    // A no to what would take something back.

    private static FlowTest withdrawal(boolean undoes) {
        Slot<String> reference = freeText("reference").ask("Which reference?");
        Task<Item> cancel = task("cancel", Item.class, t -> {
            var shaped = undoes ? t.undoes() : t;
            return shaped.called("cancel a visit")
                    .collect(reference)
                    .effect("cancel_it", wish -> "gone")
                    .done((wish, gone) -> say("It is cancelled."));
        });
        return FlowTest.of(
                        Flow.service("visits", s -> s.goal("Look after visits").task(cancel)), CLOCK)
                .inOneTurn(c -> c.wants("cancel").fills(reference, "A7"))
                .expectSay("The reference is A7. Is that right?");
    }

    @Test
    void aNoToWhatWouldTakeSomethingBackLeavesItAndGoesOn() {
        withdrawal(true)
                .confirmsNo()
                .expectSay("All right, it stays as it is. Is there anything else?")
                .wants("cancel")
                .expectSay("The reference is A7. Is that right?")
                .confirmsYes()
                .expectSay("It is cancelled.");
        withdrawal(true).confirmsNo().confirmsNo().expectEffects(0).expectSay("Thank you for calling. Goodbye.");
        withdrawal(false).confirmsNo().expectSay("What would you like to change?");
    }

    @Test
    void aNoWithAnotherValueMeansThatOne() {
        withdrawal(true)
                .inOneTurn(c -> c.confirmsNo().fills(Map.of("reference", "B2")))
                .expectSay("The reference is B2. Is that right?")
                .expectNotSaid("stays");
    }
}
