package dev.antiphon.flow;

import static dev.antiphon.flow.faq.FaqEntry.entry;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.test.FlowCoverageExtension;
import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

/** A call that books the reference visit. Today is Friday, November 20th, 2026. */
@ExtendWith(FlowCoverageExtension.class)
abstract class BookedByPhone {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));
    static final LocalDate TUESDAY = LocalDate.of(2026, 11, 24);
    static final LocalTime THREE = LocalTime.of(15, 0);
    private static final Faq FAQ = Faq.of(
            entry("Do you take insurance?", "Which insurance plans are accepted?")
                    .answer("Yes, we take all major insurance plans."),
            entry("Where can I park?", "Is there parking?").answer("Parking is free behind the building."));

    /** All that a booking needs. */
    static final Map<String, String> EVERYTHING = Map.of(
            "service", "CHECKUP", "date", "2026-11-24", "time", "15:00", "name", "Ana Smith", "phone", "202 555 0147");

    final Calendar calendar = new Calendar();
    final ReferenceBooking booking = new ReferenceBooking(calendar, FAQ);

    FlowTest call() {
        return FlowTest.of(booking.flow, CLOCK);
    }

    FlowTest atTheConfirmation() {
        return call().caller().fills(EVERYTHING).expectSay("Shall I book it?");
    }

    MachineCall machine() {
        return new MachineCall(booking.flow);
    }

    MachineCall machineAtTheConfirmation() {
        return machine().means(new DialogueAct.Inform(EVERYTHING)).heard();
    }
}
