package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.*;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.slot.PhoneNumber;
import dev.antiphon.flow.slot.Slot;
import java.time.LocalDate;
import java.time.LocalTime;

/** The reference task: a visit is booked. */
final class ReferenceBooking {
    record Booking(Service service, LocalDate date, LocalTime time, String name, PhoneNumber phone) {}

    final Slot<Service> service = choice("service", Service.class).ask("Which service would you like?");
    final Slot<LocalDate> date = date("date").ask("Which day suits you?").within(days(60));
    final Slot<LocalTime> time;
    final Slot<String> name = personName("name").ask("May I have your name?").spellBackIfUnsure();
    final Slot<PhoneNumber> phone =
            phone("phone", "US").ask("And a phone number?").sensitive();
    final Flow<Booking> flow;

    ReferenceBooking(Calendar calendar, Faq faq) {
        time = time("time")
                .ask("What time?")
                .dependsOn(service, date)
                .check((t, s) -> calendar.isFree(s.get(service), s.get(date), t)
                        ? ok()
                        : alternatives(calendar.nearest(s.get(service), s.get(date), t, 7)));
        flow = Flow.named(
                "book-visit",
                Booking.class,
                f -> f.goal("Book one visit at the clinic")
                        .collect(service, date, time, name, phone)
                        .confirm(b -> say(
                                "{} on {} at {} for {}. Shall I book it?", b.service(), b.date(), b.time(), b.name()))
                        .effect(
                                "book",
                                calendar::book,
                                e -> e.timeout(seconds(8))
                                        .retries(2)
                                        .filler(after(millis(900)), "One moment, I'm booking that.")
                                        .on(
                                                Calendar.SlotTaken.class,
                                                taken -> reject(time).alternatives(taken.nearest())))
                        .done((b, ref) -> verbatim("You're booked. Your reference is {}.", spelled(ref)))
                        .faq(faq)
                        .onStuck(noMatch(2), simplify())
                        .onStuck(noMatch(3), escalate())
                        .onStuck(noMatch(5), handOver("front desk")));
    }
}
