package dev.antiphon.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.machine.Replay;
import dev.antiphon.machine.TransitionTable;
import dev.antiphon.tier.Struggle.Signal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The transition table of a call's struggle, its replay, and the bounds of its policy. */
class EscalationTransitionsTest {
    private static final List<Signal> SIGNALS = List.copyOf(EnumSet.allOf(Signal.class));
    private static final List<String> LADDER = List.of("mini", "full");

    /** What happens to a call. */
    private sealed interface Event {
        record Struggled(Signal signal) implements Event {}

        record Progressed() implements Event {}

        record Directed() implements Event {}

        record Moved() implements Event {}

        record MoveFailed() implements Event {}
    }

    private static Replay.Result<EscalationState> step(EscalationState state, Event event) {
        EscalationState.Transition transition = switch (event) {
            case Event.Struggled struggled -> state.onStruggle(new Struggle(struggled.signal(), "date"));
            case Event.Progressed ignored -> state.onProgress();
            case Event.Directed ignored -> state.onDirective("a large order");
            case Event.Moved ignored -> state.onMoved("full");
            case Event.MoveFailed ignored -> state.onMoveFailed();
        };
        return new Replay.Result<>(transition.next(), transition.decision());
    }

    private static String kind(EscalationState state) {
        if (state.moving()) {
            return "MOVING";
        } else if (state.tier().equals("full")) {
            return "AT_THE_TOP";
        }
        return state.score() == 0 ? "AT_EASE" : "STRUGGLING";
    }

    private static Event event(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> new Event.Directed();
            case 1 -> new Event.Moved();
            case 2 -> new Event.MoveFailed();
            case 3, 4 -> new Event.Progressed();
            default -> new Event.Struggled(SIGNALS.get(random.nextInt(SIGNALS.size())));
        };
    }

    @Test
    void everyEventHappensInEveryKindOfStateAndAgainInTheSameWay() {
        TransitionTable table = new TransitionTable(
                Set.of("AT_EASE", "STRUGGLING", "MOVING", "AT_THE_TOP"), TransitionTable.kindsOf(Event.class));
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Replay<EscalationState, Event> run = new Replay<>();
            EscalationState state = EscalationState.initial(EscalationPolicy.defaults(), LADDER, "mini");
            for (int i = 0; i < 40; i++) {
                Event event = event(random);
                table.visit(kind(state), event.getClass().getSimpleName());
                Replay.Result<EscalationState> result = step(state, event);
                movesUpOnce(state, result);
                run.taken(state, event, result);
                state = result.next();
            }
            run.assertSame(EscalationTransitionsTest::step);
        }
        table.assertComplete();
    }

    private static void movesUpOnce(EscalationState before, Replay.Result<EscalationState> result) {
        if (result.told() instanceof Optional<?> decision
                && decision.orElse(null) instanceof TierDecision decided
                && decided.to().isPresent()) {
            assertThat(before.moving()).isFalse();
            assertThat(before.tier()).isEqualTo("mini");
            assertThat(before.used()).isZero();
            assertThat(result.next().moving()).isTrue();
        }
    }

    @Test
    void whatIsLeftOfTheEvidenceIsForgottenBelowAHundredth() {
        EscalationPolicy policy = new EscalationPolicy(Map.of(Signal.NO_MATCH, 0.02, Signal.STALLED, 0.018), 0.5, 3, 1);
        EscalationState fresh = EscalationState.initial(policy, LADDER, "mini");

        assertThat(fresh.onStruggle(new Struggle(Signal.NO_MATCH, "date"))
                        .next()
                        .onProgress()
                        .next()
                        .score())
                .isEqualTo(0.01);
        assertThat(fresh.onStruggle(new Struggle(Signal.STALLED, "date"))
                        .next()
                        .onProgress()
                        .next()
                        .score())
                .isZero();
    }

    @Test
    void theBoundsOfAPolicyAreAllowedAndWhatIsBeyondThemIsAMistake() {
        assertThat(new EscalationPolicy(Map.of(), 0, 0.1, 0).decay()).isZero();
        assertThat(new EscalationPolicy(Map.of(), 1, 0.1, 0).decay()).isEqualTo(1);
        assertThatThrownBy(() -> new EscalationPolicy(Map.of(), -0.1, 1, 0)).hasMessageContaining("-0.1");
        assertThatThrownBy(() -> new EscalationPolicy(Map.of(), 1.1, 1, 0)).hasMessageContaining("1.1");
        assertThatThrownBy(() -> new EscalationPolicy(Map.of(), 0.5, 0, 0)).hasMessageContaining("threshold");
        assertThatThrownBy(() -> new EscalationPolicy(Map.of(), 0.5, 1, -1)).hasMessageContaining("-1");
    }

    @Test
    void aRungIsAnIndexOfTheLadder() {
        EscalationPolicy policy = EscalationPolicy.never();
        assertThat(new EscalationState(policy, LADDER, 0, 0, List.of(), 0, false).tier())
                .isEqualTo("mini");
        assertThatThrownBy(() -> new EscalationState(policy, LADDER, -1, 0, List.of(), 0, false))
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> new EscalationState(policy, LADDER, 2, 0, List.of(), 0, false))
                .hasMessageContaining("2");
    }
}
