package dev.antiphon.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErlangBTest {
    /** The closed form of two places: (a²/2) / (1 + a + a²/2). */
    @Test
    void twoPlacesBlockAsTheClosedFormSays() {
        assertThat(ErlangB.blocked(3, 2)).isCloseTo(4.5 / 8.5, within(1e-12));
        assertThat(ErlangB.blocked(3, 0)).isEqualTo(1);
        assertThat(ErlangB.blocked(0, 1)).isZero();
    }

    /** Rows of the usual traffic tables. */
    @ParameterizedTest
    @CsvSource({"4.46, 0.01, 10", "12.03, 0.01, 20", "84.06, 0.01, 100", "13.18, 0.02, 20"})
    void placesAreThoseOfTheTrafficTables(double erlangs, double blocking, int places) {
        assertThat(ErlangB.places(erlangs, blocking)).isEqualTo(places);
    }

    @Property(tries = 200)
    void theFewestPlacesAreEnoughAndOneLessIsNot(
            @ForAll @DoubleRange(min = 0.01, max = 400) double erlangs,
            @ForAll @DoubleRange(min = 0.01, max = 0.5) double most) {
        int places = ErlangB.places(erlangs, most);

        assertThat(ErlangB.blocked(erlangs, places)).isLessThanOrEqualTo(most);
        assertThat(places == 0 ? 1 : ErlangB.blocked(erlangs, places - 1)).isGreaterThan(most);
    }

    @Test
    void whatIsNoShareIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ErlangB.places(1, 1))
                .withMessage("the share that is turned away must be between 0 and 1, but was 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ErlangB.blocked(Double.NaN, 1))
                .withMessageContaining("erlangs must be between 0 and 100000");
    }
}
