package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.session.TurnTimeline.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The values that the turn machine is made of. */
class TurnPartsTest {
    private static final AudioFormat FORMAT = AudioFormat.PCM16_24KHZ;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static long at(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    private static PlaybackLedger ledger() {
        return PlaybackLedger.empty(FORMAT);
    }

    private static int seconds(int count) {
        return count * FORMAT.bytesPerSecond();
    }

    // The playback ledger.

    @Test
    void theLatestUtteranceWasCutShortWhenItWasStoppedBeforeItsEnd() {
        assertThat(ledger().lastCutShort()).isEmpty();
        PlaybackLedger playing = ledger().received("a", seconds(1), at(0));
        assertThat(playing.lastCutShort()).isEmpty();
        assertThat(playing.stopAll(at(400)).lastCutShort()).contains("a");
        assertThat(playing.stopAll(at(1_000)).lastCutShort()).isEmpty();
        assertThat(playing.stopAll(at(400)).received("b", seconds(1), at(500)).lastCutShort())
                .isEmpty();
    }

    @Test
    void whatWasStoppedKeepsWhereItWasStopped() {
        PlaybackLedger stopped =
                ledger().received("a", seconds(2), at(0)).stopAll(at(400)).stopAll(at(900));

        assertThat(stopped.heard("a", at(2_000))).isEqualTo(Duration.ofMillis(400));
        assertThat(stopped.isStopped("a")).isTrue();
        assertThat(stopped.isStopped("b")).isFalse();
        assertThat(stopped.endsAt()).isEqualTo(at(400));
    }

    @Test
    void anUtteranceAfterOneThatWasStoppedBeginsAtOnce() {
        PlaybackLedger next =
                ledger().received("a", seconds(5), at(0)).stopAll(at(400)).received("b", seconds(1), at(500));

        assertThat(next.heard("b", at(800))).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void theEndCountsFromTheLastReport() {
        PlaybackLedger late =
                ledger().received("a", seconds(2), at(0)).reported("a", Duration.ofMillis(200), false, at(1_000));

        assertThat(late.endsAt()).isEqualTo(at(2_800));
        assertThat(late.playing(at(2_799))).containsExactly("a");
        assertThat(late.playing(at(2_800))).isEmpty();
        assertThat(late.heard("a", at(900))).as("time does not run backwards").isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void whatWasNeverReceivedWasNeitherHeardNorReported() {
        assertThat(ledger().reported("a", SECOND, true, at(0))).isEqualTo(ledger());
        assertThat(ledger().heard("a", at(0))).isZero();
        assertThat(ledger().received("a")).isZero();
    }

    @Test
    void anotherLineKnowsNoneOfTheUtterancesAndTheCallerHearsThemOn() {
        PlaybackLedger moved = ledger().received("a", seconds(2), at(0)).onNewLine();

        assertThat(moved.isKnown("a")).isFalse();
        assertThat(moved.heard("a", at(500))).isEqualTo(Duration.ofMillis(500));
        assertThat(moved.received("b", seconds(1), at(600)).isKnown("b")).isTrue();
        assertThat(ledger().isKnown("b")).isFalse();
    }

    @Test
    void theLatestSixUtterancesAreRemembered() {
        PlaybackLedger ledger = ledger();
        for (int i = 1; i <= 7; i++) {
            ledger = ledger.received("a" + i, seconds(1), at(0));
        }
        assertThat(ledger.utterances())
                .extracting(PlaybackLedger.Utterance::id)
                .containsExactly("a2", "a3", "a4", "a5", "a6", "a7");
        assertThat(ledger.received("a2", seconds(1), at(0)).utterances()).hasSize(6);
    }

    // The response gate.

    private static ResponseGate asked(ResponseGate gate) {
        return gate.asked(gate.next().orElseThrow());
    }

    @Test
    void aLineIsSaidBeforeTheAnswerAndTheAnswerIsNotLost() {
        ResponseGate both = ResponseGate.idle().wantAnswer().wantSay(Conversation.Speech.say("One moment."));
        ResponseGate saying = asked(both);

        assertThat(saying.hasWishes()).isTrue();
        assertThat(saying.hasLines()).isFalse();
        assertThat(saying.created("r1", ResponseGate.Ask.Answer.FREE).done().next())
                .contains(new ResponseGate.Ask.Answer(true, Optional.empty()));
        assertThat(ResponseGate.idle().hasWishes()).isFalse();
        assertThat(ResponseGate.idle().wantSay(Conversation.Speech.say("x")).hasWishes())
                .isTrue();
    }

    @Test
    void severalLinesAreVerbatimWhenOneIsAndInterruptibleWhenAllAre() {
        ResponseGate gate = ResponseGate.idle()
                .wantSay(new Conversation.Speech("Recorded.", true, false))
                .wantSay(new Conversation.Speech("Hello.", false, true));

        assertThat(gate.next()).contains(new ResponseGate.Ask.Say("Recorded. Hello.", true, false));
    }

    @Test
    void whatIsCancelledIsNotWantedAgainAndTheRestIs() {
        ResponseGate asked = asked(ResponseGate.idle().wantAnswer());
        assertThat(asked.again().next()).isPresent();
        assertThat(asked.unwanted().isUnwanted()).isTrue();
        assertThat(asked.unwanted().again().next()).isEmpty();

        ResponseGate active = asked.created("r1", ResponseGate.Ask.Answer.FREE);
        assertThat(active.again().next()).isPresent();
        assertThat(active.cancelling().again().next()).isEmpty();
        assertThat(active.isUnwanted()).isFalse();
        assertThat(asked.cancelling()).as("nothing is there to cancel").isEqualTo(asked);
        assertThat(active.unwanted()).as("it exists already").isEqualTo(active);
        assertThat(ResponseGate.idle().again()).isEqualTo(ResponseGate.idle());
    }

    @Test
    void anAnswerThatMustBeHeardWholeStaysSoWhenItIsAskedForAgain() {
        ResponseGate asked = asked(ResponseGate.idle().wantProtectedAnswer());
        assertThat(asked.interruptible()).isFalse();
        assertThat(asked.again().next()).contains(new ResponseGate.Ask.Answer(false, Optional.empty()));

        ResponseGate free = asked(ResponseGate.idle().wantAnswer());
        assertThat(free.interruptible()).isTrue();
        assertThat(free.again().next()).contains(new ResponseGate.Ask.Answer(true, Optional.empty()));
    }

    @Test
    void aLineThatCameToNothingIsSaidBeforeTheOthers() {
        ResponseGate asked = asked(ResponseGate.idle().wantSay(Conversation.Speech.verbatim("First.")))
                .wantSay(Conversation.Speech.say("Second."));

        assertThat(asked.again().says()).extracting(Conversation.Speech::text).containsExactly("First.", "Second.");
    }

    @Test
    void whoseResponseKeepsTheServerBusyIsNotKnown() {
        ResponseGate busy = asked(ResponseGate.idle().wantAnswer()).refusedAsBusy(ResponseGate.Ask.Answer.FREE);

        assertThat(busy.isIdle()).isFalse();
        assertThat(busy.activeId()).isEmpty();
        assertThat(busy.done().next()).isPresent();
        assertThat(busy.created("r1", ResponseGate.Ask.Answer.FREE).activeId()).contains("r1");
    }

    // Transcripts in the order of their turns.

    private static TranscriptOrder waitingFor(int turns) {
        TranscriptOrder order = TranscriptOrder.none();
        for (int i = 1; i <= turns; i++) {
            order = order.expecting("u" + i).next();
        }
        return order;
    }

    @Test
    void sixteenTranscriptsAreWaitedForAndTheOldestIsGivenUp() {
        assertThat(waitingFor(16).turns()).hasSize(16);
        TranscriptOrder full = waitingFor(16).arrived("u2", "second").next();
        TranscriptOrder.Step step = full.expecting("u17");

        assertThat(step.told()).extracting(TranscriptOrder.Turn::itemId).containsExactly("u2");
        assertThat(step.next().turns()).hasSize(15);
    }

    @Test
    void aTranscriptWaitsWhileAnEarlierOneIsMissing() {
        assertThat(waitingFor(2).holds()).isFalse();
        TranscriptOrder second = waitingFor(2).arrived("u2", "second").next();
        assertThat(second.holds()).isTrue();
        assertThat(second.arrived("u1", "first").next().holds()).isFalse();
        assertThat(second.without("u1").told())
                .extracting(TranscriptOrder.Turn::text)
                .containsExactly(Optional.of("second"));
    }

    @Test
    void aSecondTranscriptOfATurnIsToldAndChangesNothing() {
        TranscriptOrder second = waitingFor(2).arrived("u2", "second").next();

        assertThat(second.arrived("u2", "again").next()).isEqualTo(second);
        assertThat(second.arrived("u2", "again").told()).hasSize(1);
    }

    // The latency of a turn.

    @Test
    void severalToolCallsOfOneResponseAreOneWait() {
        TurnClock clock = TurnClock.started(at(0))
                .toolCalled(at(100))
                .toolCalled(at(150))
                .resultsSent(at(300))
                .resultsSent(at(350));

        assertThat(clock.answered(at(400)).parts())
                .isEqualTo(Map.of(
                        Part.MODEL,
                        Duration.ofMillis(100),
                        Part.TOOL,
                        Duration.ofMillis(200),
                        Part.MODEL2,
                        Duration.ofMillis(100)));
    }

    @Test
    void aSecondRoundOfToolsCountsAsTheModelsSecondPart() {
        TurnClock clock = TurnClock.started(at(0))
                .toolCalled(at(100))
                .resultsSent(at(200))
                .toolCalled(at(500))
                .resultsSent(at(600));

        assertThat(clock.answered(at(700)).parts())
                .containsEntry(Part.MODEL, Duration.ofMillis(100))
                .containsEntry(Part.TOOL, Duration.ofMillis(200))
                .containsEntry(Part.MODEL2, Duration.ofMillis(400));
    }

    @Test
    void wordsBesideARunningToolAreTheToolsTime() {
        assertThat(TurnClock.started(at(0))
                        .toolCalled(at(100))
                        .answered(at(300))
                        .parts())
                .containsEntry(Part.TOOL, Duration.ofMillis(200));
    }

    @Test
    void theTimelineIsPrintedInTheOrderOfTime() {
        TurnTimeline timeline = TurnClock.startedByVoice(at(0), at(100))
                .toolCalled(at(200))
                .resultsSent(at(300))
                .answered(at(400));

        assertThat(List.copyOf(timeline.ordered().keySet()))
                .containsExactly(Part.ENDPOINTING, Part.MODEL, Part.TOOL, Part.MODEL2);
        assertThat(new TurnTimeline(Map.of(), false).ordered()).isEmpty();
    }

    // Open calls.

    @Test
    void theFirstAnswerToACallCounts() {
        OpenCalls calls =
                OpenCalls.none().opened("c1", "weather").answered("c1", "first").answered("c1", "second");

        assertThat(calls.inOrder()).extracting(OpenCalls.Call::output).containsExactly(Optional.of("first"));
        assertThat(calls.opened("c1", "other")).isEqualTo(calls);
    }

    @Test
    void theLatestSixtyFourSettledCallsAreRemembered() {
        OpenCalls calls = OpenCalls.none();
        for (int i = 1; i <= 65; i++) {
            calls = calls.opened("c" + i, "weather").answered("c" + i, "{}").allSent();
        }
        assertThat(calls.wasSettled("c1")).isFalse();
        assertThat(calls.wasSettled("c2")).isTrue();
        assertThat(calls.isEmpty()).isTrue();
    }

    // Policies for speech over the agent's words.

    @Test
    void aPolicyWithANegativeBoundIsAMistake() {
        assertThatThrownBy(() -> BargeIn.immediate().withNoiseBelow(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.001S");
    }

    @Test
    void onlyALanguageWithBackChannelsJudgesShortWords() {
        assertThat(BargeIn.considered(Locale.ENGLISH).longestConsidered()).isEqualTo(SECOND);
        assertThat(BargeIn.considered(Locale.JAPANESE).longestConsidered()).isEqualTo(Duration.ofMillis(200));
        assertThat(BargeIn.immediate().considers()).isFalse();
        assertThat(BargeIn.considered(Locale.GERMAN).isBackChannel("right")).isFalse();
    }

    private static Overlap overlap(Duration byAudio) {
        Overlap began = Overlap.began(new ServerEvent.SpeechStarted("e", Duration.ZERO, "u1"), false, at(0));
        return began.ended(
                new TurnInput.CallerStopped(new ServerEvent.SpeechStopped("e", byAudio.plusMillis(800), "u1"), 0));
    }

    private static TurnState.Rules rules(BargeIn policy) {
        return TurnState.Rules.of(SessionSettings.defaults().withBargeIn(policy), Turns.SAY_AGAIN);
    }

    @Test
    void aVoiceIsAsLongAsTheLongerOfAudioAndClock() {
        TurnState.Rules rules = rules(BargeIn.considered(Locale.ENGLISH));

        assertThat(overlap(Duration.ofMillis(300)).voice(rules, at(700))).isEqualTo(Duration.ofMillis(300));
        assertThat(overlap(Duration.ofMillis(100)).voice(rules, at(700))).isEqualTo(Duration.ofMillis(200));
        assertThat(overlap(Duration.ofMillis(-200)).voice(rules, at(100))).isZero();
    }

    @Test
    void theBoundsOfAPolicyBelongToTheLongerVoice() {
        TurnState.Rules rules = rules(BargeIn.considered(Locale.ENGLISH));
        List<Overlap.Verdict> verdicts = new ArrayList<>();
        for (long millis : new long[] {199, 200, 999, 1_000}) {
            verdicts.add(Overlap.verdict(rules, Duration.ofMillis(millis)));
        }
        assertThat(verdicts)
                .containsExactly(
                        Overlap.Verdict.NOISE, Overlap.Verdict.WORDS, Overlap.Verdict.WORDS, Overlap.Verdict.TURN);
        TurnState.Rules wordless = rules(BargeIn.considered(Locale.ENGLISH).withBackChannels(Set.of(), SECOND));
        assertThat(Overlap.verdict(wordless, Duration.ofMillis(500))).isEqualTo(Overlap.Verdict.TURN);
    }
}
