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

/** Several wishes in one sentence are each heard, and "one" is a number only where it counts. Today is Friday, 2026-11-20. */
class SeveralWishesTest {
    private static final String FRIDAY = "{\"day\":\"2026-11-27\",\"hour\":\"10:00\"}";
    private static final String MONDAY = "{\"day\":\"2026-11-23\",\"hour\":\"09:00\"}";
    private static final ToolSpec FILL = tool("fill_slots", "Call as soon as the caller gives any value.", """
            {"type":"object","properties":{
              "number":{"type":"string","format":"identifier","pattern":"^[0-9A-Z]{4}$","description":"The number, the answer to: What is its number?"},
              "day":{"type":"string","format":"date","description":"The day, the answer to: Which day?"},
              "hour":{"type":"string","format":"time","description":"The hour, the answer to: What time?"},
              "guest":{"type":"string","format":"person-name","description":"The name, the answer to: May I have your name?"}}}""");
    private static final ToolSpec START = tool("start_task", "The caller wants one of these.", """
            {"type":"object","properties":{"task":{"type":"string","enum":["make","shift","drop"],
              "description":"make: book a visit; shift: move a visit; drop: cancel a visit"}}}""");
    private static final ToolSpec GERMAN_START = tool("start_task", "The caller wants one of these.", """
            {"type":"object","properties":{"task":{"type":"string","enum":["make","shift","drop"],
              "description":"make: einen Besuch vereinbaren; shift: einen Besuch verschieben; drop: einen Besuch absagen"}}}""");
    private static final ToolSpec FILL_OF_TWO = tool("fill_slots", "Call as soon as the caller gives any value.", """
            {"type":"object","properties":{
              "day":{"type":"string","format":"date","description":"Of visits. The day, the answer to: Which day?"},
              "hour":{"type":"string","format":"time","description":"Of calls, visits. The hour, the answer to: What time?"},
              "who":{"type":"string","format":"person-name","description":"Of calls. The name, the answer to: Who is it?"},
              "about":{"type":"string","description":"Of calls. The subject, the answer to: What about?"},
              "flow":{"type":"string","enum":["visits","calls"],"description":"what this belongs to"}}}""");
    private static final ToolSpec START_OF_TWO = tool("start_task", "The caller wants one of these.", """
            {"type":"object","properties":{"task":{"type":"string","enum":["visits.book","calls.take"],
            "description":"visits.book: book a visit; calls.take: take down a callback"}},"required":["task"]}""");

    private static Flow of(ToolSpec... own) {
        List<ToolSpec> tools = new ArrayList<>(List.of(own));
        Flow.clinic().stream().filter(tool -> !tool.name().equals("fill_slots")).forEach(tools::add);
        return clinicCall().tools(tools.toArray(ToolSpec[]::new));
    }

    private static Flow visits() {
        return of(FILL, START);
    }

    private static String start(String task) {
        return "start_task{\"task\":\"" + task + "\"}";
    }

    private static String another(String task) {
        return "start_task{\"task\":\"" + task + "\",\"another\":true}";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        book Friday at ten o'clock and another one on Monday at nine o'clock
        Friday at ten o'clock and another one on Monday at nine o'clock
        I'd like one on Friday at ten o'clock and one on Monday at nine o'clock
        I'd like a visit on Friday at ten o'clock, and also a visit on Monday at nine o'clock
        book Friday at ten o'clock. And a second one on Monday at nine o'clock.
        book Friday at ten o'clock and Monday at nine o'clock
        """)
    void twoOfOneKindInOneSentenceAreTwo(String said) {
        assertThat(visits().agent("What can I do for you?").caller(said).answer())
                .isEqualTo(String.join(
                        " + ", start("make"), "fill_slots" + FRIDAY, another("make"), "fill_slots" + MONDAY));
    }

    @Test
    void twoOfOneKindHaveTheirOwnNames() {
        assertThat(visits().agent("What can I do for you?")
                        .caller(
                                "a visit on Friday at ten o'clock for Ann Miller and one on Monday at nine o'clock for Bob Stone")
                        .answer())
                .contains("\"guest\":\"Ann Miller\"} + " + another("make"))
                .endsWith("\"guest\":\"Bob Stone\"}");
    }

    @Test
    void twoOfOneKindInOneGermanSentenceAreTwo() {
        assertThat(of(FILL, GERMAN_START)
                        .german()
                        .agent("Was kann ich für Sie tun?")
                        .caller("Freitag um zehn Uhr und noch einen am Montag um neun Uhr")
                        .answer())
                .isEqualTo(String.join(
                        " + ", start("make"), "fill_slots" + FRIDAY, another("make"), "fill_slots" + MONDAY));
    }

    @Test
    void aFlowThatTakesOneHearsTheFirstAndIsAskedForTheOther() {
        assertThat(of(FILL).agent("Which day?")
                        .caller("Friday at ten o'clock and another one on Monday at nine o'clock")
                        .answer())
                .isEqualTo("fill_slots" + FRIDAY + " + ask{\"question\":\"another one on Monday at nine o'clock\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Friday, no, Monday at nine o'clock                         | fill_slots{"day":"2026-11-23","hour":"09:00"}
        not Friday at ten and rather Monday at nine o'clock        | fill_slots{"day":"2026-11-23","hour":"09:00"}
        Monday and at nine o'clock                                 | fill_slots{"day":"2026-11-23","hour":"09:00"}
        """)
    void aCorrectionIsNoSecondWish(String said, String answer) {
        assertThat(visits().agent("Which day?").caller(said).answer()).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Your number is A 1 0 1. Is there anything else? | make | I'd like another one on Monday at nine o'clock
        Your number is A 1 0 1. Is there anything else? | drop | I'd like another one on Monday at nine o'clock
        What is its number?                             | drop | book one on Monday at nine o'clock
        What is its number?                             | drop | first a new visit on Monday at nine o'clock
        """)
    void oneIsNoNumberWhereAnotherOneIsWanted(String asked, String begun, String said) {
        assertThat(visits().called("start_task", "{\"task\":\"" + begun + "\"}")
                        .answered("{\"say\":\"" + asked + "\"}")
                        .agent(asked)
                        .caller(said)
                        .answer())
                .isEqualTo(start("make") + " + fill_slots" + MONDAY);
    }

    @Test
    void oneIsADigitWhereACodeIsSaid() {
        assertThat(visits().agent("What is its number?")
                        .caller("that one is A one zero one")
                        .answer())
                .isEqualTo("fill_slots{\"number\":\"A101\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        and a third on Monday at nine o'clock
        another one on Monday at nine o'clock
        """)
    void aFurtherOneLeavesTheOneThatIsReadBackAsItIs(String said) {
        String say = "Friday at 10 AM. Shall I book it?";
        assertThat(visits().called("start_task", "{\"task\":\"make\"}")
                        .called("fill_slots", FRIDAY)
                        .answered("{\"say\":\"" + say + "\",\"confirm_revision\":7}")
                        .agent(say)
                        .caller(said)
                        .answer())
                .isEqualTo(another("make") + " + fill_slots" + MONDAY);
    }

    @Test
    void inGermanANewOneIsBegunWhileAnotherIsMoved() {
        String say = "Geht es um den Besuch, den wir gerade eingetragen haben, Nummer A 1 0 1?";
        assertThat(of(FILL, GERMAN_START)
                        .german()
                        .called("start_task", "{\"task\":\"shift\"}")
                        .answered("{\"say\":\"" + say + "\",\"options\":[\"A101\"]}")
                        .agent(say)
                        .caller("erst mal einen neuen Besuch am Montag um neun Uhr")
                        .answer())
                .isEqualTo(start("make") + " + fill_slots" + MONDAY);
    }

    @Test
    void aTaskOfAnotherFlowBesidesIsBegunToo() {
        assertThat(of(FILL_OF_TWO, START_OF_TWO)
                        .agent("What can I do for you?")
                        .caller("I'd like a visit on Monday at nine o'clock, and also someone should call me back")
                        .answer())
                .isEqualTo(String.join(" + ", start("visits.book"), "fill_slots" + MONDAY, start("calls.take")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        I need a callback
        actually, call me back first
        callback please
        can someone call me back?
        """)
    void aTaskOfAnotherFlowIsBegunAtAConfirmation(String said) {
        String say = "Monday at 9 AM. Shall I book it?";
        assertThat(of(FILL_OF_TWO, START_OF_TWO)
                        .called("start_task", "{\"task\":\"visits.book\"}")
                        .called("fill_slots", MONDAY)
                        .answered("{\"say\":\"" + say + "\",\"confirm_revision\":7}")
                        .agent(say)
                        .caller(said)
                        .answer())
                .isEqualTo(start("calls.take"));
    }

    @Test
    void freeTextThatIsAskedForNamesNoTask() {
        Flow call = of(FILL_OF_TWO, START_OF_TWO)
                .called("start_task", "{\"task\":\"calls.take\"}")
                .answered("{\"say\":\"What about?\"}")
                .agent("What about?");
        assertThat(call.caller("I need to talk about my visit").answer())
                .isEqualTo("fill_slots{\"about\":\"I need to talk about my visit\"}");
    }

    @Test
    void aValueThatTheAskingFlowHasNotIsLeftOut() {
        assertThat(of(FILL_OF_TWO, START_OF_TWO)
                        .called("start_task", "{\"task\":\"calls.take\"}")
                        .answered("{\"say\":\"Who is it?\"}")
                        .agent("Who is it?")
                        .caller("tomorrow at ten o'clock")
                        .answer())
                .isEqualTo("fill_slots{\"hour\":\"10:00\"}");
    }
}
