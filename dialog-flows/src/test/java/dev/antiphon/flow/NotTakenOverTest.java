package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.date;
import static dev.antiphon.flow.dsl.FlowDsl.personName;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.handover.HandoverNotes;
import dev.antiphon.handover.HandoverResult;
import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.Conversation.Event;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.ToolOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A person was asked to take the call over, and did not. */
class NotTakenOverTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Visit(LocalDate date, String name) {}

    private final Slot<LocalDate> date = date("date").ask("Which day?");
    private final Slot<String> name = personName("name").ask("Your name?").sensitive();

    private Flow<Visit> flow(UnaryOperator<FlowBuilder<Visit, Object>> more) {
        return Flow.named(
                "visit",
                Visit.class,
                f -> more.apply(f.goal("Book a visit")
                                .collect(date, name)
                                .confirm(visit -> say("{} for {}. Right?", visit.date(), visit.name()))
                                .handOver("front desk"))
                        .effect("book", visit -> "4711", e -> e)
                        .done((visit, number) -> say("Noted.")));
    }

    private static FlowEvent nobody(boolean last) {
        return new FlowEvent.NotTakenOver(Phrase.NOBODY_FREE, "busy", last);
    }

    private MachineCall asksForAPerson() {
        return new MachineCall(flow(f -> f))
                .means(new DialogueAct.Inform(Map.of("date", "2026-12-03")), new DialogueAct.WantPerson());
    }

    @Test
    void theCallerIsToldAndGoesOnWithTheValuesThatAreKnown() {
        MachineCall call = asksForAPerson();
        assertThat(call.state.outcome())
                .contains(new Outcome.HandedOver("front desk", "the caller asked for a person"));

        call.takes(nobody(false));
        assertThat(call.said())
                .isEqualTo("I'm sorry, nobody is free there at the moment. I can go on helping you here. Your name?");
        assertThat(call.state.phase()).isEqualTo(Phase.COLLECTING);
        assertThat(call.state.outcome()).isEmpty();
        call.means(new DialogueAct.Inform(Map.of("name", "Ana Smith")));
        assertThat(call.said()).contains("Right?");
        call.heard().yes().settles(new ToolOutcome.Ok("1"));
        assertThat(call.state.phase()).isEqualTo(Phase.DONE);
    }

    @Test
    void whatWasReadBackIsReadBackAgainAndAnEarlierYesDoesNotCount() {
        MachineCall call = new MachineCall(flow(f -> f))
                .means(new DialogueAct.Inform(Map.of("date", "2026-12-03", "name", "Ana Smith")));
        int before = call.state.confirmation().orElseThrow().revision();
        call.heard().means(new DialogueAct.WantPerson()).takes(nobody(false));
        assertThat(call.said()).endsWith("Right?");

        call.means(new DialogueAct.Affirm(before));
        assertThat(call.runs()).isEmpty();
        call.heard().yes();
        assertThat(call.runs()).hasSize(1);
    }

    @Test
    void theSecondTimeTheCallEnds() {
        MachineCall call = asksForAPerson().takes(nobody(true));
        assertThat(call.said())
                .isEqualTo("I'm sorry, nobody is free there at the moment. Please call again later. Goodbye.");
        assertThat(call.state.outcome()).contains(new Outcome.Abandoned("not taken over by front desk: busy"));
    }

    @Test
    void whatIsDoneIsNotDoneAgain() {
        MachineCall call = new MachineCall(flow(f -> f))
                .means(new DialogueAct.Inform(Map.of("date", "2026-12-03", "name", "Ana Smith")))
                .heard()
                .yes()
                .settles(new ToolOutcome.Ok("1"))
                .heard()
                .means(new DialogueAct.WantPerson())
                .takes(nobody(false));
        assertThat(call.state.phase()).isEqualTo(Phase.ENDED);
        assertThat(call.state.outcome()).containsInstanceOf(Outcome.Completed.class);
        assertThat(call.runs()).hasSize(1);
    }

    @Test
    void whoseEffectHasFailedOrIsUnknownIsNotAskedToTryAgain() {
        ToolOutcome late = new ToolOutcome.TimedOut(Duration.ofSeconds(8));
        MachineCall call = new MachineCall(flow(f -> f))
                .means(new DialogueAct.Inform(Map.of("date", "2026-12-03", "name", "Ana Smith")))
                .heard()
                .yes()
                .settles(late)
                .heard()
                .yes()
                .settles(late);
        assertThat(call.state.outcome()).containsInstanceOf(Outcome.HandedOver.class);
        call.takes(nobody(false));
        assertThat(call.state.outcome())
                .contains(new Outcome.Abandoned(
                        "not taken over by front desk: busy; whether 'book' was done is not known"));
    }

    @Test
    void aCallThatWasNotHandedOverTakesNoNotice() {
        MachineCall call = new MachineCall(flow(f -> f));
        FlowState open = call.state;
        assertThat(call.takes(nobody(false)).state).isEqualTo(open);
        call.means(new DialogueAct.Goodbye());
        FlowState left = call.state;
        assertThat(call.takes(nobody(false)).state).isEqualTo(left);
    }

    private FlowConversation conversation(Language language) {
        FlowConversation conversation =
                FlowConversation.start(flow(f -> f.language(language)), CLOCK, ZoneOffset.UTC, "call-1");
        conversation.on(new Event.CallStarted());
        conversation.on(new Event.AgentSpoke("Hello.", true));
        return conversation;
    }

    private static List<Directive> calls(FlowConversation conversation, String tool, String arguments) {
        conversation.on(new Event.ToolCalled("c", tool, arguments));
        return conversation.on(new Event.CallsComplete());
    }

    private static String said(List<Directive> directives) {
        return directives.stream()
                .filter(Directive.Say.class::isInstance)
                .map(each -> ((Directive.Say) each).speech().text())
                .findFirst()
                .orElse("");
    }

    static List<HandoverResult> refusals() {
        return List.of(
                new HandoverResult.Busy(),
                new HandoverResult.NoAnswer(),
                new HandoverResult.Refused("lunch"),
                new HandoverResult.Failed("status 500"));
    }

    @Test
    void whoIsHandedOverForAnotherReasonThanTheDialogsHearsItsWords() {
        assertThat(conversation(Language.ENGLISH).connecting("front desk"))
                .isEqualTo("I'll connect you to the front desk now.");
        assertThat(conversation(Language.GERMAN).connecting("die Rezeption"))
                .isEqualTo(Language.GERMAN.text(Phrase.CONNECTING, "target", "die Rezeption"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void everyResultIsToldInTheLanguageOfTheDialogAndNoReasonOfTheOtherSide(HandoverResult result) {
        for (Language language : List.of(Language.ENGLISH, Language.GERMAN)) {
            FlowConversation conversation = conversation(language);
            calls(conversation, "control", "{\"action\":\"human\"}");
            conversation.on(new Event.HandoverAsked("front desk"));
            String words = said(conversation.on(new Event.HandoverSettled("front desk", result)));
            assertThat(words)
                    .startsWith(conversation.handoverWords().of(result))
                    .contains(language.text(Phrase.GO_ON_HERE))
                    .endsWith("Which day?")
                    .doesNotContain("lunch", "500");
            assertThat(conversation.ended()).isFalse();

            calls(conversation, "control", "{\"action\":\"human\"}");
            List<Directive> again = conversation.on(new Event.HandoverSettled("front desk", result));
            assertThat(said(again)).endsWith(language.text(Phrase.CALL_LATER));
            assertThat(again)
                    .contains(
                            new Directive.End(new Outcome.Abandoned("not taken over by front desk: " + result.name())));
        }
    }

    @Test
    void whoSpeaksWhileAPersonIsAskedIsToldToWaitAndNotGoodbye() {
        FlowConversation conversation = conversation(Language.ENGLISH);
        calls(conversation, "control", "{\"action\":\"human\"}");
        conversation.on(new Event.HandoverAsked("front desk"));
        assertThat(calls(conversation, "control", "{\"action\":\"repeat\"}"))
                .containsExactly(new Directive.Answer("c", "{\"say\":\"I'm still on it.\"}"));
        assertThat(conversation.on(new Event.HandoverSettled("front desk", new HandoverResult.Accepted("T-1"))))
                .isEmpty();
    }

    @Test
    void theNotesHoldValuesAndTheOpenQuestionAndSayWhatIsSensitive() {
        FlowConversation conversation = conversation(Language.ENGLISH);
        calls(conversation, "fill_slots", "{\"name\":\"Ana Smith\"}");
        calls(conversation, "control", "{\"action\":\"human\"}");
        HandoverNotes notes = conversation.notes();
        assertThat(notes.values()).containsExactly(new HandoverNotes.Value("visit", "name", "Ana Smith", true));
        assertThat(notes.open()).contains("Which day?");
        assertThat(notes.done()).isEmpty();
        assertThat(notes.masked().values())
                .containsExactly(new HandoverNotes.Value("visit", "name", HandoverNotes.MASK, true));
    }

    @Test
    void theNotesHoldWhatWasDone() {
        FlowConversation conversation = conversation(Language.ENGLISH);
        calls(conversation, "fill_slots", "{\"name\":\"Ana Smith\",\"date\":\"2026-12-03\"}");
        conversation.on(
                new Event.AgentSpoke(conversation.state().repair().lastSaid().text(), true));
        String effect = calls(
                        conversation,
                        "confirm",
                        "{\"answer\":\"yes\",\"revision\":"
                                + conversation
                                        .state()
                                        .confirmation()
                                        .orElseThrow()
                                        .revision() + "}")
                .stream()
                .filter(Directive.Run.class::isInstance)
                .map(run -> ((Directive.Run) run).effectId())
                .findFirst()
                .orElseThrow();
        conversation.on(new Event.EffectSettled(effect, new ToolOutcome.Ok("4711")));
        assertThat(conversation.notes().done()).containsExactly("book: 4711");
    }
}
