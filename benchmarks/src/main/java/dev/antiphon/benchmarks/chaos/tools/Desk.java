package dev.antiphon.benchmarks.chaos.tools;

import static dev.antiphon.flow.dsl.FlowDsl.choice;
import static dev.antiphon.flow.dsl.FlowDsl.date;
import static dev.antiphon.flow.dsl.FlowDsl.days;
import static dev.antiphon.flow.dsl.FlowDsl.gated;
import static dev.antiphon.flow.dsl.FlowDsl.handOver;
import static dev.antiphon.flow.dsl.FlowDsl.keyed;
import static dev.antiphon.flow.dsl.FlowDsl.noMatch;
import static dev.antiphon.flow.dsl.FlowDsl.personName;
import static dev.antiphon.flow.dsl.FlowDsl.phone;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.time;
import static dev.antiphon.flow.dsl.FlowDsl.verbatim;

import dev.antiphon.flow.Dialog;
import dev.antiphon.flow.Flow;
import dev.antiphon.samples.clinic.Booking;
import dev.antiphon.samples.clinic.Service;
import dev.antiphon.tool.Tool;
import dev.antiphon.tool.ToolPolicy;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The bot of the storm: a flow with one effect, and four tools, whose work is done by {@link ToolWork} and {@link Bookings}. */
final class Desk {
    /** What callers hear who wait. */
    static final Set<String> FILLERS = Set.of(
            "One moment, please.",
            "I'm still on it.",
            "I look that up.",
            "One moment, I'm booking that.",
            "One moment, I'm checking that.");

    private final ToolWork work;
    private final Bookings bookings;

    /** What tools are asked with: for whom. */
    record Asked(int caller) {}

    Desk(Storm storm, Violations violations) {
        work = new ToolWork(storm, violations);
        bookings = new Bookings(storm, violations);
    }

    Dialog dialog() {
        var service = choice("service", Service.class).ask("Would you like a check-up, a cleaning or a vaccination?");
        var date = date("date").ask("Which day suits you?").within(days(60));
        var time = time("time", LocalTime.of(9, 0), LocalTime.of(16, 30)).ask("What time?");
        var name = personName("name").ask("May I have your name?");
        var phone = phone("phone", "US").ask("And a phone number?");
        return Dialog.of(Flow.named(
                "book-visit",
                Booking.class,
                f -> f.goal("Book one visit at the clinic")
                        .greet("Hello, this is the clinic.")
                        .collect(service, date, time, name, phone)
                        .confirm(b -> say(
                                "{} on {} at {} for {}. Shall I book it?", b.service(), b.date(), b.time(), b.name()))
                        .effect(
                                "book",
                                gated((b, key) -> bookings.look(key), keyed((b, key) -> bookings.book(key))),
                                e -> e.timeout(Duration.ofSeconds(8))
                                        .retries(1)
                                        .filler(Duration.ofMillis(900), "One moment, I'm booking that."))
                        .done((b, reference) -> verbatim("You're booked. Your reference is {}.", reference))
                        .alsoOffers("weather", "parking", "note", "bus")
                        .onStuck(noMatch(5), handOver("front desk"))));
    }

    List<Tool<?, ?>> tools() {
        return List.of(
                tool(
                        Question.WEATHER,
                        p -> p.readOnly()
                                .timeout(Duration.ofSeconds(5))
                                .bulkhead(64, 64)
                                .retries(1)
                                .filler(Duration.ofMillis(900), "I look that up.")),
                tool(
                        Question.PARKING,
                        p -> p.readOnly()
                                .timeout(Duration.ofSeconds(15))
                                .bulkhead(64, 64)
                                .retries(1)
                                .survivesBargeIn()
                                .detachAfter(Duration.ofSeconds(3))),
                tool(
                                Question.NOTE,
                                p -> p.timeout(Duration.ofSeconds(5))
                                        .bulkhead(64, 64)
                                        .retries(1))
                        .gated((asked, context) -> work.look(asked)),
                tool(
                        Question.BUS,
                        p -> p.readOnly().timeout(Duration.ofSeconds(5)).bulkhead(1, 1)));
    }

    private Tool<Asked, Map<String, String>> tool(Question question, Consumer<ToolPolicy.Builder> policy) {
        return Tool.of(
                        question.tool(),
                        "Tells about the " + question.tool() + ".",
                        Asked.class,
                        (asked, context) -> Map.of("told", work.answer(question, asked, context)))
                .with(policy);
    }
}
