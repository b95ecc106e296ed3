package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.Response;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.TranscriptionUsage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CallHistoryTest {
    private static final int PLENTY = 10_000;

    private CallHistory history = CallHistory.empty();

    @Test
    void whatWasSaidIsToldInOrderWithItsRolesAndLateTranscriptsInTheirPlace() {
        says("a1", "Hello, how can I help?", Duration.ofSeconds(2));
        callerSpeaks("u1", Duration.ofSeconds(3));
        says("a2", "When?", Duration.ofSeconds(1));
        transcribed("u1", "a visit, please");
        types("tomorrow");

        assertThat(told(PLENTY))
                .containsExactly(
                        "assistant: Hello, how can I help?",
                        "user: a visit, please",
                        "assistant: When?",
                        "user: tomorrow");
    }

    @Test
    void onlyTheHeardPartOfAnInterruptedSentenceIsTold() {
        says("a1", "We are open from nine to five.", Duration.ofSeconds(3));
        history = history.sent(new ClientEvent.ItemTruncate(Optional.empty(), "a1", 0, Duration.ofMillis(1_500)));
        assertThat(told(PLENTY)).containsExactly("assistant: We are open");

        says("a2", "Never heard.", Duration.ofSeconds(1));
        history = history.sent(new ClientEvent.ItemDelete(Optional.empty(), "a2"));
        assertThat(told(PLENTY)).hasSize(1);
    }

    @Test
    void aCallAndItsOutputAreToldTogetherOrNotAtAll() {
        calls("c1");
        answered("c1", "x".repeat(400));
        types("and now?");

        assertThat(told(PLENTY)).containsExactly("call c1", "output c1", "user: and now?");
        assertThat(told(50)).containsExactly("user: and now?");
    }

    @Test
    void aCallWithoutAnOutputIsAlwaysToldSinceItsOutputWillFollow() {
        calls("c1");
        types("x".repeat(400));
        types("still there?");

        assertThat(told(30)).containsExactly("call c1", "user: still there?");
    }

    @Test
    void aSentenceUnderWayWhenTheLineBreaksIsSaidAgainAndSoNotTold() {
        callerSpeaks("u1", Duration.ofSeconds(1));
        begins("a1", "Let me");
        history = history.lineLost();

        assertThat(told(PLENTY)).isEmpty();
        assertThat(history.endsUnheard()).isTrue();
    }

    @Test
    void aTurnIsUnheardOnlyWhileItsWordsAreUnknownAndNothingCameOfIt() {
        callerSpeaks("u1", Duration.ofSeconds(1));
        assertThat(history.endsUnheard()).isTrue();
        transcribed("u1", "hello");
        assertThat(history.endsUnheard()).isFalse();

        callerSpeaks("u2", Duration.ofSeconds(1));
        calls("c1");
        assertThat(history.lineLost().endsUnheard()).isFalse();
    }

    @Test
    void speechThatStoppedIsATurnEvenWhenTheLineBreaksBeforeItsCommit() {
        history = history.received(new ServerEvent.SpeechStarted("e", Duration.ZERO, "u1"), AudioFormat.PCM16_24KHZ)
                .received(new ServerEvent.SpeechStopped("e", Duration.ofSeconds(1), "u1"), AudioFormat.PCM16_24KHZ);
        assertThat(history.lineLost().endsUnheard()).isTrue();
    }

    @Test
    void audioIsEstimatedFromItsLengthAndCorrectedByTheTranscriptionsBill() {
        callerSpeaks("u1", Duration.ofMillis(5_850));
        says("a1", "Hello.", Duration.ofMillis(7_300));
        assertThat(history.entries()).extracting(HistoryEntry::audioTokens).containsExactly(58, 146);

        history = received(new ServerEvent.InputTranscriptCompleted(
                "e", "u1", 0, "hi", Optional.of(new TranscriptionUsage.Tokens(0, 61, 3)), List.of(), List.of()));
        assertThat(history.entries().get(0).audioTokens()).isEqualTo(61);
        assertThat(history.onNewLine().entries())
                .allSatisfy(entry -> assertThat(entry.audioTokens()).isZero())
                .allSatisfy(entry -> assertThat(entry.itemId()).isEmpty());
    }

    @Property(tries = 200)
    void whateverTheBudgetNoOutputIsToldWithoutItsCallAndTheLatestEntryAlwaysIs(
            @ForAll @IntRange(min = 0, max = 300) int budget, @ForAll @IntRange(min = 1, max = 40) int turns) {
        history = CallHistory.empty();
        for (int i = 0; i < turns; i++) {
            types("turn " + "x".repeat(i * 7 % 40));
            calls("c" + i);
            answered("c" + i, "y".repeat(i * 13 % 90));
        }
        List<String> told = told(budget);
        assertThat(told).endsWith("call c" + (turns - 1), "output c" + (turns - 1));
        for (int i = 0; i < turns; i++) {
            assertThat(told.contains("call c" + i)).isEqualTo(told.contains("output c" + i));
        }
    }

    @Test
    void aLongCallIsRememberedOnlyInItsLatestPart() {
        for (int i = 0; i < CallHistory.REMEMBERED + 50; i++) {
            types("turn " + i);
        }
        assertThat(history.entries()).hasSize(CallHistory.REMEMBERED);
    }

    private List<String> told(int budget) {
        return history.replay(budget).stream().map(CallHistoryTest::inShort).toList();
    }

    private static String inShort(Item item) {
        return switch (item) {
            case Item.FunctionCall call -> "call " + call.callId();
            case Item.FunctionCallOutput output -> "output " + output.callId();
            case Item.Message message ->
                message.role().name().toLowerCase(java.util.Locale.ROOT) + ": "
                        + text(message.content().get(0));
            case Item other -> other.toString();
        };
    }

    private static String text(ContentPart part) {
        return switch (part) {
            case ContentPart.InputText input -> input.text();
            case ContentPart.OutputText output -> output.text();
            case ContentPart other -> other.toString();
        };
    }

    private CallHistory received(ServerEvent event) {
        return history.received(event, AudioFormat.PCM16_24KHZ);
    }

    private void begins(String itemId, String words) {
        history = received(new ServerEvent.OutputItemAdded("e", "r", 0, message(itemId)));
        history = received(new ServerEvent.AudioTranscriptDelta("e", "r", itemId, 0, 0, words));
    }

    private void says(String itemId, String words, Duration length) {
        begins(itemId, words);
        history = received(new ServerEvent.AudioDelta("e", "r", itemId, 0, 0, Turns.audio(length)));
        history = received(new ServerEvent.OutputItemDone("e", "r", 0, message(itemId)));
        history = received(new ServerEvent.ResponseDone(
                "e",
                new Response(
                        "r",
                        new Response.Status.Completed(),
                        Optional.of("conv"),
                        List.of(),
                        Optional.empty(),
                        Optional.empty())));
    }

    private void callerSpeaks(String itemId, Duration length) {
        history = received(new ServerEvent.SpeechStarted("e", Duration.ofSeconds(9), itemId));
        history = received(
                new ServerEvent.SpeechStopped("e", Duration.ofSeconds(9).plus(length), itemId));
        history = received(new ServerEvent.AudioCommitted("e", Optional.empty(), itemId));
    }

    private void transcribed(String itemId, String words) {
        history = received(ServerEvent.InputTranscriptCompleted.of("e", itemId, words));
    }

    private void types(String words) {
        history =
                history.sent(new ClientEvent.ItemCreate(Optional.empty(), Optional.empty(), Item.Message.user(words)));
    }

    private void calls(String callId) {
        history = received(new ServerEvent.OutputItemDone(
                "e", "r", 0, new Item.FunctionCall(Optional.empty(), Item.Status.COMPLETED, callId, "book", "{}")));
    }

    private void answered(String callId, String output) {
        history = history.sent(new ClientEvent.ItemCreate(
                Optional.empty(), Optional.empty(), new Item.FunctionCallOutput(Optional.empty(), callId, output)));
    }

    private static Item.Message message(String id) {
        return new Item.Message(Optional.of(id), Item.Role.ASSISTANT, Item.Status.COMPLETED, List.of());
    }
}
