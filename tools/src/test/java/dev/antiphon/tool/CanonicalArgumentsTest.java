package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalArgumentsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"b":1,"a":"x"}          | {"a":"x","b":1}
        {"n":1.0}                | {"n":1}
        {"n":100}                | {"n":100}
        {"n":1e2}                | {"n":100}
        {"n":[1.50,{"m":2.0}]}   | {"n":[1.5,{"m":2}]}
        {"n":null, "m" : true}   | {"m":true}
        {"n":1e400}              | {"n":1E+400}
        {"n":                    | {"n":
        """)
    void whatMeansTheSameIsOneText(String arguments, String text) {
        assertThat(CanonicalArguments.of(arguments)).isEqualTo(text);
    }
}
