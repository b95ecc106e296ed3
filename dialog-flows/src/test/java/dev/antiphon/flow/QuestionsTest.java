package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.alternatives;
import static dev.antiphon.flow.dsl.FlowDsl.choice;
import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.ok;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.tier.Struggle;
import dev.antiphon.tier.Struggle.Signal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is asked, in which words, and what is not asked twice. */
class QuestionsTest extends BookedByPhone {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));
    private static final DialogueAct PARKING = new DialogueAct.Request("Where can I park?");

    record Note(String text, Optional<String> colour) {}

    private final EveningOut evening = new EveningOut();
    private final Slot<String> text = freeText("text").ask("What shall I write?");
    private final Slot<String> colour = freeText("colour").optional().check((wanted, slots) -> switch (wanted) {
        case "red" -> alternatives(List.of("blue", "green"));
        case "grey" -> alternatives(List.of("black", "white", "silver", "lead", "slate"));
        case "pink" -> alternatives(List.of());
        default -> ok();
    });

    private FlowTest note() {
        return FlowTest.of(
                Flow.named(
                        "note",
                        Note.class,
                        f -> f.goal("Write a note")
                                .collect(text, colour)
                                .confirm(note -> say("{}. Right?", note.text()))
                                .effect("write", note -> "N1")
                                .done((note, id) -> say("Written."))),
                CLOCK);
    }

    private FlowTest timesOffered() {
        calendar.take(TUESDAY, THREE);
        return call().fills(Map.of("service", "CHECKUP", "date", "2026-11-24", "time", "15:00"))
                .expectSay("I have 2:30 PM, 3:30 PM or 2 PM. Which would you like?");
    }

    // Once.

    @Test
    void aQuestionThatTheAgentHasNotSaidYetIsNotAskedASecondTimeBesideAnAnswer() {
        MachineCall call = machine().means(new DialogueAct.Inform(Map.of("service", "CHECKUP")));
        assertThat(call.answer().say()).endsWith("Which day suits you?");
        call.means(PARKING);
        assertThat(call.answer().say()).isEqualTo("Parking is free behind the building.");

        call.heard().means(PARKING);
        assertThat(call.answer().say()).isEqualTo("Parking is free behind the building. So, which day?");
    }

    @Test
    void aTurnThatWouldBeSilentAsksAQuestionThatWasNotSaidInAFewWords() {
        MachineCall call = machine().means(new DialogueAct.Inform(Map.of("service", "CHECKUP")));
        call.means(new DialogueAct.Negate(0));
        assertThat(call.answer().say()).isEqualTo("So, which day?");

        call.heard().means(new DialogueAct.Negate(0));
        assertThat(call.answer().say()).isEqualTo("Which day suits you?");
    }

    @Test
    void anotherQuestionIsAskedAlsoWhenTheLastOneWasNotSaid() {
        MachineCall call = machine()
                .means(new DialogueAct.Inform(Map.of("service", "CHECKUP")))
                .means(new DialogueAct.Inform(Map.of("date", "2026-11-24")));
        assertThat(call.answer().say()).contains("November 24th").endsWith("What time?");

        MachineCall search = evening.found().means(new DialogueAct.RequestAlternatives());
        assertThat(search.answer().say()).isEqualTo("I have Orchid, the centre. Would that suit you?");
    }

    @Test
    void whoGivesSomethingNewIsAskedTheSameWithoutASignOfStruggle() {
        call().fills(booking.name, "Ana Smith")
                .expectSay("Which service would you like?")
                .expectNoStruggle();
        call().confirmsNo().expectSay("Which service would you like?").expectStruggle(Signal.NO_MATCH);
    }

    @Test
    void whatIsRepeatedAsksTheOpenQuestionUnlessItWasInIt() {
        MachineCall call = machine().means(new DialogueAct.Inform(Map.of("service", "CHECKUP")));
        call.heard().means(new DialogueAct.Repeat());
        assertThat(call.answer().say()).isEqualTo("Okay, checkup. Which day suits you?");

        call = machine().means(new DialogueAct.Inform(Map.of("service", "CHECKUP")), PARKING);
        call.means(PARKING).heard().means(new DialogueAct.Repeat());
        assertThat(call.answer().say()).isEqualTo("Parking is free behind the building. So, which day?");
    }

    // Words.

    @Test
    void anOptionalSlotWithoutAQuestionIsNotAskedFor() {
        note().expectSay("What shall I write?")
                .fills(text, "milk")
                .expectSay("milk. Right?")
                .confirmsYes()
                .expectSay("Written.");
    }

    @Test
    void nothingIsReadBackBeforeAnOfferIsAnswered() {
        note().fills(text, "milk", colour, "red")
                .expectSay("Okay, milk. Red isn't available. I have blue or green. Which would you like?")
                .expectNotSaid("Right?")
                .chooses(2)
                .expectSay("milk. Right?");
    }

    @Test
    void anOfferIsRepeatedInAFewWordsAfterAnAnswer() {
        timesOffered().asks("Where can I park?").expectSay("the building. So, 2:30 PM, 3:30 PM or 2 PM?");
    }

    @Test
    void theLastOptionsOfASlotThatDependsOnNothingAreAskedForOnceMore() {
        FlowTest call = note().fills(text, "milk", colour, "grey").expectSay("I have black, white or silver.");
        call.wantsAlternatives()
                .expectSay("I have lead or slate. Which would you like?")
                .wantsAlternatives()
                .expectSay("Would lead or slate work?");
    }

    @Test
    void theLastOptionsOfASlotThatDependsOnOthersMayBeLeftForAnotherValueOfThose() {
        FlowTest call = timesOffered();
        for (int page = 0; page < 3; page++) {
            call.wantsAlternatives();
        }
        call.expectSay("work, or would another date suit you?");
    }

    @Test
    void optionsAreGivenToTheModelBesideTheWords() {
        calendar.take(TUESDAY, THREE);
        MachineCall call = machine()
                .means(new DialogueAct.Inform(Map.of("service", "CHECKUP", "date", "2026-11-24", "time", "15:00")));

        assertThat(call.answer().options()).containsExactly("2:30 PM", "3:30 PM", "2 PM");
        assertThat(call.acts)
                .containsExactly(new SystemAct.Offers(
                        List.of(
                                new Item(Map.of("time", "14:30")),
                                new Item(Map.of("time", "15:30")),
                                new Item(Map.of("time", "14:00"))),
                        List.of("time")));
    }

    @Test
    void whoIsSilentWhenAskedWhatToChangeIsNotAskedForAYesOrNo() {
        atTheConfirmation()
                .confirmsNo()
                .isSilent(1)
                .expectSay("Are you still there? What would you like to change?")
                .expectNotSaid("yes or no");
    }

    // For people.

    @Test
    void aSignOfStruggleNamesWhatWasAsked() {
        assertThat(call().isUnclear().struggles()).containsExactly(new Struggle(Signal.NO_MATCH, "service"));
        assertThat(atTheConfirmation().isUnclear().struggles())
                .containsExactly(new Struggle(Signal.NO_MATCH, "confirmation"));
        assertThat(timesOffered().isUnclear().struggles()).contains(new Struggle(Signal.NO_MATCH, "time"));
    }

    @Test
    void theOpenQuestionOfAViewHasTheValuesThatAreNotSensitive() {
        assertThat(atTheConfirmation().conversation().view().openQuestion().orElseThrow())
                .contains("for Ana Smith. Shall I book it?");
        assertThat(atTheConfirmation()
                        .effectsSettledByTest()
                        .confirmsYes()
                        .conversation()
                        .view()
                        .openQuestion())
                .as("while it is being done")
                .isEmpty();
    }

    @Test
    void sensitiveOptionsAreNotInTheOpenQuestionOfAView() {
        record Visit(String doctor) {}
        Slot<String> doctor = choice("doctor", List.of("Dr. Anna Smith", "Dr. Paul Smith", "Dr. Jones"))
                .ask("Which doctor?");
        for (boolean sensitive : new boolean[] {true, false}) {
            Slot<String> slot = sensitive ? doctor.sensitive() : doctor;
            FlowTest call = FlowTest.of(
                            Flow.named(
                                    "visit",
                                    Visit.class,
                                    f -> f.goal("Note a visit")
                                            .collect(slot)
                                            .confirm(visit -> say("{}. Right?", visit.doctor()))
                                            .effect("note", visit -> "N1")
                                            .done((visit, id) -> say("Noted."))),
                            CLOCK)
                    .fills(slot, "Smith")
                    .expectSay("Did you mean Dr. Anna Smith or Dr. Paul Smith?");
            assertThat(call.conversation().view().openQuestion())
                    .contains(
                            sensitive
                                    ? "One of several values was offered."
                                    : "Did you mean Dr. Anna Smith or Dr. Paul Smith?");
        }
    }
}
