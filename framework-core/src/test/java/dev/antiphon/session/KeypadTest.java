package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeypadTest {
    private final Keypad keypad = new Keypad();

    private Optional<String> pressed(String keys) {
        Optional<String> last = Optional.empty();
        for (char key : keys.toCharArray()) {
            last = keypad.pressed(Character.toString(key));
        }
        return last;
    }

    @Test
    void theHashEndsWhatWasPressed() {
        assertThat(pressed("4711")).isEmpty();
        assertThat(pressed("#")).contains("4711");
        assertThat(keypad.isEmpty()).isTrue();
        assertThat(pressed("12#")).contains("12");
    }

    @Test
    void theStarBeginsAnew() {
        assertThat(pressed("47*12#")).contains("12");
    }

    @Test
    void aPauseEndsItToo() {
        pressed("4711");
        assertThat(keypad.complete()).contains("4711");
        assertThat(keypad.complete()).isEmpty();
    }

    @Test
    void nothingIsNoTurn() {
        assertThat(pressed("#")).isEmpty();
        assertThat(pressed("12*#")).isEmpty();
    }

    @Test
    void whatIsNoKeyAndWhatIsTooMuchIsPassedOver() {
        keypad.pressed("flash");
        keypad.pressed("");
        keypad.pressed("!");
        assertThat(keypad.isEmpty()).isTrue();
        assertThat(pressed("1".repeat(Keypad.MOST_KEYS + 5) + "#")).contains("1".repeat(Keypad.MOST_KEYS));
    }
}
