package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.date;
import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.handOver;
import static dev.antiphon.flow.dsl.FlowDsl.ok;
import static dev.antiphon.flow.dsl.FlowDsl.personName;
import static dev.antiphon.flow.dsl.FlowDsl.reject;
import static dev.antiphon.flow.dsl.FlowDsl.rejected;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.time;
import static dev.antiphon.flow.dsl.FlowDsl.unsure;
import static dev.antiphon.flow.faq.FaqEntry.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.tier.Struggle.Signal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Flows of other shapes than the reference booking. */
class SpecialFlowsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Note(String name, Optional<String> note) {}

    record Visit(LocalDate date, LocalTime time) {}

    record Person(String name) {}

    private final Slot<String> name = personName("name").ask("Your name?");
    private final Slot<String> note = freeText("note").ask("Anything to add?").optional();
    private final List<String> done = new ArrayList<>();

    private Flow<Note> notes() {
        return Flow.named(
                "notes",
                Note.class,
                f -> f.goal("Take a note")
                        .collect(name, note)
                        .confirm(n -> say("{}, note: {}. Right?", n.name(), n.note()))
                        .effect("first", n -> done.add("first " + n.name()))
                        .effect("second", n -> done.add("second " + n.note().orElse("-")))
                        .done((n, last) -> say("All stored.")));
    }

    @Test
    void anOptionalSlotIsAskedOnceAndCanBeSkipped() {
        FlowTest.of(notes(), CLOCK)
                .fills(name, "Ana Smith")
                .expectSay("Anything to add?")
                .controls("skip")
                .expectSay("leave that out")
                .expectSay("note: none. Right?")
                .confirmsYes()
                .expectSay("All stored.");
        assertThat(done).containsExactly("first Ana Smith", "second -");
    }

    @Test
    void noneIsAnAnswerToAnOpenQuestion() {
        FlowTest.of(notes(), CLOCK)
                .fills(name, "Ana Null", note, "none")
                .expectSay("Ana Null, note: none. Right?")
                .expectSlot(note, "none");
    }

    @Test
    void aNoToAnOptionalSlotSkipsIt() {
        FlowTest.of(notes(), CLOCK).fills(name, "Ana Smith").confirms("no", 0).expectSay("Right?");
    }

    @Test
    void sensitiveValuesAreMaskedInTheOpenQuestion() {
        Slot<String> secret = name.sensitive();
        Flow<Person> flow = Flow.named(
                "person",
                Person.class,
                f -> f.goal("Store a name")
                        .collect(secret)
                        .confirm(p -> say("{}, right?", p.name()))
                        .effect("store", Person::name)
                        .done((p, stored) -> say("Stored.")));
        FlowTest call = FlowTest.of(flow, CLOCK).fills(secret, "Ana Smith").expectSay("Ana Smith, right?");
        assertThat(call.conversation().view().toString()).doesNotContain("Ana").contains("•••, right?");
    }

    @Test
    void severalEffectsRunInOrderAfterOneYes() {
        FlowTest call = FlowTest.of(notes(), CLOCK)
                .effectsSettledByTest()
                .fills(name, "Ana Smith", note, "call back")
                .confirmsYes();
        call.expectEffects(1)
                .effectSucceeds(true)
                .expectSilence()
                .expectEffects(2)
                .effectSucceeds(true)
                .expectSay("All stored.")
                .expectEveryCallAnsweredOnce();
    }

    @Test
    void cancelAsksFirstWhenPartOfItIsDone() {
        FlowTest call = FlowTest.of(notes(), CLOCK)
                .effectsSettledByTest()
                .fills(name, "Ana Smith", note, "call back")
                .confirmsYes()
                .effectSucceeds("x")
                .effectFails(new IllegalStateException("down"))
                .expectSay("Shall I try again?");
        call.cancels()
                .expectSay("Part of this is already done. Do you really want to stop here?")
                .expectNoOutcome()
                .confirmsNo()
                .expectSay("let's go on")
                .cancels()
                .confirmsYes()
                .expectOutcome("abandoned")
                .expectEffects(2);
    }

    @Test
    void whatIsHalfDoneCannotBeChanged() {
        FlowTest.of(notes(), CLOCK)
                .effectsSettledByTest()
                .fills(name, "Ana Smith", note, "call back")
                .confirmsYes()
                .effectSucceeds("x")
                .effectFails(new IllegalStateException("down"))
                .fills(name, "Eve Jones")
                .expectSay("can't be changed any more")
                .expectSlot(name, "Ana Smith");
    }

    @Test
    void aFlowWithoutAConfirmationIsDoneWhenItsSlotsAreFilled() {
        Flow<Person> flow = Flow.named(
                "person",
                Person.class,
                f -> f.goal("Take a name").collect(name).done((p, none) -> say("Thank you, {}.", p.name())));
        FlowTest.of(flow, CLOCK)
                .fills(name, "Ana Smith")
                .expectSay("Thank you, Ana Smith.")
                .expectSay("anything else")
                .saysGoodbye()
                .expectOutcome("completed");
    }

    @Test
    void aValueThatMayBeOneOfTwoIsClarified() {
        Slot<String> known =
                name.check((n, s) -> n.equals("Ana Smyth") ? ok() : unsure(List.of("Ana Smyth", "Anna Smith")));
        Flow<Person> flow = Flow.named(
                "person",
                Person.class,
                f -> f.goal("Find a customer").collect(known).done((p, none) -> say("Hello, {}.", p.name())));
        FlowTest.of(flow, CLOCK)
                .fills(known, "Ana Smith")
                .expectSay("Did you mean Ana Smyth or Anna Smith?")
                .chooses(2)
                .expectSay("Hello, Anna Smith.");
    }

    @Test
    void aCheckCanNormalise() {
        Slot<String> known = name.check((n, s) -> ok(n + " the First"));
        Flow<Person> flow = Flow.named(
                "person",
                Person.class,
                f -> f.goal("Find a customer").collect(known).done((p, none) -> say("Hello, {}.", p.name())));
        FlowTest.of(flow, CLOCK).fills(known, "Ana Smith").expectSay("Hello, Ana Smith the First.");
    }

    @Test
    void aValueThatIsStillPossibleCanBeKept() {
        Slot<LocalDate> day = date("date").ask("Which day?");
        Slot<LocalTime> hour = time("time").ask("What time?").dependsOn(day).keptIfStillPossible();
        Flow<Visit> flow = Flow.named(
                "visit",
                Visit.class,
                f -> f.goal("Plan a visit")
                        .collect(day, hour)
                        .confirm(v -> say("{} at {}. Right?", v.date(), v.time()))
                        .effect("plan", Visit::date)
                        .done((v, d) -> say("Planned.")));
        FlowTest.of(flow, CLOCK)
                .fills(day, "2026-11-24", hour, "15:00")
                .fills(day, "2026-11-27")
                .expectSay("Friday, November 27th at 3 PM. Right?")
                .confirmsYes()
                .expectSay("Planned.");
    }

    @Test
    void authorsCodeThatThrowsNeverBreaksACall() {
        Slot<String> broken = name.check((n, s) -> {
            throw new IllegalStateException("check");
        });
        Flow<Person> checks = Flow.named(
                "person",
                Person.class,
                f -> f.goal("Find a customer").collect(broken).done((p, none) -> say("Hello.")));
        FlowTest.of(checks, CLOCK)
                .fills(broken, "Ana Smith")
                .expectSay("I can't check the name right now")
                .expectOpen(broken);

        Flow<Person> words = Flow.named(
                "person",
                Person.class,
                f -> f.goal("Find a customer")
                        .collect(name)
                        .confirm(p -> {
                            throw new IllegalStateException("confirm");
                        })
                        .effect("find", Person::name)
                        .done((p, found) -> {
                            throw new IllegalStateException("done");
                        }));
        FlowTest.of(words, CLOCK)
                .fills(name, "Ana Smith")
                .expectSay("The name is Ana Smith. Is that right?")
                .confirmsYes()
                .expectSay("That's done.");
    }

    @Test
    void valuesRefusedTooOftenLeadToAPerson() {
        Slot<String> picky = name.check((n, s) -> reject("I don't know that name."));
        Flow<Person> flow = Flow.named(
                "person",
                Person.class,
                f -> f.goal("Find a customer")
                        .collect(picky)
                        .done((p, none) -> say("Hello."))
                        .onStuck(rejected(2), handOver("office")));
        FlowTest.of(flow, CLOCK)
                .fills(picky, "Ana")
                .expectSay("I don't know that name. Your name?")
                .fills(picky, "Eve")
                .expectSay("connect you to the office")
                .expectOutcome("handed_over");
    }

    @Test
    @SuppressWarnings("NullAway") // stands for an author who does not check nulls
    void anEffectMayReturnNothing() {
        Flow<Person> flow = Flow.named(
                "person",
                Person.class,
                f -> f.goal("Store a name")
                        .collect(name)
                        .confirm(p -> say("{}, right?", p.name()))
                        .effect("store", p -> (Void) null)
                        .done((p, nothing) -> say("Stored.")));
        FlowTest.of(flow, CLOCK)
                .fills(name, "Ana Smith")
                .confirmsYes()
                .expectSay("Stored.")
                .saysGoodbye()
                .expectOutcome("completed");
    }

    @Test
    void whoGreetsAHelplineIsAskedWhatToKnowAndLaterForMore() {
        Faq faq = Faq.of(entry("Where can I park?").answer("Behind the house."));
        FlowTest.of(Flow.faq("helpline", faq), CLOCK)
                .controls("chitchat")
                .expectSay("What would you like to know?")
                .expectNoStruggle()
                .asks("Where can I park?")
                .controls("chitchat")
                .expectSay("Is there anything else?");
    }

    @Test
    void anFaqBotIsOneLine() {
        Faq faq = Faq.of(
                entry("Where can I park?", "Is there parking?").answer("Behind the building."),
                entry("When are you open?").answer("Nine to five."));
        Flow<?> helpline = Flow.faq("helpline", faq).handOver("front desk");
        FlowTest.of(helpline, CLOCK)
                .expectSay("What would you like to know?")
                .asks("where is parking")
                .expectSay("Behind the building. Is there anything else?")
                .expectStep("answers")
                .saysGoodbye()
                .expectOutcome("completed");
        FlowTest.of(helpline, CLOCK)
                .asks("who won the cup final")
                .expectSay("The front desk may know.")
                .expectStruggle(Signal.NO_MATCH)
                .asks("why is the sky blue")
                .asks("how tall is everest")
                .expectOutcome("handed_over");
    }
}
