package dev.antiphon.testkit.brain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        415 555 0132                                                  | 4155550132
        my number is (415) 555-0132                                   | 4155550132
        415-555-0132                                                  | 4155550132
        +49 30 1234567                                                | +49301234567
        0170 1234567                                                  | 01701234567
        +1 415 555 0132, thanks                                       | +14155550132
        at three, 415-555-0132                                        | 4155550132
        """)
    void aWrittenNumberIsFound(String phrase, String expected) {
        assertThat(PhoneWords.written(Words.of(phrase), "US").map(Found::value)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        four one five five five five zero one three two             | 4155550132
        four one five, five five five, oh one three two             | 4155550132
        it's four one five, triple five, zero one double three      | 4155550133
        plus four nine three oh one two three four                  | +49301234
        four one five 555 0132                                      | 4155550132
        """)
    void spokenDigitsAreFound(String phrase, String expected) {
        assertThat(PhoneWords.spoken(Words.of(phrase), false).map(Found::value)).contains(expected);
    }

    @Test
    void tooShortANumberIsGivenOnlyWhenOneWasAskedFor() {
        assertThat(PhoneWords.spoken(Words.of("five five five one"), false)).isEmpty();
        assertThat(PhoneWords.spoken(Words.of("five five five one"), true).map(Found::value))
                .contains("5551");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        I'm Anna Miller                             | Anna Miller
        i'm anna miller                             | Anna Miller
        I am Dr. Peter Stone                        | Peter Stone
        my name is Anna Miller                      | Anna Miller
        my name is anna                             | Anna
        My name's Jean-Luc O'Neil, by the way       | Jean-Luc O'Neil
        actually my name is Anna Smith              | Anna Smith
        this is Bob Jones calling                   | Bob Jones
        Hello, this is Anna                         | Anna
        the name is Maria de la Cruz                | Maria de la Cruz
        put it under Miller please                  | Miller
        an appointment for Anna Miller tomorrow     | Anna Miller
        call me Bob                                 | Bob
        My name is Will Smith                       | Will Smith
        my name is Will                             | Will
        it's under Miller                           | Miller
        a table for Mark Day                        | Mark Day
        under the name of ANNA MILLER               | Anna Miller
        """)
    void anAnnouncedNameIsFound(String phrase, String expected) {
        assertThat(NameWords.find(Words.of(phrase), false).map(Found::value)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Anna Miller                | Anna Miller
        anna miller                | Anna Miller
        Anna Miller, please.       | Anna Miller
        It's Anna                  | Anna
        sure, it's anna miller     | Anna Miller
        yes, Bob                   | Bob
        M I L L E R                | Miller
        M-I-L-L-E-R                | Miller
        Mrs. Miller                | Miller
        uh, Zoe                    | Zoe
        Will Smith                 | Will Smith
        An Nguyen                  | An Nguyen
        Mark Day                   | Mark Day
        yes, Will Smith, please    | Will Smith
        """)
    void aBareNameIsFoundWhenOneWasAskedFor(String phrase, String expected) {
        assertThat(NameWords.find(Words.of(phrase), true).map(Found::value)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I'm looking for a cleaning",
                "I'm not sure",
                "I'm sorry",
                "this is urgent",
                "it's fine",
                "for two people",
                "an appointment for deep tissue",
                "a massage for ninety minutes",
                "a massage for Ninety Minutes",
                "I am free on Monday",
                "it's for my daughter",
                "I'm calling about an appointment",
                "make it Friday",
                "what do you need it for",
                "yes",
                "no",
                "I don't know"
            })
    void otherWordsAreNoName(String phrase) {
        assertThat(NameWords.find(Words.of(phrase), false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I don't want to say",
                "what do you need it for",
                "yes",
                "cancel",
                "the second one",
                "sorry, what"
            })
    void aRefusalIsNoNameEvenWhenOneWasAskedFor(String phrase) {
        assertThat(NameWords.find(Words.of(phrase), true)).isEmpty();
    }
}
