package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a success has made is proposed where the call needs it next. */
class ProposedValuesTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));
    private static final String PROPOSAL = "Is that the one that we just booked, A 1 0 1?";

    record Visit(String name) {}

    record Change(String reference) {}

    private final Set<String> there = new HashSet<>(Set.of("B202"));
    private final List<String> cancelled = new ArrayList<>();
    private final Slot<String> name = freeText("name").ask("What name?");
    private final Slot<String> reference = code("reference", 4)
            .ask("Which reference?")
            .propose("Is that the one that we just booked, {}?")
            .check((code, slots) -> there.contains(code) ? ok() : reject("I don't find that."));

    private Task<Visit> book() {
        return task(
                "book",
                Visit.class,
                t -> t.called("book a visit")
                        .collect(name)
                        .confirm(visit -> say("{}. Shall I book it?", visit.name()))
                        .attempt("book_it", visit -> {
                            there.add("A101");
                            return made("A101", Item.of(item -> item.with(reference, "A101")));
                        })
                        .done((visit, code) -> say("Booked.")));
    }

    private Task<Change> cancel() {
        return task(
                "cancel",
                Change.class,
                t -> t.called("cancel a visit")
                        .collect(reference)
                        .confirm(change -> say("Shall I cancel {}?", change.reference()))
                        .effect("cancel_it", change -> cancelled.add(change.reference()))
                        .done((change, ok) -> say("Cancelled.")));
    }

    private FlowTest booked() {
        Flow<?> desk = Flow.service(
                "desk", s -> s.goal("Book and cancel visits").task(book()).task(cancel()));
        return FlowTest.of(desk, CLOCK)
                .wants("book")
                .fills(name, "Ana")
                .confirmsYes()
                .expectSay("Booked.");
    }

    @Test
    void whatWasJustMadeIsProposedInsteadOfAskedFor() {
        booked().wants("cancel")
                .expectSay(PROPOSAL)
                .confirmsYes()
                .expectSay("Shall I cancel A 1 0 1?")
                .confirmsYes()
                .expectSay("Cancelled.");
        assertThat(cancelled).containsExactly("A101");
    }

    @Test
    void aValueThatTheYesWasToIsSaidOnlyWhereItIsReadBack() {
        booked().wants("cancel")
                .confirmsYes()
                .expectSay("Shall I cancel A 1 0 1?")
                .expectNotSaid("Okay");
        asksWhyToo(reference).confirmsYes().expectSay("Why?").expectNotSaid("A 1 0 1");
        asksWhyToo(reference.verify((code, slots) -> ok()))
                .confirmsYes()
                .expectSay("Why?")
                .expectNotSaid("A 1 0 1");
    }

    @Test
    void aValueThatTheYesWasNotToIsSaid() {
        asksWhyToo(reference).fills(reference, "B202").expectSay("Okay, B 2 0 2. Why?");
        asksWhyToo(reference.verify((code, slots) -> ok("B202"))).confirmsYes().expectSay("Okay, B 2 0 2. Why?");
    }

    private FlowTest asksWhyToo(Slot<String> which) {
        record Reasoned(String reference, String why) {}
        Task<Reasoned> cancel = task(
                "cancel",
                Reasoned.class,
                t -> t.called("cancel a visit")
                        .collect(which, freeText("why").ask("Why?"))
                        .effect("cancel_it", change -> cancelled.add(change.reference())));
        return FlowTest.of(
                        Flow.service("desk", s -> s.goal("Visits").task(book()).task(cancel)), CLOCK)
                .wants("book")
                .fills(name, "Ana")
                .confirmsYes()
                .wants("cancel")
                .expectSay(PROPOSAL);
    }

    @Test
    void whoMeansAnotherOneIsAskedAndNotProposedTheSameAgain() {
        booked().wants("cancel")
                .confirmsNo()
                .expectSay("Which reference?")
                .fills(reference, "B202")
                .confirmsYes()
                .expectSay("Cancelled.")
                .wants("cancel")
                .expectSay("Which reference?");
        booked().wants("cancel").wantsAlternatives().expectSay("Which reference?");
        assertThat(cancelled).containsExactly("B202");
    }

    @Test
    void whoNamesAnotherOneIsTakenAtTheirWord() {
        booked().wants("cancel")
                .expectSay(PROPOSAL)
                .fills(reference, "B202")
                .expectSay("Shall I cancel B 2 0 2?")
                .confirmsYes()
                .wants("cancel")
                .expectSay("Which reference?");
    }

    @Test
    void whatIsNotUnderstoodIsAskedAgainAndTheProposalStays() {
        booked().wants("cancel").isUnclear().expectSay(PROPOSAL).confirmsYes().expectSay("Shall I cancel A 1 0 1?");
    }

    @Test
    void whatIsNotThereAnyMoreIsNotProposed() {
        FlowTest call = booked();
        there.remove("A101");

        call.wants("cancel").expectSay("Which reference?");
    }

    @Test
    void withoutASuccessItIsAskedFor() {
        Flow<?> desk = Flow.service("desk", s -> s.goal("Cancel visits").task(cancel()));
        FlowTest.of(desk, CLOCK).wants("cancel").expectSay("Which reference?");
    }

    @Test
    void anotherFlowOfTheCallMayNeedIt() {
        Flow<?> booking = Flow.service("booking", s -> s.goal("Book visits").task(book()));
        Flow<?> changes = Flow.service("changes", s -> s.goal("Cancel visits").task(cancel()));
        Dialog both = Dialog.of("desk", "Look after visits", booking, changes);

        FlowTest.of(both, CLOCK)
                .wants("booking.book")
                .fills(name, "Ana")
                .confirmsYes()
                .wants("changes.cancel")
                .expectSay(PROPOSAL);
        FlowTest.of(both, CLOCK)
                .wants("changes.cancel")
                .expectSay("Which reference?")
                .wants("booking.book")
                .fills(name, "Ana")
                .confirmsYes()
                .wants("changes.cancel")
                .expectSay(PROPOSAL)
                .confirmsNo()
                .expectSay("Which reference?")
                .cancels()
                .wants("changes.cancel")
                .expectSay("Which reference?");
    }

    @Test
    void theQuestionHasOnePlaceForTheValue() {
        assertThatThrownBy(() -> code("reference", 4).propose("That one?"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("propose() of slot 'reference' must have exactly one {}, but is 'That one?'");
    }
}
