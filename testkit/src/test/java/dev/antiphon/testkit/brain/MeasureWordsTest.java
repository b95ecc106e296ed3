package dev.antiphon.testkit.brain;

import static dev.antiphon.testkit.brain.Flow.clinicCall;
import static dev.antiphon.testkit.brain.Flow.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.testkit.emulator.Brain.ToolSpec;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** E-mails, lengths of time, amounts, codes and addresses, by the format of their schema. */
class MeasureWordsTest {
    static final ToolSpec FILL = tool("fill_slots", "Call as soon as the caller gives any value.", """
            {"type":"object","properties":{
              "moment":{"type":"string","format":"date-time"},
              "length":{"type":"string","format":"duration"},
              "price":{"type":"string","format":"money","x-currencies":["EUR"]},
              "pin":{"type":"string","format":"digits","pattern":"^\\\\d{4,6}$"},
              "order":{"type":"string","format":"identifier","pattern":"^(?:[A-Z]{2}\\\\d{4})$"},
              "email":{"type":"string","format":"email"},
              "home":{"type":"string","format":"postal-address","description":"The address, the answer to: Where do you live?"}}}""");

    private static String joined(List<? extends Found<?>> found) {
        return found.stream().map(each -> each.value().toString()).collect(Collectors.joining(" / "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        two and a half hours, please         | PT2H30M
        for an hour and a half               | PT1H30M
        half an hour is enough               | PT30M
        an hour and twenty minutes           | PT1H20M
        an hour twenty                       | PT1H20M
        90 minutes                           | PT1H30M
        2.5 hours                            | PT2H30M
        three quarters of an hour            | PT45M
        two nights                           | PT48H
        a week or ten days                   | PT168H / PT240H
        in two days                          | ''
        two weeks from now                   | ''
        at two                               | ''
        """)
    void lengthsOfTimeAreFound(String said, String expected) {
        assertThat(joined(DurationWords.findAll(Words.of(said)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        €49.90                                | 49.90 EUR
        about 50 euros                        | 50 EUR
        forty nine euros and ninety cents     | 49.90 EUR
        forty nine euros ninety               | 49.90 EUR
        1,250 EUR                             | 1250 EUR
        fifty cents                           | 0.50
        $20                                   | 20 $
        20 dollars                            | 20 dollars
        20 US dollars                         | 20 USD
        20 U.S. dollars                       | 20 USD
        twenty American dollars               | 20 USD
        twenty Canadian dollars and 50 cents  | 20.50 CAD
        20 Australian dollars                 | 20 AUD
        US$20                                 | 20 USD
        20 US-Dollar                          | 20 USD
        20 kanadische Dollar                  | 20 CAD
        20 Schweizer Franken                  | 20 CHF
        20 Franken                            | 20 CHF
        20 pounds sterling                    | 20 GBP
        £20                                   | 20 GBP
        USD 20                                | 20 USD
        twenty euros                          | 20 EUR
        20 Euro                               | 20 EUR
        twenty quid                           | 20 GBP
        20 people                             | ''
        """)
    void amountsAreFound(String said, String expected) {
        assertThat(joined(MoneyWords.findAll(Words.of(said), List.of("EUR", "USD", "CAD"))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        zwanzig Euro                          | 20 EUR
        20 Euro                               | 20 EUR
        49,90 Euro                            | 49.90 EUR
        1.250 Euro                            | 1250 EUR
        1.250,50 €                            | 1250.50 EUR
        neunundvierzig Euro neunzig           | 49.90 EUR
        fünfzig Euro                          | 50 EUR
        zweihundertfünfzig Euro               | 250 EUR
        tausendzweihundertdreißig Euro        | 1230 EUR
        hundert Euro                          | 100 EUR
        zwanzig US-Dollar                     | 20 USD
        zwanzig kanadische Dollar             | 20 CAD
        fünfzehn Schweizer Franken            | 15 CHF
        49,50 Schweizer Franken               | 49.50 CHF
        tausend Dank                          | ''
        """)
    void germanAmountsAreFound(String said, String expected) {
        assertThat(joined(MoneyWords.findAll(Words.of(GermanWords.inEnglish(said)), List.of("EUR", "USD", "CAD"))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        anna.miller@example.com                        | anna.miller@example.com
        it's anna dot miller at example dot com        | anna.miller@example.com
        my email is anna underscore m at example.co.uk | anna_m@example.co.uk
        a n n a at example dot com                     | anna@example.com
        meet me at the example                         | ''
        """)
    void emailsAreFound(String said, String expected) {
        assertThat(EmailWords.find(Words.of(said)).map(Found::value).orElse("")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        it's double oh four two                        | 0042
        zero zero forty-two                            | 0042
        0042, please                                   | 0042
        12                                             | 12
        one hundred and five                           | 105
        a hundred and five, please                     | 105
        one hundred five                               | 105
        one thousand and five                          | 1005
        one thousand two hundred and thirty-four       | 1234
        twelve hundred                                 | 1200
        four hundred three two one                     | 400321
        ten oh five                                    | 1005
        nineteen ninety-nine                           | 1999
        one two three four five six seven              | 1234567
        no idea                                        | ''
        """)
    void digitsAreFoundWhenAskedFor(String said, String expected) {
        assertThat(new CodeWords("^\\d{4,6}$", false)
                        .find(Words.of(said), true)
                        .map(Found::value)
                        .orElse(""))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        my order is A as in Alfa, B as in Bravo, one two three four | AB1234
        alfa bravo one two double three                | AB1233
        AB1234                                         | AB1234
        ab-1234                                        | AB1234
        about 12 of them                               | ''
        """)
    void identifiersAreFoundByTheirForm(String said, String expected) {
        assertThat(new CodeWords("^(?:[A-Z]{2}\\d{4})$", true)
                        .find(Words.of(said), false)
                        .map(Found::value)
                        .orElse(""))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} / {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        When would you like to come?   | Tuesday at three                     | fill_slots{"moment":"2026-11-24T15:00:00"}
        When would you like to come?   | Tuesday                              | fill_slots{"moment":"2026-11-24"}
        When would you like to come?   | at three                             | fill_slots{"moment":"15:00"}
        For how long?                  | an hour and a half                   | fill_slots{"length":"PT1H30M"}
        For how long?                  | ninety                               | fill_slots{"length":"90"}
        How much is the deposit?       | forty nine euros ninety              | fill_slots{"price":"49.90 EUR"}
        How much is the deposit?       | fifty                                | fill_slots{"price":"50 EUR"}
        What is your PIN?              | double oh four two                   | fill_slots{"pin":"0042"}
        What is your PIN?              | one two                              | fill_slots{"pin":"12"}
        What is your PIN?              | my order is AB1234                   | fill_slots{"order":"AB1234"}
        Which order?                   | alfa bravo one two three four        | fill_slots{"order":"AB1234"}
        Your e-mail address?           | anna dot miller at example dot com   | fill_slots{"email":"anna.miller@example.com"}
        Where do you live?             | Hauptstraße 12, 10115 Berlin         | fill_slots{"home":"Hauptstraße 12, 10115 Berlin"}
        Hello!                         | Tuesday at three for two hours       | fill_slots{"length":"PT2H","moment":"2026-11-24T15:00:00"}
        What is your PIN?              | do you take cards?                   | ask
        """)
    void valuesAreReadByTheFormatOfTheirSchema(String question, String said, String expected) {
        assertThat(clinicCall().tools(FILL, ask()).agent(question).caller(said).gist())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        make it four instead           | fill_slots{"moment":"2026-11-24T16:00:00"}
        Friday would be better         | fill_slots{"moment":"2026-11-27T15:00:00"}
        no, on Friday at noon          | fill_slots{"moment":"2026-11-27T12:00:00"}
        """)
    void aDayOrATimeAloneChangesTheMomentThatIsKnown(String said, String expected) {
        String question = "A visit on Tuesday, November 24th at 3 PM. Shall I book it?";
        assertThat(clinicCall()
                        .tools(FILL, confirm(), ask())
                        .called("fill_slots", "{\"moment\":\"2026-11-24T15:00:00\"}")
                        .answered("{\"say\":\"" + question + "\"}")
                        .agent(question)
                        .caller(said)
                        .gist())
                .isEqualTo(expected);
    }

    @Test
    void aPatternOfDigitsAloneMakesAStringDigits() {
        ToolSpec unlock = tool("unlock", "Unlocks the door", """
                {"type":"object","properties":{"secret":{"type":"string","pattern":"^[0-9]{4}$"}},"required":["secret"]}""");
        assertThat(Property.of(unlock.parameters()))
                .singleElement()
                .extracting(Property::kind)
                .isEqualTo(PropertyKind.DIGITS);
        assertThat(clinicCall()
                        .tools(unlock)
                        .agent("What is the secret, please?")
                        .caller("one two double three")
                        .answer())
                .isEqualTo("unlock{\"secret\":\"1233\"}");
    }

    @Test
    void aFloodOfPiecesAndAPatternThatIsNoneAreSurvived() {
        String flood = "double five alfa 12 ".repeat(3_000);
        assertThat(new CodeWords("[", true).find(Words.of(flood), true)).isPresent();
        assertThat(DurationWords.findAll(Words.of("two hours and ".repeat(2_000))))
                .isNotEmpty();
        assertThat(MoneyWords.findAll(Words.of("two euros and ".repeat(2_000)), List.of()))
                .isNotEmpty();
        assertThat(EmailWords.find(Words.of("a dot ".repeat(3_000) + "at b"))).isEmpty();
    }

    private static ToolSpec ask() {
        return ofClinic("ask");
    }

    private static ToolSpec confirm() {
        return ofClinic("confirm");
    }

    private static ToolSpec ofClinic(String name) {
        return Flow.clinic().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
