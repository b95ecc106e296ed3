package dev.antiphon.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every sequence of events, see {@link RandomCall} for the rules. */
class FlowMachineSafetyTest {

    @Property(tries = 1000)
    void noSequenceOfEventsBreaksARule(
            @ForAll long seed, @ForAll @Size(max = 40) List<@IntRange(max = RandomCall.KINDS - 1) Integer> kinds) {
        RandomCall call = new RandomCall(seed);
        kinds.forEach(call::move);
        assertThat(call.unansweredCalls()).isEmpty();
        call.settle();
        assertThat(call.state.effects().held()).isEmpty();
    }

    /** Mostly sensible calls get further than arbitrary ones. */
    @Property(tries = 1000)
    void noMostlySensibleCallBreaksARule(@ForAll long seed) {
        Random random = new Random(seed);
        RandomCall call = new RandomCall(seed);
        for (int i = 0; i < 25; i++) {
            sensible(call, random);
        }
        assertThat(call.unansweredCalls()).isEmpty();
    }

    /** Who was not taken over has the values read back to them by the flow itself; saying them again asks for the yes alone. */
    @Test
    void aReadBackWithoutACallOfTheModelIsOneToo() {
        RandomCall call = new RandomCall(0);
        IntStream.of(2, 0, 4, 14, 26, 19, 0, 4).forEach(call::move);
        assertThat(call.place()).isEqualTo("RUNNING");
    }

    /** The transition table: every act and event happens in every place, and neither it nor what follows breaks a rule. */
    @ParameterizedTest
    @ValueSource(strings = {"SLOT", "OFFER", "VALUES", "CHANGE", "RUNNING", "RETRY", "DONE", "ENDED"})
    void everyActAndEventIsTriedInEveryPlace(String place) {
        Set<String> tried = new TreeSet<>();
        for (int walk = 0; walk < 4 * RandomCall.KINDS; walk++) {
            Random random = new Random(walk);
            RandomCall call = new RandomCall(walk);
            call.goTo(place);
            tried.add(call.move(walk % RandomCall.KINDS));
            sensible(call, random);
            sensible(call, random);
            assertThat(call.unansweredCalls()).isEmpty();
        }
        assertThat(tried).hasSize(23);
    }

    /** The walks do get to where the model chooses an answer, and out of there in every way. */
    @Test
    void theModelIsLeftChoicesAndMakesThem() {
        int left = 0;
        int settled = 0;
        int missed = 0;
        for (int walk = 0; walk < 100; walk++) {
            Random random = new Random(walk);
            RandomCall call = new RandomCall(walk);
            for (int i = 0; i < 25; i++) {
                boolean open = call.state.inquiry().choice().isPresent();
                sensible(call, random);
                Inquiry inquiry = call.state.inquiry();
                left += !open && inquiry.choice().isPresent() ? 1 : 0;
                settled += open && inquiry.choice().isEmpty() ? 1 : 0;
                missed += inquiry.choice().filter(Inquiry.Choice::failed).isPresent() ? 1 : 0;
            }
        }
        assertThat(left).isGreaterThan(50);
        assertThat(settled).isGreaterThan(25);
        assertThat(missed).isPositive();
    }

    private static void sensible(RandomCall call, Random random) {
        int[] likely = {0, 2, 2, 4, 4, 6, 7, 8, 9, 9, 25, 19, 19, 19, 20, 23, 26};
        call.move(random.nextInt(8) == 0 ? random.nextInt(RandomCall.KINDS) : likely[random.nextInt(likely.length)]);
    }
}
