package dev.antiphon.samples.clinic;

import static dev.antiphon.flow.dsl.FlowDsl.*;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.faq.Faq;
import java.time.LocalTime;

/** How the clinic books a visit over the phone. */
final class ClinicFlow {
    private ClinicFlow() {}

    static Flow<Booking> booking(Calendar calendar, Faq faq) {
        var service = choice("service", Service.class).ask("Would you like a check-up, a cleaning or a vaccination?");
        var date = date("date")
                .ask("Which day suits you?")
                .within(days(60))
                .check((day, slots) -> OpeningHours.openOn(day) ? ok() : reject("We are closed at the weekend."));
        var time = time("time", LocalTime.of(9, 0), LocalTime.of(16, 30))
                .ask("What time?")
                .dependsOn(service, date)
                .check((at, slots) -> calendar.isFree(slots.get(service), slots.get(date), at)
                        ? ok()
                        : alternatives(calendar.nearest(slots.get(service), slots.get(date), at, 3)));
        var name = personName("name").ask("May I have your name?").spellBackIfUnsure();
        var phone = phone("phone", "US").ask("And a phone number?").sensitive();

        return Flow.named(
                "book-visit",
                Booking.class,
                f -> f.goal("Book one visit at the clinic")
                        .greet("Hello, this is the Harbour Street clinic.")
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
                                                SlotTaken.class,
                                                taken -> reject(time).alternatives(taken.nearest())))
                        .done((b, reference) -> verbatim("You're booked. Your reference is {}.", spelled(reference)))
                        .faq(faq)
                        .alsoOffers("price_of_service", "free_parking_spaces", "pharmacy_on_duty")
                        .onStuck(noMatch(2), simplify())
                        .onStuck(noMatch(3), escalate())
                        .onStuck(noMatch(5), handOver("front desk")));
    }
}
