package dev.antiphon.testkit.brain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.testkit.emulator.Brain.Output;
import dev.antiphon.testkit.emulator.Brain.ToolSpec;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AnyWordsProperties {
    private static final List<String> TOOLS =
            Flow.clinic().stream().map(ToolSpec::name).toList();

    @Property(tries = 400)
    void whateverIsTypedIsAnsweredByAToolThatExists(@ForAll("utterances") String said, @ForAll Scenario scenario) {
        Flow call = switch (scenario) {
            case OPENING -> Flow.clinicCall().agent("Which service would you like?");
            case ASKED_FOR_A_NAME -> Flow.clinicCall().agent("May I have your name?");
            case OFFERING -> Flow.clinicCall().offeringTimes();
            case CONFIRMING -> Flow.clinicCall().atConfirmation();
        };
        List<Output> outputs = call.caller(said).outputs();
        assertThat(outputs).isNotEmpty();
        assertThat(call.outputs()).isEqualTo(outputs);
        for (Output output : outputs) {
            if (output instanceof Output.CallTool tool) {
                assertThat(TOOLS).contains(tool.name());
                assertThat(tool.arguments().isObject()).isTrue();
            }
        }
    }

    @Property(tries = 100)
    void anyCharactersAtAllAreSurvived(@ForAll String said) {
        assertThat(Flow.clinicCall().caller(said).answered(said).caller(said).outputs())
                .isNotEmpty();
    }

    @Property(tries = 300)
    void valuesOfEveryFormatAreSoughtInAnyWords(@ForAll("measures") String said, @ForAll("questions") String question) {
        Flow call =
                Flow.clinicCall().tools(MeasureWordsTest.FILL).agent(question).caller(said);
        List<Output> outputs = call.outputs();
        assertThat(outputs).isNotEmpty();
        assertThat(call.outputs()).isEqualTo(outputs);
    }

    @Provide
    Arbitrary<String> questions() {
        return Arbitraries.of(
                "When?", "How long?", "How much?", "Which pin?", "Which order?", "Your e-mail?", "Which home?");
    }

    @Provide
    Arbitrary<String> measures() {
        return Arbitraries.of(
                        "two",
                        "and a half",
                        "hours",
                        "an",
                        "hour",
                        "ninety",
                        "€",
                        "$20",
                        "euros",
                        "and",
                        "cents",
                        "double",
                        "oh",
                        "seven",
                        "alfa",
                        "A as in",
                        "AB1234",
                        "1,000,000",
                        "99999999999999999999999999",
                        "anna",
                        "dot",
                        "at",
                        "example",
                        "com",
                        "@",
                        "Main Street 12",
                        ",",
                        "10115",
                        "Berlin",
                        "my pin is",
                        "\u0001",
                        "😀",
                        "tomorrow",
                        "at three",
                        "half an",
                        "week",
                        ".")
                .list()
                .ofMaxSize(14)
                .map(words -> String.join(" ", words));
    }

    enum Scenario {
        OPENING,
        ASKED_FOR_A_NAME,
        OFFERING,
        CONFIRMING
    }

    @Provide
    Arbitrary<String> utterances() {
        return Arbitraries.of(
                        "yes",
                        "no",
                        "the",
                        "second",
                        "one",
                        "at",
                        "three",
                        "next",
                        "Tuesday",
                        "Friday",
                        "instead",
                        "make it",
                        "I'm",
                        "Anna",
                        "Miller",
                        "415 555 0132",
                        "a cleaning",
                        "checkup",
                        "do you take insurance?",
                        "cancel",
                        "what",
                        "?",
                        ".",
                        ",",
                        "3rd of",
                        "December",
                        "31",
                        "February 30",
                        "half past",
                        "25:99",
                        "or",
                        "not",
                        "24",
                        "double five",
                        "in",
                        "days",
                        "(mumbles)",
                        "the 31st",
                        "0",
                        "thirteen o'clock",
                        "quarter to",
                        "999999999999999999999",
                        "@",
                        "anna@example.org",
                        "\u00e9\u00df",
                        "😀")
                .list()
                .ofMaxSize(14)
                .map(words -> String.join(" ", words));
    }
}
