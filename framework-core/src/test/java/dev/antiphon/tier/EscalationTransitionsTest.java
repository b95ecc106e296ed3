package dev.antiphon.tier;

import static dev.antiphon.tier.Situations.ALL;
import static dev.antiphon.tier.Situations.BEGUN;
import static dev.antiphon.tier.Situations.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.machine.Replay;
import dev.antiphon.machine.TransitionTable;
import dev.antiphon.tier.Struggle.Signal;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The transition table of a call's struggle, its replay, and the bounds of its state. */
class EscalationTransitionsTest {
    private static final List<Signal> SIGNALS = List.copyOf(EnumSet.allOf(Signal.class));
    private static final List<String> LADDER = List.of("mini", "full");
    private static final List<CallSituation> SITUATIONS = List.of(
            PLAIN,
            PLAIN,
            ALL,
            ALL,
            ALL,
            Situations.stepsLeft(ALL, 1),
            Situations.effectRuns(ALL),
            Situations.over(ALL));

    /** What happens to a call. */
    private sealed interface Event {
        record Struggled(Signal signal, CallSituation now) implements Event {}

        record Progressed(CallSituation now) implements Event {}

        record Ordered(CallSituation now) implements Event {}

        record Turned(CallSituation now) implements Event {}

        record Climbed() implements Event {}

        record ClimbFailed(CallSituation now) implements Event {}

        record ProvedUseless(CallSituation now) implements Event {}
    }

    private static Replay.Result<EscalationState> step(EscalationState state, Event event) {
        EscalationState.Transition transition = switch (event) {
            case Event.Struggled e -> state.onStruggle(new Struggle(e.signal(), "date"), e.now());
            case Event.Progressed e -> state.onProgress(e.now());
            case Event.Ordered e -> state.onDirective("a large order", e.now());
            case Event.Turned e -> state.onTurn(e.now());
            case Event.Climbed ignored -> state.onClimbed(BEGUN);
            case Event.ClimbFailed e -> state.onClimbFailed("it failed", e.now());
            case Event.ProvedUseless e -> state.onUseless("it was refused", e.now());
        };
        return new Replay.Result<>(transition.next(), transition.decision());
    }

    private static String kind(EscalationState state) {
        if (state.pending().isPresent()) {
            return "CLIMBING";
        } else if (state.wish().isPresent()) {
            return "WAITING";
        } else if (state.climbed().size() + state.failed().size() == 3) {
            return "AT_THE_END";
        }
        return state.score() == 0 ? "AT_EASE" : "STRUGGLING";
    }

    private static Event event(Random random) {
        CallSituation now = SITUATIONS.get(random.nextInt(SITUATIONS.size()));
        return switch (random.nextInt(12)) {
            case 0 -> new Event.Ordered(now);
            case 1, 2 -> new Event.Climbed();
            case 3 -> new Event.ClimbFailed(now);
            case 4 -> new Event.Progressed(now);
            case 5 -> new Event.Turned(now);
            case 6 -> new Event.ProvedUseless(now);
            default -> new Event.Struggled(SIGNALS.get(random.nextInt(SIGNALS.size())), now);
        };
    }

    @Test
    void everyEventHappensInEveryKindOfStateAndAgainInTheSameWay() {
        TransitionTable table = new TransitionTable(
                Set.of("AT_EASE", "STRUGGLING", "CLIMBING", "WAITING", "AT_THE_END"),
                TransitionTable.kindsOf(Event.class));
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            Replay<EscalationState, Event> run = new Replay<>();
            EscalationState state = EscalationState.initial(EscalationPolicy.defaults(), LADDER, "mini", BEGUN);
            for (int i = 0; i < 120; i++) {
                Event event = event(random);
                table.visit(kind(state), event.getClass().getSimpleName());
                Replay.Result<EscalationState> result = step(state, event);
                run.taken(state, event, result);
                state = result.next();
            }
            run.assertSame(EscalationTransitionsTest::step);
        }
        table.assertComplete();
    }

    @Test
    void whatIsLeftOfTheEvidenceIsForgottenBelowAHundredth() {
        EscalationState fresh = EscalationState.initial(
                EscalationPolicy.defaults().withWeight(Signal.NO_MATCH, 0.02).withWeight(Signal.STALLED, 0.018),
                LADDER,
                "mini",
                BEGUN);

        assertThat(faded(fresh, Signal.NO_MATCH)).isEqualTo(0.01);
        assertThat(faded(fresh, Signal.STALLED)).isZero();
    }

    private static double faded(EscalationState state, Signal signal) {
        return state.onStruggle(new Struggle(signal, "date"), PLAIN)
                .next()
                .onProgress(PLAIN)
                .next()
                .score();
    }

    @Test
    void aPlaceIsAnIndexOfTheLadder() {
        assertThat(at(0).tier()).isEqualTo("mini");
        assertThatThrownBy(() -> at(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> at(2)).hasMessageContaining("2");
    }

    private static EscalationState at(int place) {
        return new EscalationState(
                EscalationPolicy.never(),
                LADDER,
                place,
                0,
                BEGUN,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
