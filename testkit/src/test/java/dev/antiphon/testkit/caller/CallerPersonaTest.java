package dev.antiphon.testkit.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.testkit.caller.CallerScript.Answer;
import dev.antiphon.testkit.caller.CallerScript.Deed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallerPersonaTest {

    @Test
    void aPlainCallerAnswersWhatIsAsked() {
        CallerScript script = CallerPersona.booking(SpeechHabits.plain()).script(1);
        assertThat(script.answers()).extracting(Answer::times).containsOnly(3);
        assertThat(script.allWords()).contains("At three.", "Yes, please.").doesNotContain("At two.", "Mhm.");
        assertThat(script.steps().getFirst().bargeInAfter()).isEmpty();
    }

    @Test
    void everyHabitShowsWhenItIsCertain() {
        SpeechHabits all = new SpeechHabits(1, 1, 1, 1, Duration.ofSeconds(7), 1);
        CallerScript script = CallerPersona.booking(all).script(1);
        assertThat(script.allWords()).contains("Mhm.", "At two.", "No, At three.");
        assertThat(script.allWords()).containsAnyOf("Is there parking?", "Do you take insurance?");
        assertThat(script.answers()).extracting(Answer::deed).contains(new Deed.StaySilent(Duration.ofSeconds(7)));
        assertThat(script.steps().getFirst().bargeInAfter()).isPresent();
    }

    @Test
    void theSeedMakesTheCaller() {
        CallerPersona lively = CallerPersona.booking(SpeechHabits.lively());
        assertThat(lively.script(5)).isEqualTo(lively.script(5));
        assertThat(List.of(lively.script(1), lively.script(2), lively.script(3), lively.script(4)))
                .extracting(CallerScript::answers)
                .doesNotHaveDuplicates();
    }

    @Test
    void aChanceOutsideItsRangeIsTold() {
        assertThatThrownBy(() -> new SpeechHabits(1.5, 0, 0, 0, Duration.ZERO, 0))
                .hasMessage("digression must be from 0 to 1, but was 1.5");
    }
}
