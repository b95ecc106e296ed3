package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.alternatives;
import static dev.antiphon.flow.dsl.FlowDsl.choice;
import static dev.antiphon.flow.dsl.FlowDsl.dateTime;
import static dev.antiphon.flow.dsl.FlowDsl.days;
import static dev.antiphon.flow.dsl.FlowDsl.escalate;
import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.noMatch;
import static dev.antiphon.flow.dsl.FlowDsl.number;
import static dev.antiphon.flow.dsl.FlowDsl.ok;
import static dev.antiphon.flow.dsl.FlowDsl.phone;
import static dev.antiphon.flow.dsl.FlowDsl.reject;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.slot.PhoneNumber;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.tier.Struggle.Signal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of values: kept, refused, asked back, dropped with others; and what the caller hears of it. */
class ValuesTakenTest extends BookedByPhone {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    private FlowTest timesOffered() {
        calendar.take(TUESDAY, THREE);
        return call().fills(Map.of("service", "CHECKUP", "date", "2026-11-24", "time", "15:00"))
                .expectSay("I have 2:30 PM, 3:30 PM or 2 PM. Which would you like?");
    }

    // Offers.

    @Test
    void anOfferStaysOpenWhenAnotherValueIsGiven() {
        timesOffered()
                .fills(booking.name, "Ana Smith")
                .expectSay("I have 2:30 PM, 3:30 PM or 2 PM. Which would you like?")
                .chooses(1)
                .expectSlot(booking.time, "2:30 PM");
    }

    @Test
    void anOfferIsOverWhenItsValueIsGivenOrThatOnWhichItDepends() {
        timesOffered().fills(booking.time, "16:00").expectSay("May I have your name?");
        timesOffered().fills(booking.date, "2026-11-25").expectSay("What time?").expectNotSaid("2:30");
    }

    @Test
    void whatDependsOnNothingAndHasNoAlternativeIsSaidSo() {
        record Note(String text) {}
        Slot<String> text = freeText("text")
                .ask("What shall I write?")
                .check((words, slots) -> words.equals("milk") ? alternatives(List.of()) : ok());
        FlowTest.of(
                        Flow.named(
                                "note",
                                Note.class,
                                f -> f.goal("Write a note")
                                        .collect(text)
                                        .confirm(note -> say("{}. Right?", note.text()))
                                        .effect("write", note -> "N1")
                                        .done((note, id) -> say("Written."))),
                        CLOCK)
                .fills(text, "milk")
                .expectSay("Milk isn't available. I have nothing close to it. What shall I write?")
                .expectOpen(text);
    }

    @Test
    void alternativesOfWhichNoneIsPossibleCountAsNotUnderstood() {
        record Order(Integer count) {}
        for (int useless : new int[] {7, 50}) {
            Slot<Integer> count = number("count", 1, 12)
                    .ask("How many?")
                    .check((wanted, slots) -> wanted == 7 ? alternatives(List.of(useless)) : ok());
            FlowTest.of(
                            Flow.named(
                                    "order",
                                    Order.class,
                                    f -> f.goal("Order")
                                            .collect(count)
                                            .onStuck(noMatch(2), escalate())
                                            .confirm(order -> say("{}. Right?", order.count()))
                                            .effect("order", order -> "O1")
                                            .done((order, id) -> say("Ordered."))),
                            CLOCK)
                    .fills(count, 7)
                    .expectSay("can't check")
                    .expectStruggle(Signal.NO_MATCH)
                    .fills(count, 7)
                    .expectEscalation();
        }
    }

    @Test
    void ofSeveralThatItDependsOnTheLastOneThatHasAValueIsAskedFor() {
        record Seat(String hall, Optional<String> row, Integer place) {}
        Slot<String> hall = freeText("hall").ask("Which hall?");
        Slot<String> row = freeText("row").ask("Which row?").optional();
        Slot<Integer> place = number("place", 1, 99)
                .ask("Which place?")
                .dependsOn(hall, row)
                .check((wanted, slots) -> wanted == 13 ? alternatives(List.of()) : ok());
        Flow<Seat> flow = Flow.named(
                "seat",
                Seat.class,
                f -> f.goal("Reserve a seat")
                        .collect(hall, row, place)
                        .confirm(seat -> say("{}. Right?", seat.place()))
                        .effect("reserve", seat -> "S1")
                        .done((seat, id) -> say("Reserved.")));

        FlowTest.of(flow, CLOCK)
                .fills(Map.of("hall", "Gold", "row", "Seven", "place", 13))
                .expectSay("There is nothing left for Seven, but another row may do.")
                .expectOpen(row)
                .expectSlot(hall, "Gold");
        FlowTest.of(flow, CLOCK)
                .fills(hall, "Gold")
                .controls("skip")
                .fills(place, 13)
                .expectSay("There is nothing left for Gold, but another hall may do.")
                .expectOpen(hall);
    }

    @Test
    void aRejectionWithoutAnAlternativeAsksForWhatTheValueDependsOn() {
        record Visit(String day, String time) {}
        Slot<String> day = freeText("day").ask("Which day?");
        Slot<String> time = freeText("time").ask("What time?").dependsOn(day);
        FlowTest.of(
                        Flow.named(
                                "visit",
                                Visit.class,
                                f -> f.goal("Book a visit")
                                        .collect(day, time)
                                        .check(visit -> visit.day().equals("Monday")
                                                ? Optional.of(reject(time)
                                                        .alternatives(List.of())
                                                        .because("Monday is full."))
                                                : Optional.empty())
                                        .confirm(visit -> say("{}. Right?", visit.day()))
                                        .effect("book", visit -> "V1")
                                        .done((visit, id) -> say("Booked."))),
                        CLOCK)
                .fills(day, "Monday", time, "noon")
                .expectSay("Monday is full. There is nothing left for Monday, but another day may do. Which day?")
                .expectOpen(day)
                .expectOpen(time);
    }

    // What is said of new values.

    record Order(String article, Optional<String> colour, PhoneNumber phone) {}

    private final Slot<String> article = freeText("article").ask("Which article?");
    private final Slot<String> colour = freeText("colour")
            .ask("Which colour?")
            .onlyWhen("it is a chair", slots -> slots.get(article).equals("chair"));
    private final Slot<PhoneNumber> number = phone("phone", "US").ask("Your number?");

    private FlowTest order() {
        return FlowTest.of(
                Flow.named(
                        "order",
                        Order.class,
                        f -> f.goal("Order furniture")
                                .collect(article, colour, number)
                                .confirm(order -> say("{}. Right?", order.article()))
                                .effect("order", order -> "O1")
                                .done((order, id) -> say("Ordered."))),
                CLOCK);
    }

    @Test
    void newValuesAreSaidUnlessTheyAreReadBackAtOnce() {
        order().fills(article, "table").expectSay("Okay, table. Your number?");
        order().fills(number, "202 555 0147")
                .fills(article, "table")
                .expectSay("table. Right?")
                .expectNotSaid("Okay");
    }

    @Test
    void aPhoneNumberIsSaidAlsoBeforeAReadBack() {
        order().fills(article, "table")
                .fills(number, "202 555 0147")
                .expectSay("Okay, 2 0 2, 5 5 5, 0 1 4 7. Table. Right?");
    }

    @Test
    void aValueThatIsNotWantedIsNotSaid() {
        order().fills(article, "table", colour, "blue")
                .expectSay("Okay, table. Your number?")
                .expectNotSaid("blue");
        order().fills(article, "chair", colour, "blue").expectSay("Okay, article chair, colour blue. Your number?");
    }

    @Test
    void whoSaysTheSameAtTheReadBackIsAskedInAFewWords() {
        atTheConfirmation()
                .fills(booking.date, "2026-11-24")
                .expectSay("So: Shall I book it?")
                .expectNotSaid("Ana");
    }

    @Test
    void whoSaysTheSameBeforeIsAskedInFullWords() {
        call().fills(booking.service, "CHECKUP")
                .fills(booking.service, "CHECKUP")
                .expectSay("Which day suits you?")
                .expectNotSaid("Okay");
    }

    @Test
    void whatIsDoneCannotBeChangedAndTheCallerIsAskedForMore() {
        atTheConfirmation()
                .confirmsYes()
                .fills(booking.time, "16:00")
                .expectSay("Front desk can. Is there anything else?");
    }

    // What cannot be taken.

    @Test
    void whatTheCallerWantsToChangeIsNotKeptThoughTheNewValueIsNone() {
        call().fills(booking.phone, "202 555 0147")
                .fills(booking.phone, "202 555")
                .expectSay("That number seems to be too short.")
                .expectOpen(booking.phone);
        call().fills(booking.date, "2026-11-24")
                .fills(booking.date, "2028-11-24")
                .expectSay("too far ahead")
                .expectOpen(booking.date);
    }

    @Test
    void aChangeThatMayMeanSeveralThingsDropsTheOldValue() {
        record Visit(String doctor) {}
        Slot<String> doctor = choice("doctor", List.of("Dr. Anna Smith", "Dr. Paul Smith", "Dr. Jones"))
                .ask("Which doctor?");
        FlowTest.of(
                        Flow.named(
                                "visit",
                                Visit.class,
                                f -> f.goal("Note a visit")
                                        .collect(doctor)
                                        .confirm(visit -> say("{}. Right?", visit.doctor()))
                                        .effect("note", visit -> "N1")
                                        .done((visit, id) -> say("Noted."))),
                        CLOCK)
                .fills(doctor, "Jones")
                .expectSay("Dr. Jones. Right?")
                .fills(doctor, "Smith")
                .expectSay("Did you mean Dr. Anna Smith or Dr. Paul Smith?")
                .expectOpen(doctor)
                .confirmsYes()
                .expectEffects(0);
    }

    @Test
    void ofSeveralMeaningsOnlyThoseThatArePossibleAreAsked() {
        record Visit(ZonedDateTime moment) {}
        Slot<ZonedDateTime> moment = dateTime("moment").ask("When?").within(days(30));
        Flow<Visit> flow = Flow.named(
                "visit",
                Visit.class,
                f -> f.goal("Book a visit")
                        .collect(moment)
                        .confirm(visit -> say("{}. Right?", visit.moment()))
                        .effect("book", visit -> "V1")
                        .done((visit, id) -> say("Booked.")));

        FlowTest.of(flow, CLOCK).fills(moment, "tomorrow at seven").expectSay("Did you mean");
        FlowTest.of(flow, CLOCK)
                .fills(moment, "today at seven")
                .expectSay("Friday, November 20th at 7 PM. Right?")
                .expectNotSaid("Did you mean");
        FlowTest.of(flow, CLOCK)
                .fills(moment, "December 30th at seven")
                .expectSay("is too far ahead")
                .expectNotSaid("Did you mean")
                .expectOpen(moment);
    }

    @Test
    void aCorrectionThatIsNotUnderstoodIsAskedAgain() {
        call().fills(booking.date, "2026-11-24")
                .fills(booking.date, "the day of days")
                .expectSay("I couldn't make out the day.")
                .expectOpen(booking.date)
                .expectStruggle(Signal.TOOL_ERROR);
        String said = call().fills(Map.of("service", "CHECKUP", "date", "2026-11-24", "time", "15:00"))
                .fills(booking.time, "blah")
                .expectOpen(booking.time)
                .expectSlot(booking.date, "Tuesday, November 24th")
                .said();
        assertThat(said).contains("I couldn't make out the time. What time");
    }

    @Test
    void whatNoCallerSaysIsTheModelsSlipAndChangesNothing() {
        for (String slip : List.of("<date>", "{{date}}", "YYYY-MM-DD", "???")) {
            call().fills(booking.date, "2026-11-24")
                    .fills(booking.date, slip)
                    .expectNotSaid("I couldn't make out the day.")
                    .expectSlot(booking.date, "Tuesday, November 24th")
                    .expectStruggle(Signal.TOOL_ERROR);
        }
    }

    @Test
    void whatIsPartlyDoneKeepsItsValuesThoughTheNewOneIsNone() {
        record Call(PhoneNumber phone) {}
        FlowTest call = FlowTest.of(
                        Flow.named(
                                "call",
                                Call.class,
                                f -> f.goal("Order a call")
                                        .collect(number)
                                        .confirm(wanted -> say("{}. Right?", wanted.phone()))
                                        .effect("note", wanted -> "N1")
                                        .effect("order", wanted -> {
                                            throw new IllegalStateException("down");
                                        })
                                        .done((wanted, id) -> say("Ordered."))),
                        CLOCK)
                .fills(number, "202 555 0147")
                .confirmsYes()
                .expectSay("Shall I try again?");
        call.fills(number, "202 555").expectSlot(number, "2 0 2, 5 5 5, 0 1 4 7");
        call.fills(number, "202 555 0148")
                .expectSay("can't be changed any more")
                .expectSlot(number, "2 0 2, 5 5 5, 0 1 4 7");
    }

    @Test
    void aKnownValueThatItsSlotCannotHoldIsAFaultAndTheSlotIsAsked() {
        MachineCall call = new MachineCall(booking.flow)
                .takes(new FlowEvent.CallerKnown(Map.of("date", "someday", "name", "Ana Smith")));
        assertThat(call.faults()).containsExactly("known value of slot date");
        call.means(new DialogueAct.Inform(Map.of("service", "CHECKUP")));

        assertThat(call.state.slots().has("name")).isTrue();
        assertThat(call.acts).containsExactly(new SystemAct.Asks("date"));
    }
}
