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

/** Free text is given and changed by its name, at any time, and alone where it is asked what to change. */
class FreeTextTest {
    private static ToolSpec fill(String label, String prompt) {
        return tool("fill_slots", "Call as soon as the caller gives any value.", """
                {"type":"object","properties":{
                  "who":{"type":"string","format":"person-name","description":"The name, the answer to: May I have your name?"},
                  "about":{"type":"string","description":"The %s, the answer to: %s"},
                  "time":{"type":"string","format":"time","description":"The time, the answer to: What time?"}}}""".formatted(label, prompt));
    }

    private static Flow call(ToolSpec fill) {
        List<ToolSpec> tools = new ArrayList<>(List.of(fill));
        Flow.clinic().stream().filter(tool -> !tool.name().equals("fill_slots")).forEach(tools::add);
        return clinicCall()
                .tools(tools.toArray(ToolSpec[]::new))
                .called("fill_slots", "{\"who\":\"Ann Miller\",\"about\":\"my bill\",\"time\":\"10:00\"}");
    }

    private static Flow english() {
        return call(fill("subject", "What is it about?"));
    }

    private static Flow atConfirmation() {
        String say = "We call Ann Miller about my bill at 10 AM. Is that right?";
        return english()
                .answered("{\"say\":\"" + say + "\",\"confirm_revision\":7}")
                .agent(say);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        the subject is my contract instead               | {"about":"my contract"}
        change the subject to my contract                | {"about":"my contract"}
        can you change the subject to my contract?       | {"about":"my contract"}
        actually the subject is my contract              | {"about":"my contract"}
        make the subject my contract                     | {"about":"my contract"}
        no, the subject is my contract                   | {"about":"my contract"}
        no, the subject is not my bill but my contract   | {"about":"my contract"}
        the subject should be my contract, not my bill   | {"about":"my contract"}
        the subject is invoice 4711                      | {"about":"invoice 4711"}
        the subject is my contract, and make it eleven o'clock | {"about":"my contract","time":"11:00"}
        """)
    void aTextIsChangedByItsNameAtTheConfirmation(String said, String filled) {
        assertThat(atConfirmation().caller(said).answer()).isEqualTo("fill_slots" + filled);
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        What is it about?      | the subject is my bill             | {"about":"my bill"}
        What is it about?      | my bill                            | {"about":"my bill"}
        May I have your name?  | the subject is my contract         | {"about":"my contract"}
        What time?             | change the subject to my contract  | {"about":"my contract"}
        """)
    void aTextIsGivenByItsNameWhateverIsAsked(String asked, String said, String filled) {
        assertThat(english().agent(asked).caller(said).answer()).isEqualTo("fill_slots" + filled);
    }

    @Test
    void whatIsToBeChangedIsTheOneTextThatWasGiven() {
        assertThat(atConfirmation()
                        .agent("What would you like to change?")
                        .caller("my contract")
                        .answer())
                .isEqualTo("fill_slots{\"about\":\"my contract\"}");
    }

    @ParameterizedTest
    @CsvSource({"the time", "the subject", "nothing", "the name please", "everything is wrong"})
    void theNameOfWhatIsToBeChangedIsNoText(String said) {
        assertThat(atConfirmation()
                        .agent("What would you like to change?")
                        .caller(said)
                        .answer())
                .doesNotStartWith("fill_slots");
    }

    @ParameterizedTest
    @CsvSource({"the subject is wrong", "the subject is fine", "what is the subject?"})
    void whatIsSaidOfATextIsNoText(String said) {
        assertThat(atConfirmation().caller(said).answer()).doesNotStartWith("fill_slots");
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        Ist das richtig?         | das Thema ist mein Vertrag                    | {"about":"mein Vertrag"}
        Ist das richtig?         | nein, das Thema ist mein Vertrag              | {"about":"mein Vertrag"}
        Ist das richtig?         | ändern Sie das Thema bitte auf meinen Vertrag | {"about":"meinen Vertrag"}
        Ist das richtig?         | das Thema ist mein Vertrag und um elf Uhr     | {"about":"mein Vertrag","time":"11:00"}
        Worum geht es?           | das Thema ist meine Rechnung                  | {"about":"meine Rechnung"}
        Was möchten Sie ändern?  | mein Vertrag                                  | {"about":"mein Vertrag"}
        """)
    void inGermanTheTextStaysAsItWasSaid(String asked, String said, String filled) {
        assertThat(call(fill("Thema", "Worum geht es?"))
                        .german()
                        .answered("{\"say\":\"" + asked + "\",\"confirm_revision\":7}")
                        .agent(asked)
                        .caller(said)
                        .answer())
                .isEqualTo("fill_slots" + filled);
    }
}
