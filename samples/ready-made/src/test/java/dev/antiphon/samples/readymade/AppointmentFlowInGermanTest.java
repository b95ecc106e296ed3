package dev.antiphon.samples.readymade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.Texts;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same flow as in {@link AppointmentFlowTest}, in German. */
class AppointmentFlowInGermanTest {
    private static final InstantSource FRIDAY = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));
    private static final LocalDate TUESDAY = LocalDate.of(2026, 11, 24);

    private final InMemoryAppointments calendar = new InMemoryAppointments();
    private final FlowTest call = FlowTest.of(AppointmentFlow.of(calendar, Language.GERMAN), FRIDAY);

    @Test
    void everyTextHasGermanWords() {
        assertThat(Texts.beside(AppointmentFlow.class, "appointments", Language.GERMAN)
                        .untranslated())
                .isEmpty();
    }

    @Test
    void aTermIsMadeInGerman() {
        call.expectSay("Guten Tag! Hier können Sie einen Termin vereinbaren, verschieben oder absagen."
                        + " Was kann ich für Sie tun?")
                .wants("book")
                .expectSay("An welchem Tag möchten Sie kommen?")
                .fills(Map.of("date", "2026-11-19"))
                .expectSay("Donnerstag, 19. November liegt schon in der Vergangenheit.")
                .fills(Map.of("date", "2026-11-24"))
                .expectSay("Gut, Dienstag, 24. November. Um wie viel Uhr?")
                .asks("Haben Sie einen Parkplatz?")
                .expectSay("Darauf habe ich leider keine Antwort. Ich kann Sie gern mit der Anmeldung verbinden."
                        + " Also, um wie viel Uhr?")
                .fills(Map.of("time", "15:30"))
                .expectSay("Gut, 15 Uhr 30. Auf welchen Namen, bitte?")
                .fills(Map.of("name", "Anna Müller"))
                .expectSay("Ein Termin am Dienstag, 24. November um 15 Uhr 30 auf den Namen Anna Müller."
                        + " Soll ich ihn eintragen?")
                .confirmsYes()
                .expectSay("Ihr Termin ist eingetragen. Die Nummer ist A 1 0 1.")
                .wants("cancel")
                .expectSay("Geht es um den Termin, den wir gerade eingetragen haben, Nummer A 1 0 1?")
                .confirmsYes()
                .expectSay("Soll ich Ihren Termin am Dienstag, 24. November um 15 Uhr 30 absagen?")
                .cancels()
                .thanks()
                .expectSay("Kann ich sonst noch etwas für Sie tun?")
                .saysGoodbye()
                .expectSay("Vielen Dank für Ihren Anruf. Auf Wiederhören.")
                .expectOutcome("completed");
        assertThat(calendar.get("A101").time()).isEqualTo(LocalTime.of(15, 30));
    }

    @Test
    void otherTimesAreOfferedInGerman() {
        calendar.book(new Appointments.Wish(TUESDAY, LocalTime.of(10, 0), "Ben Ray"));

        call.inOneTurn(caller -> caller.wants("book").fills(Map.of("date", "2026-11-24", "time", "10:00")))
                .expectSay("10 Uhr ist leider nicht möglich.")
                .expectSay("Ich kann Ihnen 9 Uhr 30, 10 Uhr 30 oder 9 Uhr anbieten. Was passt Ihnen am besten?")
                .chooses(2)
                .fills(Map.of("name", "Krz"))
                .expectSay("Gut, Krz, buchstabiert K wie Köln, R wie Rostock, Z wie Zwickau.");
    }

    @Test
    void aTermIsMovedInGermanAndAFalseClaimIsPutRight() {
        calendar.book(new Appointments.Wish(TUESDAY, LocalTime.of(10, 0), "Ben Ray"));

        call.inOneTurn(caller -> caller.wants("reschedule").fills(Map.of("reference", "B202")))
                .expectSay("Einen Termin mit der Nummer B 2 0 2 finde ich leider nicht.")
                .fills(Map.of("reference", "A101"))
                .fills(Map.of("date", "2026-11-25", "time", "09:00"))
                .expectSay("Ihr Termin am Dienstag, 24. November um 10 Uhr wird auf Mittwoch, 25. November um 9 Uhr"
                        + " verlegt. Ist das richtig?")
                .agentSays("Ich habe Ihren Termin auf Mittwoch verschoben.")
                .expectSay("Entschuldigung, zur Klarstellung: Das ist noch nicht erledigt.")
                .confirmsYes()
                .expectSay("Ihr Termin ist jetzt am Mittwoch, 25. November um 9 Uhr.");
    }

    @Test
    void whoCancelsTheSecondHearsThatTheFirstStays() {
        call.wants("book")
                .fills(Map.of("date", "2026-11-24", "time", "10:00", "name", "Anna Müller"))
                .confirmsYes()
                .wantsAnother("book")
                .fills(Map.of("date", "2026-11-25"))
                .cancels()
                .expectSay(
                        "Soll ich nur abbrechen, was wir gerade angefangen haben, oder möchten Sie einen Termin absagen?")
                .confirmsYes()
                .expectSay("einen Termin vereinbaren möchten Sie diesmal nicht. Was schon erledigt ist, bleibt so.");
    }
}
