package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.tool.ArgumentReader.Arguments;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.FutureOrPresent;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ConstraintsTest {
    record Guest(@NotBlank String name, @Email Optional<String> email) {}

    record Order(
            @ToolParam("how many come") @Min(1) @Max(10) int people,
            @Pattern(regexp = "[A-Z]{2}|none") String code,
            @Size(min = 1, max = 2) List<Guest> guests,
            @NotEmpty Map<String, @Positive Integer> dishes,
            @Min(5) OptionalInt minutes,
            @Size(max = 8) Optional<String> note,
            Optional<@Size(max = 4) String> brief,
            @DecimalMin(value = "0.5", inclusive = false) Optional<BigDecimal> price) {}

    private static final String RIGHT = """
            {"people": 2, "code": "AB", "guests": [{"name": "Ada"}], "dishes": {"soup": 1}}""";

    private final JsonNode properties =
            JsonMapper.shared().readTree(InputSchema.of(Order.class).text()).get("properties");

    @Test
    void descriptionsAndBoundsAreInTheSchema() {
        assertThat(properties.get("people").toString())
                .isEqualTo("{\"type\":\"integer\",\"description\":\"how many come\",\"minimum\":1,\"maximum\":10}");
        assertThat(properties.get("guests").get("minItems").asInt()).isEqualTo(1);
        assertThat(properties
                        .get("guests")
                        .get("items")
                        .get("properties")
                        .get("email")
                        .toString())
                .isEqualTo("{\"type\":\"string\",\"format\":\"email\"}");
    }

    @Test
    void aPatternMustMatchTheWholeAsInJava() {
        assertThat(properties.get("code").get("pattern").asString()).isEqualTo("^(?:[A-Z]{2}|none)$");
    }

    @Test
    void rightArgumentsAreTaken() {
        assertThat(ArgumentReader.of(Order.class).read(RIGHT)).isInstanceOf(Arguments.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            people     | 0                              | 'people' must be 1 or more, but was '0'
            code       | "ABC"                          | 'code' must match the pattern ^(?:[A-Z]{2}¦none)$, but was 'ABC'
            guests     | []                             | 'guests' must have 1 or more entries, but has 0
            guests     | [{"name": ""}]                 | 'guests.0.name' must not be empty
            guests     | [{"name": " "}]                | 'guests.0.name' must not be empty
            guests     | [{"name": "A", "email": "a"}]  | 'guests.0.email' must be an e-mail address, but was 'a'
            minutes    | 4                              | 'minutes' must be 5 or more, but was '4'
            note       | "much too long"                | 'note' must have 8 or fewer characters, but was 'much too long'
            brief | "too long"                     | 'brief' must have 4 or fewer characters, but was 'too long'
            price      | 0.5                            | 'price' must be more than 0.5, but was '0.5'
            dishes     | {"soup": 0}                    | 'dishes.soup' must be more than 0, but was '0'
            """)
    void aBrokenConstraintIsRefused(String member, String value, String sentence) {
        ObjectNode arguments = (ObjectNode) JsonMapper.shared().readTree(RIGHT);
        arguments.set(member, JsonMapper.shared().readTree(value));
        assertThat(ArgumentReader.of(Order.class).read(arguments.toString()))
                .isEqualTo(new Arguments.Refused<>(sentence.replace('¦', '|')));
    }

    @Test
    void aConstraintThatASchemaCannotSayIsRefusedAtTheStart() {
        record Visit(@FutureOrPresent LocalDate date, List<@FutureOrPresent LocalDate> others, int people) {}

        assertThatThrownBy(() -> InputSchema.of(Visit.class))
                .isInstanceOf(UnusableTool.class)
                .hasMessage("a JSON Schema cannot say this: 'date' has @FutureOrPresent, 'others' has @FutureOrPresent;"
                        + " check it in the record's constructor");
    }
}
