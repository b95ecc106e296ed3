package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.tool.Bulkhead.Admission;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BulkheadTest {

    @Test
    void asManyRunThenAsManyWaitThenItIsFull() {
        Bulkhead bulkhead = new Bulkhead(1, 1);
        assertThat(List.of(bulkhead.admit(1), bulkhead.admit(2), bulkhead.admit(3)))
                .containsExactly(Admission.RUN, Admission.WAIT, Admission.FULL);
        assertThat(bulkhead.fullRule("lookup")).contains("at most 1 at once and 1 waiting");
    }

    @Test
    void aFreedPlaceGoesToTheFirstThatWaits() {
        Bulkhead bulkhead = new Bulkhead(1, 2);
        assertThat(List.of(bulkhead.admit(1), bulkhead.admit(2), bulkhead.admit(3)))
                .hasSize(3);
        assertThat(bulkhead.release(1)).contains(2L);
        bulkhead.withdraw(3);
        assertThat(bulkhead.release(2)).isEmpty();
        assertThat(bulkhead.running()).isZero();
    }

    @Test
    void aPlaceIsFreedOnce() {
        Bulkhead bulkhead = new Bulkhead(1, 1);
        assertThat(List.of(bulkhead.admit(1), bulkhead.admit(2))).hasSize(2);
        assertThat(bulkhead.release(1)).contains(2L);
        assertThat(bulkhead.release(1)).isEmpty();
        assertThat(bulkhead.running()).isEqualTo(1);
    }

    @Test
    void whoIsWithdrawnNoLongerWaits() {
        Bulkhead bulkhead = new Bulkhead(1, 2);
        assertThat(List.of(bulkhead.admit(1), bulkhead.admit(2))).containsExactly(Admission.RUN, Admission.WAIT);
        assertThat(bulkhead.waiting()).isEqualTo(1);
        bulkhead.withdraw(2);

        assertThat(bulkhead.waiting()).isZero();
        assertThat(bulkhead.release(2)).as("it had no place").isEmpty();
        assertThat(bulkhead.running()).isEqualTo(1);
    }

    @Property
    void itsBoundsHoldWhateverComesAndGoes(
            @ForAll @IntRange(min = 1, max = 4) int concurrent,
            @ForAll @IntRange(max = 4) int queued,
            @ForAll List<@IntRange(min = -20, max = 40) Integer> moves) {
        Bulkhead bulkhead = new Bulkhead(concurrent, queued);
        long next = 1;
        for (int move : moves) {
            Admission admission = Admission.RUN;
            if (move > 0) {
                boolean free = bulkhead.running() < concurrent;
                boolean room = bulkhead.waiting() < queued;
                admission = bulkhead.admit(next++);
                assertThat(admission).isEqualTo(free ? Admission.RUN : room ? Admission.WAIT : Admission.FULL);
            } else {
                assertThat(bulkhead.release(-move).orElse(0L)).isLessThan(next);
            }
            assertThat(bulkhead.running()).isBetween(0, concurrent);
            assertThat(bulkhead.waiting()).isBetween(0, queued);
            assertThat(bulkhead.waiting() > 0 && bulkhead.running() < concurrent)
                    .isFalse();
        }
    }
}
