package dev.antiphon.samples.readymade;

import static dev.antiphon.flow.dsl.FlowDsl.*;

import dev.antiphon.flow.Flow;
import dev.antiphon.samples.readymade.CallbackList.Callback;
import java.time.DayOfWeek;
import java.time.LocalTime;

/** A callback: who wants it, at which number, about what, and when; without a day it is on the next working day. */
public final class CallbackFlow {
    private CallbackFlow() {}

    /** The flow over this list; numbers without a country code are of this ISO country, for example {@code US}. */
    public static Flow<Callback> of(CallbackList list, String phoneRegion) {
        var name = personName("name").ask("May I have your name?").spellBackIfUnsure();
        var phone = phone("phone", phoneRegion)
                .ask("At which number can we reach you?")
                .sensitive();
        var topic = freeText("topic").ask("What is it about?").simpler("In a few words: what shall we talk about?");
        var date = date("date")
                .called("day of the call")
                .within(days(14))
                .check((day, slots) -> day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0
                        ? ok()
                        : reject("We call from Monday to Friday."))
                .optional();
        var time = time("time", LocalTime.of(9, 0), LocalTime.of(17, 0))
                .called("time of the call")
                .ask("What time suits you, between nine and five?");

        return Flow.named(
                "callback",
                Callback.class,
                f -> f.goal("Take down a request for a callback")
                        .greet("Hello! A colleague will gladly call you back.")
                        .collect(name, phone, topic, date, time)
                        .confirm(c -> c.date()
                                .map(day -> say(
                                        "We call {} about {} on {} at {}. Is that right?",
                                        c.name(),
                                        c.topic(),
                                        day,
                                        c.time()))
                                .orElseGet(() -> say(
                                        "We call {} about {} on the next working day at {}. Is that right?",
                                        c.name(),
                                        c.topic(),
                                        c.time())))
                        .effect("note", list::add)
                        .done((c, number) -> say("Thank you, we will call you at {}.", c.time()))
                        .onStuck(noMatch(2), simplify())
                        .onStuck(noMatch(4), handOver("switchboard")));
    }
}
