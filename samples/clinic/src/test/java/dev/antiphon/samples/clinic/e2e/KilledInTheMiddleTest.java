package dev.antiphon.samples.clinic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.samples.clinic.WatchedCall;
import dev.antiphon.samples.clinic.WatchedClinic;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.Conversation.Directive;
import dev.antiphon.session.Conversation.EffectPolicy;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** One call among twenty others is hit; the caller Mallory is the unlucky one. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KilledInTheMiddleTest {
    private static final int OTHERS = 20;
    private static final String UNLUCKY = "Mallory";
    private static final Duration ATTEMPT = Duration.ofMillis(1500);

    /** How a session's actor is made to crash. */
    enum Crash {
        EXCEPTION {
            @Override
            void happen() {
                throw new IllegalStateException("made to crash by the test");
            }
        },
        ERROR {
            @Override
            void happen() {
                throw new AssertionError("made to crash by the test");
            }
        },
        MISSING_CLASS {
            @Override
            void happen() {
                throw new NoClassDefFoundError("made to crash by the test");
            }
        },
        STACK_OVERFLOW {
            @Override
            void happen() {
                throw new StackOverflowError("made to crash by the test");
            }
        };

        abstract void happen();
    }

    @ParameterizedTest
    @EnumSource
    void aCrashedSessionEndsFailedTowardsItsCallerAndTheOthersComplete(Crash crash) {
        WatchedClinic.Trouble trouble = new WatchedClinic.Trouble() {
            @Override
            public void before(String caller, Conversation.Event event) {
                if (caller.contains(UNLUCKY)
                        && event instanceof Conversation.Event.ToolCalled called
                        && called.name().equals("confirm")) {
                    crash.happen();
                }
            }
        };
        try (WatchedClinic clinic = WatchedClinic.with(trouble);
                ClinicDesk desk = ClinicDesk.of(clinic.bot())) {
            Callers callers = new Callers(desk);
            JsonNode report = callers.call(oneUnluckyAmongOthers());

            assertUnluckyFailed(unlucky(report), "the session crashed");
            assertOthersCompleted(report, clinic);
            assertThat(unluckyCall(clinic).bookings()).isZero();
            callers.anOrdinaryCallStillWorks();
        }
    }

    @Test
    void anObserverThatThrowsForOneSessionHarmsNone() {
        Set<SessionId> hit = ConcurrentHashMap.newKeySet();
        SessionObserver broken = event -> {
            if (event instanceof SessionEvent.CallerTurnTaken turn
                    && turn.text().filter(text -> text.contains(UNLUCKY)).isPresent()) {
                hit.add(event.session());
            }
            if (hit.contains(event.session())) {
                throw new IllegalStateException("an observer broke, as the test wants");
            }
        };
        try (WatchedClinic clinic = WatchedClinic.open();
                ClinicDesk desk =
                        ClinicDesk.of(clinic.bot(), models -> models, settings -> settings.withObserver(broken))) {
            Callers callers = new Callers(desk);
            JsonNode report = callers.call(oneUnluckyAmongOthers());

            assertThat(hit).hasSize(1);
            assertThat(Callers.outcomes(report).filter("completed"::equals)).hasSize(OTHERS + 1);
            callers.anOrdinaryCallStillWorks();
        }
    }

    /** What becomes of the first attempt at the booking, and how the call ends then. */
    enum BrokenEffect {
        /** A second attempt waits for the first, so that the booking is never made twice; a person has to help. */
        HANGS("handed_over", 0) {
            @Override
            Object attempt(Callable<?> booking) throws InterruptedException {
                new CountDownLatch(1).await();
                return "never";
            }
        },
        BOOKS_AND_THEN_HANGS("handed_over", 1) {
            @Override
            Object attempt(Callable<?> booking) throws Exception {
                booking.call();
                new CountDownLatch(1).await();
                return "never";
            }
        },
        BOOKS_TOO_LATE("completed", 1) {
            @Override
            Object attempt(Callable<?> booking) throws Exception {
                boolean opened =
                        new CountDownLatch(1).await(ATTEMPT.plusMillis(500).toMillis(), TimeUnit.MILLISECONDS);
                assertThat(opened).isFalse();
                return booking.call();
            }
        },
        THROWS_AN_ERROR("completed", 1) {
            @Override
            Object attempt(Callable<?> booking) {
                throw new AssertionError("made to fail by the test");
            }
        },
        RUNS_OUT_OF_MEMORY("completed", 1) {
            @Override
            Object attempt(Callable<?> booking) {
                throw new OutOfMemoryError("made to fail by the test");
            }
        },
        BOOKS_AND_THEN_OVERFLOWS_THE_STACK("completed", 1) {
            @Override
            Object attempt(Callable<?> booking) throws Exception {
                booking.call();
                throw new StackOverflowError("made to fail by the test");
            }
        },
        THREAD_DIES("completed", 1) {
            @Override
            Object attempt(Callable<?> booking) throws InterruptedException {
                Thread.currentThread().interrupt();
                throw new InterruptedException("made to die by the test");
            }
        };

        private final String outcome;
        private final int bookings;

        BrokenEffect(String outcome, int bookings) {
            this.outcome = outcome;
            this.bookings = bookings;
        }

        abstract Object attempt(Callable<?> booking) throws Exception;

        boolean outcomeIsUnknown() {
            return name().contains("HANGS") || this == BOOKS_TOO_LATE;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenEffectIsToldToItsCallerAndTriedAgainWithoutLosingOrDoublingABooking(BrokenEffect broken) {
        AtomicBoolean first = new AtomicBoolean(true);
        try (WatchedClinic clinic = WatchedClinic.with(disturbing(
                        run -> replaced(run, first.getAndSet(false) ? () -> broken.attempt(run.work()) : run.work())));
                ClinicDesk desk = ClinicDesk.of(clinic.bot())) {
            Callers callers = new Callers(desk);
            JsonNode report = callers.call(oneUnluckyAmongOthers());

            JsonNode unlucky = unlucky(report);
            assertThat(Callers.agentWords(unlucky))
                    .contains(
                            broken.outcomeIsUnknown()
                                    ? "I can't tell yet"
                                    : "I'm sorry, that didn't work. Shall I try again");
            assertThat(unlucky.path("outcome").asString())
                    .as(unlucky.toPrettyString())
                    .isEqualTo(broken.outcome);
            assertOthersCompleted(report, clinic);
            assertThat(unluckyCall(clinic).bookings()).isEqualTo(broken.bookings);
            callers.anOrdinaryCallStillWorks();
        }
    }

    @Test
    void anEffectThatNeverWorksEndsWithAnApologyAndAPerson() {
        try (WatchedClinic clinic = WatchedClinic.with(disturbing(run -> replaced(run, () -> {
                    throw new AssertionError("made to fail by the test");
                })));
                ClinicDesk desk = ClinicDesk.of(clinic.bot())) {
            JsonNode report = new Callers(desk).call(oneUnluckyAmongOthers());

            JsonNode unlucky = unlucky(report);
            assertThat(Callers.agentWords(unlucky)).contains("I'm sorry, that didn't work again.");
            assertThat(unlucky.path("outcome").asString()).isEqualTo("handed_over");
            assertOthersCompleted(report, clinic);
            assertThat(clinic.calls().stream().mapToInt(WatchedCall::bookings).sum())
                    .isEqualTo(OTHERS);
        }
    }

    private static WatchedClinic.Trouble disturbing(UnaryOperator<Directive.Run> change) {
        return new WatchedClinic.Trouble() {
            @Override
            public Directive.Run disturb(String caller, Directive.Run run) {
                return caller.contains(UNLUCKY) ? change.apply(run) : run;
            }
        };
    }

    private static Directive.Run replaced(Directive.Run run, Callable<?> work) {
        return new Directive.Run(
                run.effectId(),
                run.name(),
                run.idempotencyKey(),
                new EffectPolicy(ATTEMPT, 0, Optional.of(Duration.ofMillis(100))),
                work);
    }

    private static List<String> oneUnluckyAmongOthers() {
        List<String> arguments = new ArrayList<>(List.of("--timeout", "60"));
        arguments.addAll(Callers.calls(OTHERS / 2, "all-at-once"));
        arguments.add("--script=" + Callers.script("unlucky"));
        arguments.addAll(Callers.calls(OTHERS / 2, "all-at-once"));
        return arguments;
    }

    private static JsonNode unlucky(JsonNode report) {
        return Callers.reports(report)
                .filter(call -> call.path("script").asString().equals("unlucky"))
                .findFirst()
                .orElseThrow();
    }

    private static WatchedCall unluckyCall(WatchedClinic clinic) {
        return clinic.calls().stream()
                .filter(call -> call.caller().contains(UNLUCKY))
                .findFirst()
                .orElseThrow();
    }

    private static void assertUnluckyFailed(JsonNode unlucky, String reason) {
        assertThat(unlucky.path("outcome").asString())
                .as(unlucky.toPrettyString())
                .isEqualTo("failed");
        assertThat(unlucky.path("reason").asString()).contains(reason);
    }

    private static void assertOthersCompleted(JsonNode report, WatchedClinic clinic) {
        assertThat(Callers.reports(report)
                        .filter(call -> !call.path("script").asString().equals("unlucky"))
                        .map(call -> call.path("outcome").asString()))
                .hasSize(OTHERS)
                .containsOnly("completed");
        assertThat(clinic.calls().stream().filter(call -> !call.caller().contains(UNLUCKY)))
                .hasSize(OTHERS)
                .allSatisfy(call -> assertThat(call.bookings()).isEqualTo(1));
    }
}
