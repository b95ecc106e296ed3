package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.date;
import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.task;
import static dev.antiphon.flow.faq.FaqEntry.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.Conversation.Event;
import dev.antiphon.tier.Struggle.Signal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where several approved answers may fit, the model chooses one of three or none, and the caller hears nothing before. */
class FaqChoiceTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));
    private static final String CARD = "has my card been sent or delivered";
    private static final Faq FAQ = Faq.of(
            entry("When is my new card sent?", "How long does a new card take?")
                    .answer("Cards leave us within two days."),
            entry("When is my new card delivered?", "Where is my card?")
                    .answer("Cards arrive within a week.")
                    .source("the card handbook, page 4."),
            entry("How do I block my card?", "My card was stolen").answer("Call the number on its back."),
            entry("Which countries are supported?").answer("All countries of the union."));

    record Visit(LocalDate date, String reason) {}

    private final Slot<LocalDate> date = date("date").ask("Which day suits you?");
    private final Slot<String> reason = freeText("reason").ask("What is it about?");
    private final Flow<Visit> flow = Flow.named(
            "visit",
            Visit.class,
            f -> f.goal("Arrange a visit")
                    .collect(date, reason)
                    .confirm(v -> say("{} about {}. Shall I arrange it?", v.date(), v.reason()))
                    .effect("arrange", v -> "V1")
                    .done((v, reference) -> say("Arranged."))
                    .faq(FAQ)
                    .handOver("front desk"));

    private FlowTest call() {
        return FlowTest.of(flow, CLOCK).caller();
    }

    @Test
    void aClearQuestionIsAnsweredAtOnce() {
        call().asks("which countries are supported").expectSay("All countries of the union. So, which day?");
    }

    @Test
    void whatIsNotClearIsLeftToTheModelAndItsChoiceIsSaidWordForWord() {
        FlowTest call = call().asks(CARD).expectEntries(3).expectStep("date");
        assertThat(call.lastAnswer())
                .isEqualTo("{\"facts\":{\"entries\":{"
                        + "\"1\":\"When is my new card delivered? / Where is my card?\","
                        + "\"2\":\"How do I block my card? / My card was stolen\","
                        + "\"3\":\"When is my new card sent? / How long does a new card take?\"}},"
                        + "\"next\":\"Say nothing yet. Call ask again with the same question and `entry`: the number of the"
                        + " entry that asks what the caller wants to know, or 0 when none of them does.\"}");
        call.choosesEntry(3).expectSay("Cards leave us within two days. So, which day?");
        assertThat(call.lastAnswer()).contains("\"verbatim\":true");
        call.expectEveryCallAnsweredOnce();
    }

    @Test
    void theModelMustCallAskAgainAndAfterItMaySpeak() {
        FlowConversation conversation = FlowConversation.start(flow, CLOCK, ZoneOffset.UTC, "1");
        assertThat(answers(conversation, "c1", "{\"question\":\"" + CARD + "\"}"))
                .extracting(Directive.Answer::nextTool)
                .containsExactly(Optional.of("ask"));
        assertThat(answers(conversation, "c2", "{\"question\":\"" + CARD + "\",\"entry\":1}"))
                .extracting(Directive.Answer::nextTool)
                .containsExactly(Optional.empty());
    }

    private static List<Directive.Answer> answers(FlowConversation conversation, String callId, String arguments) {
        conversation.on(new Event.ToolCalled(callId, "ask", arguments));
        return conversation.on(new Event.CallsComplete()).stream()
                .filter(Directive.Answer.class::isInstance)
                .map(Directive.Answer.class::cast)
                .toList();
    }

    @Test
    void noneOfTheseIsNoAnswerAndNamesWhoMayKnow() {
        call().asks(CARD)
                .choosesEntry(0)
                .expectSay("I'm afraid I don't have an answer to that. The front desk may know. So, which day?");
    }

    @Test
    void noneOfTheseMayStillBeAboutWhatTheCallerSaid() {
        call().fills(date, "2026-11-24")
                .asks("which date was that on my card")
                .expectEntries(3)
                .choosesEntry(0)
                .expectSay("The date is Tuesday, November 24th.");
    }

    @Test
    void aBotThatOnlyAnswersHandsOverAfterThreeTimesNone() {
        FlowTest.of(Flow.faq("helpline", FAQ).handOver("front desk"), CLOCK)
                .asks(CARD)
                .choosesEntry(0)
                .expectSay("The front desk may know.")
                .asks("my card has a scratch")
                .choosesEntry(0)
                .asks("is my card blue")
                .choosesEntry(0)
                .expectOutcome("handed_over");
    }

    @Test
    void whatElseWasSaidInTheTurnIsSaidWithTheAnswer() {
        call().inOneTurn(caller -> caller.fills(date, "2026-11-24").asks(CARD))
                .expectEntries(3)
                .choosesEntry(1)
                .expectSay("Okay, Tuesday, November 24th. Cards arrive within a week. What is it about?")
                .expectNoStruggle();
    }

    @Test
    void aYesWithAnUnclearQuestionRunsTheEffectWhileTheModelChooses() {
        FlowTest call = call().effectsSettledByTest()
                .fills(Map.of("date", "2026-11-24", "reason", "my card"))
                .inOneTurn(caller -> caller.confirmsYes().asks(CARD))
                .expectEntries(3)
                .expectEffects(1)
                .choosesEntry(1)
                .expectSay("Cards arrive within a week.")
                .effectSucceeds("V1")
                .expectSay("Arranged.");
        call.expectEveryCallAnsweredOnce();
    }

    /** The effect has ended before the model could choose. */
    private FlowTest arranged() {
        return call().effectsSettledByTest()
                .fills(Map.of("date", "2026-11-24", "reason", "my card"))
                .inOneTurn(caller -> caller.confirmsYes().asks(CARD))
                .expectEntries(3)
                .effectSucceeds("V1")
                .expectNotSaid("Arranged");
    }

    @Test
    void whatIsDoneBeforeTheModelChoosesIsToldWithTheAnswerAndAskedOnce() {
        FlowTest call = arranged().choosesEntry(1);
        assertThat(call.said()).isEqualTo("Arranged. Cards arrive within a week. Is there anything else?");
        call.expectEveryCallAnsweredOnce();
    }

    @Test
    void whoWaitsInVainForTheChoiceHearsWhatIsDoneAndTheBestAnswer() {
        FlowTest call = arranged().isSilent(1);
        assertThat(call.said()).startsWith("Arranged. Cards ").endsWith(" Is there anything else?");
    }

    @Test
    void whoGoesOnBeforeTheModelChoosesHearsWhatIsDone() {
        arranged().thanks().expectSay("Arranged. Is there anything else?");
    }

    @Test
    void whatFailedBeforeTheModelChoosesIsToldAndAskedAfterTheAnswer() {
        call().effectsSettledByTest()
                .fills(Map.of("date", "2026-11-24", "reason", "my card"))
                .inOneTurn(caller -> caller.confirmsYes().asks(CARD))
                .effectFails(new IllegalStateException("down"))
                .choosesEntry(1)
                .expectSay("Cards arrive within a week.")
                .expectSay("Shall I try again");
    }

    @Test
    void whileAnotherCallWaitsForItsEffectNothingIsLeftToTheModel() {
        call().effectsSettledByTest()
                .fills(Map.of("date", "2026-11-24", "reason", "my card"))
                .confirmsYes()
                .asks(CARD)
                .expectSay("Cards arrive within a week.")
                .effectSucceeds("V1")
                .expectSay("Arranged.");
    }

    @Test
    void anEntryThatWasNotListedIsAnErrorAndTheChoiceStaysOpenOnce() {
        FlowTest call = call().asks(CARD)
                .calls("ask", "{\"question\":\"\",\"entry\":7}")
                .expectEntries(3)
                .expectStruggle(Signal.TOOL_ERROR);
        assertThat(call.lastAnswer()).contains("\"error\":\"entry must be one of [1, 2, 3] or 0, but was 7\"");
        call.choosesEntry(1).expectSay("Cards arrive within a week.");

        call().asks(CARD)
                .calls("ask", "{\"question\":\"\",\"entry\":7}")
                .calls("ask", "{\"question\":\"\",\"entry\":8}")
                .expectSay("I'm afraid I don't have an answer to that.");
    }

    @Test
    void aChoiceOfAnEarlierQuestionIsAnErrorAndNeverAnAnswer() {
        FlowTest call = call().asks(CARD)
                .choosesEntry(1)
                .calls("ask", "{\"question\":\"" + CARD + "\",\"entry\":2}")
                .expectNotSaid("Call the number")
                .expectSay("which day?");
        assertThat(call.lastAnswer()).contains("\"error\":\"entry must be one that the last answer listed");

        call.asks(CARD)
                .expectEntries(3)
                .calls("ask", "{\"question\":\"\",\"entry\":2}")
                .expectEntries(3);
        assertThat(call.lastAnswer()).contains("entry must be one of [4, 5, 6] or 0, but was 2");
    }

    @Test
    void noneOfTheseWithoutAChoiceIsAQuestion() {
        call().calls("ask", "{\"question\":\"which countries are supported\",\"entry\":0}")
                .expectSay("All countries of the union.");
        FlowTest call = call().calls("ask", "{\"question\":\"why\",\"entry\":\"two\"}");
        assertThat(call.lastAnswer()).contains("entry must be a whole number, but was 'two'");
    }

    @Test
    void aModelThatAsksAgainInsteadOfChoosingGetsTheBestAnswer() {
        call().asks(CARD).expectEntries(3).asks(CARD).expectSay("Cards arrive within a week.");
    }

    @Test
    void aModelThatNeverChoosesIsNotAskedForEver() {
        call().asks(CARD)
                .expectEntries(3)
                .asks("my card, was it delivered or was it sent")
                .expectEntries(3)
                .asks("tell me whether my card is delivered or sent")
                .expectSay("Cards");
    }

    @Test
    void whenTheCallerGoesOnTheChoiceIsOverAndNothingThatWasDueIsLost() {
        call().inOneTurn(caller -> caller.fills(date, "2026-11-24").asks(CARD))
                .expectEntries(3)
                .fills(reason, "my card")
                .expectSay("Okay, Tuesday, November 24th.")
                .expectSay("Shall I arrange it?");
    }

    @Test
    void aCallerWhoWaitsInVainHearsTheBestAnswer() {
        call().asks(CARD)
                .expectEntries(3)
                .isSilent(1)
                .expectSay("Cards arrive within a week. So, which day?")
                .expectStruggle(Signal.STALLED);
    }

    @Test
    void aCallerWhoTakesLeaveIsNotKeptWaitingForAChoice() {
        call().inOneTurn(caller -> caller.asks(CARD).saysGoodbye())
                .expectSay("Goodbye.")
                .expectOutcome("abandoned");
    }

    @Test
    void theSourceIsNamedOnRequest() {
        call().asks(CARD)
                .choosesEntry(1)
                .asks("Where does that come from?")
                .expectSay("That is from the card handbook, page 4. So, which day?")
                .asks("which countries are supported")
                .asks("And what's your source?")
                .expectSay("I'm afraid I don't know where that is written down.");
        call().asks("where does that come from").expectNotSaid("handbook");
    }

    @Test
    void withoutChoiceTheBestEntryIsSaidAsEver() {
        Flow<?> helpline = Flow.faq("helpline", FAQ.withoutChoice());
        FlowTest.of(helpline, CLOCK).asks(CARD).expectSay("Cards arrive within a week.");
        assertThat(FlowTools.of(helpline))
                .noneMatch(tool -> tool.parameters().text().contains("entry"));
        assertThat(FlowTools.of(flow)).anyMatch(tool -> tool.parameters().text().contains("\"entry\""));
    }

    @Test
    void inACallOfSeveralFlowsAChoiceBelongsToTheFlowThatLeftIt() {
        Flow<?> cards = service("cards", freeText("colour").ask("Which colour?"), FAQ);
        Flow<?> visits = service("visits", freeText("reason").ask("What is it about?"), FAQ);
        FlowTest.of(Dialog.of("desk", "Help", cards, visits), CLOCK)
                .wants("visits.visits")
                .asks(CARD)
                .expectEntries(3)
                .calls("ask", "{\"question\":\"\",\"entry\":3,\"flow\":\"cards\"}")
                .expectSay("Cards leave us within two days.")
                .expectSay("So, the reason?")
                .expectEveryCallAnsweredOnce();
    }

    private static Flow<?> service(String name, Slot<String> slot, Faq faq) {
        return Flow.service(
                name,
                s -> s.goal("Do it")
                        .faq(faq)
                        .task(task(
                                name,
                                Item.class,
                                t -> t.called("do " + name).collect(slot).effect("do_it", i -> "1"))));
    }

    @Test
    void anOpenChoiceIsSavedAndTheNextModelIsTold() {
        FlowConversation first = FlowConversation.start(flow, CLOCK, ZoneOffset.UTC, "1");
        answers(first, "c1", "{\"question\":\"" + CARD + "\"}");
        DialogState saved = SavedDialog.read(SavedDialog.write(first.dialogState()));
        assertThat(saved).isEqualTo(first.dialogState());

        FlowConversation second = FlowConversation.resume(Dialog.of(flow), CLOCK, ZoneOffset.UTC, "1", saved);
        assertThat(second.seed().orElseThrow())
                .contains("The caller asked \"" + CARD + "\", which is not answered yet: call ask with entry"
                        + " 1 when it asks \"When is my new card delivered?\", ");
        assertThat(answers(second, "c2", "{\"question\":\"\",\"entry\":3}"))
                .extracting(Directive.Answer::outputJson)
                .first()
                .asString()
                .contains("Cards leave us within two days.");
    }
}
