package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.tool.ArgumentReader.Arguments;
import jakarta.validation.constraints.Max;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

class ArgumentReaderTest {
    enum Kind {
        CHECKUP,
        CLEANING
    }

    record Person(String name) {}

    record Query(
            LocalDate date,
            Optional<LocalTime> time,
            Optional<Kind> kind,
            OptionalInt people,
            Optional<Person> patient,
            Optional<Boolean> urgent) {
        Query {
            if (people.orElse(1) > 10) {
                throw new IllegalArgumentException("people must be 10 or less, but was " + people.orElse(1));
            }
        }
    }

    record Nothing() {}

    private final ArgumentReader<Query> reader = ArgumentReader.of(Query.class);

    private String refusal(String json) {
        return switch (reader.read(json)) {
            case Arguments.Accepted<Query> accepted -> throw new AssertionError("accepted " + accepted.input());
            case Arguments.Refused<Query> refused -> refused.rule();
        };
    }

    private Query accepted(String json) {
        return switch (reader.read(json)) {
            case Arguments.Accepted<Query> accepted -> accepted.input();
            case Arguments.Refused<Query> refused -> throw new AssertionError(refused.rule());
        };
    }

    @Test
    void rightArgumentsBecomeTheRecord() {
        assertThat(accepted("""
                {"date":"2026-11-20","time":"15:30","kind":"CLEANING","people":2,"patient":{"name":"Ada"}}"""))
                .isEqualTo(new Query(
                        LocalDate.of(2026, 11, 20),
                        Optional.of(LocalTime.of(15, 30)),
                        Optional.of(Kind.CLEANING),
                        OptionalInt.of(2),
                        Optional.of(new Person("Ada")),
                        Optional.empty()));
    }

    @Test
    void absentAndNullOptionalsAreEmpty() {
        Query absent = accepted("{\"date\":\"2026-11-20\"}");
        Query nulls = accepted("{\"date\":\"2026-11-20\",\"time\":null,\"people\":null,\"patient\":null}");
        assertThat(absent).isEqualTo(nulls);
        assertThat(absent.time()).isEmpty();
        assertThat(absent.people()).isEmpty();
    }

    @Test
    void aWrongDateIsToldWithAnExample() {
        assertThat(refusal("{\"date\":\"soon\"}")).isEqualTo("'date' must be a date like 2026-11-20, but was 'soon'");
        assertThat(refusal("{\"date\":\"2026-02-30\"}"))
                .isEqualTo("'date' must be a date like 2026-11-20, but was '2026-02-30'");
    }

    @Test
    void aWrongTimeIsToldWithAnExample() {
        assertThat(refusal("{\"date\":\"2026-11-20\",\"time\":\"3pm\"}"))
                .isEqualTo("'time' must be a time like 15:30, but was '3pm'");
    }

    @Test
    void aMissingValueIsNamed() {
        assertThat(refusal("{}")).isEqualTo("'date' is missing");
        assertThat(refusal("{\"date\":null}")).isEqualTo("'date' is missing");
        assertThat(refusal("{\"date\":\"2026-11-20\",\"patient\":{}}")).isEqualTo("'patient.name' is missing");
    }

    @Test
    void anUnknownValueIsNamed() {
        assertThat(refusal("{\"date\":\"2026-11-20\",\"colour\":\"red\"}"))
                .isEqualTo("'colour' is not known; leave it out");
    }

    @Test
    void aWrongChoiceIsToldTheChoices() {
        assertThat(refusal("{\"date\":\"2026-11-20\",\"kind\":\"SURGERY\"}"))
                .isEqualTo("'kind' must be one of CHECKUP, CLEANING, but was 'SURGERY'");
    }

    @Test
    void aNumberForAChoiceIsToldTheChoicesOnce() {
        assertThat(refusal("{\"date\":\"2026-11-20\",\"kind\":5}"))
                .isEqualTo("'kind' must be one of the strings CHECKUP, CLEANING, but was '5'");
    }

    record Price(@Max(100) double amount, List<Double> parts) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"amount": 1e400, "parts": []}        | 'amount' must be a number between -1e308 and 1e308, but was '1e400'
                    {"amount": -1E+400, "parts": []}      | 'amount' must be a number between -1e308 and 1e308, but was '-1E+400'
                    {"amount": 1, "parts": [2, 1.0e400]}  | 'parts.1' must be a number between -1e308 and 1e308, but was '1.0e400'
                    {"amount": "1e400", "parts": []}      | 'amount' must be a number, but was '1e400'""")
    void aNumberThatIsTooLargeIsToldAsItWasSent(String json, String rule) {
        ArgumentReader.Arguments<Price> read = ArgumentReader.of(Price.class).read(json);
        assertThat(read).isEqualTo(new Arguments.Refused<Price>(rule));
    }

    @Test
    void aWrongTypeIsToldTheRightOne() {
        assertThat(refusal("{\"date\":\"2026-11-20\",\"people\":\"two\"}"))
                .isEqualTo("'people' must be a whole number, but was 'two'");
        assertThat(refusal("{\"date\":\"2026-11-20\",\"urgent\":1}"))
                .isEqualTo("'urgent' must be true or false, but was '1'");
        assertThat(refusal("[]")).isEqualTo("the arguments must be a JSON object, but was '[]'");
    }

    @Test
    void severalBrokenRulesAreToldAtOnce() {
        assertThat(refusal("{\"date\":\"soon\",\"people\":\"two\"}"))
                .contains("'date'")
                .contains("; ")
                .contains("'people'");
    }

    @Test
    void longValuesAreCutInTheMessage() {
        assertThat(refusal("{\"date\":\"" + "x".repeat(5_000) + "\"}")).hasSizeLessThan(150);
    }

    @Test
    void theRecordsOwnRuleIsTold() {
        assertThat(refusal("{\"date\":\"2026-11-20\",\"people\":11}"))
                .isEqualTo("people must be 10 or less, but was 11");
    }

    @Test
    void brokenJsonIsRefusedWithThePlaceAndWithoutWordsOfALibrary() {
        assertThat(refusal("{\"date\":"))
                .isEqualTo("the arguments are not valid JSON: it ends too early, after '{\"date\":'");
        assertThat(refusal("{\"date\":\"2026-11-20\"} and more"))
                .isEqualTo(
                        "the arguments are not valid JSON: it is wrong at character 23, after '{\"date\":\"2026-11-20\"}'");
        assertThat(refusal("soon")).isEqualTo("the arguments are not valid JSON: it is wrong at character 1");
        record Login(@Sensitive String pin) {}

        assertThat(ArgumentReader.of(Login.class).read("{\"pin\":\"1234"))
                .isEqualTo(new Arguments.Refused<>("the arguments are not valid JSON: it ends too early"));
    }

    @Test
    void aMemberThatIsGivenTwiceIsNamed() {
        assertThat(refusal("{\"date\":\"2026-11-20\",\"date\":\"2026-11-21\"}"))
                .isEqualTo("'date' is given twice; give it once");
        assertThat(refusal("{\"date\":\"2026-11-20\",\"patient\":{\"name\":\"Ada\",\"name\":\"Bob\"}}"))
                .isEqualTo("'name' is given twice; give it once");
    }

    @Test
    void oversizedArgumentsAreRefusedUnread() {
        assertThat(refusal("{\"date\":\"" + "x".repeat(70_000) + "\"}")).contains("at most 64000 characters");
    }

    @Test
    void noTextAtAllIsAnEmptyObject() {
        ArgumentReader<Nothing> nothing = ArgumentReader.of(Nothing.class);
        assertThat(nothing.read(""))
                .isEqualTo(new Arguments.Accepted<>(new Nothing(), JsonNodeFactory.instance.objectNode()));
    }

    @Test
    void aValueThatDoesNotFitIsNamedWithoutJavaWords() {
        record Count(int count) {}

        assertThat(ArgumentReader.of(Count.class).read("{\"count\":3000000000}"))
                .isEqualTo(new ArgumentReader.Arguments.Refused<Count>(
                        "'count' must be a value that fits, but was '3000000000'"));
    }
}
