package dev.antiphon.testkit.brain;

import static dev.antiphon.testkit.brain.Flow.clinicCall;
import static dev.antiphon.testkit.brain.Flow.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.testkit.emulator.Brain.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A session that speaks German: everyday words are understood, free text stays as it was said. Today is Friday, 2026-11-20. */
class GermanConversationTest {
    private static final ToolSpec FILL = tool("fill_slots", "Call as soon as the caller gives any value.", """
            {"type":"object","properties":{
              "nummer":{"type":"string","format":"identifier","pattern":"^[A-Z0-9]{4}$",
                "description":"The Auftragsnummer, the answer to: Wie lautet die Nummer Ihres Auftrags?"},
              "tag":{"type":"string","format":"date","description":"The Tag, the answer to: An welchem Tag passt es?"},
              "zeit":{"type":"string","format":"time","description":"The Uhrzeit, the answer to: Um wie viel Uhr?"},
              "name":{"type":"string","format":"person-name","description":"The Name, the answer to: Auf welchen Namen?"},
              "anzahl":{"type":"integer","description":"The Anzahl, the answer to: Für wie viele Personen?"},
              "farbe":{"type":"string","enum":["GRUEN","ROT"],"x-synonyms":{"GRUEN":["grün"],"ROT":["rot"]},
                "description":"The Farbe, the answer to: Welche Farbe?"},
              "grund":{"type":"string","description":"The Grund, the answer to: Worum geht es?"}}}""");
    private static final ToolSpec START = tool("start_task", "The caller wants one of these.", """
            {"type":"object","properties":{"task":{"type":"string","enum":["new","shift","drop"],
            "description":"new: einen Stellplatz reservieren; shift: einen Stellplatz umbuchen; drop: einen Stellplatz abbestellen"}},
            "required":["task"]}""");

    private static Flow call() {
        List<ToolSpec> tools = new ArrayList<>(List.of(START, FILL));
        Flow.clinic().stream().filter(tool -> !tool.name().equals("fill_slots")).forEach(tools::add);
        return clinicCall().german().tools(tools.toArray(ToolSpec[]::new));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        Ich möchte einen Stellplatz                       | start_task{"task":"new"}
        Einen Stellplatz, bitte                           | start_task{"task":"new"}
        Ich würde gern einen Stellplatz buchen            | start_task{"task":"new"}
        Ich möchte meinen Stellplatz verschieben          | start_task{"task":"shift"}
        Kann ich das auf morgen verlegen?                 | start_task{"task":"shift"} + fill_slots{"tag":"2026-11-21"}
        umbuchen                                          | start_task{"task":"shift"}
        absagen                                           | start_task{"task":"drop"}
        Ich muss leider stornieren                        | start_task{"task":"drop"}
        Sagen Sie meinen Stellplatz bitte ab              | start_task{"task":"drop"}
        Einen Stellplatz am Dienstag um halb vier         | start_task{"task":"new"} + fill_slots{"tag":"2026-11-24","zeit":"15:30"}
        Hallo                                             | control{"action":"chitchat"}
        Guten Morgen                                      | control{"action":"chitchat"}
        Haben Sie am Sonntag geöffnet?                    | ask
        Mit einem Menschen sprechen                       | control{"action":"human"}
        Ich möchte mit jemandem sprechen                  | control{"action":"human"}
        Tschüss                                           | control{"action":"goodbye"}
        """)
    void aWishIsKnownInOtherWordsThanTheTasks(String said, String calls) {
        assertThat(call().agent("Guten Tag! Was kann ich für Sie tun?")
                        .caller(said)
                        .gist())
                .isEqualTo(calls);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        An welchem Tag passt es?                 | übermorgen                  | {"tag":"2026-11-22"}
        An welchem Tag passt es?                 | in zwei Wochen              | {"tag":"2026-12-04"}
        An welchem Tag passt es?                 | am 3. Dezember um 15 Uhr 30 | {"tag":"2026-12-03","zeit":"15:30"}
        Also, welcher Tag passt Ihnen?           | nächsten Donnerstag         | {"tag":"2026-11-26"}
        Um wie viel Uhr?                         | 15:00                       | {"zeit":"15:00"}
        Um wie viel Uhr?                         | um zehn                     | {"zeit":"10:00"}
        Um wie viel Uhr?                         | Viertel vor neun            | {"zeit":"08:45"}
        Um wie viel Uhr?                         | acht Uhr abends             | {"zeit":"20:00"}
        Um wie viel Uhr?                         | dreiviertel drei            | {"zeit":"14:45"}
        Auf welchen Namen?                       | Ich heiße Anna Müller       | {"name":"Anna Müller"}
        Auf welchen Namen?                       | Müller                      | {"name":"Müller"}
        Auf welchen Namen?                       | eigentlich ist mein Name Meyer | {"name":"Meyer"}
        Auf welchen Namen?                       | Eigentlich heiße ich Anna Meyer | {"name":"Anna Meyer"}
        Auf welchen Namen?                       | eigentlich Meyer            | {"name":"Meyer"}
        Auf welchen Namen?                       | Mein richtiger Name lautet Meyer | {"name":"Meyer"}
        Das geht nur von 9 Uhr bis 16 Uhr 30, verstanden habe ich 8 Uhr oder 20 Uhr. Um wie viel Uhr? | um neun | {"zeit":"09:00"}
        Für wie viele Personen?                  | zu viert                    | {"anzahl":4}
        Welche Farbe?                            | lieber grün                 | {"farbe":"GRUEN"}
        Wie lautet die Nummer Ihres Auftrags?    | A eins null eins            | {"nummer":"A101"}
        Also noch einmal: Auftragsnummer?        | A wie Anton, 1 0 1          | {"nummer":"A101"}
        Wie lautet die Nummer Ihres Auftrags?    | Freitag um 10 Uhr           | {"tag":"2026-11-27","zeit":"10:00"}
        Worum geht es?                           | meine Rechnung und der Fehler darin | {"grund":"meine Rechnung und der Fehler darin"}
        """)
    void valuesAreReadAndTextStaysAsItWasSaid(String asked, String said, String filled) {
        assertThat(call().agent(asked).caller(said).answer()).isEqualTo("fill_slots" + filled);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ja             | confirm{"answer":"yes","revision":7}
        ja, gern       | confirm{"answer":"yes","revision":7}
        genau          | confirm{"answer":"yes","revision":7}
        passt          | confirm{"answer":"yes","revision":7}
        stimmt so      | confirm{"answer":"yes","revision":7}
        In Ordnung     | confirm{"answer":"yes","revision":7}
        nein           | confirm{"answer":"no","revision":7}
        nein danke     | confirm{"answer":"no","revision":7}
        falsch         | confirm{"answer":"no","revision":7}
        wie bitte?     | control{"action":"repeat"}
        langsamer      | control{"action":"slower"}
        """)
    void aReadBackIsAnswered(String said, String calls) {
        String say = "Am Dienstag, 24. November um 15 Uhr. Ist das richtig?";
        assertThat(call().called("fill_slots", "{\"tag\":\"2026-11-24\"}")
                        .answered("{\"say\":\"" + say + "\",\"confirm_revision\":7}")
                        .agent(say)
                        .caller(said)
                        .gist())
                .isEqualTo(calls);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ja, und noch einen absagen                       | confirm{"answer":"yes","revision":7} + start_task{"task":"drop","another":true}
        Ja. Und sagen Sie meinen alten Stellplatz ab     | confirm{"answer":"yes","revision":7} + start_task{"task":"drop"}
        """)
    void aYesAndACancellationOfAnotherAreBoth(String said, String calls) {
        String say = "Am Dienstag, 24. November um 15 Uhr. Ist das richtig?";
        assertThat(call().called("start_task", "{\"task\":\"new\"}")
                        .answered("{\"say\":\"" + say + "\",\"confirm_revision\":7}")
                        .agent(say)
                        .caller(said)
                        .gist())
                .isEqualTo(calls);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        das zweite        | choose{"option":2}
        15 Uhr 30         | choose{"option":2}
        etwas anderes     | more_alternatives{}
        passt mir nicht   | more_alternatives{}
        """)
    void anOfferIsTaken(String said, String calls) {
        String say = "Ich kann Ihnen 14 Uhr 30, 15 Uhr 30 oder 16 Uhr anbieten. Was passt Ihnen am besten?";
        assertThat(call().called("fill_slots", "{\"zeit\":\"15:00\"}")
                        .answered(
                                "{\"say\":\"" + say
                                        + "\",\"facts\":{\"options\":{\"1\":\"14 Uhr 30\",\"2\":\"15 Uhr 30\",\"3\":\"16 Uhr\"}}}")
                        .agent(say)
                        .caller(said)
                        .answer())
                .isEqualTo(calls);
    }

    @Test
    void aQuestionIsAskedInTheCallersWords() {
        assertThat(call().agent("Guten Tag! Was kann ich für Sie tun?")
                        .caller("Hallo. Gibt es bei Ihnen morgen noch etwas?")
                        .answer())
                .contains("\"question\":\"Gibt es bei Ihnen morgen noch etwas?\"");
    }

    @Test
    void inASessionThatSpeaksEnglishGermanIsNotUnderstood() {
        List<ToolSpec> tools = new ArrayList<>(List.of(START));
        tools.addAll(Flow.clinic());
        assertThat(clinicCall()
                        .tools(tools.toArray(ToolSpec[]::new))
                        .agent("What can I do for you?")
                        .caller("übermorgen")
                        .gist())
                .isEqualTo("control{\"action\":\"unclear\"}");
    }
}
