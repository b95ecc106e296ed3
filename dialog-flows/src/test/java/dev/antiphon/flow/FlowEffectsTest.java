package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.ToolOutcome;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Effects one after the other, late ones, faults of the author's code around them, and tasks that are wanted meanwhile. */
class FlowEffectsTest extends BookedByPhone {
    private static final Slot<String> TEXT = freeText("text").ask("What shall I write?");
    private static final ToolOutcome LATE = new ToolOutcome.TimedOut(Duration.ofSeconds(8));

    private record Note(String text) {}

    private record Strict(String text) {
        public Strict {
            throw new IllegalArgumentException("no such note: " + text);
        }
    }

    private final EveningOut evening = new EveningOut();

    private static MachineCall toBeConfirmed(Flow<?> flow) {
        return new MachineCall(flow)
                .means(new DialogueAct.Inform(Map.of("text", "milk")))
                .heard();
    }

    private static String lastSaidByItself(MachineCall call) {
        return call.effects.stream()
                .filter(FlowEffect.Say.class::isInstance)
                .map(effect -> ((FlowEffect.Say) effect).speech().text())
                .reduce((first, last) -> last)
                .orElse("");
    }

    @Test
    void severalEffectsRunOneAfterTheOtherAndTheYesIsAnsweredWhenTheLastHasEnded() {
        MachineCall call = toBeConfirmed(Flow.named(
                        "note",
                        Note.class,
                        f -> f.goal("Write a note")
                                .collect(TEXT)
                                .confirm(note -> say("{}. All right?", note.text()))
                                .effect("write", note -> "N1")
                                .effect("send", note -> " ")
                                .done((note, id) -> say("Sent."))))
                .yes();
        assertThat(call.answersTo("call_2")).isZero();
        call.settles(new ToolOutcome.Ok("N1"));
        assertThat(call.answersTo("call_2")).isZero();
        assertThat(call.state.phase()).isEqualTo(Phase.RUNNING);
        call.settles(new ToolOutcome.Ok(" "));

        assertThat(call.runs()).extracting(FlowEffect.Run::effectId).containsExactly("write#1", "send#2");
        assertThat(call.answersTo("call_2")).isEqualTo(1);
        assertThat(call.said()).startsWith("Sent.");
        call.heard().means(new DialogueAct.Goodbye());
        assertThat(call.state.outcome())
                .as("a blank result is told by its effect's name")
                .contains(new Outcome.Completed("note", "N1, send"));
    }

    @Test
    void aResultRecordThatThrowsIsAFailureThatMayBeTriedAgain() {
        MachineCall call = toBeConfirmed(Flow.named(
                        "note",
                        Strict.class,
                        f -> f.goal("Write a note")
                                .collect(TEXT)
                                .confirm(note -> say("All right?"))
                                .effect("write", note -> "N1")
                                .done((note, id) -> say("Written."))))
                .yes();

        assertThat(call.faults()).contains("result record");
        assertThat(call.runs()).isEmpty();
        assertThat(call.said()).contains("that didn't work. Shall I try again?");
        assertThat(call.answersTo("call_2")).isEqualTo(1);
    }

    @Test
    void wordsThatThrowAreReplaced() {
        MachineCall call = toBeConfirmed(Flow.named(
                "note",
                Note.class,
                f -> f.goal("Write a note")
                        .collect(TEXT)
                        .confirm(note -> {
                            throw new IllegalStateException("no question");
                        })
                        .effect("write", note -> "N1")
                        .done((note, id) -> {
                            throw new IllegalStateException("no words");
                        })));
        assertThat(call.said()).endsWith("The text is milk. Is that right?");
        call.yes().settles(new ToolOutcome.Ok("N1"));

        assertThat(call.faults()).containsExactly("confirmation", "done");
        assertThat(call.said()).startsWith("That's done.");
    }

    @Test
    void whatThePoolDoesNotKnowMayBeTriedAgain() {
        MachineCall call = machineAtTheConfirmation().yes().settles(new ToolOutcome.UnknownTool("book"));

        assertThat(call.said()).contains("Shall I try again");
        assertThat(call.answersTo("call_2")).isEqualTo(1);
    }

    @Test
    void aLateSuccessIsToldByTheFlowItself() {
        MachineCall call =
                machineAtTheConfirmation().yes().settles(LATE).heard().settles(new ToolOutcome.Ok("A7"));

        assertThat(lastSaidByItself(call)).startsWith("You're booked. Your reference is A 7.");
    }

    @Test
    void aLateFailureIsAskedAboutByTheFlowItself() {
        MachineCall call = machineAtTheConfirmation()
                .yes()
                .settles(LATE)
                .heard()
                .settles(new ToolOutcome.Failed("down", new IllegalStateException("down")));

        assertThat(lastSaidByItself(call)).contains("that didn't work. Shall I try again");
        assertThat(call.state.effects().unsettled()).isEmpty();
    }

    @Test
    void beforeItIsKnownNothingElseIsBegun() {
        MachineCall call = evening.reserving().yes().settles(LATE).heard().means(new DialogueAct.Start("find"));

        assertThat(call.said()).startsWith("I can't change that before I know.").contains("Shall I try again");
    }

    @Test
    void whoWantedAPersonGetsOneAfterAFailureAndAfterASearchToo() {
        MachineCall failed = machineAtTheConfirmation()
                .yes()
                .means(new DialogueAct.WantPerson())
                .settles(new ToolOutcome.Rejected("busy"));
        assertThat(failed.state.outcome())
                .contains(new Outcome.HandedOver("front desk", "the caller asked for a person"));

        MachineCall found = new MachineCall(evening.restaurants())
                .means(new DialogueAct.Start("find"), new DialogueAct.Inform(Map.of("cuisine", "thai")))
                .means(new DialogueAct.WantPerson())
                .settles(new ToolOutcome.Ok(List.of()));
        assertThat(found.state.phase()).isEqualTo(Phase.ENDED);
    }

    @Test
    void whatIsWantedWhileSomethingRunsWaits() {
        MachineCall call = evening.reserving().yes().means(new DialogueAct.Start("find"));

        assertThat(call.state.agenda().active()).isEqualTo("reserve");
        assertThat(call.answer().say()).isEqualTo("One moment, I'm just doing that.");
        call.settles(new ToolOutcome.Ok("R7"));
        assertThat(call.said()).isEqualTo("Reserved at Kos. Which cuisine?");
    }

    @Test
    void aTaskThatTheServiceDoesNotHaveIsAnError() {
        MachineCall call = evening.reserving().means(new DialogueAct.Start("fly"));

        assertThat(call.answer().error()).contains("there is no task 'fly'; known are [find, reserve]");
        assertThat(call.said()).contains("Shall I reserve it?");
    }

    @Test
    void aValueOfWhatIsProposedBeginsIt() {
        MachineCall call = evening.proposed().means(new DialogueAct.Inform(Map.of("time", "20:00")));

        assertThat(call.state.agenda().active()).isEqualTo("reserve");
        assertThat(call.said()).contains("Lotus at 8 PM for 2. Shall I reserve it?");
    }

    @Test
    void noThankYouEndsTheCall() {
        MachineCall call = evening.proposed();
        int revision = call.state.confirmation().orElseThrow().revision();
        call.means(new DialogueAct.Negate(revision), new DialogueAct.Thanks());

        assertThat(call.state.phase()).isEqualTo(Phase.ENDED);
        assertThat(call.said()).contains("Thank you for calling. Goodbye.");
    }

    @Test
    void whatIsRefusedIsToldAsFailed() {
        MachineCall call = evening.reserving().yes().settles(new ToolOutcome.Ok(new Done.Refused<>(" ")));

        assertThat(call.acts).startsWith(new SystemAct.Failed("reserve"));
        assertThat(call.said()).startsWith("I'm sorry, that didn't work.");
    }

    private record Wish(String cuisine) {}

    private record Table(String restaurant, String time) {}

    private record Menu(String restaurant) {}

    /** Restaurants that can be found, where a table can be had, and whose menu can be sent. */
    private static Flow<?> withMenus() {
        Slot<String> cuisine = freeText("cuisine").ask("Which cuisine?");
        Slot<String> restaurant = freeText("restaurant").ask("Which restaurant?");
        Slot<String> time = freeText("time").ask("What time?");
        return Flow.service(
                "restaurants",
                s -> s.goal("Find restaurants")
                        .task(task(
                                "find",
                                Wish.class,
                                t -> t.called("find a restaurant")
                                        .collect(cuisine)
                                        .find(
                                                wish -> List.of(Item.of(item -> item.with(restaurant, "Lotus"))),
                                                "restaurant",
                                                List.of("restaurant"),
                                                1)))
                        .task(task(
                                "reserve",
                                Table.class,
                                t -> t.called("reserve a table")
                                        .collect(restaurant, time)
                                        .effect("reserve", table -> "R7")))
                        .task(task(
                                "send",
                                Menu.class,
                                t -> t.called("send the menu")
                                        .collect(restaurant)
                                        .effect("send", menu -> "M1"))));
    }

    @Test
    void whatLacksLeastIsProposedFirstAndTheOtherAfterANo() {
        MachineCall call = new MachineCall(withMenus())
                .means(new DialogueAct.Start("find"), new DialogueAct.Inform(Map.of("cuisine", "thai")))
                .settles(new ToolOutcome.Ok(List.of(new Item(Map.of("restaurant", "Lotus")))))
                .heard()
                .means(new DialogueAct.Select(1));
        assertThat(call.acts).containsExactly(new SystemAct.Proposes("send"));

        call.heard()
                .means(new DialogueAct.Negate(
                        call.state.confirmation().orElseThrow().revision()));
        assertThat(call.state.agenda().declined()).containsExactly("send");
        call.heard().means(new DialogueAct.Select(1));
        assertThat(call.acts).containsExactly(new SystemAct.Proposes("reserve"));
    }

    @Test
    void valuesOfNoTaskAloneBeginNone() {
        MachineCall call =
                new MachineCall(withMenus()).means(new DialogueAct.Inform(Map.of("cuisine", "thai", "time", "8 PM")));
        assertThat(call.state.agenda().active()).isEmpty();

        MachineCall one = new MachineCall(withMenus()).means(new DialogueAct.Inform(Map.of("time", "8 PM")));
        assertThat(one.state.agenda().active()).isEqualTo("reserve");
    }

    @Test
    void slotsAreCheckedAfterThoseThatTheyDependOn() {
        record Chain(String third, String second, String first) {}
        Slot<String> first = freeText("first").ask("First?");
        Slot<String> second = freeText("second").ask("Second?").dependsOn(first);
        Slot<String> third = freeText("third").ask("Third?").dependsOn(second);
        Flow<?> flow = Flow.named(
                "chain",
                Chain.class,
                f -> f.goal("Take a chain")
                        .collect(third, second, first)
                        .confirm(chain -> say("{}. All right?", chain.first()))
                        .effect("take", chain -> "C1")
                        .done((chain, id) -> say("Taken.")));

        assertThat(Dependencies.inOrder(flow)).extracting(Slot::name).containsExactly("first", "second", "third");
        assertThat(Dependencies.needs(flow, third, first)).isTrue();
        assertThat(Dependencies.needs(flow, first, third)).isFalse();
    }

    @Test
    void whatIsNotKnownOfAValueIsAnsweredAsAQuestionOrNotAtAll() {
        MachineCall call = machineAtTheConfirmation().means(new DialogueAct.AskAbout("parking", "Is there parking?"));
        assertThat(call.said()).startsWith("Parking is free behind the building.");
        call.heard().means(new DialogueAct.AskAbout("parking", ""));
        assertThat(call.said()).startsWith("I'm afraid I don't know that.").contains("Shall I book it?");
        call.means(new DialogueAct.AskAbout("time", "When?"));
        assertThat(call.said()).startsWith("The time is 3 PM.");
    }

    @Test
    void theFlowInWhichSomethingNewIsWantedAnswersTheTurn() {
        Dialog both = evening.both();
        DialogMachine machine = new DialogMachine(both);
        DialogState state =
                machine.step(DialogState.INITIAL, new FlowEvent.Started()).next();
        DialogMachine.Transition step = machine.callerTurn(
                state,
                "turn_1",
                List.of(
                        new DialogMachine.Addressed("restaurants", new DialogueAct.Inform(Map.of("area", "north"))),
                        new DialogMachine.Addressed("cinema", new DialogueAct.Start("buy")),
                        new DialogMachine.Addressed("", new DialogueAct.Inform(Map.of("film", "Ran")))),
                ZonedDateTime.parse("2026-11-20T09:00:00Z"));

        assertThat(step.next().focus()).isEqualTo("cinema");
        assertThat(step.next().of("cinema").slots().has("film")).isTrue();
        assertThat(step.next().of("restaurants").slots().has("area")).isTrue();
        assertThat(step.acts()).containsExactly(new SystemAct.Asks("time"));
        assertThat(step.effects().stream()
                        .filter(FlowEffect.Answer.class::isInstance)
                        .toList())
                .hasSize(1);
    }
}
