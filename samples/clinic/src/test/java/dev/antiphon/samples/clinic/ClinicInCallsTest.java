package dev.antiphon.samples.clinic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.testkit.bed.TestBed.Manner;
import dev.antiphon.testkit.bed.TestCall;
import dev.antiphon.testkit.caller.BuiltInScripts;
import dev.antiphon.testkit.caller.ExpectedOutcome;
import dev.antiphon.testkit.junit.CallExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The clinic as its author would test it: calls, said by the test. */
class ClinicInCallsTest {
    @RegisterExtension
    final CallExtension clinic = CallExtension.of(VirtualClinicTest::clinic);

    @Test
    void booksAVisit() {
        clinic.call()
                .expectSays("Harbour Street clinic")
                .says("A cleaning next Tuesday at three, please.")
                .expectToolCall("fill_slots", "/service", "CLEANING")
                .expectSays("May I have your name?")
                .withinMillis(2_000)
                .says("Anna Miller")
                .expectSays("phone number")
                .says("415 555 0132")
                .expectSays("Shall I book it?")
                .expectNotSaid("reference")
                .says("Yes, please.")
                .expectToolCall("confirm")
                .expectSays("You're booked. Your reference is")
                .expectGoesOn()
                .says("No, that is all. Goodbye.")
                .expectOutcome(ExpectedOutcome.COMPLETED);
    }

    @Test
    void asksAgainWhenTheCallerIsSilent() {
        clinic.call()
                .says("A cleaning, please.")
                .staysSilent(Duration.ofSeconds(9))
                .expectSays("Are you still there?")
                .hangsUp()
                .expectOutcome(ExpectedOutcome.ABANDONED);
    }

    @Test
    void aScriptedCallerSpeaks() {
        assertThat(clinic.call(BuiltInScripts.named("barge-in").orElseThrow(), Manner.SPOKEN)
                        .endedAs(ExpectedOutcome.COMPLETED))
                .isTrue();
    }

    @Test
    void aFailedExpectationTellsTheConversation() {
        TestCall call = clinic.call().says("A cleaning, please.");

        assertThatThrownBy(() -> call.expectSays("pizza"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected the agent to say \"pizza\"")
                .hasMessageContaining("Caller: A cleaning, please.")
                .hasMessageContaining("Agent: Okay, a cleaning.");
        assertThatThrownBy(() -> call.expectToolCall("order_pizza")).hasMessageContaining("tool order_pizza");
        assertThatThrownBy(() -> call.expectOutcome(ExpectedOutcome.COMPLETED)).hasMessageContaining("goes on");
        assertThatThrownBy(() -> call.withinMillis(1)).hasMessageContaining("within 1 ms");
    }
}
