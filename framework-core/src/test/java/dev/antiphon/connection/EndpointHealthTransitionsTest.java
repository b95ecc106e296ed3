package dev.antiphon.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.machine.Replay;
import dev.antiphon.machine.TransitionTable;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The transition table of an endpoint's health, and that it depends on nothing but what happens and when. */
class EndpointHealthTransitionsTest {
    private static final List<Trouble> TROUBLES = List.copyOf(EnumSet.allOf(Trouble.class));
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    /** What happens to an endpoint. */
    private sealed interface Event {
        Instant at();

        record Tried(Instant at) implements Event {}

        record Refused(Trouble why, Instant at) implements Event {}

        record BrokeDown(Instant at) implements Event {}

        record Worked(Instant at) implements Event {}
    }

    private static Replay.Result<EndpointHealth> step(EndpointHealth health, Event event) {
        EndpointHealth next = switch (event) {
            case Event.Tried tried -> health.tried(tried.at());
            case Event.Refused refused -> health.refused(refused.why(), refused.at());
            case Event.BrokeDown broke -> health.brokeDown(broke.at());
            case Event.Worked ignored -> EndpointHealth.well();
        };
        return new Replay.Result<>(next, next.isOpen(event.at()));
    }

    private static Event event(Random random, Instant at) {
        return switch (random.nextInt(8)) {
            case 0 -> new Event.Worked(at);
            case 1, 2 -> new Event.BrokeDown(at);
            case 3, 4 -> new Event.Refused(TROUBLES.get(random.nextInt(TROUBLES.size())), at);
            default -> new Event.Tried(at);
        };
    }

    @Test
    void everyEventHappensInEveryKindOfHealthAndAgainInTheSameWay() {
        TransitionTable table = new TransitionTable(
                TransitionTable.kindsOf(EndpointHealth.class), TransitionTable.kindsOf(Event.class));
        Replay<EndpointHealth, Event> run = new Replay<>();
        Random random = new Random(5);
        EndpointHealth health = EndpointHealth.well();
        Instant now = NOW;
        for (int i = 0; i < 600; i++) {
            now = now.plusSeconds(random.nextInt(20));
            Event event = event(random, now);
            table.visit(health.getClass().getSimpleName(), event.getClass().getSimpleName());
            Replay.Result<EndpointHealth> result = step(health, event);
            coolDownIsBounded(result.next(), now);
            run.taken(health, event, result);
            health = result.next();
        }
        table.assertComplete();
        run.assertSame(EndpointHealthTransitionsTest::step);
    }

    private static void coolDownIsBounded(EndpointHealth health, Instant now) {
        if (health instanceof EndpointHealth.CoolingDown cooling) {
            assertThat(Duration.between(now, cooling.until())).isLessThanOrEqualTo(EndpointHealth.LONGEST_COOL_DOWN);
        }
    }

    @Test
    void linesThatBreakFarApartAreNoTrouble() {
        EndpointHealth health = EndpointHealth.well();
        for (int i = 0; i < 10; i++) {
            health = health.brokeDown(NOW.plusSeconds(60L * i));
        }
        assertThat(health.isOpen(NOW.plusSeconds(600))).isTrue();
    }
}
