package dev.antiphon.testkit.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChoiceWordsTest {
    private final ChoiceWords services = new ChoiceWords(
            List.of("CHECKUP", "TEETH_CLEANING", "VACCINATION"),
            Map.of(
                    "CHECKUP", List.of("general check-up", "routine visit", "physical"),
                    "TEETH_CLEANING", List.of("cleaning", "dental cleaning"),
                    "VACCINATION", List.of("vaccine", "shot", "jab")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a checkup please                  | CHECKUP
        check-up                          | CHECKUP
        I need a check up                 | CHECKUP
        the general checkup               | CHECKUP
        a routine visit                   | CHECKUP
        teeth cleaning                    | TEETH_CLEANING
        cleaning                          | TEETH_CLEANING
        I want my teeth cleaned           | TEETH_CLEANING
        a cleening                        | TEETH_CLEANING
        vaccinations                      | VACCINATION
        I have to get vaccinated          | VACCINATION
        a flu shot                        | VACCINATION
        two jabs                          | VACCINATION
        a vacination                      | VACCINATION
        not a checkup, a cleaning         | TEETH_CLEANING
        a cleaning instead of a checkup   | TEETH_CLEANING
        VACCINATION                       | VACCINATION
        """)
    void aPhraseMeansAValue(String phrase, String expected) {
        Words words = Words.of(phrase);
        assertThat(Found.meant(services.findAll(words), words.text()).map(Found::value))
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"I'm Anna Miller", "next Tuesday at three", "is there parking", "", "clear", "shopping"})
    void otherWordsAreNoValue(String phrase) {
        assertThat(services.findAll(Words.of(phrase))).isEmpty();
    }
}
