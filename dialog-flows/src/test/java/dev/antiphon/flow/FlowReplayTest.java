package dev.antiphon.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Calls that have happened happen in the same way again, also from a state that was saved in the middle of them. */
class FlowReplayTest {
    private static final int RANDOM_CALLS = 40;

    private static FlowState saved(FlowState state) {
        String text = SavedDialog.write(new DialogState(Map.of("book-visit", state), "book-visit", "", Map.of(), ""));
        return SavedDialog.read(text).of("book-visit");
    }

    @Test
    void randomCallsOfOneFlowHappenInTheSameWayAgain() {
        int steps = 0;
        for (long seed = 0; seed < RANDOM_CALLS; seed++) {
            Random random = new Random(seed);
            RandomCall call = new RandomCall(seed);
            for (int i = 0; i < 25; i++) {
                call.move(random.nextInt(3) == 0 ? 19 : random.nextInt(RandomCall.KINDS));
            }
            call.settle();
            call.run.assertSame(call.anotherMachine(), FlowReplayTest::saved);
            steps += call.run.size();
        }
        assertThat(steps).isGreaterThan(25 * RANDOM_CALLS);
    }

    @Test
    void randomCallsOfSeveralServicesHappenInTheSameWayAgain() {
        int steps = 0;
        for (long seed = 0; seed < RANDOM_CALLS; seed++) {
            Random random = new Random(seed);
            RandomEvening call = new RandomEvening(seed);
            for (int i = 0; i < 25; i++) {
                call.move(random.nextInt(RandomEvening.KINDS));
            }
            assertThat(call.unanswered()).isZero();
            call.run.assertSame(call.anotherMachine(), state -> SavedDialog.read(SavedDialog.write(state)));
            steps += call.run.size();
        }
        assertThat(steps).isGreaterThan(20 * RANDOM_CALLS);
    }
}
