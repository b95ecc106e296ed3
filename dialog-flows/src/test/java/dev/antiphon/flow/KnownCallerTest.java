package dev.antiphon.flow;

import static dev.antiphon.flow.TaskBuilder.task;
import static dev.antiphon.flow.dsl.FlowDsl.alternatives;
import static dev.antiphon.flow.dsl.FlowDsl.date;
import static dev.antiphon.flow.dsl.FlowDsl.days;
import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.ok;
import static dev.antiphon.flow.dsl.FlowDsl.personName;
import static dev.antiphon.flow.dsl.FlowDsl.phone;
import static dev.antiphon.flow.dsl.FlowDsl.reject;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.yesNo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.slot.ConfirmPolicy;
import dev.antiphon.flow.slot.PhoneNumber;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A caller of whom something is known before the call begins. */
class KnownCallerTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Wish(String name, String topic) {}

    private final Slot<String> name = personName("name").ask("Your name?");
    private final Slot<String> topic = freeText("topic").ask("What is it about?");
    private final Slot<Boolean> gold = yesNo("gold");
    private final List<Wish> noted = new ArrayList<>();

    private final Item ana = Item.of(known -> known.with(name, "Ana Smith"));

    private Flow<Wish> flow(Slot<String> nameSlot, Slot<String> topicSlot) {
        return Flow.named(
                "wish",
                Wish.class,
                f -> f.goal("Note a wish")
                        .greet("Hello, this is the desk.")
                        .greetKnown("Hello {name}, good to hear you again.")
                        .collect(nameSlot, topicSlot)
                        .confirm(wish -> say("{} for {}. Right?", wish.topic(), wish.name()))
                        .effect("note", noted::add)
                        .done((wish, ok) -> say("Noted.")));
    }

    private FlowTest call(Item known) {
        return FlowTest.of(flow(name, topic), CLOCK, known);
    }

    @Test
    void whatIsKnownIsNotAskedButReadBack() {
        call(ana)
                .expectSay("Hello Ana Smith, good to hear you again. What is it about?")
                .fills(topic, "the bill")
                .expectSay("The bill for Ana Smith. Right?")
                .confirmsYes();
        assertThat(noted).containsExactly(new Wish("Ana Smith", "the bill"));
    }

    @Test
    void aCallerOfWhomNothingIsKnownIsGreetedLikeAnybody() {
        call(Item.of(known -> known)).expectSay("Hello, this is the desk. Your name?");
    }

    @Test
    void theCallerKnowsBetter() {
        call(ana).fills(Map.of("name", "Ben Smith", "topic", "the bill")).expectSay("for Ben Smith. Right?");
    }

    @Test
    void aKnownValueIsCheckedLikeAnyOther() {
        FlowTest.of(flow(name.check((value, slots) -> reject("We don't know you any more.")), topic), CLOCK, ana)
                .expectSay("We don't know you any more. Your name?")
                .expectOpen(name);
        FlowTest.of(flow(name.verify((value, slots) -> alternatives(List.of("Ana Smyth"))), topic), CLOCK, ana)
                .expectSay("I have Ana Smyth. Would that work?");
        FlowTest.of(flow(name.confirm(ConfirmPolicy.EXPLICIT), topic), CLOCK, ana)
                .expectSay("That's Ana Smith, is that right?")
                .confirmsYes()
                .expectSay("What is it about?");
    }

    @Test
    void whatTheSlotCannotHoldIsLeftOut() {
        Slot<PhoneNumber> phone = phone("phone", "US").ask("Your number?");
        Flow<?> flow = Flow.named(
                "call",
                Number.class,
                f -> f.goal("Note a number")
                        .collect(phone)
                        .confirm(n -> say("Right?"))
                        .done((n, x) -> say("Noted.")));
        FlowTest.of(flow, CLOCK, new Item(Map.of("phone", "no number"))).expectSay("Your number?");
    }

    record Number(PhoneNumber phone) {}

    record Day(LocalDate day) {}

    @Test
    void whatIsOutOfTheSlotsBoundsIsLeftOut() {
        Slot<LocalDate> day = date("day").ask("Which day?").within(days(14));
        Flow<Day> flow = Flow.named(
                "day",
                Day.class,
                f -> f.goal("Note a day")
                        .collect(day)
                        .confirm(d -> say("Right?"))
                        .done((d, x) -> say("Noted.")));
        FlowTest.of(flow, CLOCK, Item.of(known -> known.with(day, LocalDate.parse("2020-01-01"))))
                .expectSay("Which day?");
        FlowTest.of(flow, CLOCK, Item.of(known -> known.with(day, LocalDate.parse("2026-11-25"))))
                .expectSay("Right?");
    }

    @Test
    void variablesAreForTheAuthorsRules() {
        Slot<String> ofGold = topic.check(
                (value, slots) -> slots.find(gold).orElse(false) ? ok() : reject("Only for gold customers."));
        Item customer = Item.of(known -> known.with(name, "Ana Smith").with(gold, true));
        FlowTest.of(flow(name, ofGold), CLOCK, customer).fills(topic, "lounge").expectSay("Lounge for Ana Smith");
        FlowTest.of(flow(name, ofGold), CLOCK, ana).fills(topic, "lounge").expectSay("Only for gold customers.");
    }

    private Flow<?> service(String serviceName) {
        return Flow.service(
                serviceName,
                s -> s.goal("Note wishes")
                        .task(task(
                                "note",
                                Wish.class,
                                t -> t.called("note a wish")
                                        .collect(name, topic)
                                        .effect("note_" + serviceName, noted::add)
                                        .done((wish, ok) -> say("Noted.")))));
    }

    @Test
    void itOutlivesAFinishedTaskAndACorrectionWithIt() {
        FlowTest.of(service("desk"), CLOCK, ana)
                .wants("note")
                .expectSay("What is it about?")
                .fills(Map.of("topic", "the bill", "name", "Ana Jones"))
                .confirmsYes()
                .expectSay("Noted.")
                .wants("note")
                .expectSay("What is it about?")
                .expectSlot(name, "Ana Jones");
    }

    @Test
    void everyFlowOfADialogKnowsIt() {
        Dialog both = Dialog.of("both", "Note wishes", service("desk"), service("shop"));
        FlowConversation call =
                FlowConversation.start(both, CLOCK, ZoneOffset.UTC, "test").knowing(ana);
        FlowTest.of(call)
                .wants("shop.note")
                .expectSay("What is it about?")
                .wants("desk.note")
                .expectSlot(name, "Ana Smith");
        assertThat(SavedDialog.read(SavedDialog.write(call.dialogState()))).isEqualTo(call.dialogState());
    }

    @Test
    void itMayBecomeKnownInMidCall() {
        FlowConversation call = FlowConversation.start(flow(name, topic), CLOCK, ZoneOffset.UTC, "test");
        FlowTest test = FlowTest.of(call).expectSay("Your name?");
        call.knowing(ana);
        test.fills(topic, "the bill").expectSay("The bill for Ana Smith. Right?");
    }

    @Test
    void aGreetingMayOnlyNameWhatIsCollected() {
        assertThatThrownBy(() -> Flow.named(
                        "wish",
                        Wish.class,
                        f -> f.goal("Note a wish")
                                .greetKnown("Hello {nmae}")
                                .collect(name, topic)
                                .confirm(wish -> say("Right?"))
                                .done((wish, x) -> say("Noted."))))
                .hasMessageContaining("unknown-slot: greetKnown(...) names '{nmae}'");
    }
}
