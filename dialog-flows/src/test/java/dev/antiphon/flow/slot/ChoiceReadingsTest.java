package dev.antiphon.flow.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.dsl.FlowDsl;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a choice makes of options that the caller wants, and of those that are not wanted. */
class ChoiceReadingsTest {
    private static final SlotType<String> TWO =
            FlowDsl.choice("size", List.of("small", "large")).type();
    private static final SlotType<String> FOUR =
            FlowDsl.choice("size", List.of("small", "medium", "large", "huge")).type();
    private static final SlotType<String> GERMAN =
            FlowDsl.choice("size", List.of("klein", "groß")).type();
    private static final SlotType<String> BREAKFAST = FlowDsl.choice(
                    "board", List.of("with breakfast", "without breakfast"))
            .type();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        small                          | small
        not small                      | ? large / small
        I don't want large             | ? small / large
        I don’t want large             | ? small / large
        anything but large             | ? small / large
        large, no thanks               | ? small / large
        no large                       | ? small / large
        no, large                      | large
        no I said large                | large
        not small, large               | large
        not small but large            | large
        I don't want small I want large | large
        small, not large               | small
        small instead of large         | small
        small rather than large        | small
        why not small                  | small
        I don't mind, large            | large
        neither small nor large        | ! The choices are small or large.
        small or large                 | ! The choices are small or large.
        """)
    void whatIsNegatedOfTwoOptionsIsNotTaken(String said, String expected) {
        assertThat(Readings.of(TWO, said)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        nicht klein                | ? groß / klein
        kein groß                  | ? klein / groß
        groß will ich nicht        | ? klein / groß
        groß lieber nicht          | ? klein / groß
        ich will nicht groß        | ? klein / groß
        alles außer klein          | ? groß / klein
        nicht klein, sondern groß  | groß
        nicht klein lieber groß    | groß
        nein groß                  | groß
        warum nicht klein          | klein
        noch einmal klein          | klein
        """)
    void whatIsNegatedInGermanIsNotTaken(String said, String expected) {
        assertThat(Readings.of(GERMAN, said)).isEqualTo(expected);
    }

    @Test
    void ofMoreOptionsTheCallerHearsTheChoices() {
        assertThat(Readings.of(FOUR, "anything but large"))
                .isEqualTo("! The choices are small, medium, large or huge.");
        assertThat(Readings.of(FOUR, "not large, medium please")).isEqualTo("medium");
        assertThat(FOUR.read("not large", Readings.FRIDAY_MORNING))
                .isInstanceOfSatisfying(
                        Reading.Unclear.class,
                        unclear -> assertThat(unclear.malformed()).isFalse());
        SlotType<String> three =
                FlowDsl.choice("size", List.of("small", "medium", "large")).type();
        assertThat(Readings.of(three, "neither small nor large")).isEqualTo("? medium / small / large");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        with breakfast                | with breakfast
        a room without breakfast      | without breakfast
        not with breakfast            | ? without breakfast / with breakfast
        not without breakfast         | ? with breakfast / without breakfast
        not with breakfast, without breakfast please | without breakfast
        """)
    void aNegationThatIsPartOfAnOptionExcludesNothing(String said, String expected) {
        assertThat(Readings.of(BREAKFAST, said)).isEqualTo(expected);
    }

    @Test
    void theLongestNameIsMeant() {
        SlotType<String> gas = FlowDsl.choice("water", List.of("gas", "no gas")).type();
        assertThat(Readings.of(gas, "no gas please")).isEqualTo("no gas");
        assertThat(Readings.of(gas, "some gas please")).isEqualTo("gas");
        SlotType<String> suite =
                FlowDsl.choice("room", List.of("suite", "junior suite")).type();
        assertThat(Readings.of(suite, "the junior suite, please")).isEqualTo("junior suite");
        SlotType<String> sign =
                FlowDsl.choice("sign", List.of("do not disturb", "yes", "no")).type();
        assertThat(Readings.of(sign, "do not disturb, please")).isEqualTo("do not disturb");
        assertThat(Readings.of(sign, "no thank you")).isEqualTo("no");
    }
}
