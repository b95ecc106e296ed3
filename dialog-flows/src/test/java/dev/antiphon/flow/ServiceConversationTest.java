package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.test.FlowCoverageExtension;
import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Services in sentences: searches, offers, bookings that follow them, and several flows in one call. */
@ExtendWith(FlowCoverageExtension.class)
class ServiceConversationTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    private final EveningOut evening = new EveningOut();

    private FlowTest restaurants() {
        return FlowTest.of(evening.restaurants(), CLOCK);
    }

    private FlowTest thaiOffered() {
        return restaurants()
                .inOneTurn(caller -> caller.wants("find").fills(evening.cuisine, "thai"))
                .expectSay("I have Lotus, the centre. Would that suit you?");
    }

    private FlowTest lotusToBeConfirmed() {
        return thaiOffered()
                .chooses(1)
                .expectSay("Shall I reserve a table?")
                .confirmsYes()
                .expectSay("What time?")
                .fills(evening.time, "20:00")
                .expectSay("Lotus at 8 PM for 2. Shall I reserve it?");
    }

    @Test
    void anHourThatMayBeMorningOrEveningIsAskedAlsoAfterSomethingWasDone() {
        lotusToBeConfirmed()
                .confirmsYes()
                .expectSay("Reserved at Lotus.")
                .inOneTurn(caller -> caller.wants("reserve").fills(Map.of("restaurant", "Kos", "time", "7")))
                .expectSay("Did you mean 7 AM or 7 PM?")
                .expectOpen(evening.time)
                .chooses(2)
                .expectSay("Kos at 7 PM for 2. Shall I reserve it?");
    }

    @Test
    void nothingIsAskedBeforeTheCallerWantsSomething() {
        restaurants().expectStep("start").wants("reserve").expectSay("Which restaurant?");
    }

    @Test
    void aSearchRunsAsSoonAsItCanAndIsNotConfirmed() {
        thaiOffered();

        assertThat(evening.searches).hasSize(1);
    }

    @Test
    void somethingElseIsTheNextThatWasNotOffered() {
        thaiOffered()
                .wantsAlternatives()
                .expectSay("I have Orchid")
                .wantsAlternatives()
                .expectSay("I have Bamboo")
                .wantsAlternatives()
                .expectSay(
                        "I'm afraid that is all I have. Would you like to change the cuisine, or is there anything else?");
        assertThat(evening.searches).hasSize(1);
    }

    @Test
    void otherWishesAreANewSearch() {
        thaiOffered()
                .inOneTurn(caller -> caller.fills(evening.cuisine, "greek").wantsAlternatives())
                .expectSay("I have Kos");
        assertThat(evening.searches).hasSize(2);
    }

    @Test
    void whatWasOfferedIsNotOfferedAgainByAnotherSearch() {
        thaiOffered().fills(evening.area, "the centre").expectSay("I have Orchid");
    }

    @Test
    void valuesThatTheSearchDoesNotTakeKeepTheOffer() {
        thaiOffered()
                .fills(evening.time, "20:00")
                .expectSay("I have Lotus, the centre. Would that suit you?")
                .expectSlot(evening.time, "8 PM")
                .chooses(1)
                .expectSay("Shall I reserve a table?")
                .confirmsYes()
                .expectSay("Lotus at 8 PM for 2. Shall I reserve it?");
        assertThat(evening.searches).hasSize(1);
    }

    @Test
    void aYesWithValuesThatTheSearchDoesNotTakeTakesTheOneThatIsOffered() {
        thaiOffered()
                .inOneTurn(caller -> caller.fills(evening.time, "20:00").confirmsYes())
                .expectSay("Shall I reserve a table?");
        assertThat(evening.searches).hasSize(1);
    }

    @Test
    void somethingElseWithValuesThatTheSearchDoesNotTakeIsTheNext() {
        thaiOffered()
                .inOneTurn(caller -> caller.fills(evening.time, "20:00").wantsAlternatives())
                .expectSay("I have Orchid");
        assertThat(evening.searches).hasSize(1);
    }

    @Test
    void theSameWishOnceMoreKeepsTheOfferUnlessSomethingElseIsWanted() {
        thaiOffered()
                .fills(evening.cuisine, "thai")
                .expectSay("I have Lotus, the centre. Would that suit you?")
                .inOneTurn(caller -> caller.fills(evening.cuisine, "thai").wantsAlternatives())
                .expectSay("I have Orchid");
        assertThat(evening.searches).hasSize(2);
    }

    @Test
    void whatIsOfferedAgainForWantOfAnythingElseIsSaidToBe() {
        restaurants()
                .inOneTurn(caller -> caller.wants("find").fills(evening.cuisine, "greek"))
                .expectSay("I have Kos")
                .wantsAlternatives()
                .expectSay("that is all I have")
                .fills(evening.area, "the centre")
                .expectSay("I found nothing else. I have Kos, the centre. Would that suit you?");
    }

    @Test
    void nothingFoundIsSaid() {
        restaurants()
                .inOneTurn(caller -> caller.wants("find").fills(evening.cuisine, "martian"))
                .expectSay("I found nothing like that. Is there anything else?")
                .fills(evening.cuisine, "greek")
                .expectSay("I have Kos");
    }

    @Test
    void anyIsNoValueAndIsNotAskedAgain() {
        restaurants()
                .inOneTurn(caller -> caller.wants("find").fills(evening.cuisine, "any"))
                .expectSay("I have Lotus");

        assertThat(evening.searches.getFirst().values()).isEmpty();
    }

    @Test
    void aYesTakesTheOneThatIsOffered() {
        thaiOffered().asksAbout("phone").confirmsYes().expectSay("Shall I reserve a table?");
    }

    @Test
    void questionsAreAnsweredFromWhatIsOffered() {
        thaiOffered()
                .asksAbout("phone")
                .expectSay("The phone is 555 Lotus.")
                .expectNotSaid("Would that suit you")
                .chooses(1)
                .expectSay("Shall I reserve a table?");
    }

    @Test
    void aQuestionThatNamesAValueOfWhatIsOfferedIsAnswered() {
        thaiOffered()
                .asks("What is their phone number?")
                .expectSay("The phone is 555 Lotus.")
                .asks("Are they expensive?")
                .expectSay("I don't have an answer to that.");
    }

    @Test
    void aDialogOfSeveralFlowsGreetsInItsAuthorsWords() {
        FlowTest.of(evening.both().greet("This is the evening desk."), CLOCK)
                .expectSay("This is the evening desk. What can I do for you?");
    }

    @Test
    void anAcceptedOfferFillsWhatTheBookingNeeds() {
        lotusToBeConfirmed().confirmsYes().expectSay("Reserved at Lotus.").expectEffects(2);

        assertThat(evening.booked).containsExactly(new EveningOut.Table("Lotus", LocalTime.of(20, 0), 2));
    }

    @Test
    void aYesWithAQuestionBooksAndAnswers() {
        lotusToBeConfirmed()
                .inOneTurn(caller -> caller.confirmsYes().asksAbout("reference"))
                .expectSay("The reference is R7. Reserved at Lotus.");
    }

    @Test
    void newValuesAtTheConfirmationAreReadBackAgain() {
        lotusToBeConfirmed()
                .inOneTurn(caller -> caller.confirmsNo().fills(evening.seats, "5"))
                .expectSay("Lotus at 8 PM for 5. Shall I reserve it?");
        assertThat(evening.booked).isEmpty();
    }

    @Test
    void whoDoesNotSayWhatToChangeHearsTheValuesAgain() {
        lotusToBeConfirmed()
                .confirmsNo()
                .expectSay("What would you like to change?")
                .isUnclear()
                .expectSay("Lotus at 8 PM for 2. Shall I reserve it?")
                .confirmsYes()
                .expectSay("Reserved at Lotus.");
    }

    @Test
    void severalValuesAreAskedTogetherWhereTheAuthorWantsIt() {
        Flow<?> cinema = Flow.service(
                "cinema",
                s -> s.goal("Buy tickets")
                        .askTogether(2)
                        .task(TaskBuilder.task(
                                "buy",
                                Item.class,
                                t -> t.collect(evening.film, evening.time).effect("buy_ticket", ticket -> "T1"))));

        FlowTest.of(cinema, CLOCK)
                .wants("buy")
                .expectSay("Which film? And: What time?")
                .fills(evening.film, "Dune")
                .expectSay("What time?")
                .expectNotSaid("film?");
    }

    @Test
    void whoWantsNothingChangedAtTheConfirmationIsAskedForSomethingElse() {
        lotusToBeConfirmed()
                .confirmsNo()
                .expectSay("What would you like to change?")
                .confirmsNo()
                .expectSay("All right. Is there anything else?");

        assertThat(evening.booked).isEmpty();
    }

    @Test
    void aTransactionWithoutWordsOfItsOwnStillSaysThatItIsDone() {
        FlowTest.of(
                        Flow.service(
                                "parking",
                                s -> s.goal("Reserve parking")
                                        .task(task(
                                                "park",
                                                Item.class,
                                                t -> t.collect(evening.time).effect("park", evening.booked::add)))),
                        CLOCK)
                .wants("park")
                .fills(evening.time, "20:00")
                .confirmsYes()
                .expectSay("That's done.");
    }

    @Test
    void whatWasFoundIsToldInTheAuthorsWords() {
        FlowTest.of(
                        Flow.service(
                                "tips",
                                s -> s.goal("Recommend restaurants")
                                        .task(task(
                                                "find",
                                                Item.class,
                                                t -> t.collect(evening.cuisine)
                                                        .find(evening::find, evening.restaurant, evening.area)
                                                        .tell(item -> say(
                                                                "{} in {}",
                                                                item.find(evening.restaurant),
                                                                item.find(evening.area)))))),
                        CLOCK)
                .inOneTurn(caller -> caller.wants("find").fills(evening.cuisine, "thai"))
                .expectSay("I have Lotus in the centre. Would that suit you?");
    }

    @Test
    void anAlternativeIsTakenByOneYes() {
        evening.nextBooking = Optional.of(new Done.Alternative<>(
                Item.of(item -> item.with(evening.restaurant, "Lotus").with(evening.time, LocalTime.of(21, 0)))));

        lotusToBeConfirmed()
                .confirmsYes()
                .expectSay("that isn't possible, but I have 9 PM. Shall I take that?")
                .confirmsYes()
                .expectSay("Reserved at Lotus.");

        assertThat(evening.booked).containsExactly(new EveningOut.Table("Lotus", LocalTime.of(21, 0), 2));
    }

    @Test
    void anAlternativeThatIsNotWantedIsNotDone() {
        evening.nextBooking =
                Optional.of(new Done.Alternative<>(Item.of(item -> item.with(evening.time, LocalTime.of(21, 0)))));

        lotusToBeConfirmed().confirmsYes().confirmsNo().expectSay("Is there anything else?");

        assertThat(evening.booked).isEmpty();
    }

    private FlowTest refused() {
        evening.nextBooking = Optional.of(new Done.Refused<>("They are full then."));
        return lotusToBeConfirmed()
                .confirmsYes()
                .expectSay(
                        "They are full then. Would you like to change the restaurant or time, or is there anything else?");
    }

    @Test
    void aRefusalKeepsTheValuesForAnotherTry() {
        refused().fills(evening.time, "22:00").expectSay("Lotus at 10 PM for 2. Shall I reserve it?");
    }

    @Test
    void whoSaysYesToChangeIsAskedWhat() {
        refused()
                .isUnclear()
                .expectSay("Would you like to change the restaurant or time, or is there anything else?")
                .confirmsYes()
                .expectSay("What would you like to change: the restaurant or time?")
                .fills(evening.time, "22:00")
                .confirmsYes()
                .expectSay("Reserved at Lotus.");
    }

    @Test
    void whoWantsNothingElseAfterARefusalIsLetGo() {
        refused().confirmsNo().expectSay("Thank you for calling. Goodbye.");
        refused().cancels().expectSay("All right. Is there anything else?").expectNoOutcome();
        refused().saysGoodbye().expectSay("Goodbye.");
    }

    @Test
    void whoTurnsToSomethingElseAfterARefusalIsNotRemindedOfIt() {
        refused()
                .inOneTurn(caller -> caller.wants("find").fills(evening.cuisine, "greek"))
                .expectSay("I have Kos")
                .confirmsNo()
                .expectSay("Is there anything else?")
                .saysGoodbye()
                .expectSay("Thank you for calling. Goodbye.");
    }

    @Test
    void aBookingThatIsDoneIsForgottenAndCannotBeDoneAgainByALateYes() {
        FlowTest call = lotusToBeConfirmed().confirmsYes();

        call.confirmsYes().expectEffects(2);
        call.wants("reserve").expectSay("Which restaurant?");
    }

    @Test
    void aProposalThatIsDeclinedIsNotMadeAgain() {
        thaiOffered()
                .chooses(1)
                .confirmsNo()
                .expectSay("Is there anything else?")
                .wantsAlternatives()
                .chooses(1)
                .expectNotSaid("Shall I reserve");
    }

    @Test
    void whoWantsNothingElseIsSaidGoodbye() {
        lotusToBeConfirmed()
                .confirmsYes()
                .thanks()
                .expectSay("Is there anything else?")
                .confirmsNo()
                .expectSay("Goodbye")
                .expectOutcome("completed");
    }

    @Test
    void twoFlowsInOneCallKeepTheirValuesApart() {
        FlowTest call = FlowTest.of(evening.both(), CLOCK);
        call.expectSay("What can I do for you?");
        call.inOneTurn(caller -> caller.wants("restaurants.reserve")
                        .fills(Map.of("restaurant", "Kos", "time", "19:00", "flow", "restaurants")))
                .expectSay("Kos at 7 PM for 2. Shall I reserve it?");
        int stale = call.confirmRevision();

        call.inOneTurn(caller ->
                        caller.wants("cinema.buy").fills(Map.of("film", "Dune", "time", "21:30", "flow", "cinema")))
                .expectSay("The film is Dune. The time is 9:30 PM. Is that right?")
                .confirmsYes()
                .expectSay("You have the ticket.");
        assertThat(evening.booked).hasSize(1);

        call.comesBackTo("restaurants.reserve", 1).expectSay("Kos at 7 PM for 2. Shall I reserve it?");
        call.confirms("yes", stale).expectSay("Shall I reserve it?");
        assertThat(evening.booked).hasSize(1);
        call.confirmsYes();
        assertThat(evening.booked).hasSize(2);
    }

    @Test
    void valuesWithoutAFlowBelongToWhatIsBegunBesideThem() {
        FlowTest.of(evening.both(), CLOCK)
                .inOneTurn(caller -> caller.wants("restaurants.reserve").fills(Map.of("restaurant", "Kos")))
                .expectSay("What time?")
                .inOneTurn(caller -> caller.wants("cinema.buy").fills(Map.of("film", "Dune", "time", "21:30")))
                .expectSay("The film is Dune. The time is 9:30 PM.")
                .comesBackTo("restaurants.reserve", 1)
                .expectSay("What time?");
    }

    @Test
    void valuesWithoutAFlowThatOnlyAnotherFlowHasBelongToThatOne() {
        FlowTest.of(evening.both(), CLOCK)
                .wants("restaurants.reserve")
                .expectSay("Which restaurant?")
                .fills(evening.film, "Dune")
                .expectSay("Okay, Dune. What time?")
                .expectNoStruggle();
    }

    @Test
    void valuesOfTwoTasksWithoutAWishBeginTheSearchThatFindsWhatTheOtherNeeds() {
        restaurants()
                .fills(Map.of("cuisine", "thai", "time", "20:00", "seats", "2"))
                .expectSay("Lotus");
    }

    @Test
    void twoBookingsOfOneKindAreInterleaved() {
        FlowTest call = restaurants()
                .wants("reserve")
                .fills(evening.restaurant, "Kos")
                .wantsAnother("reserve")
                .expectSay("Which restaurant?")
                .fills(Map.of("restaurant", "Lotus", "time", "12:00"))
                .expectSay("Lotus at noon for 2.")
                .confirmsYes()
                .comesBackTo("reserve", 1)
                .expectSay("What time?")
                .fills(evening.time, "20:00")
                .confirmsYes();

        assertThat(evening.booked)
                .containsExactly(
                        new EveningOut.Table("Lotus", LocalTime.of(12, 0), 2),
                        new EveningOut.Table("Kos", LocalTime.of(20, 0), 2));
        assertThat(call.effects()).extracting(run -> run.idempotencyKey()).doesNotHaveDuplicates();
        call.expectEveryCallAnsweredOnce();
    }

    @Test
    void aNewConnectionIsToldOfEveryFlow() {
        FlowTest call = FlowTest.of(evening.both(), CLOCK)
                .inOneTurn(caller -> caller.wants("restaurants.find").fills(Map.of("cuisine", "thai")))
                .wants("cinema.buy");

        assertThat(call.conversation().seed().orElseThrow())
                .contains("Of restaurants:")
                .contains("cuisine: thai")
                .contains("Of cinema, now:")
                .contains("Which film?");
    }

    @Test
    void aSavedDialogGoesOnElsewhere() {
        FlowTest first = FlowTest.of(evening.both(), CLOCK)
                .inOneTurn(caller -> caller.wants("restaurants.find").fills(Map.of("cuisine", "thai")));
        String saved = SavedDialog.write(first.conversation().dialogState());

        FlowConversation second =
                FlowConversation.resume(evening.both(), CLOCK, ZoneOffset.UTC, "test", SavedDialog.read(saved));

        assertThat(second.view()).isEqualTo(first.conversation().view());
        assertThat(second.seed()).isEqualTo(first.conversation().seed());
        assertThatThrownBy(() -> FlowConversation.resume(
                        Dialog.of(evening.cinema()), CLOCK, ZoneOffset.UTC, "test", SavedDialog.read(saved)))
                .hasMessageContaining("restaurants");
    }

    @Test
    void aModelThatNamesATaskThatIsNotThereIsTold() {
        FlowTest call = restaurants().calls("start_task", "{\"task\":\"fly\"}").expectNoOutcome();

        assertThat(call.lastAnswer()).contains("task must be one of [find, reserve], but was 'fly'");
        call.wants("reserve").expectSay("Which restaurant?");
    }

    @Test
    void twoTasksOfAServiceMustNotBeCalledTheSame() {
        assertThatThrownBy(() -> Flow.service(
                        "twins",
                        s -> s.goal("Do it")
                                .task(task(
                                        "one",
                                        Item.class,
                                        t -> t.called("do it")
                                                .collect(evening.film)
                                                .effect("buy_one", film -> "A")
                                                .done((film, id) -> say("You have one."))))
                                .task(task(
                                        "two",
                                        Item.class,
                                        t -> t.called("Do it ")
                                                .collect(evening.film)
                                                .effect("buy_two", film -> "B")
                                                .done((film, id) -> say("You have two."))))))
                .isInstanceOf(FlowRejected.class)
                .hasMessageContaining(
                        "duplicate-task: tasks must be called(...) differently, but 'one' and 'two' are both called 'Do it'");
    }

    @Test
    void aServiceThatCannotWorkDoesNotStart() {
        assertThatThrownBy(() -> Flow.service(
                        "empty",
                        s -> s.goal("Do nothing").task(task("idle", Item.class, t -> t.collect(evening.cuisine)))))
                .isInstanceOf(FlowRejected.class)
                .hasMessageContaining("task-without-work");
        assertThatThrownBy(() -> new Dialog("d", "g", "h", "p", List.of())).hasMessageContaining("at least 1 flow");
    }
}
