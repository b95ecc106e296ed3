package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.made;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.ToolOutcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the caller does not want any more, what comes after it, and how such calls end. */
class GivenUpTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    private final EveningOut evening = new EveningOut();

    private FlowTest both() {
        return FlowTest.of(evening.both(), CLOCK);
    }

    private FlowTest restaurants() {
        return FlowTest.of(evening.restaurants(), CLOCK);
    }

    private MachineCall reserved() {
        return evening.reserving()
                .yes()
                .settles(new ToolOutcome.Ok(made("R7", Item.of(item -> item.with("reference", "R7")))))
                .heard();
    }

    @Test
    void whatIsCancelledWhenItIsProposedIsNotProposedAgainAtTheEnd() {
        restaurants()
                .inOneTurn(caller -> caller.wants("reserve").fills(evening.time, "20:00"))
                .inOneTurn(caller -> caller.wants("find").fills(evening.cuisine, "thai"))
                .cancels()
                .expectSay("All right. Is there anything else?")
                .saysGoodbye()
                .expectSay("I was still going to reserve a table.")
                .cancels()
                .saysGoodbye()
                .expectNotSaid("still going to")
                .expectOutcome("abandoned");
    }

    @Test
    void aCancelledDigressionLeadsBackByItself() {
        both().inOneTurn(caller -> caller.wants("cinema.buy").fills(Map.of("flow", "cinema", "film", "Dune")))
                .expectSay("What time?")
                .inOneTurn(caller ->
                        caller.wants("restaurants.find").fills(Map.of("flow", "restaurants", "cuisine", "thai")))
                .expectSay("I have Lotus")
                .cancels()
                .expectSay("All right. So, what time?")
                .expectNotSaid("anything else");
    }

    @Test
    void afterTheFirstOfTwoIsCancelledTheSecondComes() {
        both().inOneTurn(caller -> caller.wants("cinema.buy")
                        .fills(Map.of("flow", "cinema", "film", "Dune"))
                        .wantsAnother("cinema.buy")
                        .fills(Map.of("flow", "cinema", "film", "Brazil")))
                .expectSay("What time?")
                .cancels()
                .expectSay("All right. You also wanted to buy a ticket. What time?")
                .fills(Map.of("time", "20:00"))
                .expectSay("The film is Brazil. The time is 8 PM. Is that right?");
    }

    @Test
    void whoCancelsAllAndLeavesHasReachedNothing() {
        assertThat(evening.reserving()
                        .means(new DialogueAct.Cancel())
                        .means(new DialogueAct.Goodbye())
                        .state
                        .outcome())
                .contains(new Outcome.Abandoned("the caller said goodbye before the goal"));
    }

    @Test
    void whoHasReservedAndGivesUpSomethingElseHasReachedTheGoal() {
        assertThat(reserved()
                        .means(new DialogueAct.Start("reserve"))
                        .means(new DialogueAct.Goodbye())
                        .state
                        .outcome())
                .contains(new Outcome.Completed("restaurants", "R7"));
    }

    @Test
    void whoHasTakenWhatWasFoundHasReachedTheGoal() {
        assertThat(evening.proposed()
                        .means(new DialogueAct.Negate(0))
                        .means(new DialogueAct.Goodbye())
                        .state
                        .outcome())
                .contains(new Outcome.Completed("restaurants", "found"));
    }

    @Test
    void whatOneFlowHasDoneCompletesTheCallThatEndsInAnother() {
        both().inOneTurn(caller ->
                        caller.wants("cinema.buy").fills(Map.of("flow", "cinema", "film", "Dune", "time", "20:00")))
                .confirmsYes()
                .expectSay("You have the ticket.")
                .inOneTurn(caller ->
                        caller.wants("restaurants.find").fills(Map.of("flow", "restaurants", "cuisine", "thai")))
                .saysGoodbye()
                .expectOutcome("completed");
    }
}
