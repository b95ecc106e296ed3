package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.code;
import static dev.antiphon.flow.dsl.FlowDsl.handOver;
import static dev.antiphon.flow.dsl.FlowDsl.made;
import static dev.antiphon.flow.dsl.FlowDsl.noMatch;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.task;
import static dev.antiphon.flow.dsl.FlowDsl.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was made in the call, once or more often, and is to be taken back. */
class SeveralMadeTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Visit(LocalTime time) {}

    record Cancellation(String reference) {}

    private final Slot<LocalTime> time = time("time").ask("What time?");
    private final Slot<String> reference =
            code("reference", 2).ask("Which reference?").propose("The one that we just booked, {}?");
    private final List<String> cancelled = new ArrayList<>();
    private int booked;

    private final Task<Visit> book = task(
            "book",
            Visit.class,
            t -> t.called("book a visit")
                    .collect(time)
                    .confirm(visit -> say("{}. Shall I book it?", visit.time()))
                    .attempt("book_it", visit -> {
                        booked++;
                        String made = "A" + booked;
                        return made(made, Item.of(i -> i.with(reference, made)));
                    })
                    .done((visit, made) -> say("Booked.")));
    private final Task<Cancellation> cancel = task(
            "cancel",
            Cancellation.class,
            t -> t.called("cancel a visit")
                    .undoes()
                    .collect(reference)
                    .confirm(old -> say("The visit {}. Shall I cancel it?", old.reference()))
                    .effect("cancel_it", old -> cancelled.add(old.reference()))
                    .done((old, gone) -> say("Cancelled.")));

    private FlowTest booked(int times) {
        Flow<?> flow =
                Flow.service("visits", s -> s.goal("Book visits").task(book).task(cancel));
        FlowTest call = FlowTest.of(flow, CLOCK);
        for (String hour : List.of("10:00", "11:00").subList(0, times)) {
            call.inOneTurn(caller -> caller.wants("book").fills(time, hour))
                    .confirmsYes()
                    .expectSay("Booked.");
        }
        return call;
    }

    @Test
    void ofSeveralItIsAskedWhichAndTheFirstIsTheOneThatWasMadeFirst() {
        booked(2)
                .wants("cancel")
                .expectSay("Did you mean A 1 or A 2?")
                .chooses(1)
                .expectSay("The visit A 1. Shall I cancel it?")
                .confirmsYes()
                .expectSay("Cancelled.");
        assertThat(cancelled).containsExactly("A1");
    }

    @Test
    void theFirstOneMayBeNamedWithTheWish() {
        booked(2).inOneTurn(caller -> caller.wants("cancel").chooses(1)).expectSay("The visit A 1. Shall I cancel it?");
    }

    @Test
    void theOtherOneIsReadBackInsteadAndNeedsAYesOfItsOwn() {
        booked(2)
                .inOneTurn(caller -> caller.wants("cancel").chooses(2))
                .expectSay("The visit A 2. Shall I cancel it?")
                .inOneTurn(caller -> caller.confirmsNo().wantsAlternatives())
                .expectSay("The visit A 1. Shall I cancel it?");
        assertThat(cancelled).isEmpty();
    }

    @Test
    void noTheFirstOneIsReadBackInstead() {
        booked(2)
                .inOneTurn(caller -> caller.wants("cancel").chooses(2))
                .inOneTurn(caller -> caller.confirmsNo().chooses(1))
                .expectSay("The visit A 1. Shall I cancel it?");
    }

    @Test
    void aPlainNoIsFollowedByTheOtherOneAndThenItStays() {
        booked(2)
                .inOneTurn(caller -> caller.wants("cancel").chooses(2))
                .confirmsNo()
                .expectSay("All right. The one that we just booked, A 1?")
                .confirmsYes()
                .expectSay("The visit A 1. Shall I cancel it?")
                .confirmsNo()
                .cancels()
                .saysGoodbye()
                .expectOutcome("completed");
        assertThat(cancelled).isEmpty();
    }

    @Test
    void whatIsTakenBackIsNotProposedAgain() {
        booked(2)
                .inOneTurn(caller -> caller.wants("cancel").chooses(1))
                .confirmsYes()
                .wants("cancel")
                .expectSay("The one that we just booked, A 2?");
    }

    @Test
    void whoCancelsWhatIsDoneIsOfferedTheTaskThatTakesItBack() {
        booked(1)
                .cancels()
                .expectSay("Shall I cancel a visit?")
                .cancels()
                .expectSay("The one that we just booked, A 1?");
    }

    @Test
    void whereNothingTakesItBackAPersonIsOfferedAtOnce() {
        Flow<?> flow = Flow.service(
                "visits", s -> s.goal("Book visits").task(book).onStuck(noMatch(4), handOver("front desk")));
        FlowTest.of(flow, CLOCK)
                .inOneTurn(caller -> caller.wants("book").fills(time, "10:00"))
                .confirmsYes()
                .cancels()
                .expectSay("That is already done, and I can't undo it here. Shall I connect you to the front desk?")
                .confirmsNo()
                .expectSay("Is there anything else?")
                .saysGoodbye()
                .expectOutcome("completed");
    }
}
