package dev.antiphon.samples.readymade;

import dev.antiphon.connection.WebSocketEndpoint;
import dev.antiphon.flow.say.Language;
import dev.antiphon.server.BotEndpoint;
import dev.antiphon.server.cli.Storage;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.testkit.caller.ExpectedOutcome;
import dev.antiphon.testkit.junit.CallExtension;
import dev.antiphon.tool.ToolPoolSettings;
import dev.antiphon.tool.ToolThreads;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole calls in callers' own words, with the emulated model between the caller and the flow. */
class CallersWordsTest {
    @RegisterExtension
    final CallExtension address = CallExtension.of(around -> endpoint(ReadyMade.ADDRESS, Language.ENGLISH, around));

    @RegisterExtension
    final CallExtension appointments =
            CallExtension.of(around -> endpoint(ReadyMade.APPOINTMENTS, Language.ENGLISH, around));

    @RegisterExtension
    final CallExtension termine = CallExtension.of(around -> endpoint(ReadyMade.APPOINTMENTS, Language.GERMAN, around));

    private static WebSocketEndpoint endpoint(ReadyMade flow, Language language, Agent.Surroundings around) {
        return BotEndpoint.in(
                around,
                flow.bot(
                        language,
                        new Storage.PerCall(),
                        around.clock(),
                        ZoneOffset.UTC,
                        around.random(),
                        ToolPoolSettings.defaults().withThreads(ToolThreads.of(around.tools()))));
    }

    @Test
    void theNewPostcodeIsNotTakenForTheOldOne() {
        address.call()
                .expectSays("What is your customer number?")
                .says("My customer number is 100200")
                .expectSays("And which postcode do we have for you so far?")
                .says("94107")
                .expectSays("What is your new street and house number?")
                .says("10 Main Street")
                .expectSays("And the new postcode?")
                .says("60601")
                .expectSays("In which city is that?")
                .says("Chicago")
                .expectSays("Your new address is 10 Main Street, 6 0 6 0 1 Chicago")
                .says("No, the new postcode is 60602")
                .expectSays("Your new address is 10 Main Street, 6 0 6 0 2 Chicago")
                .says("Yes.")
                .expectSays("Your address is changed.")
                .says("No, thank you.")
                .expectOutcome(ExpectedOutcome.COMPLETED);
    }

    @Test
    void aTimeIsNotTakenForTheReferenceOfAnAppointment() {
        appointments
                .call()
                .expectSays("What can I do for you?")
                .says("Hello")
                .expectSays("What can I do for you?")
                .says("I'd like an appointment on Thursday")
                .expectSays("What time?")
                .says("15:00")
                .expectSays("May I have your name?")
                .says("Anna Miller")
                .expectSays("at 3 PM for Anna Miller. Shall I book it?")
                .says("Yes.")
                .expectSays("Your reference is A 1 0 1.")
                .says("I can't make it, can we move it?")
                .expectSays("Is that the one that we just booked, A 1 0 1?")
                .says("A101")
                .expectSays("Which day suits you?")
                .says("Friday at 10:00")
                .expectSays("at 10 AM. Right?")
                .says("Yes.")
                .expectSays("It is now on Friday");
    }

    @Test
    void aCallInGermanGoesFromTheGreetingToTheGoodbye() {
        termine.call()
                .expectSays("Was kann ich für Sie tun?")
                .says("Hallo")
                .expectSays("Was kann ich für Sie tun?")
                .says("Ich hätte gern einen Termin am Donnerstag")
                .expectSays("Um wie viel Uhr?")
                .says("15:00")
                .expectSays("Auf welchen Namen, bitte?")
                .says("Anna Müller")
                .expectSays("Soll ich ihn eintragen?")
                .says("ja, gern")
                .expectSays("Die Nummer ist A 1 0 1.")
                .says("Ich muss umbuchen")
                .expectSays("Geht es um den Termin, den wir gerade eingetragen haben, Nummer A 1 0 1?")
                .says("ja")
                .expectSays("An welchem Tag")
                .says("am Freitag um zehn Uhr")
                .expectSays("um 10 Uhr verlegt. Ist das richtig?")
                .says("stimmt")
                .expectSays("Ihr Termin ist jetzt am Freitag")
                .says("Sagen Sie meinen Termin bitte ab")
                .expectSays("Geht es um den Termin, den wir gerade eingetragen haben, Nummer A 1 0 1?")
                .says("A101")
                .expectSays("absagen?")
                .says("ja")
                .expectSays("Ihr Termin ist abgesagt.")
                .says("Auf Wiederhören")
                .expectOutcome(ExpectedOutcome.COMPLETED);
    }
}
