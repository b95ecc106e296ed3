package dev.antiphon.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.test.FlowCoverageExtension;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.session.ToolOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Services when something goes wrong, and what callers correct. */
@ExtendWith(FlowCoverageExtension.class)
class ServiceRepairTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));
    private static final ToolOutcome LATE = new ToolOutcome.TimedOut(Duration.ofSeconds(8));

    private final EveningOut evening = new EveningOut();
    private final FlowTest call = FlowTest.of(evening.restaurants(), CLOCK).effectsSettledByTest();

    private FlowTest kosToBeConfirmed() {
        return call.wants("reserve")
                .fills(Map.of("restaurant", "Kos", "time", "19:00"))
                .expectSay("Kos at 7 PM for 2. Shall I reserve it?");
    }

    @Test
    void aGreetingBeforeAnythingIsBegunIsAnsweredWithTheFirstQuestion() {
        call.controls("chitchat").expectSay("What can I do for you?").expectNotSaid("anything else");
        assertThat(call.struggles()).isEmpty();
        call.wants("find").controls("cancel").controls("chitchat").expectSay("Is there anything else?");
    }

    @Test
    void aSearchThatFailsIsTriedAgainAfterAYes() {
        call.inOneTurn(caller -> caller.wants("find").fills(evening.cuisine, "thai"))
                .effectFails(new IllegalStateException("the index is away"))
                .expectSay("Shall I try again")
                .expectEffects(1);
    }

    @Test
    void aSearchThatTakesTooLongIsTriedAgainAfterAYes() {
        call.inOneTurn(caller -> caller.wants("find").fills(evening.cuisine, "thai"))
                .settles(LATE)
                .expectSay("Shall I try again")
                .expectNotSaid("went through")
                .confirmsYes()
                .expectEffects(2);
    }

    @Test
    void afterASearchThatTookTooLongOtherValuesAreLookedUp() {
        call.inOneTurn(caller -> caller.wants("find").fills(evening.cuisine, "thai"))
                .settles(LATE)
                .expectNotSaid("know")
                .fills(evening.cuisine, "greek")
                .effectSucceeds(List.of())
                .expectNotSaid("can't tell");
        call.expectEffects(2);
    }

    @Test
    void aReservationThatFailsIsTriedAgainAfterAYes() {
        kosToBeConfirmed()
                .confirmsYes()
                .effectFails(new IllegalStateException("the book is away"))
                .expectSay("Shall I try again")
                .confirmsYes()
                .effectSucceeds("R7")
                .expectSay("Reserved at Kos.");
    }

    @Test
    void whileNobodyKnowsWhetherATableIsReservedNothingMayChange() {
        kosToBeConfirmed()
                .confirmsYes()
                .settles(LATE)
                .expectSay("I can't tell yet")
                .fills(evening.time, "20:00")
                .expectSay("I can't change that before I know.");
    }

    @Test
    void everyValueCanBeCorrectedOrBeRefused() {
        kosToBeConfirmed()
                .fills(Map.of("restaurant", "Lotus", "seats", "4"))
                .expectSay("Lotus at 7 PM for 4.")
                .fills(evening.seats, "6")
                .expectSay("for 6")
                .fills(evening.seats, "40")
                .fills(evening.time, "soonish")
                .expectNotSaid("for 40")
                .expectEffects(0);
    }

    @Test
    void wishesOfASearchCanBeAskedForAndCorrected() {
        call.wants("find")
                .expectSay("Which cuisine?")
                .fills(evening.area, "the north")
                .fills(evening.area, "the centre")
                .controls("skip")
                .expectEffects(1);
        call.effectSucceeds(List.of()).expectSay("I found nothing like that");
    }

    @Test
    void aTaskThatIsCancelledIsNotDoneAndTheCallGoesOn() {
        kosToBeConfirmed().cancels().expectSay("Is there anything else?").expectNoOutcome();
        assertThat(evening.booked).isEmpty();
    }

    @Test
    void silenceAsksTheOpenQuestionAgain() {
        call.wants("reserve").isSilent(1).expectSay("Are you still there? Which restaurant?");
    }
}
