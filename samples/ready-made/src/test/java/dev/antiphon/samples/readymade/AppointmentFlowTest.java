package dev.antiphon.samples.readymade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AppointmentFlowTest {
    private static final InstantSource FRIDAY = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

    private final InMemoryAppointments calendar = new InMemoryAppointments();
    private final FlowTest call = FlowTest.of(AppointmentFlow.of(calendar), FRIDAY);

    private String booked() {
        return calendar.book(new Appointments.Wish(MONDAY, LocalTime.of(10, 0), "Ben Ray"))
                .reference();
    }

    @Test
    void anAppointmentIsBookedAfterAYes() {
        call.expectSay("What can I do for you?")
                .inOneTurn(caller -> caller.wants("book").fills(Map.of("date", "2026-11-23", "time", "10:00")))
                .expectSay("May I have your name?")
                .fills(Map.of("name", "Anna Miller"))
                .expectSay("Monday, November 23rd at 10 AM for Anna Miller. Shall I book it?");
        assertThat(calendar.all()).isEmpty();

        call.confirmsYes()
                .expectSay("You're booked. Your reference is A 1 0 1.")
                .asksAbout("reference")
                .expectSay("The reference is A 1 0 1.");
        assertThat(calendar.get("A101").name()).isEqualTo("Anna Miller");
    }

    @Test
    void atATimeThatIsTakenOthersAreOffered() {
        booked();

        call.inOneTurn(caller -> caller.wants("book").fills(Map.of("date", "2026-11-23", "time", "10:00")))
                .expectSay("10 AM isn't available.")
                .expectSay("I have 9:30 AM, 10:30 AM or 9 AM.")
                .chooses(2)
                .fills(Map.of("name", "Anna Miller"))
                .expectSay("at 10:30 AM for Anna Miller. Shall I book it?");
    }

    @Test
    void aTimeThatIsTakenDuringTheCallIsNotBookedTwice() {
        call.wants("book")
                .fills(Map.of("date", "2026-11-23", "time", "10:00", "name", "Anna Miller"))
                .expectSay("Shall I book it?");
        booked();

        call.confirmsYes()
                .expectSay("10 AM is no longer available. I have 9:30 AM, 10:30 AM or 9 AM.")
                .chooses(1)
                .confirmsYes()
                .expectSay("You're booked. Your reference is A 1 0 2.");
        assertThat(calendar.all())
                .extracting(Appointments.Appointment::time)
                .containsExactly(LocalTime.of(10, 0), LocalTime.of(9, 30));
    }

    @Test
    void whatTheTimeWasBeforeAMoveIsReadBackAndNotTheNewTime() {
        String reference = booked();
        for (String question : List.of("Wait, what time was it before?", "What was the old time?")) {
            FlowTest.of(AppointmentFlow.of(calendar), FRIDAY)
                    .inOneTurn(caller -> caller.wants("reschedule")
                            .fills(Map.of("reference", reference, "date", "2026-11-24", "time", "09:00")))
                    .asks(question)
                    .expectSay("10 AM")
                    .expectNotSaid("The time is 9 AM")
                    .confirmsYes()
                    .expectSay("It is now on");
            calendar.move(new Appointments.Move(reference, MONDAY, LocalTime.of(10, 0)));
        }
    }

    @Test
    void anAppointmentIsFoundByItsReferenceAndMoved() {
        String reference = booked();

        call.wants("reschedule")
                .expectSay("What is the reference of your appointment?")
                .fills(Map.of("reference", "a one oh"))
                .expectSay("it should have 4 characters, but I heard 3.")
                .fills(Map.of("reference", "it's a one oh one"))
                .expectSay("Which day suits you?")
                .fills(Map.of("date", "2026-11-24", "time", "15:00"))
                .expectSay(
                        "Your appointment on Monday, November 23rd at 10 AM moves to Tuesday, November 24th at 3 PM.")
                .confirmsYes()
                .expectSay("It is now on Tuesday, November 24th at 3 PM.");
        assertThat(calendar.get(reference).date()).isEqualTo(MONDAY.plusDays(1));
        assertThat(calendar.all()).hasSize(1);
    }

    @Test
    void whatWasJustBookedIsMovedAndCancelledWithoutItsReference() {
        call.wants("book")
                .fills(Map.of("date", "2026-11-23", "time", "10:00", "name", "Anna Miller"))
                .confirmsYes()
                .inOneTurn(caller -> caller.wants("reschedule").fills(Map.of("date", "2026-11-24", "time", "15:00")))
                .expectSay("Is that the one that we just booked, A 1 0 1?")
                .confirmsYes()
                .expectSay(
                        "Your appointment on Monday, November 23rd at 10 AM moves to Tuesday, November 24th at 3 PM.")
                .confirmsYes()
                .expectSay("It is now on Tuesday, November 24th at 3 PM.")
                .wants("cancel")
                .expectSay("Is that the one that we just booked, A 1 0 1?")
                .confirmsYes()
                .confirmsYes()
                .expectSay("Your appointment is cancelled.")
                .wants("reschedule")
                .expectSay("What is the reference of your appointment?");
        assertThat(calendar.all()).isEmpty();
    }

    @Test
    void nothingIsCancelledWithoutAYes() {
        booked();
        call.wants("cancel")
                .fills(Map.of("reference", "A101"))
                .expectSay("Shall I cancel your appointment on Monday, November 23rd at 10 AM?")
                .confirmsNo()
                .expectSay("All right, it stays as it is. Is there anything else?")
                .thanks()
                .saysGoodbye()
                .expectOutcome("abandoned");
        assertThat(calendar.has("A101")).isTrue();
    }

    @Test
    void anAppointmentIsCancelledAfterAYes() {
        booked();
        call.inOneTurn(caller -> caller.wants("cancel").fills(Map.of("reference", "A101")))
                .confirmsYes()
                .expectSay("Your appointment is cancelled.");
        assertThat(calendar.all()).isEmpty();
    }

    @Test
    void aReferenceThatNobodyHasIsNotCancelled() {
        call.inOneTurn(caller -> caller.wants("cancel").fills(Map.of("reference", "B202")))
                .expectSay("I find no appointment with the reference B 2 0 2.")
                .expectSay("What is the reference of your appointment?")
                .expectEffects(0);
    }

    private FlowTest secondBegun() {
        return call.wants("book")
                .fills(Map.of("date", "2026-11-23", "time", "10:00", "name", "Anna Miller"))
                .confirmsYes()
                .wantsAnother("book")
                .fills(Map.of("date", "2026-11-24"))
                .expectSay("What time")
                .cancels()
                .expectSay("Shall I only stop what we have just begun, or would you like to cancel an appointment?");
    }

    @Test
    void whoCancelsTheSecondIsAskedWhichOneIsMeant() {
        secondBegun()
                .confirmsYes()
                .expectSay("All right, I won't book an appointment this time. What is already done stays as it is.")
                .expectNoOutcome();
        assertThat(calendar.all()).hasSize(1);
    }

    @Test
    void whoMeantTheFirstIsAskedForIt() {
        secondBegun().wants("cancel").expectSay("Is that the one that we just booked, A 1 0 1?");
    }

    @Test
    void whoMeantNeitherGoesOn() {
        secondBegun().confirmsNo().expectSay("All right, let's go on.").expectSay("hat time");
    }
}
