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

/** Which of several properties of one kind a caller's words fill: the one that they name, that was asked for, or that is open. */
class SeveralOfOneKindTest {
    private static final ToolSpec FILL = tool("fill_slots", "Call as soon as the caller gives any value.", """
            {"type":"object","properties":{
              "member":{"type":"string","format":"identifier","pattern":"^[0-9]{6}$",
                "description":"The member number, the answer to: What is your member number?"},
              "old_code":{"type":"string","format":"identifier","pattern":"^[0-9A-Z]{4}$",
                "description":"The code that we have, the answer to: And which code do we have so far?"},
              "code":{"type":"string","format":"identifier","pattern":"^[0-9A-Z]{4}$",
                "description":"The new code, the answer to: And the new code?"},
              "street":{"type":"string","description":"The street, the answer to: Where do you live now?"},
              "time":{"type":"string","format":"time","description":"The time, the answer to: What time?"},
              "day":{"type":"string","format":"date","description":"The day, the answer to: Which day?"},
              "phone":{"type":"string","format":"phone","description":"The phone, the answer to: Your phone?"}}}""");

    private static Flow call() {
        List<ToolSpec> tools = new ArrayList<>(List.of(FILL));
        Flow.clinic().stream().filter(tool -> !tool.name().equals("fill_slots")).forEach(tools::add);
        return clinicCall().tools(tools.toArray(ToolSpec[]::new));
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        What is your member number?            | 100 200                              | {"member":"100200"}
        And which code do we have so far?      | it is 4711                           | {"old_code":"4711"}
        And the new code?                      | 1234                                 | {"code":"1234"}
        So, the new code?                      | 1234                                 | {"code":"1234"}
        So, the code that we have?             | 4711                                 | {"old_code":"4711"}
        And which code do we have so far?      | 4711, and my new code is 1234        | {"code":"1234","old_code":"4711"}
        And which code do we have so far?      | my new code is 1234                  | {"code":"1234"}
        Which day?                             | the old code is 4711, the code: 1234 | {"old_code":"4711","code":"1234"}
        What time?                             | 15:00                                | {"time":"15:00"}
        What time?                             | 1500                                 | {"time":"15:00"}
        Hello.                                 | at 10:00                             | {"time":"10:00"}
        Hello.                                 | 3 o'clock on 24.12.2026              | {"day":"2026-12-24","time":"15:00"}
        Hello.                                 | A12B                                 | {"old_code":"A12B"}
        Your phone?                            | 202 555 0147                         | {"phone":"2025550147"}
        Where do you live now?                 | I live at 7 Elm Street now, and my new code is 1234 | {"code":"1234","street":"7 Elm Street"}
        """)
    void aCodeGoesWhereItBelongs(String asked, String said, String filled) {
        assertThat(call().agent(asked).caller(said).answer()).isEqualTo("fill_slots" + filled);
    }

    @Test
    void anOpenOneComesBeforeOneThatIsKnown() {
        assertThat(call().called("fill_slots", "{\"old_code\":\"4711\"}")
                        .answered("{\"say\":\"Anything to add?\"}")
                        .agent("Anything to add?")
                        .caller("1234")
                        .answer())
                .isEqualTo("fill_slots{\"code\":\"1234\"}");
    }

    @Test
    void whereAllAreKnownTheLatestIsCorrected() {
        assertThat(call().called("fill_slots", "{\"code\":\"1234\",\"old_code\":\"4711\"}")
                        .answered("{\"say\":\"Shall I change it?\",\"confirm_revision\":3}")
                        .agent("Shall I change it?")
                        .caller("no, 4712")
                        .answer())
                .isEqualTo("fill_slots{\"old_code\":\"4712\"}");
    }

    @Test
    void ofSeveralFlowsTheOneThatAskedGetsTheAnswer() {
        ToolSpec fill = tool("fill_slots", "Call as soon as the caller gives any value.", """
                {"type":"object","properties":{
                  "day":{"type":"string","format":"date","description":"Of visits. The day, the answer to: Which day?"},
                  "hour":{"type":"string","format":"time","description":"Of calls, visits. The hour, the answer to: What time?"},
                  "topic":{"type":"string","description":"Of calls. The topic, the answer to: What about?"},
                  "call":{"type":"string","format":"date-time","description":"Of calls. The call, the answer to: When shall we call?"},
                  "flow":{"type":"string","enum":["visits","calls"],"description":"what this belongs to"}}}""");
        ToolSpec start = tool("start_task", "The caller wants one of these.", """
                {"type":"object","properties":{"task":{"type":"string","enum":["visits.book","calls.take"],
                "description":"visits.book: book a visit; calls.take: take down a callback"}},"required":["task"]}""");
        List<ToolSpec> tools = new ArrayList<>(List.of(fill, start));
        Flow.clinic().stream().filter(tool -> !tool.name().equals("fill_slots")).forEach(tools::add);

        assertThat(clinicCall()
                        .tools(tools.toArray(ToolSpec[]::new))
                        .agent("Hello. What can I do for you?")
                        .caller("I'd like a call back")
                        .answer())
                .isEqualTo("start_task{\"task\":\"calls.take\"}");
        assertThat(clinicCall()
                        .tools(tools.toArray(ToolSpec[]::new))
                        .agent("Which day?")
                        .caller("on Friday at ten o'clock")
                        .answer())
                .isEqualTo("fill_slots{\"day\":\"2026-11-27\",\"hour\":\"10:00\"}");
    }

    @Test
    void whoHasNoPreferenceSkipsWhatIsAsked() {
        for (String words : List.of("I don't mind", "whatever", "any")) {
            assertThat(call().agent("Which day?").caller(words).answer())
                    .startsWith("control")
                    .contains("\"skip\"");
        }
    }

    @Test
    void anotherOneThatIsNamedWhileTheFirstIsAskedForIsAnother() {
        ToolSpec start = tool("start_task", "The caller wants one of these.", """
                {"type":"object","properties":{"task":{"type":"string","enum":["reserve","find"],
                  "description":"reserve: reserve a table; find: find a restaurant"}}}""");
        List<ToolSpec> tools = new ArrayList<>(List.of(FILL, start));
        Flow.clinic().stream().filter(tool -> !tool.name().equals("fill_slots")).forEach(tools::add);
        assertThat(clinicCall()
                        .tools(tools.toArray(ToolSpec[]::new))
                        .called("start_task", "{\"task\":\"reserve\"}")
                        .answered("{\"say\":\"Which day?\"}")
                        .agent("Which day?")
                        .caller("another table at 10:00")
                        .answer())
                .contains("start_task{\"task\":\"reserve\",\"another\":true}")
                .contains("\"time\":\"10:00\"");
    }
}
