package dev.antiphon.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.antiphon.machine.Replay;
import dev.antiphon.machine.TransitionTable;
import dev.antiphon.model.Allowance;
import dev.antiphon.realtime.ServerEvent.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The demand of a key's calls as a machine: every event in every kind of state, what is learned, and that it is pure. */
class AdmissionTransitionsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Allowance TWO = Allowance.UNLIMITED.withSessions(2);
    private static final RateLimit USED_UP = new RateLimit("tokens", 40_000, 4_000, Duration.ofSeconds(54));

    /** What happens to a demand. */
    private sealed interface Event {
        record Asked(Instant at) implements Event {}

        record Over() implements Event {}

        record Ended(long tokens, int requests, Duration length) implements Event {}

        record Reported(RateLimit limit, Instant at) implements Event {}
    }

    private static Replay.Result<Demand> step(Demand demand, Event event) {
        return switch (event) {
            case Event.Asked asked -> {
                Verdict verdict = demand.verdict(TWO, asked.at());
                yield new Replay.Result<>(verdict instanceof Verdict.Admitted ? demand.begun() : demand, verdict);
            }
            case Event.Over ignored -> new Replay.Result<>(demand.over(), "");
            case Event.Ended ended ->
                new Replay.Result<>(demand.learned(ended.tokens(), ended.requests(), ended.length()), "");
            case Event.Reported reported ->
                new Replay.Result<>(demand.reported(List.of(reported.limit()), reported.at()), "");
        };
    }

    private static String kind(Demand demand, Instant now) {
        return demand.usedUp(now).isPresent()
                ? "USED_UP"
                : demand.live() == 0 ? "EMPTY" : demand.live() == 1 ? "ROOM" : "FULL";
    }

    private static Event event(Random random, Instant now) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> new Event.Asked(now);
            case 2 -> new Event.Over();
            case 3 ->
                new Event.Ended(random.nextInt(20_000), random.nextInt(20), Duration.ofSeconds(random.nextInt(200)));
            default ->
                new Event.Reported(
                        random.nextBoolean() ? USED_UP : new RateLimit("tokens", 40_000, 40_000, Duration.ZERO), now);
        };
    }

    @Test
    void everyEventHappensInEveryKindOfStateAndAgainInTheSameWay() {
        TransitionTable table =
                new TransitionTable(Set.of("EMPTY", "ROOM", "FULL", "USED_UP"), TransitionTable.kindsOf(Event.class));
        Replay<Demand, Event> run = new Replay<>();
        Random random = new Random(3);
        Demand demand = Demand.none();
        Instant now = NOW;
        for (int i = 0; i < 600; i++) {
            now = now.plusMillis(random.nextInt(2_000));
            Event event = event(random, now);
            table.visit(kind(demand, now), event.getClass().getSimpleName());
            Replay.Result<Demand> result = step(demand, event);
            if (event instanceof Event.Asked) {
                boolean room = demand.live() < 2 && demand.usedUp(now).isEmpty();
                assertThat(result.told() instanceof Verdict.Admitted).isEqualTo(room);
            }
            assertThat(result.next().live()).isBetween(0, 2);
            run.taken(demand, event, result);
            demand = result.next();
        }
        table.assertComplete();
        run.assertSame(AdmissionTransitionsTest::step);
    }

    @Test
    void aTenthOfEachCallIsLearned() {
        Demand demand = Demand.none().learned(12_000, 32, Duration.ofMinutes(2));

        assertThat(demand.tokens()).isCloseTo(6_000, within(0.001));
        assertThat(demand.requests()).isCloseTo(8.8, within(0.001));
        assertThat(Demand.none().learned(0, 0, Duration.ofMinutes(1)).tokens()).isCloseTo(5_400, within(0.001));
        assertThat(Demand.none().learned(16_000, 0, Duration.ofMinutes(1)).tokens())
                .isCloseTo(7_000, within(0.001));
    }

    @Test
    void aCallOfLessThanTwentySecondsTeachesNothing() {
        assertThat(Demand.none().learned(90_000, 90, Duration.ofMillis(19_999))).isEqualTo(Demand.none());
        assertThat(Demand.none().learned(90_000, 90, Duration.ofSeconds(20)).tokens())
                .isGreaterThan(6_000);
    }

    private static Optional<ServiceLimit> reported(RateLimit limit) {
        return Demand.none().reported(List.of(limit), NOW).exhausted();
    }

    @Test
    void aLimitIsUsedUpWhenLessIsLeftThanACallNeeds() {
        assertThat(reported(new RateLimit("tokens", 40_000, 5_999, Duration.ofSeconds(60))))
                .isPresent();
        assertThat(reported(new RateLimit("tokens", 40_000, 6_000, Duration.ofSeconds(60))))
                .isEmpty();
        assertThat(reported(new RateLimit("requests", 100, 7, Duration.ofSeconds(60))))
                .isPresent();
        assertThat(reported(new RateLimit("requests", 100, 8, Duration.ofSeconds(60))))
                .isEmpty();
        assertThat(reported(new RateLimit("sessions", 100, 0, Duration.ofSeconds(60))))
                .isEmpty();
        assertThat(reported(new RateLimit("requests", 0, -1, Duration.ofSeconds(60))))
                .as("a limit of zero is none")
                .isEmpty();
        assertThat(reported(new RateLimit("requests", 2, 2, Duration.ofSeconds(60))))
                .as("a small limit that is whole")
                .isEmpty();
        assertThat(reported(new RateLimit("requests", 1, 0, Duration.ofSeconds(60))))
                .as("the smallest limit")
                .isPresent();
    }

    @Test
    void whoIsRefusedByTheServiceIsAskedToWaitForASecondAtLeast() {
        Demand demand = Demand.none().reported(List.of(USED_UP), NOW);
        Verdict.Refused soon = (Verdict.Refused) demand.verdict(TWO, NOW.plusMillis(2_500));
        assertThat(soon.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        Verdict.Refused later = (Verdict.Refused) demand.verdict(TWO, NOW.plusMillis(1_500));
        assertThat(later.retryAfter()).isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void oneCallIsToldAsOne() {
        Verdict.Refused refused =
                (Verdict.Refused) Demand.none().begun().verdict(Allowance.UNLIMITED.withSessions(1), NOW);
        assertThat(refused.reason()).startsWith("1 call is in progress");
    }

    @Test
    void aNegativeQueueIsAMistakeAndAnEmptyOneIsNot() {
        assertThatThrownBy(() -> AdmissionSettings.defaults().withQueue(Duration.ofSeconds(-1), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AdmissionSettings.defaults().withQueue(Duration.ofSeconds(1), -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThat(AdmissionSettings.defaults()
                        .withQueue(Duration.ofSeconds(1), 0)
                        .mostWaiting())
                .isZero();
    }

    /** What an admission gave in a run of random moves: verdicts, events, states. */
    private static List<Object> admitted(long seed) {
        List<Object> told = new ArrayList<>();
        Random random = new Random(seed);
        Instant[] now = {NOW};
        List<AdmissionEvent> events = new ArrayList<>();
        Admission admission = new Admission(
                AdmissionSettings.defaults().withAllowance(TWO).withQueue(Duration.ofSeconds(30), 2),
                () -> now[0],
                events::add);
        for (int i = 0; i < 60; i++) {
            now[0] = now[0].plusMillis(random.nextInt(900));
            switch (random.nextInt(3)) {
                case 0 -> admission.over();
                case 1 -> admission.retry();
                default -> {
                    Verdict verdict = admission.ask();
                    told.add(verdict);
                    if (verdict instanceof Verdict.MayWait) {
                        admission.waitForRoom();
                    }
                }
            }
            told.add(admission.state());
            assertThat(admission.state().waiting())
                    .isEqualTo(admission.waiting())
                    .isBetween(0, 2);
        }
        told.addAll(events);
        return told;
    }

    @Test
    void theSameMovesAreAdmittedInTheSameWay() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(admitted(seed)).isEqualTo(admitted(seed)).hasSizeGreaterThan(60);
        }
    }
}
