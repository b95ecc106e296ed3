package dev.antiphon.testkit.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.antiphon.testkit.caller.CallRecord.CallEnd;
import dev.antiphon.testkit.caller.CallRecord.Speaker;
import dev.antiphon.testkit.caller.CallRecord.Utterance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SimulatedCallerTest {
    private final List<String> announced = new ArrayList<>();
    /** Speaks every text for one second. */
    private final CallerVoice spoken = new CallerVoice.Spoken(text -> new byte[48_000], announced::add);

    @Test
    void aTypingCallerAsksForTextAndAnswersAQuestion() {
        VirtualCall call = typing("say: A cleaning.");
        call.agentTypes("Which service?");
        call.pass(Duration.ofMillis(299));
        assertThat(call.sentTypes()).containsExactly("session.update");
        call.pass(Duration.ofMillis(1));
        List<JsonNode> sent = call.takeSent();
        assertThat(sent.getFirst().at("/session/output_modalities/0").asString())
                .isEqualTo("text");
        assertThat(sent.get(1).at("/item/content/0/text").asString()).isEqualTo("A cleaning.");
        assertThat(sent.get(2).path("type").asString()).isEqualTo("response.create");
    }

    @Test
    void whatACallerInterjectsIsSaidAtOnceAndTheScriptGoesOnAfterwards() {
        VirtualCall call = typing("say: A cleaning.");
        call.agentTypes("Which service?");
        call.perform(call.caller().interject("Hold on."));
        assertThat(call.takeSent().get(1).at("/item/content/0/text").asString()).isEqualTo("Hold on.");
        call.pass(Duration.ofSeconds(5));
        assertThat(call.takeSent()).as("its turn is over").isEmpty();
        call.agentTypes("So: which service?");
        call.pass(Duration.ofSeconds(5));
        assertThat(call.takeSent().getFirst().at("/item/content/0/text").asString())
                .isEqualTo("A cleaning.");
    }

    @Test
    void aSpeakingCallerDoesNotInterjectIntoItsOwnWords() {
        VirtualCall call = speaking("say: Hello.");
        call.pass(Duration.ofMillis(2_500));
        assertThat(call.caller().interject("Hold on.")).isEmpty();
        assertThat(announced).containsExactly("Hello.");
    }

    @Test
    void aCallerWhoHangsUpSaysNothingMore() {
        VirtualCall call = typing("say: A cleaning.");
        call.agentTypes("Which service?");
        call.takeSent();
        call.perform(call.caller().hangUp());
        assertThat(call.hungUp()).isTrue();
        call.pass(Duration.ofSeconds(5));
        assertThat(call.takeSent()).isEmpty();
        assertThat(call.caller().hangUp()).isEmpty();
        assertThat(call.caller().interject("Hello?")).isEmpty();
    }

    @Test
    void aCallerWhomNobodyGreetsStartsByItself() {
        VirtualCall call = typing("say: Hello.");
        call.pass(Duration.ofSeconds(2));
        assertThat(call.sentTypes()).containsExactly("session.update", "conversation.item.create", "response.create");
    }

    @Test
    void wordsThatAreNoQuestionAreGivenTimeToGoOn() {
        VirtualCall call = typing("say: Hello.");
        call.agentTypes("One moment.");
        call.pass(Duration.ofMillis(1_900));
        call.agentTypes("It is done.");
        call.pass(Duration.ofMillis(1_900));
        assertThat(call.sentTypes()).containsExactly("session.update");
        call.pass(Duration.ofMillis(100));
        assertThat(call.sentTypes()).contains("response.create");
    }

    @Test
    void theLatencyIsFromTheCallersLastWordToTheFirstSignOfAnAnswer() {
        VirtualCall call = typing("say: Hello.");
        call.pass(Duration.ofSeconds(2));
        call.pass(Duration.ofMillis(420));
        call.agentTypes("Hi.");
        assertThat(call.caller().record().latencies()).containsExactly(Duration.ofMillis(420));
    }

    @Test
    void aSpeakingCallerAnnouncesItsWordsAndSendsThemInPiecesFollowedBySilence() {
        VirtualCall call = speaking("say: Hello.");
        call.pass(Duration.ofSeconds(2));
        assertThat(announced).containsExactly("Hello.");
        call.takeSent();
        call.pass(Duration.ofMillis(500));
        assertThat(call.takeSent())
                .hasSize(5)
                .allMatch(event -> event.path("audio").asString().length() == 6_400);
        call.pass(Duration.ofMillis(500));
        call.server("{\"type\":\"input_audio_buffer.speech_stopped\"}");
        call.pass(Duration.ofSeconds(10));
        assertThat(call.takeSent()).hasSize(5 + 12);
    }

    @Test
    void silenceIsSentUntilTheServerHasFoundTheEndOfTheTurn() {
        VirtualCall call = speaking("say: Hello.");
        call.pass(Duration.ofSeconds(2));
        call.takeSent();
        call.pass(Duration.ofMillis(500));
        call.server("{\"type\":\"input_audio_buffer.speech_stopped\"}");
        call.pass(Duration.ofMillis(5_500));
        assertThat(call.takeSent()).as("a stop between the words ends nothing").hasSize(60);
        call.server("{\"type\":\"input_audio_buffer.speech_stopped\"}");
        call.pass(Duration.ofSeconds(1));
        assertThat(call.takeSent()).isEmpty();
    }

    @Test
    void aResponseThatEndsWithoutWordsDoesNotKeepTheCallerWaitingForEver() {
        VirtualCall call = typing("say: One.\n  - say: Two.");
        call.pass(Duration.ofSeconds(2));
        call.takeSent();
        call.server("{\"type\":\"response.created\"}");
        call.server("{\"type\":\"response.done\",\"response\":{\"status\":\"failed\",\"output\":[]}}");
        call.pass(Duration.ofMillis(1_999));
        assertThat(call.sentTypes()).isEmpty();
        call.pass(Duration.ofMillis(1));
        assertThat(call.sentTypes()).contains("response.create");
    }

    @Test
    void aResponseThatCallsAToolIsFollowedByAnotherSoTheCallerWaits() {
        VirtualCall call = typing("say: One.\n  - say: Two.");
        call.pass(Duration.ofSeconds(2));
        call.takeSent();
        call.server("{\"type\":\"response.created\"}");
        call.server(
                "{\"type\":\"response.done\",\"response\":{\"status\":\"completed\",\"output\":[{\"type\":\"function_call\"}]}}");
        call.pass(Duration.ofSeconds(20));
        assertThat(call.sentTypes()).isEmpty();
    }

    @Test
    void aBargeInCancelsTheResponseItselfWhenTheServerDoesNot() {
        VirtualCall call = speaking("say: Stop.\n    barge-in-after: 700ms");
        call.server(
                "{\"type\":\"session.updated\",\"session\":{\"audio\":{\"input\":{\"turn_detection\":{\"interrupt_response\":false}}}}}");
        call.agentStartsSpeaking("item_1", "A very long story", 5_000);
        call.pass(Duration.ofMillis(900));
        call.takeSent();
        call.server("{\"type\":\"input_audio_buffer.speech_started\"}");
        assertThat(call.sentTypes()).containsSequence("response.cancel", "conversation.item.truncate");
    }

    @Test
    void aSpeakingCallerWaitsUntilItHasHeardTheQuestion() {
        VirtualCall call = speaking("say: Hello.");
        call.agentStartsSpeaking("item_1", "How can I help you?", 3_000);
        call.agentFinishes();
        call.pass(Duration.ofMillis(3_200));
        assertThat(announced).isEmpty();
        call.pass(Duration.ofMillis(100));
        assertThat(announced).containsExactly("Hello.");
    }

    @Test
    void aBargeInStartsWhenSoMuchWasHeardAndTruncatesAtWhatWasPlayed() {
        VirtualCall call = speaking("say: Stop.\n    barge-in-after: 700ms");
        call.agentStartsSpeaking("item_1", "A very long story", 5_000);
        call.pass(Duration.ofMillis(700));
        assertThat(announced).containsExactly("Stop.");
        call.pass(Duration.ofMillis(200));
        call.takeSent();
        call.server("{\"type\":\"input_audio_buffer.speech_started\"}");
        JsonNode truncate = call.takeSent().stream()
                .filter(event -> event.path("type").asString().equals("conversation.item.truncate"))
                .findFirst()
                .orElseThrow();
        assertThat(truncate.path("item_id").asString()).isEqualTo("item_1");
        assertThat(truncate.path("audio_end_ms").asInt()).isEqualTo(900);
        assertThat(call.caller().record().transcript())
                .extracting(Utterance::speaker, Utterance::text, Utterance::cutShort)
                .containsExactly(
                        tuple(Speaker.AGENT, "A very long story", true), tuple(Speaker.CALLER, "Stop.", false));
    }

    @Test
    void anUtteranceTooShortToCutInIsAnsweredAfterItsEnd() {
        VirtualCall call = speaking("say: Stop.\n    barge-in-after: 700ms");
        call.agentStartsSpeaking("item_1", "Yes?", 400);
        call.agentFinishes();
        call.pass(Duration.ofMillis(700));
        assertThat(announced).containsExactly("Stop.");
    }

    @Test
    void noTruncationIsSentWhenNothingPlays() {
        VirtualCall call = speaking("say: Hello.");
        call.pass(Duration.ofMillis(2_500));
        call.takeSent();
        call.server("{\"type\":\"input_audio_buffer.speech_started\"}");
        assertThat(call.takeSent())
                .noneMatch(event -> event.path("type").asString().equals("conversation.item.truncate"));
    }

    @Test
    void aSilentCallerSaysNothingWhateverIsAsked() {
        VirtualCall call = typing("stay-silent: 20s\n  - say: I am back.");
        call.agentTypes("Which service?");
        call.pass(Duration.ofSeconds(5));
        call.agentTypes("Are you still there?");
        call.pass(Duration.ofSeconds(15));
        assertThat(call.sentTypes()).containsExactly("session.update");
        call.pass(Duration.ofSeconds(1));
        assertThat(call.sentTypes()).contains("conversation.item.create");
    }

    @Test
    void aCallerThatHangsUpAbandonsTheCall() {
        VirtualCall call = typing("hang-up: true");
        call.agentTypes("Hello?");
        call.pass(Duration.ofSeconds(1));
        assertThat(call.hungUp()).isTrue();
        assertThat(call.caller().nextWake()).isEmpty();
        assertThat(call.caller().record().end()).contains(new CallEnd.HungUp());
        assertThat(call.caller().record().endedAs(ExpectedOutcome.ABANDONED)).isTrue();
    }

    @Test
    void theReasonOfTheCloseIsTheOutcome() {
        VirtualCall call = typing("say: Hello.");
        call.caller().onClosed(1000, "handed_over");
        call.caller().onClosed(1006, "");
        assertThat(call.caller().record().endedAs(ExpectedOutcome.HANDED_OVER)).isTrue();
        assertThat(call.caller().record().endedAs(ExpectedOutcome.COMPLETED)).isFalse();
        call.agentTypes("Too late?");
        call.pass(Duration.ofSeconds(9));
        assertThat(call.sentTypes()).containsExactly("session.update");
    }

    @Test
    void aDropOfTheLineIsNoOutcome() {
        VirtualCall call = typing("say: Hello.");
        call.caller().onClosed(1006, "");
        assertThat(call.caller().record().endedAs(ExpectedOutcome.FAILED)).isFalse();
    }

    @Test
    void errorsAndUnknownEventsAreSurvived() {
        VirtualCall call = typing("say: Hello.");
        call.server("{\"type\":\"error\",\"error\":{\"message\":\"no such item\"}}");
        call.server("{\"type\":\"something.new\"}");
        call.server("{}");
        call.server("[1]");
        assertThat(call.caller().record().errors()).containsExactly("no such item");
        call.pass(Duration.ofSeconds(3));
        assertThat(call.sentTypes()).contains("response.create");
    }

    @Test
    void linesAreSaidInOrderOneForEachAnswer() {
        VirtualCall call = new VirtualCall(CallerScript.ofLines(List.of("One.", "Two.")), new CallerVoice.Typed());
        call.pass(Duration.ofSeconds(2));
        call.agentTypes("Yes?");
        call.pass(Duration.ofSeconds(1));
        assertThat(call.caller().record().transcript())
                .extracting(Utterance::text)
                .containsExactly("One.", "Yes?", "Two.");
    }

    @Test
    void questionsThatNothingFitsGetTheOtherwiseAFewTimes() {
        VirtualCall call = new VirtualCall(
                ScriptFile.parse("x", "answers: [{when: name, say: Anna}]\notherwise: Pardon?"),
                new CallerVoice.Typed());
        for (int i = 0; i < 5; i++) {
            call.agentTypes("What is six times seven?");
            call.pass(Duration.ofSeconds(1));
        }
        assertThat(call.caller().record().transcript())
                .filteredOn(each -> each.speaker() == Speaker.CALLER)
                .extracting(Utterance::text)
                .containsExactly("Pardon?", "Pardon?", "Pardon?");
    }

    private static VirtualCall typing(String step) {
        return new VirtualCall(ScriptFile.parse("x", "steps:\n  - " + step), new CallerVoice.Typed());
    }

    private VirtualCall speaking(String step) {
        return new VirtualCall(ScriptFile.parse("x", "steps:\n  - " + step), spoken);
    }
}
