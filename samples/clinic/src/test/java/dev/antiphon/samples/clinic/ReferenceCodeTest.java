package dev.antiphon.samples.clinic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReferenceCodeTest {
    private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    @Property
    void oneWrongCharacterIsFound(
            @ForAll long seed, @ForAll @IntRange(max = 5) int position, @ForAll @IntRange(max = 31) int other) {
        String code = codeOf(seed);
        char wrong = ALPHABET.charAt(other);
        String changed = code.substring(0, position) + wrong + code.substring(position + 1);

        assertThat(ReferenceCode.valid(changed)).isEqualTo(changed.equals(code));
    }

    @Test
    void aCodeThatDoesNotCheckIsRefused() {
        String code = codeOf(1);
        String wrong = code.substring(0, 5) + (code.endsWith("A") ? "B" : "A");

        assertThatThrownBy(() -> new ReferenceCode(wrong)).hasMessageContaining(wrong);
    }

    private static String codeOf(long seed) {
        RandomGenerator random = new java.util.SplittableRandom(seed);
        return ReferenceCode.random(random).value();
    }
}
