package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.alternatives;
import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.ok;
import static dev.antiphon.flow.dsl.FlowDsl.reject;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.time;
import static dev.antiphon.flow.dsl.FlowDsl.unsure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.slot.Verdict;
import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who has heard all that was found: what may be said of the rest, what is not offered again, and where values go then. */
class NothingElseTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));
    private static final LocalTime NINE = LocalTime.of(9, 0);
    private static final List<LocalTime> FREE = List.of(LocalTime.of(10, 0), LocalTime.of(11, 0));

    record Visit(LocalTime time) {}

    private final EveningOut evening = new EveningOut();

    private FlowTest restaurants() {
        return FlowTest.of(evening.restaurants(), CLOCK);
    }

    private FlowTest kosRefused() {
        return restaurants()
                .inOneTurn(c -> c.wants("find").fills(evening.cuisine, "greek"))
                .expectSay("I have Kos")
                .wantsAlternatives()
                .expectSay("I'm afraid that is all I have."
                        + " Would you like to change the cuisine, or is there anything else?");
    }

    // What may be said of the rest.

    private FlowTest visit(UnaryOperator<Verdict.Alternatives<LocalTime>> offered) {
        Slot<LocalTime> time = time("time")
                .ask("What time?")
                .check((at, slots) -> at.equals(NINE) ? offered.apply(alternatives(FREE)) : ok());
        return FlowTest.of(
                        Flow.named(
                                "visit",
                                Visit.class,
                                f -> f.goal("Book a visit")
                                        .collect(time)
                                        .confirm(visit -> say("{}. Right?", visit.time()))
                                        .effect(
                                                "book",
                                                visit -> "B1",
                                                e -> e.on(
                                                        IllegalStateException.class,
                                                        taken -> reject(time)
                                                                .alternatives(FREE)
                                                                .thatIsAll()))
                                        .done((visit, reference) -> say("Booked."))),
                        CLOCK)
                .effectsSettledByTest();
    }

    @Test
    void alternativesAreNotSaidToBeAllThatThereIs() {
        visit(some -> some)
                .fills(Map.of("time", "9 am"))
                .expectSay("I have 10 AM or 11 AM.")
                .wantsAlternatives()
                .expectSay("Those are the best I can offer. Would 10 AM or 11 AM work?")
                .expectNotSaid("all I have");
    }

    @Test
    void anAuthorMaySayThatTheAlternativesAreAll() {
        visit(some -> some.because("Nine is taken.").thatIsAll())
                .fills(Map.of("time", "9 am"))
                .expectSay("Nine is taken. I have 10 AM or 11 AM.")
                .wantsAlternatives()
                .expectSay("I'm afraid that is all I have. Would 10 AM or 11 AM work?");
        visit(some -> some.thatIsAll().because("Nine is taken."))
                .fills(Map.of("time", "9 am"))
                .expectSay("Nine is taken. I have 10 AM or 11 AM.")
                .wantsAlternatives()
                .expectSay("I'm afraid that is all I have.");
    }

    @Test
    void soMayOneWhoRefusesAnEffect() {
        visit(some -> some)
                .fills(Map.of("time", "2 pm"))
                .confirmsYes()
                .effectFails(new IllegalStateException("taken"))
                .expectSay("2 PM is no longer available. I have 10 AM or 11 AM.")
                .wantsAlternatives()
                .expectSay("I'm afraid that is all I have.");
    }

    @Test
    void noneOfTheMeaningsThatWereAskedBackIsANo() {
        Slot<String> name = freeText("name")
                .ask("Your name?")
                .check((said, slots) -> said.equals("Jon") ? unsure(List.of("John", "Joan")) : ok());
        FlowTest.of(
                        Flow.named(
                                "name",
                                NamedVisit.class,
                                f -> f.goal("Take a name").collect(name).done((visit, none) -> say("Thank you."))),
                        CLOCK)
                .fills(name, "Jon")
                .expectSay("Did you mean John or Joan?")
                .wantsAlternatives()
                .expectSay("Your name?")
                .expectNotSaid("all I have");
    }

    record NamedVisit(String name) {}

    @Test
    void aSearchIsNotSaidToHaveFoundAllThatThereIs() {
        FlowTest.of(evening.tips(), CLOCK)
                .inOneTurn(c -> c.wants("find").fills(evening.cuisine, "greek"))
                .expectSay("I have Kos")
                .wantsAlternatives()
                .expectSay("That is the best I can offer."
                        + " Would you like to change the cuisine, or is there anything else?");
    }

    @Test
    void moreThanOneSearchCanHoldIsNeverAll() {
        evening.restaurants = Map.of(
                "thai", IntStream.range(0, 60).mapToObj(n -> "Lotus " + n).toList());
        FlowTest call = restaurants().inOneTurn(c -> c.wants("find").fills(evening.cuisine, "thai"));
        for (int i = 0; i < 50; i++) {
            call.wantsAlternatives();
        }
        call.expectSay("Those are the best I can offer.");
    }

    @Test
    void whoDidNotSayWhatItShouldBeLikeIsNotAskedToChangeIt() {
        FlowTest call = restaurants().inOneTurn(c -> c.wants("find").fills(evening.cuisine, "any"));
        for (int i = 0; i < 3; i++) {
            call.wantsAlternatives();
        }
        call.expectSay("I'm afraid that is all I have. Is there anything else?");
    }

    @Test
    void whoWantsNothingElseIsLetGoAndWhoChangesIsShownOthers() {
        kosRefused().confirmsNo().expectSay("Goodbye.");
        kosRefused().confirmsYes().expectSay("Which cuisine shall I try instead?");
        kosRefused().fills(evening.cuisine, "thai").expectSay("I have Lotus");
        kosRefused().isUnclear().expectSay("Would you like to change the cuisine, or is there anything else?");
    }

    // What was refused is not offered again.

    @Test
    void whatWasRefusedForTheseWishesIsNotOfferedAgain() {
        kosRefused()
                .fills(evening.cuisine, "thai")
                .expectSay("I have Lotus")
                .fills(evening.cuisine, "greek")
                .expectSay("I found nothing else. Would you like to change the cuisine, or is there anything else?")
                .expectNotSaid("Kos");
    }

    @Test
    void somethingElseOfTheSameKindIsNotWhatWasRefused() {
        kosRefused()
                .inOneTurn(c -> c.fills(evening.cuisine, "greek").wantsAlternatives())
                .expectNotSaid("Kos")
                .expectSay("Would you like to change the cuisine, or is there anything else?");
    }

    @Test
    void whatWasOnlyPassedOverIsOfferedWhenNothingElseIsFound() {
        restaurants()
                .inOneTurn(c -> c.wants("find").fills(evening.cuisine, "greek"))
                .expectSay("I have Kos")
                .fills(evening.cuisine, "thai")
                .expectSay("I have Lotus")
                .wantsAlternatives()
                .expectSay("I have Orchid")
                .fills(evening.cuisine, "greek")
                .expectSay("I found nothing else. I have Kos")
                .confirmsNo()
                .expectSay("I'm afraid that is all I have.");
    }

    @Test
    void theFirstThatWasNotRefusedIsOfferedBeforeNothingIs() {
        evening.restaurants = Map.of("thai", List.of("Lotus", "Orchid"), "greek", List.of("Kos"));
        restaurants()
                .inOneTurn(c -> c.wants("find").fills(evening.cuisine, "thai"))
                .expectSay("I have Lotus")
                .wantsAlternatives()
                .expectSay("I have Orchid")
                .fills(evening.cuisine, "greek")
                .expectSay("I have Kos")
                .fills(evening.cuisine, "thai")
                .expectSay("I found nothing else. I have Orchid")
                .wantsAlternatives()
                .expectSay("I'm afraid that is all I have.");
    }

    @Test
    void whatWasRefusedIsRememberedByASavedCall() {
        FlowTest call = kosRefused();
        DialogState state = call.conversation().dialogState();

        assertThat(SavedDialog.read(SavedDialog.write(state))).isEqualTo(state);
        assertThat(call.conversation().state().agenda().findings().orElseThrow().refused())
                .containsExactly(new Findings.Refused("find:Kos", Map.of("cuisine", "greek")));
    }

    // Values for something else.

    @Test
    void valuesOfAnotherTaskBeginThatTask() {
        kosRefused()
                .fills(Map.of("restaurant", "Lotus", "time", "20:00"))
                .expectSay("Lotus at 8 PM for 2. Shall I reserve it?")
                .expectNotSaid("I found nothing else");
        assertThat(evening.searches).hasSize(1);
    }

    @Test
    void valuesOfTheSearchLetItLookAgain() {
        kosRefused().fills(evening.area, "the centre").expectSay("I found nothing else. I have Kos, the centre.");
        assertThat(evening.searches).hasSize(2);
    }

    @Test
    void wishesForASearchAfterARefusedTaskBeginTheSearch() {
        evening.nextBooking = Optional.of(new Done.Refused<>("They are full then."));
        restaurants()
                .inOneTurn(c -> c.wants("reserve").fills(Map.of("restaurant", "Kos", "time", "20:00")))
                .confirmsYes()
                .expectSay("They are full then.")
                .fills(evening.cuisine, "thai")
                .expectSay("I have Lotus");
    }
}
