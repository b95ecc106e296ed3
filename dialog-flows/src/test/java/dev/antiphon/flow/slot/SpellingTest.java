package dev.antiphon.flow.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.say.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names as they are spelled to a caller. */
class SpellingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Groß       | G as in Golf, R as in Romeo, O as in Oscar, sharp S
        Lütz       | L as in Lima, U with umlaut as in Uniform, T as in Tango, Z as in Zulu
        José       | J as in Juliett, O as in Oscar, S as in Sierra, E with acute accent as in Echo
        Jose\u0301  | J as in Juliett, O as in Oscar, S as in Sierra, E with acute accent as in Echo
        Nuñ        | N as in November, U as in Uniform, N with tilde as in November
        Łoś        | L with stroke, O as in Oscar, S with acute accent as in Sierra
        Ngô Thế    | N as in November, G as in Golf, O with circumflex as in Oscar, T as in Tango, H as in Hotel, E with circumflex and acute accent as in Echo
        O’Li       | O as in Oscar, apostrophe, L as in Lima, I as in India
        O'Li       | O as in Oscar, apostrophe, L as in Lima, I as in India
        A–B        | A as in Alfa, hyphen, B as in Bravo
        李小龙      | 李, 小, 龙
        """)
    void namesAreSpelledInEnglish(String name, String spelled) {
        assertThat(Spelling.alphabet(name.replace("\\u0301", "\u0301"))).isEqualTo(spelled);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Groß   | G wie Goslar, R wie Rostock, O wie Offenbach, Eszett
        GROẞ   | G wie Goslar, R wie Rostock, O wie Offenbach, Eszett
        Öz     | Ö wie Umlaut Offenbach, Z wie Zwickau
        ÄÜ     | Ä wie Umlaut Aachen, Ü wie Umlaut Unna
        Né     | N wie Nürnberg, E mit Akut wie Essen
        Noël   | N wie Nürnberg, O wie Offenbach, E mit Trema wie Essen, L wie Leipzig
        D’A    | D wie Düsseldorf, Apostroph, A wie Aachen
        """)
    void namesAreSpelledInGerman(String name, String spelled) {
        assertThat(Spelling.alphabet(name, Language.GERMAN)).isEqualTo(spelled);
    }

    @Test
    void longNamesAreSpelledLetterByLetterWithTheNamesOfTheOthers() {
        assertThat(Spelling.alphabet("Anna-Sophie Großmüller", Language.GERMAN))
                .isEqualTo("A N N A Bindestrich S O P H I E, G R O Eszett M Ü L L E R");
        assertThat(Spelling.alphabet("Anna-Sophie Großmüller"))
                .isEqualTo("A N N A hyphen S O P H I E, G R O sharp S M U with umlaut L L E R");
    }

    @Test
    void lettersAloneStayWhatTheyAre() {
        assertThat(Spelling.letters("Groß")).isEqualTo("G R O ß");
        assertThat(Spelling.letters("Jose\u0301 Núñez")).isEqualTo("J O S É, N Ú Ñ E Z");
        assertThat(Spoken.spelled("straße-5")).isEqualTo("S T R A ß E, 5");
    }
}
