package dev.antiphon.testkit.brain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        four                          | 4
        a couple of us                | 2
        twenty-five                   | 25
        one hundred and five          | 105
        a hundred                     | 100
        two thousand three hundred    | 2300
        1,250                         | 1250
        2.5                           | 2.5
        there are 12 of us            | 12
        a dozen                       | 12
        """)
    void numbersAreReadInWordsAndFigures(String phrase, double expected) {
        assertThat(NumberWords.findAll(Words.of(phrase)))
                .extracting(Found::value)
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({"first,1", "twenty-third,23", "thirty first,31", "twentieth,20", "3rd,3", "twelfth,12", "cat,0"})
    void ordinalsAreRead(String phrase, int expected) {
        assertThat(NumberWords.ordinal(phrase)).isEqualTo(expected);
    }
}
