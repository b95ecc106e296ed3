package dev.antiphon.testkit.brain;

import static dev.antiphon.testkit.brain.Flow.clinicCall;
import static dev.antiphon.testkit.brain.Flow.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.testkit.emulator.Brain.ToolSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaBrainTest {
    private static final ToolSpec WEATHER = tool("get_weather", "Get the current weather of a city", """
            {"type":"object","properties":{"city":{"type":"string"},"unit":{"type":"string","enum":["celsius","fahrenheit"]}},"required":["city"]}""");
    private static final ToolSpec AVAILABILITY =
            tool("lookup_availability", "Look up free tables of the restaurant", """
            {"type":"object","properties":{"date":{"type":"string"},"party_size":{"type":"integer"},"nonce":{"type":"string"}},"required":["date","party_size","nonce"]}""");
    private static final ToolSpec START = tool("start_task", "The caller wants one of these.", """
            {"type":"object","properties":{"task":{"type":"string","enum":["book","reschedule","cancel"],
            "description":"book: book an appointment; reschedule: move an appointment; cancel: cancel an appointment"}},"required":["task"]}""");
    private static final ToolSpec BOOK_TABLE = tool("book_table", "Book a table", """
            {"type":"object","properties":{"date":{"type":"string","format":"date"},"time":{"type":"string"},"party_size":{"type":"integer"},"name":{"type":"string"}},"required":["date","time","party_size","name"]}""");

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        What's the weather in Berlin?                | get_weather{"city":"Berlin"}
        weather in New York in fahrenheit please     | get_weather{"city":"New York","unit":"fahrenheit"}
        weather paris                                | get_weather{"city":"paris"}
        weather                                      | "What is the city, please?"
        """)
    void aDevelopersOwnToolIsFilledFromTheWords(String said, String expected) {
        assertThat(clinicCall().tools(WEATHER, BOOK_TABLE).caller(said).answer())
                .isEqualTo(expected);
    }

    @Test
    void missingArgumentsAreAskedForOneByOne() {
        Flow call = clinicCall().tools(AVAILABILITY, BOOK_TABLE).caller("Book a table for four tomorrow");
        assertThat(call.answer()).isEqualTo("\"What time would you like for the time?\"");
        call.agent("What time would you like for the time?").caller("seven");
        assertThat(call.answer()).isEqualTo("\"What is the name, please?\"");
        call.agent("What is the name, please?").caller("Anna Miller");
        assertThat(call.answer())
                .isEqualTo(
                        "book_table{\"date\":\"2026-11-21\",\"time\":\"19:00\",\"party_size\":4,\"name\":\"Anna Miller\"}");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        yes, and another one on Monday for Bob Smith    | confirm{"answer":"yes","revision":7} + start_task{"task":"book","another":true} + fill_slots{"date":"2026-11-23","name":"Bob Smith"}
        yes please. And one more on Monday              | confirm{"answer":"yes","revision":7} + start_task{"task":"book","another":true} + fill_slots{"date":"2026-11-23"}
        yes, and I'd like to book another appointment   | confirm{"answer":"yes","revision":7} + start_task{"task":"book","another":true}
        no, another day                                 | confirm{"answer":"no","revision":7}
        yes, and cancel another one                     | confirm{"answer":"yes","revision":7} + start_task{"task":"cancel","another":true}
        Yes please. And cancel my old one, please.      | confirm{"answer":"yes","revision":7} + start_task{"task":"cancel"}
        yes, and please cancel my appointment on Monday | confirm{"answer":"yes","revision":7} + start_task{"task":"cancel"} + fill_slots{"date":"2026-11-23"}
        yes, no, cancel it                              | control{"action":"cancel","detail":"yes, no, cancel it"}
        cancel my appointment                           | control{"action":"cancel","detail":"cancel my appointment"}
        """)
    void aYesAndAWishForOneMoreAreBoth(String said, String expected) {
        assertThat(clinicCall()
                        .tools(withStart())
                        .called("start_task", "{\"task\":\"book\"}")
                        .answered("{\"say\":\"Which day?\"}")
                        .atConfirmation()
                        .caller(said)
                        .answer())
                .isEqualTo(expected);
    }

    @Test
    void aSecondCancellationBesideAYesToTheFirstIsAnother() {
        assertThat(clinicCall()
                        .tools(withStart())
                        .called("start_task", "{\"task\":\"cancel\"}")
                        .answered("{\"say\":\"Which one?\"}")
                        .atConfirmation()
                        .caller("yes, and cancel the other one too")
                        .answer())
                .isEqualTo(
                        "confirm{\"answer\":\"yes\",\"revision\":7} + start_task{\"task\":\"cancel\",\"another\":true}");
    }

    @Test
    void whatIsCancelledWhereNoTaskDoesThatIsTheCall() {
        assertThat(clinicCall()
                        .atConfirmation()
                        .caller("yes, and cancel my old one")
                        .answer())
                .startsWith("control{\"action\":\"cancel\"");
    }

    private static ToolSpec[] withStart() {
        return Stream.concat(Flow.clinic().stream(), Stream.of(START)).toArray(ToolSpec[]::new);
    }

    @Test
    void theLastNightIsNotBeforeTheFirst() {
        ToolSpec stay = tool("book_room", "Book a room", """
                {"type":"object","properties":{"check_in":{"type":"string","format":"date"},"check_out":{"type":"string","format":"date"}},"required":["check_in","check_out"]}""");
        assertThat(clinicCall()
                        .tools(stay)
                        .caller("A room from Friday to Sunday please")
                        .answer())
                .isEqualTo("book_room{\"check_in\":\"2026-11-27\",\"check_out\":\"2026-11-29\"}");
    }

    @Test
    void aTokenThatNobodySpeaksIsMadeUpFromTheSeed() {
        String first = clinicCall()
                .tools(AVAILABILITY)
                .caller("Is a table for two free on Friday?")
                .answer();
        String second = clinicCall()
                .tools(AVAILABILITY)
                .caller("Is a table for two free on Friday?")
                .answer();
        assertThat(first)
                .startsWith("lookup_availability{\"date\":\"2026-11-27\",\"party_size\":2,\"nonce\":\"")
                .isEqualTo(second);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"say":"It rains."}                       | "It rains."
        {"city":"Berlin","temp_c":21}             | "City: Berlin, temp c: 21."
        {"error":"no such city"}                  | "I'm sorry, that did not work: no such city."
        It is sunny.                              | "It is sunny."
        {"slots":["10:00","11:00"],"nonce":"ab"}  | "Slots: 10:00, 11:00."
        {}                                        | "That is done."
        """)
    void aToolsAnswerIsTold(String output, String expected) {
        assertThat(clinicCall()
                        .tools(WEATHER)
                        .caller("weather in Berlin")
                        .called("get_weather", "{\"city\":\"Berlin\"}")
                        .answered(output)
                        .answer())
                .isEqualTo(expected);
    }

    @Test
    void aFlowsOwnToolsComeBeforeADevelopersTools() {
        List<ToolSpec> tools = new ArrayList<>(Flow.clinic());
        tools.add(WEATHER);
        Flow call = clinicCall().tools(tools.toArray(ToolSpec[]::new));
        assertThat(call.caller("a cleaning").answer()).isEqualTo("fill_slots{\"service\":\"TEETH_CLEANING\"}");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        I would like to book an appointment | start_task{"task":"book"}
        I want to cancel my appointment     | start_task{"task":"cancel"}
        could you move my appointment       | start_task{"task":"reschedule"}
        book a cleaning on Friday           | start_task{"task":"book"} + fill_slots{"date":"2026-11-27","service":"TEETH_CLEANING"}
        I have a question about prices      | ask
        """)
    void aTaskIsBegunInTheWordsOfItsDescription(String said, String calls) {
        List<ToolSpec> tools = new ArrayList<>(Flow.clinic());
        tools.add(START);
        assertThat(clinicCall()
                        .tools(tools.toArray(ToolSpec[]::new))
                        .agent("Hello. What can I do for you?")
                        .caller(said)
                        .gist())
                .isEqualTo(calls);
    }

    @Test
    void inTheMiddleOfATaskOneWordOfAnotherIsNotEnough() {
        List<ToolSpec> tools = new ArrayList<>(Flow.clinic());
        tools.add(START);
        Flow call = clinicCall().tools(tools.toArray(ToolSpec[]::new)).agent("Which day suits you?");
        assertThat(call.caller("I want to cancel").gist()).isEqualTo("control{\"action\":\"cancel\"}");
    }

    @Test
    void toolChoiceNoneMeansSpeech() {
        assertThat(clinicCall().toolChoice("none").caller("a cleaning").answer())
                .isEqualTo("\"I heard: a cleaning\"");
    }

    @Test
    void toolChoiceRequiredMeansACallEvenWithoutMeaning() {
        assertThat(clinicCall().toolChoice("required").caller("fnord").gist())
                .isEqualTo("control{\"action\":\"unclear\"}");
        assertThat(clinicCall()
                        .tools(WEATHER)
                        .toolChoice("required")
                        .caller("fnord")
                        .answer())
                .isEqualTo("get_weather{\"city\":\"fnord\"}");
    }

    @Test
    void toolChoiceOfAFunctionMeansThisFunction() {
        assertThat(clinicCall()
                        .tools(WEATHER, AVAILABILITY)
                        .toolChoice("function:get_weather")
                        .caller("a table in Rome")
                        .answer())
                .isEqualTo("get_weather{\"city\":\"Rome\"}");
    }

    @Test
    void withoutToolsTheReplySaysThatItIsASimulation() {
        assertThat(clinicCall().tools().caller("good evening").answer())
                .isEqualTo("\"This is a simulated model without tools. I heard: good evening\"");
    }

    @Test
    void wordsBetweenTripleQuotesAreSpokenExactly() {
        assertThat(clinicCall()
                        .caller("a cleaning")
                        .order("Say exactly this and nothing else: \"\"\"Are you still there?\"\"\"")
                        .answer())
                .isEqualTo("\"Are you still there?\"");
    }

    @Test
    void speechThatCannotBeTranscribedIsAdmittedOnce() {
        assertThat(clinicCall().noise().answer()).isEqualTo('"' + SchemaBrain.CANNOT_TRANSCRIBE + '"');
        assertThat(clinicCall()
                        .noise()
                        .agent(SchemaBrain.CANNOT_TRANSCRIBE)
                        .noise()
                        .answer())
                .isEqualTo("\"Please type, or use the simulated caller.\"");
    }

    @Test
    void wordsAfterNoiseAreUnderstood() {
        assertThat(clinicCall().noise().caller("a cleaning").answer())
                .isEqualTo("fill_slots{\"service\":\"TEETH_CLEANING\"}");
    }

    @Test
    void mumblingIsUnderstoodByTheFullTierOnly() {
        assertThat(clinicCall()
                        .model("gpt-realtime-mini")
                        .caller("(mumbles) a cleaning")
                        .gist())
                .isEqualTo("control{\"action\":\"unclear\"}");
        assertThat(clinicCall()
                        .model("gpt-realtime")
                        .caller("(mumbles) a cleaning")
                        .answer())
                .isEqualTo("fill_slots{\"service\":\"TEETH_CLEANING\"}");
    }

    @Test
    void theSameTurnAndSeedGiveTheSameMisunderstanding() {
        SchemaBrain weak = new SchemaBrain(new BrainProfile.ByModel(List.of(), new BrainProfile(1, true)));
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < 60; seed++) {
            String words = "a cleaning next Tuesday at three";
            String once = clinicCall().brain(weak).seed(seed).caller(words).gist();
            assertThat(clinicCall().brain(weak).seed(seed).caller(words).gist()).isEqualTo(once);
            seen.add(once);
        }
        assertThat(seen)
                .contains("control{\"action\":\"unclear\"}", "\"All right, I see.\"")
                .contains("fill_slots{\"date\":\"2026-11-24\",\"time\":\"15:00\"}")
                .contains("fill_slots{\"date\":\"2026-11-25\",\"time\":\"15:00\",\"service\":\"TEETH_CLEANING\"}")
                .doesNotContain(
                        "fill_slots{\"date\":\"2026-11-24\",\"time\":\"15:00\",\"service\":\"TEETH_CLEANING\"}");
    }

    @Test
    void theMiniTierMisunderstandsMoreThanTheFullTier() {
        SchemaBrain brain = new SchemaBrain();
        int miniWrong = 0;
        int fullWrong = 0;
        for (long seed = 0; seed < 1_000; seed++) {
            String right = "fill_slots{\"service\":\"TEETH_CLEANING\"}";
            miniWrong += clinicCall()
                            .brain(brain)
                            .model("gpt-realtime-mini")
                            .seed(seed * 7919)
                            .caller("a cleaning")
                            .answer()
                            .equals(right)
                    ? 0
                    : 1;
            fullWrong += clinicCall()
                            .brain(brain)
                            .model("gpt-realtime")
                            .seed(seed * 7919)
                            .caller("a cleaning")
                            .answer()
                            .equals(right)
                    ? 0
                    : 1;
        }
        assertThat(miniWrong).isBetween(40, 130);
        assertThat(fullWrong).isBetween(1, 30);
    }

    @Test
    void aFloodOfNumbersIsReadWithoutOverflowingTheStack() {
        String flood = "1 2 three and four. ".repeat(2_000);
        Flow call = clinicCall().tools(AVAILABILITY, BOOK_TABLE).agent("What is your phone number?");
        assertThat(call.caller("a table, " + flood).outputs()).isNotEmpty();
        assertThat(NumberWords.findAll(Words.of("four ".repeat(5_000)))).hasSize(1);
        assertThat(PhoneWords.spoken(Words.of("four ".repeat(5_000)), true)).isEmpty();
        assertThat(NameWords.find(Words.of("M ".repeat(5_000)), true)).isPresent();
    }

    @Test
    void aRateOutsideOfZeroToOneIsRefused() {
        assertThatThrownBy(() -> new BrainProfile(1.5, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("misunderstandingRate must lie between 0 and 1, but was 1.5");
    }
}
