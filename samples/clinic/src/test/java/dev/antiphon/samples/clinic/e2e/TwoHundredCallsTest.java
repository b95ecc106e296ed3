package dev.antiphon.samples.clinic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.samples.clinic.WatchedCall;
import dev.antiphon.samples.clinic.WatchedClinic;
import dev.antiphon.session.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/** Many callers at once at one server; alone, since it looks into the log and takes the machine whole. */
@Isolated
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class TwoHundredCallsTest {
    private static final int CANCELLED = 30;
    private static final int CALLS = 200;

    @Test
    void twoHundredCallsAtOnceEndWithTwoHundredRightOutcomesAndNothingInTheLog() {
        List<String> arguments = new ArrayList<>(List.of("--parallel", Integer.toString(CALLS)));
        arguments.addAll(Callers.calls(34, "happy"));
        arguments.addAll(Callers.calls(34, "all-at-once"));
        arguments.addAll(Callers.calls(34, "correction"));
        arguments.addAll(Callers.calls(34, "time-taken"));
        arguments.addAll(Callers.calls(34, "faq"));
        arguments.addAll(Callers.calls(CANCELLED, "cancel"));

        try (LogWatch log = LogWatch.open();
                WatchedClinic clinic = WatchedClinic.open();
                ClinicDesk desk = ClinicDesk.of(clinic.bot())) {
            JsonNode report = new Callers(desk).call(arguments);

            assertThat(report.path("calls").asInt()).isEqualTo(CALLS);
            assertThat(Callers.reports(report)
                            .filter(call -> !call.path("as_expected").asBoolean()))
                    .isEmpty();
            assertThat(clinic.calls()).hasSize(CALLS).allSatisfy(TwoHundredCallsTest::bookedExactlyOnceIfCompleted);
            assertThat(clinic.calls().stream().mapToInt(WatchedCall::bookings).sum())
                    .isEqualTo(CALLS - CANCELLED);
            assertThat(log.complaints()).isEmpty();
        }
    }

    private static void bookedExactlyOnceIfCompleted(WatchedCall call) {
        assertThat(call.bookings()).isEqualTo(call.outcome() instanceof Outcome.Completed ? 1 : 0);
    }
}
