package dev.antiphon.samples.readymade;

import static dev.antiphon.flow.dsl.FlowDsl.*;

import dev.antiphon.flow.Done;
import dev.antiphon.flow.EffectPlan;
import dev.antiphon.flow.Flow;
import dev.antiphon.flow.Item;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.samples.readymade.Appointments.Appointment;
import dev.antiphon.samples.readymade.Appointments.TimeTaken;
import dev.antiphon.samples.readymade.Appointments.Wish;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.function.UnaryOperator;

/** Appointments: booked, moved and cancelled; those that there are already are found by their reference. */
public final class AppointmentFlow {
    record Move(String code, LocalDate date, LocalTime time) {}

    record Cancellation(String reference) {}

    private AppointmentFlow() {}

    /** The flow over this calendar. */
    public static Flow<Flow.Nothing> of(Appointments calendar) {
        var reference = code("reference", 4)
                .ask("What is the reference of your appointment?")
                .check((code, slots) -> calendar.has(code)
                        ? ok()
                        : reject("I find no appointment with the reference " + spelled(code) + "."));
        var date = date("date").ask("Which day suits you?").within(days(60));
        var time = time("time")
                .ask("What time?")
                .dependsOn(date)
                .check((at, slots) -> calendar.isFree(slots.get(date), at)
                        ? ok()
                        : alternatives(calendar.nearest(slots.get(date), at, 3)));
        var name = personName("name").ask("May I have your name?").spellBackIfUnsure();

        UnaryOperator<EffectPlan.Builder> ifTaken =
                effect -> effect.on(TimeTaken.class, taken -> reject(time).alternatives(taken.nearest()));
        var book = task(
                "book",
                Wish.class,
                t -> t.called("book an appointment")
                        .collect(date, time, name)
                        .confirm(w -> say("{} at {} for {}. Shall I book it?", w.date(), w.time(), w.name()))
                        .attempt("book_it", w -> toAskAbout(calendar.book(w), reference), ifTaken)
                        .done((w, a) -> verbatim("You're booked. Your reference is {}.", spelled(a.reference()))));
        var reschedule = task(
                "reschedule",
                Move.class,
                t -> t.called("move an appointment")
                        .collect(reference, date, time)
                        .confirm(m -> say("{} moves to {} at {}. Right?", calendar.get(m.code()), m.date(), m.time()))
                        .effect("move_it", m -> calendar.move(m.code(), m.date(), m.time()), ifTaken)
                        .done((m, moved) -> say("It is now on {} at {}.", moved.date(), moved.time())));
        var cancel = task(
                "cancel",
                Cancellation.class,
                t -> t.called("cancel an appointment")
                        .collect(reference)
                        .confirm(c -> say("Shall I cancel {}?", calendar.get(c.reference())))
                        .effect("cancel_it", c -> calendar.cancel(c.reference()))
                        .done((c, gone) -> say("Your appointment is cancelled.")));

        return Flow.service(
                "appointments",
                s -> s.goal("Book, move or cancel an appointment")
                        .task(book)
                        .task(reschedule)
                        .task(cancel)
                        .onStuck(noMatch(4), handOver("front desk")));
    }

    private static Done<Appointment> toAskAbout(Appointment made, Slot<String> reference) {
        return made(made, Item.of(i -> i.with(reference, made.reference())));
    }
}
