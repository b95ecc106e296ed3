package dev.antiphon.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.antiphon.model.Allowance;
import dev.antiphon.model.Money;
import dev.antiphon.realtime.ServerEvent.RateLimit;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final SessionId SESSION = new SessionId("sess_1");
    private static final Allowance TWO = Allowance.UNLIMITED.withSessions(2);

    private final List<AdmissionEvent> events = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");

    private Admission admission(AdmissionSettings settings) {
        return new Admission(settings, () -> now, events::add);
    }

    private static String reason(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).reason();
    }

    @Test
    void withoutLimitsEveryCallIsAnswered() {
        Admission admission = admission(AdmissionSettings.defaults());
        for (int i = 0; i < 10_000; i++) {
            assertThat(admission.ask()).isEqualTo(new Verdict.Admitted());
        }
    }

    @Test
    void oneCallTooManyIsRefusedUntilAnotherIsOver() {
        Admission admission = admission(AdmissionSettings.defaults().withAllowance(TWO));
        admission.ask();
        admission.ask();

        assertThat(reason(admission.ask()))
                .isEqualTo("2 calls are in progress, and one more would need 3 sessions at once of 2");
        admission.over();
        assertThat(admission.ask()).isEqualTo(new Verdict.Admitted());
    }

    @Test
    void tokensAndRequestsOfAMinuteAreSharedByTheCallsAsTheyUseThem() {
        Allowance tokens = new Allowance(Optional.empty(), Optional.empty(), Optional.of(40_000));
        Admission admission = admission(AdmissionSettings.defaults().withAllowance(tokens));
        for (int i = 0; i < 6; i++) {
            assertThat(admission.ask()).isEqualTo(new Verdict.Admitted());
        }
        assertThat(reason(admission.ask())).contains("42,000 tokens per minute of 40,000");

        for (int i = 0; i < 50; i++) {
            admission.on(ended(2_000, Duration.ofMinutes(1)));
        }
        assertThat(admission.ask()).isEqualTo(new Verdict.Admitted());
        assertThat(reason(new Admission(
                                AdmissionSettings.defaults()
                                        .withAllowance(
                                                new Allowance(Optional.empty(), Optional.of(7), Optional.empty())),
                                () -> now,
                                events::add)
                        .ask()))
                .contains("8 requests per minute of 7");
    }

    @Test
    void aLimitThatTheServiceReportsAsUsedUpHoldsUntilItIsFilledUpEnough() {
        Admission admission = admission(AdmissionSettings.defaults());
        admission.on(reported(new RateLimit("tokens", 40_000, 4_000, Duration.ofSeconds(54))));

        Verdict refused = admission.ask();
        assertThat(reason(refused)).isEqualTo("the model's service has 4,000 of 40,000 tokens per minute left");
        assertThat(((Verdict.Refused) refused).retryAfter()).isEqualTo(Duration.ofSeconds(3));
        now = now.plusSeconds(3);
        assertThat(admission.ask()).isEqualTo(new Verdict.Admitted());
    }

    @Test
    void limitsOfZeroAreNone() {
        Admission admission = admission(AdmissionSettings.defaults());
        admission.on(reported(new RateLimit("tokens", 0, 0, Duration.ZERO)));

        assertThat(admission.ask()).isEqualTo(new Verdict.Admitted());
    }

    @Test
    void whoWaitsIsAnsweredInTheOrderOfComing() {
        Admission admission =
                admission(AdmissionSettings.defaults().withAllowance(TWO).withQueue(Duration.ofSeconds(30), 2));
        admission.ask();
        admission.ask();
        List<String> answered = new ArrayList<>();
        assertThat(admission.ask()).isInstanceOf(Verdict.MayWait.class);
        admission.waitForRoom().thenAccept(verdict -> answered.add("first"));
        assertThat(admission.ask()).isEqualTo(new Verdict.MayWait("1 call waits already"));
        admission.waitForRoom().thenAccept(verdict -> answered.add("second"));
        assertThat(reason(admission.ask())).isEqualTo("2 calls wait already");

        admission.over();
        assertThat(answered).containsExactly("first");
        assertThat(admission.ask()).isInstanceOf(Verdict.MayWait.class);
        admission.over();
        assertThat(answered).containsExactly("first", "second");
        assertThat(admission.state().calls()).isEqualTo(2);
    }

    @Test
    void whoHasLeftTakesNobodysPlace() {
        Admission admission =
                admission(AdmissionSettings.defaults().withAllowance(TWO).withQueue(Duration.ofSeconds(30), 5));
        admission.ask();
        admission.ask();
        CompletionStage<Verdict> gone = admission.waitForRoom();
        CompletionStage<Verdict> next = admission.waitForRoom();

        assertThat(admission.withdraw(gone, AdmissionEvent.End.LEFT)).isTrue();
        admission.over();
        assertThat(gone.toCompletableFuture()).isNotDone();
        assertThat(next.toCompletableFuture()).isCompletedWithValue(new Verdict.Admitted());
        assertThat(admission.withdraw(next, AdmissionEvent.End.TOO_LONG)).isFalse();
    }

    @Test
    void whatBecomesOfCallsIsToldWithTheTimeThatTheyWaited() {
        Admission admission =
                admission(AdmissionSettings.defaults().withAllowance(TWO).withQueue(Duration.ofSeconds(30), 2));
        admission.ask();
        admission.ask();
        CompletionStage<Verdict> impatient = admission.waitForRoom();
        admission.waitForRoom();
        admission.ask();
        now = now.plusSeconds(4);
        admission.withdraw(impatient, AdmissionEvent.End.TOO_LONG);
        now = now.plusSeconds(2);
        admission.over();

        assertThat(events)
                .containsExactly(
                        new AdmissionEvent.Admitted(),
                        new AdmissionEvent.Admitted(),
                        new AdmissionEvent.Refused(Verdict.Cause.QUEUE_FULL),
                        new AdmissionEvent.Waited(Duration.ofSeconds(4), AdmissionEvent.End.TOO_LONG),
                        new AdmissionEvent.Waited(Duration.ofSeconds(6), AdmissionEvent.End.ADMITTED));
    }

    @Test
    void theStateTellsWhatIsInUseAndWhatTheServiceSaysIsUsedUp() {
        Admission admission = admission(AdmissionSettings.defaults().withAllowance(TWO));
        admission.ask();
        admission.on(reported(new RateLimit("tokens", 40_000, 4_000, Duration.ofSeconds(54))));

        assertThat(admission.state())
                .isEqualTo(new AdmissionState(
                        AdmissionSettings.defaults().withAllowance(TWO),
                        1,
                        0,
                        8,
                        6_000,
                        Optional.of(new ServiceLimit("tokens", 4_000, 40_000, now.plusSeconds(3))),
                        Optional.of("the model's service has 4,000 of 40,000 tokens per minute left"),
                        Optional.empty()));
        now = now.plusSeconds(3);
        assertThat(admission.state().usedUp()).isEmpty();
        assertThat(admission.state().full()).isEmpty();
    }

    @Test
    void whoComesWhenThereIsRoomNeedNotWait() {
        Admission admission =
                admission(AdmissionSettings.defaults().withAllowance(TWO).withQueue(Duration.ofSeconds(30), 2));
        CompletionStage<Verdict> turn = admission.waitForRoom();

        assertThat(turn.toCompletableFuture()).isCompletedWithValue(new Verdict.Admitted());
        assertThat(admission.waiting()).isZero();
        assertThat(admission.state().calls()).isEqualTo(1);
    }

    @Test
    void whoLeavesIsTheOneWhoLeaves() {
        Admission admission =
                admission(AdmissionSettings.defaults().withAllowance(TWO).withQueue(Duration.ofSeconds(30), 5));
        admission.ask();
        admission.ask();
        CompletionStage<Verdict> first = admission.waitForRoom();
        CompletionStage<Verdict> second = admission.waitForRoom();
        assertThat(admission.waiting()).isEqualTo(2);

        admission.withdraw(second, AdmissionEvent.End.LEFT);
        admission.over();
        assertThat(first.toCompletableFuture()).isDone();
        assertThat(second.toCompletableFuture()).isNotDone();
    }

    @Test
    void allTokensAndAllResponsesOfACallAreLearned() {
        Admission admission = admission(AdmissionSettings.defaults());
        admission.ask();
        for (int i = 0; i < 18; i++) {
            admission.on(new SessionEvent.ResponseBilled(SESSION, now, "mini", 1, Usage.NONE, Money.ZERO));
        }
        admission.on(new SessionEvent.SessionEnded(
                SESSION,
                now,
                "booking",
                "mini",
                new Outcome.Completed("booking", "done"),
                Duration.ofMinutes(1),
                3,
                new Usage(1_000, 2_000, 3_000, 50_000, 50_000, 50_000, 4_000, 6_000),
                CallCost.NONE));

        assertThat(admission.state().tokensPerMinute()).isCloseTo(7_000, within(0.001));
        assertThat(admission.state().requestsPerMinute()).isCloseTo(9, within(0.001));
    }

    @Test
    void anAllowanceOfNothingIsAMistake() {
        assertThatThrownBy(() -> Allowance.UNLIMITED.withSessions(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sessions must be at least 1, but was 0");
    }

    private SessionEvent reported(RateLimit limit) {
        return new SessionEvent.RateLimitsReported(SESSION, now, "mini", List.of(limit));
    }

    private SessionEvent ended(int tokens, Duration length) {
        return new SessionEvent.SessionEnded(
                SESSION,
                now,
                "booking",
                "mini",
                new Outcome.Completed("booking", "done"),
                length,
                3,
                new Usage(tokens, 0, 0, 0, 0, 0, 0, 0),
                CallCost.NONE);
    }
}
