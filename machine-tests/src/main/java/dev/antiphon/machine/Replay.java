package dev.antiphon.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The steps that a machine took in one run, to be taken once more: a pure machine gives equal states and effects at each. Not
 * thread-safe.
 *
 * @param <S> the machine's states
 * @param <E> its events, with everything else that a step depends on
 */
public final class Replay<S, E> {

    /** One step; {@code told} is what the step gives besides the state, in a form that can be compared. */
    public interface Machine<S, E> {
        /** Takes one event. */
        Result<S> step(S state, E event);
    }

    /** What came of a step. */
    public record Result<S>(S next, Object told) {}

    private record Taken<S, E>(S before, E event, Result<S> result) {}

    private final List<Taken<S, E>> steps = new ArrayList<>();

    /** Notes a step of the run. */
    public void taken(S before, E event, Result<S> result) {
        steps.add(new Taken<>(before, event, result));
    }

    /** How many steps were noted. */
    public int size() {
        return steps.size();
    }

    /** Takes the noted steps again from the first state on. */
    public void assertSame(Machine<S, E> machine) {
        assertSame(machine, UnaryOperator.identity());
    }

    /**
     * Takes the noted steps again from the first state on, and each of them also from its state after {@code saved}.
     *
     * @param saved writes a state and reads it again
     */
    public void assertSame(Machine<S, E> machine, UnaryOperator<S> saved) {
        S state = steps.getFirst().before();
        for (int i = 0; i < steps.size(); i++) {
            Taken<S, E> step = steps.get(i);
            assertThat(state).as("the state before step %s", i).isEqualTo(step.before());
            Result<S> again = machine.step(state, step.event());
            assertThat(again).as("step %s, %s, again", i, step.event()).isEqualTo(step.result());
            assertThat(machine.step(saved.apply(state), step.event()))
                    .as("step %s, %s, from the saved state", i, step.event())
                    .isEqualTo(step.result());
            state = again.next();
        }
    }
}
