package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
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
        {"n":1, "n":2}           | {"n":1, "n":2}
        {"t":"10:00:00"}         | {"t":"10:00:00"}
        """)
    void whatMeansTheSameIsOneText(String arguments, String text) {
        assertThat(CanonicalArguments.of(arguments)).isEqualTo(text);
    }

    record Visit(LocalTime at, List<LocalDateTime> others, Map<String, LocalTime> named, String text) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"at":"10:00:00"}                 | {"at":"10:00"}
        {"at":"10:00:00.000"}             | {"at":"10:00"}
        {"at":"10:00:30"}                 | {"at":"10:00:30"}
        {"at":"soon"}                     | {"at":"soon"}
        {"others":["2026-11-20T15:30:00"]}  | {"others":["2026-11-20T15:30"]}
        {"named":{"ada":"09:00:00"}}      | {"named":{"ada":"09:00"}}
        {"text":"10:00:00"}               | {"text":"10:00:00"}
        """)
    void aTimeIsOneTextWhereTheSchemaSaysThatItIsATime(String arguments, String text) {
        OfferedTool<Visit, String> tool = new OfferedTool<>(Tool.of("visit", "Visits.", Visit.class, visit -> "done"));
        assertThat(tool.canonical(arguments)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"at":"2026-11-20T15:30:00Z"}       | {"at":"2026-11-20T15:30Z"}
        {"at":"2026-11-20T15:30:00+01:00"}  | {"at":"2026-11-20T15:30+01:00"}
        """)
    void anOffsetStays(String arguments, String text) {
        String schema = """
                {"properties": {"at": {"$ref": "#/$defs/At"}}, "$defs": {"At": {"type": "string", "format": "date-time"}}}""";
        assertThat(new OfferedTool<>(Tool.ofSchema("visit", "Visits.", schema, given -> "done")).canonical(arguments))
                .isEqualTo(text);
    }
}
