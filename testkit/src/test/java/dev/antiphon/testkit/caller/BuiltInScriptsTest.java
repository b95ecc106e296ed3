package dev.antiphon.testkit.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltInScriptsTest {

    static List<CallerScript> scripts() {
        return BuiltInScripts.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void everyScriptEndsAsItExpects(CallerScript script) {
        ClinicDesk desk = new ClinicDesk(script).run();
        assertThat(desk.record().end().flatMap(CallRecord.CallEnd::outcome))
                .as("transcript: %s, tools: %s", desk.record().transcript(), desk.toolsCalled())
                .contains(script.expected());
        assertThat(desk.model().equals("gpt-realtime")).isEqualTo(script.tierChange());
        assertThat(desk.record().errors()).isEmpty();
    }

    @Test
    void theCorrectedDayIsBooked() {
        assertThat(run("correction").bookedSlots())
                .containsEntry("date", "2026-11-27")
                .containsEntry("time", "11:00")
                .containsEntry("service", "VACCINATION");
    }

    @Test
    void everythingSaidAtOnceIsBookedAfterOneFilling() {
        ClinicDesk desk = run("all-at-once");
        assertThat(desk.toolsCalled()).startsWith("fill_slots", "confirm");
        assertThat(desk.bookedSlots()).containsEntry("name", "Bob Jones").containsEntry("phone", "4155550177");
    }

    @Test
    void theFirstAlternativeIsTakenWhenTheTimeIsTaken() {
        ClinicDesk desk = run("time-taken");
        assertThat(desk.toolsCalled()).contains("choose");
        assertThat(desk.bookedSlots()).containsEntry("time", "10:30");
    }

    @Test
    void theQuestionInTheMiddleIsAskedAndTheBookingGoesOn() {
        assertThat(run("faq").toolsCalled()).contains("ask", "confirm");
    }

    @Test
    void nothingIsBookedAfterACancellation() {
        assertThat(run("cancel").bookedSlots()).isEmpty();
    }

    private static ClinicDesk run(String name) {
        return new ClinicDesk(BuiltInScripts.named(name).orElseThrow()).run();
    }
}
