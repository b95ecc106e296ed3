package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.session.ToolOutcome;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.FutureOrPresent;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolsTest {
    enum Area {
        INSIDE,
        TERRACE
    }

    record Query(LocalDate date, int people) {}

    static class Desk {
        @ToolFunction("Says when the house is open.")
        String hours() {
            return "always";
        }

        @ToolFunction("Overridden below.")
        String whoIsThere() {
            return "nobody";
        }
    }

    static final class Restaurant extends Desk {
        private String noted = "";

        @ToolFunction("Looks up free tables.")
        List<LocalTime> freeTables(
                @ToolParam("the day wished for") LocalDate date,
                @Min(1) @Max(10) int people,
                Optional<Area> area,
                @Size(max = 2) List<@Min(1) Integer> ages) {
            return List.of(
                    LocalTime.of(19, people),
                    LocalTime.of(20, area.map(Area::ordinal).orElse(59)));
        }

        @ToolFunction(value = "Books.", name = "book_table")
        private String book(Query query) throws IOException {
            if (query.people() > 8) {
                throw new ToolFailure("we have no table for " + query.people());
            }
            throw new IOException("the printer is on fire");
        }

        @ToolFunction("Notes a wish.")
        void note(@ToolParam(value = "the wish", name = "wish") String text) {
            noted = text;
        }

        @Override
        @ToolFunction("Says who is there.")
        String whoIsThere() {
            return "Ada";
        }

        String notATool() {
            return "";
        }
    }

    private final Restaurant restaurant = new Restaurant();
    private final ToolCatalogue catalogue = ToolCatalogue.of(Tools.of(restaurant));

    private ToolOutcome call(String tool, String arguments) {
        return catalogue
                .named(tool)
                .orElseThrow()
                .call(arguments, Bench.CONTEXT)
                .outcome();
    }

    @Test
    void everyMarkedMethodIsAToolInheritedOnesToo() {
        assertThat(catalogue.functions())
                .extracting(function -> function.name() + ": " + function.description())
                .containsExactly(
                        "book_table: Books.",
                        "freeTables: Looks up free tables.",
                        "hours: Says when the house is open.",
                        "note: Notes a wish.",
                        "whoIsThere: Says who is there.");
    }

    @Test
    void parametersMakeTheSchema() {
        assertThat(catalogue
                        .named("freeTables")
                        .orElseThrow()
                        .function()
                        .parameters()
                        .text())
                .isEqualTo("{\"type\":\"object\",\"properties\":{"
                        + "\"date\":{\"type\":\"string\",\"format\":\"date\",\"description\":\"the day wished for\"},"
                        + "\"people\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":10},"
                        + "\"area\":{\"type\":\"string\",\"enum\":[\"INSIDE\",\"TERRACE\"]},"
                        + "\"ages\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"maxItems\":2}},"
                        + "\"required\":[\"date\",\"people\",\"ages\"],\"additionalProperties\":false}");
    }

    @Test
    void argumentsReachTheirParametersAndOptionalOnesMayBeLeftOut() {
        assertThat(call("freeTables", "{\"date\":\"2026-11-20\",\"people\":2,\"ages\":[]}"))
                .isEqualTo(new ToolOutcome.Ok("[\"19:02:00\",\"20:59:00\"]"));
        assertThat(call("freeTables", "{\"date\":\"2026-11-20\",\"people\":2,\"ages\":[3],\"area\":\"TERRACE\"}"))
                .isEqualTo(new ToolOutcome.Ok("[\"19:02:00\",\"20:01:00\"]"));
    }

    @Test
    void aBrokenRuleOfAParameterIsTold() {
        assertThat(call("freeTables", "{\"date\":\"2026-11-20\",\"people\":11,\"ages\":[]}"))
                .isEqualTo(new ToolOutcome.Rejected("'people' must be 10 or less, but was '11'"));
        assertThat(call("freeTables", "{\"date\":\"2026-11-20\",\"people\":2,\"ages\":[3000000000]}"))
                .isEqualTo(new ToolOutcome.Rejected("'ages.0' must be a value that fits, but was '3000000000'"));
    }

    @Test
    void aSingleRecordIsTheArgumentsThemselvesAndFailuresReachTheModelAsUsual() {
        assertThat(call("book_table", "{\"date\":\"2026-11-20\",\"people\":9}"))
                .isInstanceOfSatisfying(
                        ToolOutcome.Failed.class,
                        failed -> assertThat(failed.message()).isEqualTo("we have no table for 9"));
        assertThat(call("book_table", "{\"date\":\"2026-11-20\",\"people\":1}"))
                .isInstanceOfSatisfying(
                        ToolOutcome.Failed.class,
                        failed -> assertThat(failed.message()).isEqualTo("'book_table' failed"));
    }

    @Test
    void aMethodWithoutAResultSaysThatItIsDone() {
        assertThat(call("note", "{\"wish\":\"a window seat\"}")).isEqualTo(new ToolOutcome.Ok("{\"done\":true}"));
        assertThat(restaurant.noted).isEqualTo("a window seat");
    }

    @Test
    void everythingThatCannotBeAToolIsToldAtOnce() {
        class Odd {
            @ToolFunction("Odd.")
            String one(Locale locale) {
                return "";
            }

            @ToolFunction(" ")
            String two() {
                return "";
            }

            @ToolFunction("Odd.")
            String three(@FutureOrPresent LocalDate day) {
                return "";
            }
        }

        assertThatThrownBy(() -> Tools.of(new Odd()))
                .isInstanceOf(UnusableTool.class)
                .hasMessageContaining("one: parameters must be records")
                .hasMessageContaining("'locale' is a Locale")
                .hasMessageContaining("two: tool 'two' needs a description")
                .hasMessageContaining("three: a JSON Schema cannot say this: 'day' has @FutureOrPresent");
    }

    @Test
    void anObjectWithoutMarkedMethodsIsRefused() {
        assertThatThrownBy(() -> Tools.of("text"))
                .isInstanceOf(UnusableTool.class)
                .hasMessageContaining("java.lang.String has no method marked @ToolFunction");
    }

    @Test
    void parametersWithoutNamesAreRefusedWithTheRemedy() throws Exception {
        assertThatThrownBy(() -> MethodParameters.of(String.class.getMethod("concat", String.class)))
                .isInstanceOf(UnusableTool.class)
                .hasMessageContaining("String.concat have no names; compile with -parameters");
    }

    /** Bounds of parameters that are no whole numbers above zero. */
    static final class Bank {
        @ToolFunction("Moves money.")
        String move(
                @DecimalMin("0.01") @DecimalMax(value = "99.5", inclusive = false) double amount,
                @Negative int below,
                @NegativeOrZero int most) {
            return "moved " + amount + " " + below + " " + most;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            0    | -1 | 0 | 'amount' must be 0.01 or more, but was '0'
            99.5 | -1 | 0 | 'amount' must be less than 99.5, but was '99.5'
            5    | 0  | 0 | 'below' must be less than 0, but was '0'
            5    | -1 | 1 | 'most' must be 0 or less, but was '1'
            """)
    void boundsOfParametersHoldAsThoseOfComponents(String amount, int below, int most, String sentence) {
        ToolCatalogue bank = ToolCatalogue.of(Tools.of(new Bank()));
        String arguments = "{\"amount\":" + amount + ",\"below\":" + below + ",\"most\":" + most + "}";
        Attempt attempt = bank.named("move").orElseThrow().call(arguments, Bench.CONTEXT);
        assertThat(attempt.outcome()).isInstanceOf(ToolOutcome.Rejected.class);
        assertThat(((ToolOutcome.Rejected) attempt.outcome()).rule()).isEqualTo(sentence);
    }

    @Test
    void argumentsWithinTheBoundsOfParametersAreTaken() {
        ToolCatalogue bank = ToolCatalogue.of(Tools.of(new Bank()));
        assertThat(bank.named("move")
                        .orElseThrow()
                        .call("{\"amount\":99.4,\"below\":-1,\"most\":0}", Bench.CONTEXT)
                        .outcome())
                .isEqualTo(new ToolOutcome.Ok("\"moved 99.4 -1 0\""));
    }
}
