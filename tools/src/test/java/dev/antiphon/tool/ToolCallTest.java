package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.machine.Replay;
import dev.antiphon.machine.TransitionTable;
import dev.antiphon.session.ToolOutcome;
import dev.antiphon.tool.ToolCall.Action;
import dev.antiphon.tool.ToolCall.Event;
import dev.antiphon.tool.ToolCall.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ToolCallTest {
    private static final ToolOutcome OK = new ToolOutcome.Ok("fine");
    private static final List<ToolCall> STATES =
            List.of(new ToolCall.Requested(), new ToolCall.Running(1), new ToolCall.Settled(OK));
    private static final List<Event> EVENTS = List.of(
            new Event.Started(1),
            new Event.Finished(1, OK),
            new Event.Finished(2, OK),
            new Event.Decided(new ToolOutcome.Rejected("busy")),
            new Event.Expired(Duration.ofSeconds(1)),
            new Event.Withdrawn("barge-in"),
            new Event.Lost("broke", new IllegalStateException("broke")));

    @Test
    void startedCallsRun() {
        assertThat(new ToolCall.Requested().on(new Event.Started(7)).next()).isEqualTo(new ToolCall.Running(7));
    }

    @Test
    void aRunningCallSettlesWithTheResultOfItsGeneration() {
        Transition transition = new ToolCall.Running(7).on(new Event.Finished(7, OK));
        assertThat(transition).isEqualTo(new Transition(new ToolCall.Settled(OK), new Action.Settle(OK)));
    }

    @Test
    void aResultOfAnotherGenerationIsDroppedAsLate() {
        Transition transition = new ToolCall.Running(7).on(new Event.Finished(6, OK));
        assertThat(transition).isEqualTo(new Transition(new ToolCall.Running(7), new Action.DropLate()));
        assertThat(new ToolCall.Requested().on(new Event.Finished(6, OK)).action())
                .isEqualTo(new Action.DropLate());
    }

    @Test
    void aResultAfterTheEndIsDroppedAsLate() {
        assertThat(new ToolCall.Settled(OK).on(new Event.Finished(7, OK)).action())
                .isEqualTo(new Action.DropLate());
    }

    @Test
    void eachWayToEndHasItsOutcome() {
        assertThat(settledBy(new Event.Expired(Duration.ofSeconds(1))))
                .isEqualTo(new ToolOutcome.TimedOut(Duration.ofSeconds(1)));
        assertThat(settledBy(new Event.Withdrawn("barge-in"))).isEqualTo(new ToolOutcome.Cancelled("barge-in"));
        assertThat(settledBy(new Event.Decided(OK))).isEqualTo(OK);
        assertThat(settledBy(new Event.Lost("broke", new IllegalStateException()))
                        .name())
                .isEqualTo("failed");
    }

    @Test
    void everyTransitionEndsInAKnownState() {
        Set<String> visited = new HashSet<>();
        for (ToolCall state : STATES) {
            for (Event event : EVENTS) {
                ToolCall next = state.on(event).next();
                visited.add(
                        state.getClass().getSimpleName() + ">" + next.getClass().getSimpleName());
            }
        }
        assertThat(visited)
                .containsExactlyInAnyOrder(
                        "Requested>Requested",
                        "Requested>Running",
                        "Requested>Settled",
                        "Running>Running",
                        "Running>Settled",
                        "Settled>Settled");
    }

    @Test
    void everyEventHappensInEveryStateAndAgainInTheSameWay() {
        TransitionTable table =
                new TransitionTable(TransitionTable.kindsOf(ToolCall.class), TransitionTable.kindsOf(Event.class));
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Replay<ToolCall, Event> run = new Replay<>();
            ToolCall call = new ToolCall.Requested();
            for (int i = 0; i < 6; i++) {
                Event event = EVENTS.get(random.nextInt(EVENTS.size()));
                table.visit(call.getClass().getSimpleName(), event.getClass().getSimpleName());
                Replay.Result<ToolCall> result = step(call, event);
                run.taken(call, event, result);
                call = result.next();
            }
            run.assertSame(ToolCallTest::step);
        }
        table.assertComplete();
    }

    private static Replay.Result<ToolCall> step(ToolCall call, Event event) {
        Transition transition = call.on(event);
        return new Replay.Result<>(transition.next(), transition.action());
    }

    @Property
    void whateverHappensItSettlesExactlyOnceAsSoonAsSomethingEndsIt(@ForAll("histories") List<Event> history) {
        ToolCall call = new ToolCall.Requested();
        List<ToolOutcome> settled = new ArrayList<>();
        boolean ended = false;
        for (Event event : history) {
            ended |= !(event instanceof Event.Started)
                    && !(event instanceof Event.Finished finished
                            && !call.equals(new ToolCall.Running(finished.generation())));
            Transition transition = call.on(event);
            call = transition.next();
            if (transition.action() instanceof Action.Settle settle) {
                settled.add(settle.outcome());
            }
            assertThat(settled).hasSize(ended ? 1 : 0);
        }
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        return Arbitraries.of(EVENTS).list().ofMaxSize(12);
    }

    private static ToolOutcome settledBy(Event event) {
        return switch (new ToolCall.Requested().on(event).action()) {
            case Action.Settle settle -> settle.outcome();
            case Action.DropLate late -> throw new AssertionError("dropped");
            case Action.Ignore ignore -> throw new AssertionError("ignored");
        };
    }
}
