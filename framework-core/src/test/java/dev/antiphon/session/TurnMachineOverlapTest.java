package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.session.CallerChannel.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose speech over the agent's words is which: timers, bounds, and several pieces of speech at once. */
class TurnMachineOverlapTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** The agent speaks for ten seconds, of which two are heard. */
    private static Turns talking() {
        return Turns.connected(SessionSettings.defaults().withBargeIn(BargeIn.considered(Locale.ENGLISH)))
                .in(new TurnInput.CallerTyped("hello"))
                .answers("r1", "a1", "A long story.", Duration.ofSeconds(10))
                .passes(Duration.ofSeconds(2))
                .forget();
    }

    private static Turns stops(Turns call, String itemId, Duration voice) {
        call.passes(voice.plusMillis(500));
        return call.in(new TurnInput.CallerStopped(
                new ServerEvent.SpeechStopped("e", voice.plusMillis(800), itemId), call.nowNanos));
    }

    private static Turns commits(Turns call, String itemId) {
        return call.in(new ServerEvent.AudioCommitted("e", Optional.empty(), itemId));
    }

    private static boolean wasTaken(Turns call, String itemId) {
        return call.delivered(Signal.CallerTurn.class).contains(new Signal.CallerTurn(itemId, Optional.empty()));
    }

    @Test
    void whoSpeaksOverTheAgentHasTheFloorAndATimeToFinish() {
        Turns call = talking().callerSpeaks("u1");

        assertThat(call.effects)
                .containsExactlyInAnyOrder(
                        new TurnEffect.Arm(TurnTimer.FLOOR, Duration.ofSeconds(60)),
                        new TurnEffect.Disarm(TurnTimer.SILENCE),
                        new TurnEffect.Arm(TurnTimer.OVERLAP, Duration.ofMillis(1_500)));
        assertThat(stops(call.forget(), "u1", Duration.ofMillis(600)).effects)
                .containsExactly(new TurnEffect.Disarm(TurnTimer.OVERLAP));
        assertThat(commits(call.forget(), "u1").effects).containsExactly(new TurnEffect.Arm(TurnTimer.OVERLAP, SECOND));
    }

    @Test
    void whatTurnsOutToBeATurnNeedsNoTimerAnyMore() {
        Turns call = stops(talking().callerSpeaks("u1"), "u1", Duration.ofMillis(600));
        commits(call, "u1").forget().in(ServerEvent.InputTranscriptCompleted.of("e", "u1", "Stop."));

        assertThat(call.effects).contains(new TurnEffect.Disarm(TurnTimer.OVERLAP));
    }

    @Test
    void anOverlookedNoiseGivesTheFloorBack() {
        Turns call = stops(talking().callerSpeaks("u1"), "u1", Duration.ofMillis(100));
        commits(call.forget(), "u1");

        assertThat(call.effects)
                .contains(new TurnEffect.Disarm(TurnTimer.FLOOR), new TurnEffect.Disarm(TurnTimer.OVERLAP));
    }

    @Test
    void newSpeechMakesATurnOfTheOneBefore() {
        Turns call = talking().callerSpeaks("u1").callerSpeaks("u2");

        assertThat(call.delivered(Signal.SpeechStarted.class))
                .extracting(Signal.SpeechStarted::itemId)
                .containsExactly("u1", "u2");
    }

    @Test
    void whatEndsMeanwhileOfOtherSpeechIsTakenAsItIs() {
        Turns call = talking().callerSpeaks("u2");
        stops(call, "u1", Duration.ofMillis(100));
        assertThat(call.delivered(Signal.SpeechStopped.class)).hasSize(1);
        commits(call, "u1");

        assertThat(wasTaken(call, "u1")).isTrue();
    }

    @Test
    void aTranscriptThatIsThereBeforeTheTurnIsEndedDoesNotDecide() {
        Turns call = talking().callerSpeaks("u1").in(ServerEvent.InputTranscriptCompleted.of("e", "u1", "mhm"));
        assertThat(call.sent(ClientEvent.ItemDelete.class)).isEmpty();
        assertThat(call.delivered(Signal.SpeechStarted.class)).isEmpty();

        call.in(new ServerEvent.InputTranscriptFailed("e", "u1", 0, Turns.error("audio_unintelligible")));
        assertThat(call.delivered(Signal.SpeechStarted.class)).isEmpty();
    }

    @Test
    void aNoiseWhoseTranscriptFailedStaysANoise() {
        Turns call = stops(talking().callerSpeaks("u1"), "u1", Duration.ofMillis(100));
        commits(call, "u1").forget();
        call.in(new ServerEvent.InputTranscriptFailed("e", "u1", 0, Turns.error("audio_unintelligible")));

        assertThat(call.effects).isEmpty();
    }

    @Test
    void speechIsConsideredOverWordsOnlyAndNotOverTheLastOfThem() {
        assertThat(talking().passes(Duration.ofSeconds(8)).callerSpeaks("u1").delivered(Signal.SpeechStarted.class))
                .as("all is said")
                .hasSize(1);
        assertThat(talking().passes(Duration.ofSeconds(7)).callerSpeaks("u1").delivered(Signal.SpeechStarted.class))
                .as("one second is left")
                .isEmpty();
        assertThat(talking().passes(Duration.ofMillis(7_001)).callerSpeaks("u1").delivered(Signal.SpeechStarted.class))
                .as("less than that is left")
                .hasSize(1);
        assertThat(talking()
                        .in(new TurnInput.EndWanted(new Outcome.Completed("flow", "done")))
                        .callerSpeaks("u1")
                        .delivered(Signal.SpeechStarted.class))
                .as("the dialog is over")
                .hasSize(1);
    }

    @Test
    void whoStopsTheAgentByHandHasTakenATurn() {
        Turns interrupted = talking().callerSpeaks("u1").in(new TurnInput.CallerInterrupted());
        assertThat(interrupted.delivered(Signal.SpeechStarted.class)).hasSize(1);

        Turns stopped = talking().callerSpeaks("u1").in(new TurnInput.CallerPlayed("a1", Duration.ofSeconds(2), true));
        assertThat(stopped.delivered(Signal.SpeechStarted.class)).hasSize(1);
        Turns plays = talking().callerSpeaks("u1").in(new TurnInput.CallerPlayed("a1", Duration.ofSeconds(2), false));
        assertThat(plays.delivered(Signal.SpeechStarted.class)).isEmpty();
    }

    private static Turns recorded() {
        return Turns.connected()
                .in(new TurnInput.SayWanted(new Conversation.Speech("This call is recorded.", true, false)))
                .answers("r1", "a1", "This call is recorded.", Duration.ofSeconds(10))
                .passes(Duration.ofSeconds(2))
                .forget();
    }

    @Test
    void speechOverProtectedWordsIsNoTurnBeforeItEnds() {
        Turns call = recorded().callerSpeaks("u1").in(new TurnInput.CallerInterrupted());
        assertThat(call.delivered(Signal.SpeechStarted.class)).isEmpty();
        assertThat(call.delivered(Signal.StopPlayback.class)).isEmpty();
        assertThat(call.effects).noneMatch(e -> e instanceof TurnEffect.Arm arm && arm.timer() == TurnTimer.OVERLAP);

        stops(call, "u1", SECOND).passes(Duration.ofMillis(300));
        commits(call, "u1").answers("r2", "a2", "Yes?", SECOND);
        assertThat(wasTaken(call, "u1")).isTrue();
        assertThat(call.state.overlap()).isEmpty();
        assertThat(call.out(TurnEffect.Answered.class))
                .singleElement()
                .extracting(answered -> answered.untilReceived().total())
                .as("from the last voice on")
                .isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void speechBeforeAProtectedLineIsHeardIsNoAnswerToIt() {
        Turns call = Turns.connected()
                .in(new TurnInput.SayWanted(new Conversation.Speech("This call is recorded.", true, false)))
                .forget()
                .callerSpeaks("u1");

        assertThat(call.out(TurnEffect.Feed.class))
                .containsExactly(new TurnEffect.Feed(new Conversation.Event.AgentCutOff(0)));
    }

    @Test
    void theLatestSixOverlookedItemsAreRemembered() {
        Turns call = talking();
        for (int i = 1; i <= 7; i++) {
            commits(stops(call.callerSpeaks("u" + i), "u" + i, Duration.ofMillis(100)), "u" + i);
        }
        assertThat(call.state.overlooked()).isEqualTo(List.of("u2", "u3", "u4", "u5", "u6", "u7"));
    }

    @Test
    void soundThatIsForgottenWasNoTurn() {
        Turns call = talking().callerSpeaks("u1").forget().in(new ServerEvent.AudioCleared("e"));

        assertThat(call.effects).contains(new TurnEffect.Disarm(TurnTimer.OVERLAP));
        assertThat(call.in(new TurnInput.TimerFired(TurnTimer.OVERLAP)).delivered(Signal.SpeechStarted.class))
                .isEmpty();
    }
}
