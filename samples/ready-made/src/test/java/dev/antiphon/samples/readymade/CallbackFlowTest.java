package dev.antiphon.samples.readymade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallbackFlowTest {
    private static final InstantSource FRIDAY = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    private final InMemoryCallbackList list = new InMemoryCallbackList();
    private final FlowTest call = FlowTest.of(CallbackFlow.of(list, "US"), FRIDAY);

    @Test
    void aRequestIsTakenDownAfterAYes() {
        call.expectSay("A colleague will gladly call you back. May I have your name?")
                .fills(Map.of("name", "Anna Miller"))
                .expectSay("At which number can we reach you?")
                .fills(Map.of("phone", "415 555 0132"))
                .expectSay("4 1 5, 5 5 5, 0 1 3 2. What is it about?")
                .fills(Map.of("topic", "my last bill"))
                .fills(Map.of("time", "15:00"))
                .expectSay("We call Anna Miller about my last bill on the next working day at 3 PM. Is that right?");
        assertThat(list.all()).isEmpty();

        call.confirmsYes()
                .expectSay("Thank you, we will call you at 3 PM.")
                .saysGoodbye()
                .expectOutcome("completed");
        assertThat(list.all()).extracting(CallbackList.Callback::topic).containsExactly("my last bill");
    }

    @Test
    void aDayThatIsSaidIsReadBackAndKept() {
        call.fills(Map.of("name", "Anna Miller", "phone", "415 555 0132", "topic", "a bill"))
                .fills(Map.of("date", "next Tuesday", "time", "10:00"))
                .expectSay("We call Anna Miller about a bill on Tuesday, November 24th at 10 AM. Is that right?")
                .confirmsYes()
                .expectSay("We will call you at 10 AM.");
        assertThat(list.all())
                .extracting(CallbackList.Callback::date)
                .containsExactly(Optional.of(LocalDate.of(2026, 11, 24)));
    }

    @Test
    void nobodyIsCalledAtTheWeekend() {
        call.fills(Map.of("date", "Saturday")).expectSay("We call from Monday to Friday.");
    }

    @Test
    void nobodyIsCalledAtNight() {
        call.fills(Map.of("time", "20:00")).expectSay("It must be between 9 AM and 5 PM, but I heard 8 PM.");
    }

    @Test
    void anHourWithoutItsHalfOfTheDayIsTheOneInOfficeHours() {
        call.fills(Map.of("time", "3")).expectSay("3 PM");
    }

    @Test
    void whatIsCorrectedIsReadBackAgain() {
        call.fills(Map.of("name", "Anna Miller", "phone", "415 555 0132", "topic", "a bill", "time", "15:00"))
                .inOneTurn(caller -> caller.confirmsNo().fills(Map.of("time", "16:00")))
                .expectSay("We call Anna Miller about a bill on the next working day at 4 PM. Is that right?");
        assertThat(list.all()).isEmpty();
    }

    @Test
    void whoIsNotUnderstoodGetsAPerson() {
        call.isUnclear()
                .isUnclear()
                .expectSay("May I have your name?")
                .isUnclear()
                .isUnclear()
                .expectSay("I'll connect you to the switchboard now.")
                .expectOutcome("handed_over");
    }
}
