package dev.antiphon.flow.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.dsl.FlowDsl;
import dev.antiphon.flow.say.Language;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasureReadingsTest {
    private static final DurationType LENGTH = new DurationType(Duration.ofMinutes(15), Duration.ofDays(2));
    private static final SlotType<Amount> EUROS =
            FlowDsl.money("price", "EUR", 1, 2_000_000).type();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        PT1H30M                          | PT1H30M
        P1DT2H                           | PT26H
        90 minutes                       | PT1H30M
        ninety minutes, please           | PT1H30M
        2.5 hours                        | PT2H30M
        2½ hours                         | PT2H30M
        two and a half hours             | PT2H30M
        an hour and a half               | PT1H30M
        half an hour                     | PT30M
        three quarters of an hour        | PT45M
        a quarter of an hour             | PT15M
        about an hour                    | PT1H
        an hour and twenty minutes       | PT1H20M
        an hour twenty                   | PT1H20M
        1h30                             | PT1H30M
        1 hr 15 min                      | PT1H15M
        one and a half days              | PT36H
        two nights                       | PT48H
        ١٥ minutes                       | PT15M
        1:30:00                          | PT1H30M
        1:30                             | PT1H30M
        30:00                            | ? PT30H / PT30M
        30                               | ? PT30M / PT30H
        90                               | PT1H30M
        a week                           | ! It must be between 15 minutes and 2 days, but I heard 7 days.
        5 minutes                        | ! It must be between 15 minutes and 2 days, but I heard 5 minutes.
        -20 minutes                      | ! It must be between 15 minutes and 2 days, but I heard -20 minutes.
        two months                       | ! I couldn't make out how long.
        90 20                            | ! I couldn't make out how long.
        0 minutes                        | ! It must be between 15 minutes and 2 days, but I heard 0 minutes.
        999999999999 weeks               | ! I couldn't make out how long.
        P                                | ! I couldn't make out how long.
        not long                         | ! I couldn't make out how long.
        """)
    void lengthsOfTimeAreRead(String said, String expected) {
        assertThat(Readings.of(LENGTH, said)).isEqualTo(expected);
    }

    @Test
    void lengthsOfTimeAreSpokenInUnits() {
        assertThat(Spoken.of(Duration.ofMinutes(1591))).isEqualTo("1 day, 2 hours and 31 minutes");
        assertThat(Spoken.of(Duration.ofSeconds(61))).isEqualTo("1 minute and 1 second");
        assertThat(LENGTH.hint().english())
                .isEqualTo("It must be between 15 minutes and 2 days. You can say, for example, 15 minutes.");
        assertThatThrownBy(() -> FlowDsl.duration("d", FlowDsl.hours(2), FlowDsl.minutes(5)))
                .hasMessageContaining("but were PT2H and PT5M");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        49.90 EUR                              | 49.90 EUR
        49,90 €                                | 49.90 EUR
        €49.9                                  | 49.90 EUR
        EUR 1,250                              | 1250.00 EUR
        1.234,50 euros                         | 1234.50 EUR
        forty-nine euros and ninety cents      | 49.90 EUR
        forty-nine euros ninety                | 49.90 EUR
        fifty euros five cents                 | 50.05 EUR
        about two hundred and fifty euros      | 250.00 EUR
        a hundred                              | 100.00 EUR
        twelve hundred                         | 1200.00 EUR
        two and a half thousand euros          | 2500.00 EUR
        5k                                     | 5000.00 EUR
        1.5 million euros                      | 1500000.00 EUR
        ٥٠ euros                               | 50.00 EUR
        250 cents                              | 2.50 EUR
        forty-nine ninety                      | ? 49.90 EUR / 4990.00 EUR
        fifty cents                            | ! It must be between 1 and 2000000 euros, but I heard 50 cents.
        three million euros                    | ! It must be between 1 and 2000000 euros, but I heard 3000000 euros.
        20 dollars                             | ! I can only take euros.
        20 JPY                                 | ! I can only take euros.
        49.999 EUR                             | ! An amount can have at most 2 digits after the point.
        0.005                                  | ! An amount can have at most 2 digits after the point.
        90 euros 500                           | ! I couldn't make out the amount.
        a lot                                  | ! I couldn't make out the amount.
        1e999999999                            | ! I couldn't make out the amount.
        50 or 60 or 70                         | ! I couldn't make out the amount.
        """)
    void amountsAreRead(String said, String expected) {
        assertThat(Readings.of(EUROS, said)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        $20                      | ? 20.00 USD / 20.00 CAD
        20 US dollars            | 20.00 USD
        US$20                    | 20.00 USD
        20 Canadian dollars      | 20.00 CAD
        20 U.S. dollars          | 20.00 USD
        20 kanadische Dollar     | 20.00 CAD
        20 US-Dollar             | 20.00 USD
        twenty                   | ? 20.00 USD / 20.00 CAD / 20.00 GBP
        five pounds fifty        | 5.50 GBP
        a pound fifty            | 1.50 GBP
        20 pounds and 50 pence   | 20.50 GBP
        20p                      | ! It must be between 1 and 500 US dollars, Canadian dollars or pounds, but I heard 20 pence.
        20 euros                 | ! I can only take US dollars, Canadian dollars or pounds.
        """)
    void theCurrencyIsAskedForWhenItIsNotClear(String said, String expected) {
        SlotType<Amount> type = FlowDsl.money(
                        "price", List.of("USD", "CAD", "GBP"), BigDecimal.ONE, new BigDecimal(500))
                .type();
        assertThat(Readings.of(type, said)).isEqualTo(expected);
    }

    @Test
    void amountsAreSpokenAndKeptExact() {
        assertThat(Amount.of("49.90", "EUR").spoken()).isEqualTo("49 euros and 90 cents");
        assertThat(Amount.of("1", "USD").spoken()).isEqualTo("1 dollar");
        assertThat(Amount.of("0.01", "GBP").spoken()).isEqualTo("1 penny");
        assertThat(Amount.of("-2.50", "EUR").spoken()).isEqualTo("minus 2 euros and 50 cents");
        assertThat(Amount.of("500", "JPY").spoken()).isEqualTo("500 yen");
        assertThat(Amount.of("7.125", "KWD").spoken()).isEqualTo("7.125 Kuwaiti Dinar");
        assertThat(Amount.of("2.5", "EUR")).isEqualTo(Amount.of("2.50", "EUR"));
        assertThatThrownBy(() -> Amount.of("0.001", "EUR")).hasMessageContaining("at most 2 decimals");
    }

    @Test
    void currenciesWithOneNameAreToldApart() {
        SlotType<Amount> type = FlowDsl.money(
                        "price", List.of("EUR", "USD", "CAD", "NZD"), BigDecimal.ZERO, new BigDecimal(500))
                .type();
        assertThat(type.spoken(Amount.of("20", "USD"))).isEqualTo("20 US dollars");
        assertThat(type.spoken(Amount.of("1.50", "CAD"))).isEqualTo("1 Canadian dollar and 50 cents");
        assertThat(type.spoken(Amount.of("0.50", "NZD"))).isEqualTo("0 New Zealand dollars and 50 cents");
        assertThat(type.spoken(Amount.of("20", "EUR"))).isEqualTo("20 euros");
        assertThat(type.spoken(Amount.of("20", "CAD"), Language.GERMAN)).isEqualTo("20 Kanadische Dollar");
        assertThat(Readings.of(type, "20 New Zealand dollars")).isEqualTo("20.00 NZD");
        assertThat(EUROS.spoken(Amount.of("0.50", "EUR"))).isEqualTo("50 cents");
        assertThat(FlowDsl.money("price", "USD", 1, 50).type().spoken(Amount.of("20", "USD")))
                .isEqualTo("20 dollars");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        4                                 | 4
        4.0                               | 4
        twenty-five                       | 25
        a hundred and five                | 105
        two thousand and six              | 2006
        1,250                             | 1250
        a dozen                           | 12
        a couple of people                | 2
        a table for four                  | 4
        there will be five of us          | 5
        ４２                               | 42
        ۱۲                                | 12
        minus five                        | -5
        two hundred and six thousand      | ! It must be between -10 and 5000, but I heard 206000.
        two dozen                         | 24
        - -                               | ! I couldn't make out the number.
        four, four                        | 4
        three or four                     | ? 3 / 4
        two and a half                    | ! It must be a whole number.
        nine thousand                     | ! It must be between -10 and 5000, but I heard 9000.
        99999999999                       | ! It must be between -10 and 5000, but I heard 99999999999.
        99999999999999999999              | ! I couldn't make out the number.
        many                              | ! I couldn't make out the number.
        one of these days                 | ! I couldn't make out the number.
        four five hundred blue            | ! I couldn't make out the number.
        """)
    void wholeNumbersAreRead(String said, String expected) {
        assertThat(Readings.of(new NumberType(-10, 5_000), said)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        2.5                        | 2.5
        2,5                        | 2.5
        2.50                       | 2.5
        two and a half             | 2.5
        two point seven five       | 2.75
        three quarters             | 0.75
        1/2                        | 0.5
        2 1/2                      | 2.5
        half                       | 0.5
        minus one point five       | -1.5
        twenty                     | 20
        0.125                      | ! It can have at most 2 digits after the point, but I heard 0.125.
        31                         | ! It must be between -5 and 30, but I heard 31.
        1e999999999                | ! I couldn't make out the number.
        heavy                      | ! I couldn't make out the number.
        """)
    void decimalsAreRead(String said, String expected) {
        assertThat(Readings.of(FlowDsl.decimal("weight", -5, 30).type(), said)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        yes                | true
        Yes, please!       | true
        yes,please         | true
        Of course.         | true
        true               | true
        no                 | false
        No, thank you.     | false
        no, I don't        | false
        not really         | false
        maybe              | ! I need a yes or a no.
        yes and no         | ! I need a yes or a no.
        I don't think so           | false
        no, I don't think so       | false
        I guess so                 | true
        I guess not                | false
        sure, why not              | true
        yes, of course             | true
        ich glaube nicht           | false
        nein, eher nicht           | false
        ja, warum nicht            | true
        ich denke schon, danke     | true
        yes no                     | ! I need a yes or a no.
        I don't think              | ! I need a yes or a no.
        """)
    void yesAndNoAreRead(String said, String expected) {
        assertThat(Readings.of(new YesNoType(), said)).isEqualTo(expected);
    }
}
