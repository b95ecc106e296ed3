package dev.antiphon.testkit.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        at three                        | 15:00
        at three pm                     | 15:00
        3 pm                            | 15:00
        3pm                             | 15:00
        3 p.m.                          | 15:00
        8 am                            | 08:00
        12 am                           | 00:00
        12 pm                           | 12:00
        15:30                           | 15:30
        3:30                            | 15:30
        03:30                           | 03:30
        9:15                            | 09:15
        10:00                           | 10:00
        half past two                   | 14:30
        half two                        | 14:30
        half past ten                   | 10:30
        quarter past nine               | 09:15
        a quarter to four               | 15:45
        quarter to ten                  | 09:45
        ten past five                   | 17:10
        twenty-five to three            | 14:35
        twenty minutes past four        | 16:20
        ten o'clock                     | 10:00
        four o clock                    | 16:00
        three thirty                    | 15:30
        ten fifteen                     | 10:15
        nine oh five                    | 09:05
        eleven forty-five               | 11:45
        four thirty pm                  | 16:30
        noon                            | 12:00
        at twelve noon                  | 12:00
        midnight                        | 00:00
        around eleven                   | 11:00
        seven in the morning            | 07:00
        seven in the evening            | 19:00
        nine at night                   | 21:00
        tomorrow morning at seven       | 07:00
        tonight at eight                | 20:00
        make it four                    | 16:00
        at 16                           | 16:00
        not at three, at four           | 16:00
        at three, sorry, at four        | 16:00
        @ 2                             | 14:00
        """)
    void aPhraseMeansTheTimeACallerWouldMean(String phrase, LocalTime expected) {
        Words words = Words.of(phrase);
        assertThat(Found.meant(TimeWords.findAll(words), words.text()).map(Found::value))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        three          | 15:00
        Three, please. | 15:00
        eleven         | 11:00
        10             | 10:00
        7              | 19:00
        8              | 08:00
        14             | 14:00
        one            | 13:00
        maybe two      | 14:00
        """)
    void aBareHourIsATimeWhenOneWasAskedFor(String phrase, LocalTime expected) {
        Words words = Words.of(phrase);
        assertThat(TimeWords.findAll(words)).isEmpty();
        assertThat(Found.meant(TimeWords.findAllWhenAsked(words), words.text()).map(Found::value))
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for two people",
                "a table for four",
                "in three days",
                "25:70",
                "12/3",
                "the 3rd",
                "3 guests",
                "$3.50",
                "three weeks",
                "not one of those"
            })
    void otherNumbersAreNoTime(String phrase) {
        assertThat(TimeWords.findAll(Words.of(phrase))).isEmpty();
    }
}
