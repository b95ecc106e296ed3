package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.tool.ArgumentReader.Arguments;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.FutureOrPresent;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
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
            dishes     | {}                             | 'dishes' must have 1 or more members, but has 0
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

    @Test
    void aConstraintThatMeansNothingWhereItStandsIsRefusedAtTheStart() {
        record Order(
                @Min(1) String people,
                @NotBlank int tables,
                @Email Optional<LocalDate> day,
                List<@Size(max = 3) Integer> parts,
                @NotEmpty Guest guest,
                @Positive OptionalInt minutes,
                @Size(max = 3) String[] names) {}

        assertThatThrownBy(() -> InputSchema.of(Order.class))
                .isInstanceOf(UnusableTool.class)
                .hasMessage("'people' has @Min, which is for numbers, but is a String"
                        + "; 'tables' has @NotBlank, which is for texts, but is a int"
                        + "; 'day' has @Email, which is for texts, but is a Optional<LocalDate>"
                        + "; 'parts' has @Size, which is for texts, lists and maps, but is a Integer"
                        + "; 'guest' has @NotEmpty, which is for texts, lists and maps, but is a Guest");
    }

    @Test
    void aConstraintWithAValueThatIsNoneIsRefusedInOurWords() {
        record Order(
                @Pattern(regexp = "[") String code,
                @DecimalMin("much") BigDecimal price,
                @Size(min = -1) String name,

                @Pattern(regexp = "a+") @Pattern(regexp = "b+")
                String twice) {}

        assertThatThrownBy(() -> InputSchema.of(Order.class))
                .isInstanceOf(UnusableTool.class)
                .hasMessage("'code' has @Pattern(\"[\"), which is no regular expression"
                        + "; 'price' has @DecimalMin(\"much\"), which is no number"
                        + "; 'name' has @Size(min = -1, max = 2147483647); sizes are 0 or more"
                        + "; 'twice' has @Pattern more than once, but may have it once");
    }

    record Narrow(@Size(min = 5, max = 2) String name) {}

    record Wide(
            @Min(5) @Max(2) int people,
            @Positive @Negative Optional<BigDecimal> price,
            List<Narrow> inner,
            @NotEmpty @Size(max = 0) Map<String, String> notes,
            @PositiveOrZero @NegativeOrZero int zero) {}

    @Test
    void boundsThatContradictEachOtherAreRefusedAtTheStart() {
        assertThatThrownBy(
                        () -> ToolCatalogue.of(List.of(Tool.of("count", "Counts.", Wide.class, wide -> wide.zero()))))
                .isInstanceOf(UnusableTool.class)
                .hasMessage("tool 'count': 'people' can have no value: it must be 5 or more and 2 or less"
                        + "; 'price' can have no value: it must be more than 0 and less than 0"
                        + "; 'inner.[].name' can have no value: it must have 5 or more and 2 or less characters"
                        + "; 'notes' can have no value: it must have 1 or more and 0 or less members");
    }

    static class Desk {
        @ToolFunction("Counts.")
        int count(
                @ToolParam(value = "how many", name = "people") @Min(5) @Max(2) int people,
                @ToolParam(value = "notes", name = "notes") @NotEmpty Map<String, String> notes) {
            return people + notes.size();
        }

        @ToolFunction("Names.")
        String name(@ToolParam(value = "the name", name = "name") @Pattern(regexp = "[") String name) {
            return name;
        }
    }

    @Test
    void parametersOfMethodsAreCheckedLikewise() {
        assertThatThrownBy(() -> Tools.of(new Desk()))
                .isInstanceOf(UnusableTool.class)
                .hasMessage("count: 'people' can have no value: it must be 5 or more and 2 or less"
                        + "; name: 'name' has @Pattern(\"[\"), which is no regular expression");
    }
}
