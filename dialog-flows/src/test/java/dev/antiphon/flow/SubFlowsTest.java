package dev.antiphon.flow;

import static dev.antiphon.flow.TaskBuilder.task;
import static dev.antiphon.flow.dsl.FlowDsl.code;
import static dev.antiphon.flow.dsl.FlowDsl.date;
import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.group;
import static dev.antiphon.flow.dsl.FlowDsl.handOver;
import static dev.antiphon.flow.dsl.FlowDsl.made;
import static dev.antiphon.flow.dsl.FlowDsl.number;
import static dev.antiphon.flow.dsl.FlowDsl.personName;
import static dev.antiphon.flow.dsl.FlowDsl.reject;
import static dev.antiphon.flow.dsl.FlowDsl.rejected;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.yesNo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.tier.Struggle;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Parts of dialogs that flows share: groups of slots, rules over several values, and tasks that come after others. */
class SubFlowsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Contact(String name, Integer age) {}

    record Visit(LocalDate date, Contact contact, String reason) {}

    private final Slot<LocalDate> date = date("date").ask("Which day?");
    private final Slot<String> name = personName("name").ask("Your name?");
    private final Slot<Integer> age = number("age", 0, 120).ask("Your age?");
    private final Slot<String> reason = freeText("reason").ask("What for?");
    private final Group<Contact> contact = group("contact", Contact.class, name, age)
            .check(who -> who.age() < 18 ? Optional.of(reject(age).because("We only see adults.")) : Optional.empty());
    private final List<Object> done = new ArrayList<>();

    private FlowTest visit() {
        return FlowTest.of(
                Flow.named(
                        "visit",
                        Visit.class,
                        f -> f.goal("Book a visit")
                                .collect(date)
                                .collect(contact)
                                .collect(reason)
                                .check(v -> v.reason().equals("flu") && v.date().getDayOfMonth() == 1
                                        ? Optional.of(reject(date)
                                                .because("On the first there are no visits for flu.")
                                                .alternatives(List.of(LocalDate.parse("2026-12-02"))))
                                        : Optional.empty())
                                .confirm(v -> say(
                                        "{} for {}, {}. Right?",
                                        v.date(),
                                        v.contact().name(),
                                        v.reason()))
                                .effect("book", done::add)
                                .done((v, ok) -> say("Booked."))),
                CLOCK);
    }

    @Test
    void aGroupIsAskedForLikeSlotsAndMakesARecordOfItsOwn() {
        visit().fills(date, "2026-12-01")
                .expectSay("Your name?")
                .fills(name, "Ana Smith")
                .expectSay("Your age?")
                .fills(age, 30)
                .expectSay("What for?")
                .fills(reason, "cough")
                .expectSay("Tuesday, December 1st for Ana Smith, cough. Right?")
                .confirmsYes();
        assertThat(done)
                .containsExactly(new Visit(LocalDate.parse("2026-12-01"), new Contact("Ana Smith", 30), "cough"));
    }

    @Test
    void aRuleOfAGroupIsCheckedAsSoonAsTheGroupIsComplete() {
        visit().fills(name, "Ana Smith", age, 7)
                .expectSay("We only see adults.")
                .expectOpen(age)
                .expectSlot(name, "Ana Smith");
    }

    @Test
    void aRuleOfTheWholeRecordIsCheckedBeforeItIsReadBack() {
        visit().fills(Map.of("date", "2026-12-01", "name", "Ana Smith", "age", "30", "reason", "flu"))
                .expectSay("On the first there are no visits for flu.")
                .expectSay("I have Wednesday, December 2nd. Would that work?")
                .confirmsYes()
                .expectSay("Wednesday, December 2nd for Ana Smith, flu. Right?");
    }

    @Test
    void aCorrectionAtTheReadBackIsCheckedAgain() {
        visit().fills(Map.of("date", "2026-12-01", "name", "Ana Smith", "age", "30", "reason", "cough"))
                .expectSay("Right?")
                .fills(reason, "flu")
                .expectSay("no visits for flu")
                .expectNotSaid("Right?");
    }

    record Order(String article) {}

    @Test
    void aRuleThatThrowsIsANoMatchAndNothingIsDone() {
        Slot<String> article = freeText("article").ask("Which article?");
        FlowTest.of(
                        Flow.named(
                                "order",
                                Order.class,
                                f -> f.goal("Order")
                                        .collect(article)
                                        .check(order -> {
                                            throw new IllegalStateException("bug");
                                        })
                                        .confirm(order -> say("{}. Right?", order.article()))
                                        .effect("place", done::add)
                                        .done((order, ok) -> say("Ordered."))
                                        .onStuck(rejected(2), handOver("shop"))),
                        CLOCK)
                .fills(article, "lamp")
                .expectSay("I can't check the article right now. Which article?")
                .expectStruggle(Struggle.Signal.NO_MATCH)
                .expectOpen(article)
                .fills(article, "lamp")
                .expectOutcome("handed_over");
        assertThat(done).isEmpty();
    }

    record Trip(Boolean guest, Optional<Contact> contact) {}

    @Test
    void aGroupOnOccasionIsOptional() {
        Slot<Boolean> guest = yesNo("guest").ask("Do you bring somebody?");
        Group<Contact> companion = contact.onlyWhen(
                "somebody comes along", slots -> slots.find(guest).orElse(false));
        Flow<Trip> trip = Flow.named(
                "trip",
                Trip.class,
                f -> f.goal("Book a trip")
                        .collect(guest)
                        .collect(companion)
                        .confirm(t ->
                                say("{}. Right?", t.contact().map(Contact::name).orElse("Alone")))
                        .effect("book", done::add)
                        .done((t, ok) -> say("Booked.")));
        FlowTest.of(trip, CLOCK).fills(guest, "no").expectSay("Alone. Right?").confirmsYes();
        FlowTest.of(trip, CLOCK)
                .fills(guest, "yes")
                .expectSay("Your name?")
                .fills(name, "Ben", age, 40)
                .expectSay("Ben. Right?")
                .confirmsYes();
        assertThat(done)
                .containsExactly(
                        new Trip(false, Optional.empty()), new Trip(true, Optional.of(new Contact("Ben", 40))));
    }

    record Wrong(LocalDate date, String contact) {}

    @Test
    void aGroupThatDoesNotFitTheRecordIsFoundAtTheStart() {
        assertThatThrownBy(() -> Flow.named(
                        "visit",
                        Wrong.class,
                        f -> f.goal("Book")
                                .collect(date)
                                .collect(contact)
                                .confirm(v -> say("?"))
                                .done((v, x) -> say("."))))
                .hasMessageContaining("component 'contact' is a String, but group 'contact' gives Contact");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> group("empty", Contact.class))
                .withMessageContaining("'empty'");
    }

    record Number(String customer) {}

    record Booking(String customer, LocalDate date) {}

    private final Slot<String> customer = code("customer", 4).ask("Your customer number?");
    private final Slot<String> holder = personName("holder");

    private final Task<Number> identify = task(
            "identify",
            Number.class,
            t -> t.called("find your account")
                    .collect(customer)
                    .find(
                            number -> number.customer().equals("A123")
                                    ? List.of(Item.of(
                                            item -> item.with(customer, "A123").with(holder, "Ana Smith")))
                                    : List.of(),
                            customer)
                    .tell(item -> say("Thank you, {}.", item.find(holder).orElseThrow()))
                    .takeTheOnlyOne());

    private final Task<Booking> book = task(
            "book",
            Booking.class,
            t -> t.called("book a visit")
                    .after(identify)
                    .collect(customer, date)
                    .confirm(b -> say("{}. Right?", b.date()))
                    .attempt("book", b -> {
                        done.add(b);
                        return made("B1");
                    })
                    .done((b, ref) -> say("Booked.")));

    private FlowTest desk() {
        Flow<?> accounts = Flow.service("accounts", s -> s.goal("Find accounts").task(identify));
        return FlowTest.of(
                Flow.service(
                        "desk",
                        s -> s.goal("Book visits").include(accounts).task(book).onStuck(rejected(3), handOver("desk"))),
                CLOCK);
    }

    @Test
    void aTaskLetsTheOneBeforeItGoFirstAndFollows() {
        desk().wants("book")
                .expectSay("Your customer number?")
                .fills(customer, "A123")
                .expectSay("Thank you, Ana Smith. Which day?")
                .fills(date, "2026-12-01")
                .expectSay("Tuesday, December 1st. Right?")
                .confirmsYes()
                .expectSay("Booked.");
        assertThat(done).containsExactly(new Booking("A123", LocalDate.parse("2026-12-01")));
    }

    @Test
    void whatWasSaidBeforeIsKeptForTheTaskThatFollows() {
        desk().inOneTurn(caller -> caller.wants("book").fills(date, "2026-12-01"))
                .expectSay("Your customer number?")
                .fills(customer, "A123")
                .expectSay("Thank you, Ana Smith. Tuesday, December 1st. Right?")
                .expectEveryCallAnsweredOnce();
    }

    @Test
    void whoIsKnownIsNotAskedASecondTime() {
        desk().wants("book")
                .fills(customer, "A123")
                .fills(date, "2026-12-01")
                .confirmsYes()
                .wants("book")
                .expectSay("Which day?")
                .expectSlot(customer, "A 1 2 3");
    }

    @Test
    void whoeverChangesTheNumberIsIdentifiedAnew() {
        desk().wants("book")
                .fills(customer, "A123")
                .fills(date, "2026-12-01")
                .expectSay("Right?")
                .fills(customer, "B999")
                .expectSay("Your customer number?")
                .expectNotSaid("Right?")
                .expectOpen(customer)
                .confirmsYes()
                .expectEffects(2)
                .fills(customer, "A123")
                .expectSay("Thank you, Ana Smith. Tuesday, December 1st. Right?");
        assertThat(done).isEmpty();
    }

    @Test
    void aSecondOneOfTheKindKnowsWhoCalls() {
        desk().wants("book").fills(customer, "A123").wantsAnother("book").expectSay("Which day?");
    }

    @Test
    void whoIsNotFoundIsAskedAgainAndHandedOverInTheEnd() {
        desk().wants("book")
                .fills(customer, "B999")
                .expectSay("Your customer number?")
                .expectOpen(customer)
                .fills(customer, "B998")
                .fills(customer, "B997")
                .expectOutcome("handed_over");
    }

    @Test
    void theOneBeforeMayBeWantedByItself() {
        desk().wants("identify")
                .fills(customer, "A123")
                .expectSay("Thank you, Ana Smith.")
                .wants("book")
                .expectSay("Which day?");
    }

    @Test
    void theSameWishTwiceIsOne() {
        desk().wants("book").wants("book").fills(customer, "A123").expectSay("Which day?");
    }

    @Test
    void aTaskThatComesAfterWhatIsNotThereIsFoundAtTheStart() {
        assertThatThrownBy(() -> Flow.service("desk", s -> s.goal("Book visits").task(book)))
                .hasMessageContaining("task 'book' comes after 'identify', which the service does not have");
    }

    @Test
    void theDrawingShowsWhatGoesFirst() {
        String drawn = Flow.service(
                        "desk",
                        s -> s.goal("Book visits").task(identify).task(book).handOver("desk"))
                .mermaid();
        assertThat(drawn).contains("|then|").contains("the only one, or which?").doesNotContain("chosen: proposed");
    }
}
