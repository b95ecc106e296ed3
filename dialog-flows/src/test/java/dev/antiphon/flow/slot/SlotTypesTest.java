package dev.antiphon.flow.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.dsl.FlowDsl;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class SlotTypesTest {
    private static final ZonedDateTime FRIDAY = ZonedDateTime.parse("2026-11-20T10:00:00+01:00[Europe/Berlin]");

    private static <T> T read(SlotType<T> type, String said) {
        return switch (type.read(said, FRIDAY)) {
            case Reading.Understood<T> understood -> understood.value();
            case Reading.Unsure<T> unsure -> throw new AssertionError(said + ": one of " + unsure.candidates());
            case Reading.Unclear<T> unclear -> throw new AssertionError(said + ": " + unclear.reason());
        };
    }

    private static void refuses(SlotType<?> type, String said) {
        assertThat(type.read(said, FRIDAY)).as(said).isInstanceOf(Reading.Unclear.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-24 | 2026-11-24",
                "2026-11-24T15:00:00 | 2026-11-24",
                "today | 2026-11-20",
                "Tomorrow | 2026-11-21",
                "Tuesday | 2026-11-24",
                "next friday | 2026-11-27",
                "November 24 | 2026-11-24",
                "Nov 24th | 2026-11-24",
                "Tuesday, November 24th | 2026-11-24",
                "the 24th of November 2026 | 2026-11-24",
                "Sunday | 2026-11-22",
                "11/24/2026 | 2026-11-24",
                "January 5 | 2027-01-05"
            })
    void daysAreRead(String said, LocalDate day) {
        assertThat(read(new DateType(), said)).isEqualTo(day);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2026-13-40",
                "2026-02-30",
                "February 30",
                "99/99/2026",
                "February 29",
                "Tuesday, November 25",
                "2026-11-24 or 25",
                "1/1/+12345",
                "0000-01-01"
            })
    void noDaysAreRefused(String said) {
        refuses(new DateType(), said);
    }

    @ParameterizedTest
    @CsvSource({
        "15:00, 15:00", "15:00:00, 15:00", "3 pm, 15:00", "3:30 p.m., 15:30", "at 9 am, 09:00", "noon, 12:00",
        "midnight, 00:00", "12 am, 00:00", "12pm, 12:00", "2026-11-24T15:00:00Z, 15:00", "03:30, 03:30",
                "3:30 am, 03:30"
    })
    void timesAreRead(String said, LocalTime time) {
        assertThat(read(new TimeType(), said)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "25:00", "12:61", "later", "-3"})
    void noTimesAreRefused(String said) {
        refuses(new TimeType(), said);
    }

    @Test
    void datesAndTimesAreSpokenNaturally() {
        assertThat(Spoken.of(LocalDate.of(2026, 11, 24))).isEqualTo("Tuesday, November 24th");
        assertThat(Spoken.of(LocalDate.of(2026, 12, 1))).isEqualTo("Tuesday, December 1st");
        assertThat(Spoken.of(LocalDate.of(2026, 12, 12))).isEqualTo("Saturday, December 12th");
        assertThat(Spoken.of(LocalTime.of(15, 0))).isEqualTo("3 PM");
        assertThat(Spoken.of(LocalTime.of(0, 5))).isEqualTo("12:05 AM");
    }

    @ParameterizedTest
    @CsvSource({"(202) 555-0147, +12025550147", "+49 30 901820, +4930901820", "2025550147, +12025550147"})
    void phoneNumbersAreNormalised(String said, String e164) {
        assertThat(read(new PhoneType("US"), said).e164()).isEqualTo(e164);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "555-0147", "12", "call me", "999999999999999999999"})
    void noPhoneNumbersAreRefused(String said) {
        refuses(new PhoneType("US"), said);
    }

    @Test
    void aPhoneNumberIsReadInGroupsAndMaskedInText() {
        PhoneNumber number = new PhoneNumber("+12025550147");
        assertThat(number.spoken()).isEqualTo("2 0 2, 5 5 5, 0 1 4 7");
        assertThat(number.toString()).isEqualTo("…47");
    }

    @Test
    void aNumberOfAnotherCountryIsReadBackWithItsCode() {
        PhoneType type = new PhoneType("US");
        assertThat(type.spoken(read(type, "+44 20 7946 0958"))).isEqualTo("plus 4 4, 2 0, 7 9 4 6, 0 9 5 8");
        assertThat(type.spoken(read(type, "+44 20 7946 0958 ext 12")))
                .isEqualTo("plus 4 4, 2 0, 7 9 4 6, 0 9 5 8, extension 1 2");
        assertThat(type.spoken(read(type, "+1 416 555 0123"))).isEqualTo("4 1 6, 5 5 5, 0 1 2 3");
        assertThat(new PhoneType("GB").spoken(read(new PhoneType("GB"), "+44 20 7946 0958")))
                .isEqualTo("0 2 0, 7 9 4 6, 0 9 5 8");
    }

    @Test
    void choicesAreReadByIdWordOrSynonym() {
        Slot<String> drink = FlowDsl.choice(
                "drink", String.class, FlowDsl.option("tea", "cuppa"), FlowDsl.option("coffee", "espresso"));
        assertThat(read(drink.type(), "a nice cuppa, please")).isEqualTo("tea");
        assertThat(read(drink.type(), "COFFEE")).isEqualTo("coffee");
        refuses(drink.type(), "tea or coffee");
        refuses(drink.type(), "teapot");
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        drink.type().describe(schema);
        assertThat(schema.toString())
                .contains("\"enum\":[\"tea\",\"coffee\"]")
                .contains("\"x-synonyms\":{\"tea\":[\"tea\",\"cuppa\"]");
    }

    @Test
    void optionsThatDifferBySignOrSoundLikeNoValueAreTold() {
        Slot<String> blood = FlowDsl.choice("blood", List.of("A+", "A-", "B+", "B-"));
        assertThat(read(blood.type(), "a-")).isEqualTo("A-");
        assertThat(read(blood.type(), "B plus")).isEqualTo("B+");
        refuses(blood.type(), "A");
        Slot<String> diet = FlowDsl.choice("diet", List.of("none", "vegetarian"));
        assertThat(read(diet.type(), "None")).isEqualTo("none");
        assertThat(new ChoiceType<>(String.class, List.of(Option.of("tea", "hot"), Option.of("soup", "Hot!")))
                        .ambiguousWords())
                .containsExactly("hot");
    }

    @Test
    void namesAreCleanedAndDoubtfulOnesKnown() {
        PersonNameType type = new PersonNameType();
        assertThat(read(type, "my name is ana smith.")).isEqualTo("Ana Smith");
        assertThat(read(type, "Jean-Luc O'Neil")).isEqualTo("Jean-Luc O'Neil");
        assertThat(type.easilyMisheard("Ana")).isTrue();
        assertThat(type.easilyMisheard("Ana Smith")).isFalse();
        refuses(type, "42");
    }

    @ParameterizedTest
    @CsvSource({
        "ab7k2, AB7K2",
        "A B seven K 2, AB7K2",
        "AB-7K2, AB7K2",
        "my reference is a. b. 7 k two, AB7K2",
    })
    void codesAreNormalised(String said, String code) {
        assertThat(read(FlowDsl.code("reference", 5).type(), said)).isEqualTo(code);
    }

    @Test
    void whatIsNoCodeIsRefused() {
        List.of("", "AB7", "AB7K25", "ÄB7K", "I have lost it, sorry")
                .forEach(said -> refuses(FlowDsl.code("reference", 4, 5).type(), said));
        assertThatThrownBy(() -> FlowDsl.code("reference", 3, 2)).hasMessageContaining("but was 3 and 2");
    }

    @Test
    void numbersAndYesNoAreRead() {
        assertThat(read(new NumberType(1, 20), "four")).isEqualTo(4);
        assertThat(read(new NumberType(1, 20), "4.0")).isEqualTo(4);
        refuses(new NumberType(1, 20), "0");
        refuses(new NumberType(1, 20), "many");
        assertThat(read(new YesNoType(), "true")).isTrue();
        assertThat(read(new YesNoType(), "nope")).isFalse();
        refuses(new YesNoType(), "maybe");
    }

    @Test
    void programmersMistakesAreNamed() {
        assertThatThrownBy(() -> FlowDsl.time("t").within(FlowDsl.days(3)))
                .hasMessageContaining("within() needs a slot of dates, but 't' holds LocalTime");
        assertThatThrownBy(() -> FlowDsl.phone("p", "Mars")).hasMessageContaining("but was 'Mars'");
        assertThatThrownBy(() -> FlowDsl.date("a date")).hasMessageContaining("but was 'a date'");
        assertThatThrownBy(() -> FlowDsl.say("{} and {}", 1)).hasMessageContaining("has 1 value");
    }

    @Property(tries = 300)
    void nothingSaidEverMakesATypeThrow(@ForAll String said, @ForAll("types") SlotType<?> type) {
        assertThat(type.read(said, FRIDAY)).isNotNull();
    }

    @Property(tries = 300)
    void theNormalFormOfAReadValueReadsTheSame(@ForAll("types") SlotType<?> type, @ForAll("sayings") String said) {
        assertRestores(type, said);
    }

    private static <T> void assertRestores(SlotType<T> type, String said) {
        if (type.read(said, FRIDAY) instanceof Reading.Understood<T> understood) {
            T value = understood.value();
            assertThat(type.restore(type.normal(value))).isEqualTo(value);
        }
    }

    @Provide
    Arbitrary<SlotType<?>> types() {
        return Arbitraries.of(List.of(
                new DateType(),
                new TimeType(),
                new PhoneType("US"),
                new NumberType(0, 50),
                new YesNoType(),
                new TextType(200),
                new PersonNameType()));
    }

    @Provide
    Arbitrary<String> sayings() {
        return Arbitraries.of(
                "tomorrow",
                "monday",
                "2026-12-24",
                "3 pm",
                "7:15",
                "noon",
                "202 555 0147",
                "+44 20 7946 0958",
                "twelve",
                "17",
                "yes",
                "no",
                "ana maria",
                "o n e",
                "AB 12",
                "JOHN SMITH",
                "some words",
                "1/2/2027");
    }
}
