package dev.antiphon.testkit.brain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.testkit.emulator.Brain.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions in the middle of a flow that tools of no flow answer. */
class AsideTest {
    private static final ToolSpec PARKING =
            Flow.tool("free_parking_spaces", "Tells how many parking spaces are free now.", "{\"type\":\"object\"}");
    private static final ToolSpec PHARMACY = Flow.tool(
            "pharmacyOnDuty",
            "Tells which pharmacy is open at night.",
            "{\"type\":\"object\",\"properties\":{\"day\":{\"type\":\"string\",\"format\":\"date\"}}}");
    private static final ToolSpec PRICE = Flow.tool(
            "price_of_service",
            "Tells what a service costs.",
            "{\"type\":\"object\",\"required\":[\"kind\"],\"properties\":{\"kind\":{\"type\":\"string\",\"enum\":[\"CLEANING\",\"CHECKUP\"]}}}");

    private static Flow call() {
        List<ToolSpec> tools = new ArrayList<>(Flow.clinic());
        tools.addAll(List.of(PARKING, PHARMACY, PRICE));
        return Flow.clinicCall().tools(tools.toArray(ToolSpec[]::new));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        Are any parking spaces free right now?        | free_parking_spaces{}
        How many parking spaces are free?             | free_parking_spaces{}
        Which pharmacy is on duty?                    | pharmacyOnDuty{}
        Which pharmacy is on duty on Saturday?        | pharmacyOnDuty{"day":"2026-11-21"}
        What is the price of a cleaning?              | price_of_service{"kind":"CLEANING"}
        What is the price of your service?            | "What is the kind, please?"
        Is there parking?                             | ask
        Do you take insurance?                        | ask
        A checkup tomorrow. Which pharmacy is on duty? | fill_slots{"date":"2026-11-21","service":"CHECKUP"} + pharmacyOnDuty{}
        """)
    void aQuestionGoesToTheToolThatItIsClearlyAbout(String said, String expected) {
        assertThat(call().agent("Which day suits you?").caller(said).gist()).isEqualTo(expected);
    }

    @Test
    void theOpenQuestionIsAskedAgainAfterTheAnswer() {
        Flow asked = call().agent("Okay, a cleaning. Which day suits you?").caller("How many parking spaces are free?");

        assertThat(asked.called("free_parking_spaces", "{}")
                        .answered("{\"free_spaces\":7}")
                        .answer())
                .isEqualTo("\"Free spaces: 7. Which day suits you?\"");
    }

    @Test
    void whereTheFlowAnswersTooItAsksItself() {
        Flow asked = call().agent("Which day suits you?")
                .caller("Tomorrow. How many parking spaces are free?")
                .called("fill_slots", "{\"date\":\"2026-11-21\"}")
                .answered("{\"say\":\"What time?\"}")
                .called("free_parking_spaces", "{}")
                .answered("{\"free_spaces\":7}");

        assertThat(asked.answer()).isEqualTo("\"What time? Free spaces: 7.\"");
    }

    @Test
    void whereNothingWasAskedTheAnswerIsAll() {
        assertThat(call().agent("Hello.")
                        .caller("How many parking spaces are free?")
                        .called("free_parking_spaces", "{}")
                        .answered("Seven.")
                        .answer())
                .isEqualTo("\"Seven.\"");
    }
}
