package dev.antiphon.samples.readymade;

import static dev.antiphon.flow.dsl.FlowDsl.*;

import dev.antiphon.flow.Done;
import dev.antiphon.flow.EffectPlan;
import dev.antiphon.flow.Flow;
import dev.antiphon.flow.Item;
import dev.antiphon.flow.Texts;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.samples.readymade.Appointments.Appointment;
import dev.antiphon.samples.readymade.Appointments.Move;
import dev.antiphon.samples.readymade.Appointments.TimeTaken;
import dev.antiphon.samples.readymade.Appointments.Wish;
import java.time.LocalTime;
import java.util.function.UnaryOperator;

/** Appointments: booked, moved and cancelled; those that there are already are found by their reference. */
public final class AppointmentFlow {
    record Cancellation(String reference) {}

    private AppointmentFlow() {}

    /** The flow over this calendar, in English. */
    public static Flow<Flow.Nothing> of(Appointments calendar) {
        return of(calendar, Language.ENGLISH);
    }

    /** The flow over this calendar, in English or German. */
    public static Flow<Flow.Nothing> of(Appointments calendar, Language language) {
        Texts texts = Texts.beside(AppointmentFlow.class, "appointments", language);
        var reference = texts.asking(code("reference", 4))
                .check((code, slots) ->
                        calendar.has(code) ? ok() : reject(texts.get("reference.unknown", "reference", spelled(code))));
        var date = texts.asking(date("date")).within(days(60));
        var time = texts.asking(time("time", LocalTime.of(9, 0), LocalTime.of(16, 30)))
                .dependsOn(date)
                .check((at, slots) -> calendar.isFree(slots.get(date), at)
                        ? ok()
                        : alternatives(calendar.nearest(slots.get(date), at, 3)));
        var name = texts.asking(personName("name")).spellBackIfUnsure();

        UnaryOperator<EffectPlan.Builder> ifTaken =
                effect -> effect.on(TimeTaken.class, taken -> reject(time).alternatives(taken.nearest()));
        var book = task(
                "book",
                Wish.class,
                t -> t.called(texts.get("book"))
                        .collect(date, time, name)
                        .confirm(w -> texts.say("book.confirm", "date", w.date(), "time", w.time(), "name", w.name()))
                        .attempt("book_it", w -> toAskAbout(calendar.book(w), reference), ifTaken)
                        .done((w, a) -> texts.verbatim("book.done", "reference", spelled(a.reference()))));
        var reschedule = task(
                "reschedule",
                Move.class,
                t -> t.called(texts.get("move"))
                        .collect(reference, date, time)
                        .confirm(m -> texts.say("move.confirm", "old", calendar.at(m.reference()), "new", m.at()))
                        .effect("move_it", calendar::move, ifTaken)
                        .done((m, moved) -> texts.say("move.done", "date", moved.date(), "time", moved.time())));
        var cancel = task(
                "cancel",
                Cancellation.class,
                t -> t.called(texts.get("cancel"))
                        .undoes()
                        .collect(reference)
                        .confirm(c -> texts.say("cancel.confirm", "old", calendar.at(c.reference())))
                        .effect("cancel_it", c -> calendar.cancel(c.reference()))
                        .done((c, gone) -> texts.say("cancel.done")));

        return Flow.service(
                "appointments",
                s -> s.language(language)
                        .goal(texts.get("goal"))
                        .task(book)
                        .task(reschedule)
                        .task(cancel)
                        .onStuck(noMatch(4), handOver(texts.get("front-desk"))));
    }

    private static Done<Appointment> toAskAbout(Appointment made, Slot<String> reference) {
        return made(made, Item.of(i -> i.with(reference, made.reference())));
    }
}
