package dev.antiphon.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every sequence of events in a call of several services, see {@link RandomEvening} for the rules. */
class ServiceSafetyTest {

    @Property(tries = 400)
    void noSequenceOfEventsBreaksARule(
            @ForAll long seed, @ForAll @Size(max = 40) List<@IntRange(max = RandomEvening.KINDS - 1) Integer> kinds) {
        RandomEvening call = new RandomEvening(seed);
        kinds.forEach(call::move);
        assertThat(call.unanswered()).isZero();
    }

    /** The transition table: every kind of event happens in every place, and neither it nor what follows breaks a rule. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "IDLE",
                "SLOT",
                "FOUND",
                "START",
                "VALUES",
                "CHANGE",
                "RUNNING",
                "ALTERNATIVE",
                "RETRY",
                "DONE",
                "ENDED"
            })
    void everyEventIsTriedInEveryPlace(String place) {
        Set<String> tried = new TreeSet<>();
        for (int walk = 0; walk < 4 * RandomEvening.KINDS; walk++) {
            RandomEvening call = new RandomEvening(walk);
            Random random = new Random(walk);
            call.goTo(place);
            tried.add(call.move(walk % RandomEvening.KINDS));
            call.move(random.nextInt(RandomEvening.KINDS));
            call.move(random.nextInt(RandomEvening.KINDS));
            assertThat(call.unanswered()).isZero();
        }
        assertThat(tried).hasSizeGreaterThanOrEqualTo(15);
    }

    @Test
    void whatIsNoSavedDialogIsRefused() {
        assertThatThrownBy(() -> SavedDialog.read("{}")).hasMessageContaining("format 5");
        assertThatThrownBy(() -> SavedDialog.read("no JSON")).hasMessageContaining("SavedDialog.write");
    }
}
