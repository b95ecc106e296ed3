package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.machine.Replay;
import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.ResponseConfig;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.session.HistoryEntry.AgentWords;
import dev.antiphon.session.HistoryEntry.CallerTurn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bounds of a call's history, what of it the model has read, and that it depends on nothing but the events. */
class CallHistoryEdgesTest {
    private static final AudioFormat FORMAT = AudioFormat.PCM16_24KHZ;

    /** What went over the line: one of the two. */
    private record Frame(Optional<ServerEvent> received, Optional<ClientEvent> sent) {
        static Frame in(ServerEvent event) {
            return new Frame(Optional.of(event), Optional.empty());
        }

        static Frame out(ClientEvent event) {
            return new Frame(Optional.empty(), Optional.of(event));
        }
    }

    private CallHistory history = CallHistory.empty();

    private void received(ServerEvent event) {
        history = history.received(event, FORMAT);
    }

    private void sent(ClientEvent event) {
        history = history.sent(event);
    }

    private void types(String words) {
        sent(new ClientEvent.ItemCreate(Optional.empty(), Optional.empty(), Item.Message.user(words)));
    }

    private void begins(String itemId) {
        received(new ServerEvent.OutputItemAdded("e", "r1", 0, message(itemId)));
    }

    private void says(String itemId, String words, Duration length) {
        received(new ServerEvent.AudioTranscriptDelta("e", "r1", itemId, 0, 0, words));
        received(new ServerEvent.AudioDelta("e", "r1", itemId, 0, 0, Turns.audio(length)));
    }

    private static Item.Message message(String itemId) {
        return new Item.Message(Optional.of(itemId), Item.Role.ASSISTANT, Item.Status.IN_PROGRESS, List.of());
    }

    private void asks() {
        sent(new ClientEvent.ResponseCreate(Optional.empty(), ResponseConfig.NONE));
    }

    private void calls(String callId, String arguments) {
        received(new ServerEvent.OutputItemDone(
                "e",
                "r1",
                0,
                new Item.FunctionCall(Optional.of("f" + callId), Item.Status.COMPLETED, callId, "weather", arguments)));
    }

    @Test
    void theLatestTwoHundredEntriesAreRememberedAndWhatOfThemWasRead() {
        IntStream.range(0, 199).forEach(i -> types("line " + i));
        asks();
        assertThat(history.read()).isEqualTo(199);
        types("line 199");
        assertThat(history.entries()).hasSize(200);
        assertThat(history.read()).isEqualTo(199);
        types("line 200");

        assertThat(history.entries()).hasSize(200);
        assertThat(history.read()).isEqualTo(198);
    }

    @Test
    void wordsOfAnotherUtteranceAreNotTheOnesThatAreBeingSaid() {
        begins("a1");
        says("a2", "Stray.", Duration.ofSeconds(1));
        received(new ServerEvent.OutputItemDone("e", "r1", 0, message("a1")));

        assertThat(history.entries()).isEmpty();
    }

    @Test
    void speechIsMeasuredFromItsOwnBeginning() {
        received(new ServerEvent.SpeechStarted("e", Duration.ofSeconds(1), "u1"));
        received(new ServerEvent.SpeechStopped("e", Duration.ofSeconds(4), "u2"));
        received(new ServerEvent.SpeechStopped("e", Duration.ofSeconds(4), "u1"));

        assertThat(history.entries())
                .containsExactly(
                        new CallerTurn(Optional.of("u2"), Optional.empty(), 0),
                        new CallerTurn(
                                Optional.of("u1"),
                                Optional.empty(),
                                TokenEstimate.ofCallerAudio(Duration.ofSeconds(3))));
    }

    @Test
    void aCallIsKnownByItsIdAndKeptOnce() {
        calls("c1", "{}");
        calls("c1", "{\"again\":1}");
        calls("c2", "{}");

        assertThat(history.entries())
                .extracting(entry ->
                        ((HistoryEntry.ToolCall) entry).callId() + ((HistoryEntry.ToolCall) entry).argumentsJson())
                .containsExactly("c1{}", "c2{}");
    }

    @Test
    void whatIsBeingSaidIsCutWhereItStandsAndWhatIsBehindIsReadAnew() {
        types("one");
        begins("a1");
        says("a1", "We are open from nine to five.", Duration.ofSeconds(3));
        types("two");
        asks();
        sent(new ClientEvent.ItemTruncate(Optional.empty(), "a1", 0, Duration.ofMillis(1_500)));

        assertThat(history.speaking()).isEmpty();
        assertThat(history.entries())
                .element(1)
                .isEqualTo(new AgentWords(
                        Optional.of("a1"),
                        "We are open from nine to five.",
                        Duration.ofSeconds(3),
                        Optional.of(Duration.ofMillis(1_500))));
        assertThat(history.read()).isEqualTo(1);
    }

    @Test
    void whatIsDeletedIsGoneAndWhatWasBeforeItStaysRead() {
        received(new ServerEvent.AudioCommitted("e", Optional.empty(), "u1"));
        received(new ServerEvent.AudioCommitted("e", Optional.empty(), "u2"));
        received(new ServerEvent.AudioCommitted("e", Optional.empty(), "u3"));
        asks();
        sent(new ClientEvent.ItemDelete(Optional.empty(), "unknown"));
        assertThat(history.read()).isEqualTo(3);
        sent(new ClientEvent.ItemDelete(Optional.empty(), "u2"));

        assertThat(history.entries())
                .extracting(HistoryEntry::itemId)
                .containsExactly(Optional.of("u1"), Optional.of("u3"));
        assertThat(history.read()).isEqualTo(1);
    }

    @Test
    void whatIsBeingSaidIsDeletedWhileOthersGoOn() {
        begins("a1");
        says("a1", "Good morning", Duration.ofSeconds(1));
        sent(new ClientEvent.ItemDelete(Optional.empty(), "a0"));
        assertThat(history.speaking()).isPresent();
        sent(new ClientEvent.ItemDelete(Optional.empty(), "a1"));
        assertThat(history.speaking()).isEmpty();
    }

    @Test
    void asMuchIsToldAsTheBudgetAllowsToTheLastToken() {
        types("x".repeat(400));
        types("y".repeat(400));
        int one = history.entries().getFirst().textTokens();

        assertThat(history.replay(2 * one)).hasSize(2);
        assertThat(history.replay(2 * one - 1)).hasSize(1);
    }

    @Test
    void aCallCountsWithItsNameAndItsArguments() {
        calls("c1", "x".repeat(400));
        calls("c2", "");

        assertThat(history.entries().getFirst().textTokens()).isEqualTo(TokenEstimate.ofText(407));
        assertThat(history.entries().getLast().textTokens()).isEqualTo(TokenEstimate.ofText(7));
    }

    @Test
    void wordsThatWereHeardToTheirEndAreToldWhole() {
        AgentWords whole = new AgentWords(
                Optional.of("a1"), "Good morning", Duration.ofSeconds(1), Optional.of(Duration.ofSeconds(1)));
        assertThat(whole.heardWords()).isEqualTo("Good morning");
        AgentWords nothing =
                new AgentWords(Optional.of("a1"), "Good morning", Duration.ofSeconds(1), Optional.of(Duration.ZERO));
        assertThat(nothing.asText()).isEmpty();
        AgentWords half = new AgentWords(
                Optional.of("a1"), "Good morning", Duration.ofSeconds(2), Optional.of(Duration.ofSeconds(1)));
        assertThat(half.heardWords()).isEqualTo("Good");
    }

    @Test
    void blankWordsAreNone() {
        CallerTurn blank = new CallerTurn(Optional.of("u1"), Optional.of(" "), 3);

        assertThat(blank.unheard()).isTrue();
        assertThat(blank.asText()).isEmpty();
        assertThat(new CallerTurn(Optional.of("u1"), Optional.of("yes"), 3).unheard())
                .isFalse();
    }

    private static Frame frame(Random random) {
        String caller = "u" + random.nextInt(3);
        String agent = "a" + random.nextInt(3);
        return switch (random.nextInt(12)) {
            case 0 -> Frame.in(new ServerEvent.SpeechStarted("e", Duration.ofSeconds(random.nextInt(9)), caller));
            case 1 -> Frame.in(new ServerEvent.SpeechStopped("e", Duration.ofSeconds(random.nextInt(9)), caller));
            case 2 -> Frame.in(ServerEvent.InputTranscriptCompleted.of("e", caller, "words"));
            case 3 -> Frame.in(new ServerEvent.OutputItemAdded("e", "r1", 0, message(agent)));
            case 4 -> Frame.in(new ServerEvent.AudioTranscriptDelta("e", "r1", agent, 0, 0, "words "));
            case 5 -> Frame.in(new ServerEvent.AudioDelta("e", "r1", agent, 0, 0, Turns.audio(Duration.ofMillis(100))));
            case 6 -> Frame.in(new ServerEvent.OutputItemDone("e", "r1", 0, message(agent)));
            case 7 -> Frame.out(new ClientEvent.ItemTruncate(Optional.empty(), agent, 0, Duration.ofMillis(50)));
            case 8 -> Frame.out(new ClientEvent.ItemDelete(Optional.empty(), agent));
            case 9 -> Frame.out(new ClientEvent.ResponseCreate(Optional.empty(), ResponseConfig.NONE));
            case 10 -> Frame.out(new ClientEvent.ResponseCancel(Optional.empty(), Optional.empty()));
            default ->
                Frame.out(new ClientEvent.ItemCreate(Optional.empty(), Optional.empty(), Item.Message.user("typed")));
        };
    }

    private static Replay.Result<CallHistory> step(CallHistory state, Frame frame) {
        CallHistory next = frame.received()
                .map(event -> state.received(event, FORMAT))
                .orElseGet(() -> state.sent(frame.sent().orElseThrow()));
        return new Replay.Result<>(next, next.replay(1_000));
    }

    @Test
    void whatWentOverTheLineMakesTheSameHistoryAgain() {
        Random random = new Random(11);
        Replay<CallHistory, Frame> run = new Replay<>();
        for (int i = 0; i < 500; i++) {
            Frame frame = frame(random);
            Replay.Result<CallHistory> result = step(history, frame);
            run.taken(history, frame, result);
            history = result.next();
        }
        run.assertSame(CallHistoryEdgesTest::step);
        assertThat(new ArrayList<>(history.entries())).hasSizeGreaterThan(20);
    }
}
