package dev.antiphon.flow.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.dsl.FlowDsl;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.slot.PostalAddress.Part;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactReadingsTest {
    private static final EmailType EMAIL = new EmailType();
    private static final SlotType<PostalAddress> GERMAN =
            FlowDsl.address("home", "DE").type();
    private static final SlotType<PostalAddress> AMERICAN =
            FlowDsl.address("home", "US").type();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        anna.miller@example.com                                  | anna.miller@example.com
        Anna.Miller@Example.COM                                  | anna.miller@example.com
        my email is anna@example.org, thanks                     | anna@example.org
        mailto:anna@example.org                                  | anna@example.org
        <anna@example.org>                                       | anna@example.org
        anna dot miller at example dot com                       | anna.miller@example.com
        Anna dot Miller at example.com.                          | anna.miller@example.com
        it's a n n a at example dot co dot uk                    | anna@example.co.uk
        a double n a at example dot com                          | anna@example.com
        A as in Alfa N as in November at example dot com         | an@example.com
        anna underscore miller five five at example dot com      | anna_miller55@example.com
        jean-luc at example dash shop dot com                    | jean-luc@example-shop.com
        anna at example dot com all lower case                   | anna@example.com
        anna plus news at example dot com                        | anna+news@example.com
        ａｎｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ                               | anna@example.com
        anna@example.com or anna@example.org                     | ? anna@example.com / anna@example.org
        anna at gmail                                            | ! I need the whole e-mail address, with its ending, such as dot com.
        anna@example.con                                         | ! An e-mail address can't end in dot con.
        anna@@example.com                                        | ! That doesn't seem to be a complete e-mail address.
        anna dot miller                                          | ! I couldn't make out the e-mail address.
        I'd rather not say                                       | ! I couldn't make out the e-mail address.
        """)
    void emailsAreRead(String said, String expected) {
        assertThat(Readings.of(EMAIL, said)).isEqualTo(expected);
    }

    @Test
    void anEmailIsSpelledBackAndMaskedInText() {
        EmailAddress email = new EmailAddress("anna.m-55@example.com");
        assertThat(email.spoken()).isEqualTo("anna dot m hyphen 5 5 at example dot com");
        assertThat(email.spelled())
                .isEqualTo(
                        "A as in Alfa, N as in November, N as in November, A as in Alfa, dot, M as in Mike, hyphen, 5, 5,"
                                + " at example dot com");
        assertThat(email.toString()).isEqualTo("…@example.com");
        assertThat(FlowDsl.email("email").wantsSpelling(email, false)).isTrue();
        assertThatThrownBy(() -> new EmailAddress("anna")).hasMessageContaining("but has 4 characters");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Hauptstraße 12, 10115 Berlin                  ; Hauptstraße ; 12 ; 10115 ; Berlin ; DE
        Hauptstraße 12b, 10115 Berlin, Germany        ; Hauptstraße ; 12b ; 10115 ; Berlin ; DE
        Am Markt 3, 1010 Wien, Austria                ; Am Markt ; 3 ; 1010 ; Wien ; AT
        it's Hauptstraße 12, Berlin, 10115            ; Hauptstraße ; 12 ; 10115 ; Berlin ; DE
        Hauptstraße, number 12, 10115 Berlin          ; Hauptstraße ; 12 ; 10115 ; Berlin ; DE
        Unter den Linden 5 in 10117 Berlin            ; Unter den Linden ; 5 ; 10117 ; Berlin ; DE
        ich wohne Unter den Linden 5 in 10117 Berlin  ; Unter den Linden ; 5 ; 10117 ; Berlin ; DE
        Hauptstr. 12b 10115 Berlin                    ; Hauptstr. ; 12b ; 10115 ; Berlin ; DE
        Hauptstraße 12, 1011 Berlin                   ; ! In Germany a postcode doesn't look like 1 0 1 1.
        Hauptplatz 3, 1010 Wien, Österreich           ; Hauptplatz ; 3 ; 1010 ; Wien ; AT
        Hauptstraße, 10115 Berlin                     ; ! I need the whole address; I didn't get the house number.
        Hauptstraße 12, Berlin                        ; ! I need the whole address; I didn't get the postcode.
        Hauptstraße 12                                ; ! I need the whole address; I didn't get the postcode and city.
        null 1, 10115 Berlin                          ; ! I need the whole address; I didn't get the street.
        hello                                         ; ! I couldn't make out the address.
        """)
    void germanAddressesAreRead(String line) {
        assertReads(GERMAN, line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        12 Main Street, Springfield, IL 62701         ; Main Street ; 12 ; 62701 ; Springfield, IL ; US
        12 Main Street, Springfield, IL, 62701-1234, USA ; Main Street ; 12 ; 62701-1234 ; Springfield, IL ; US
        12b, Main Street, Springfield, 62701          ; Main Street ; 12b ; 62701 ; Springfield ; US
        10 Downing Street, London SW1A 2AA, UK        ; Downing Street ; 10 ; SW1A 2AA ; London ; GB
        12345 Long Road, Austin, TX 73301             ; Long Road ; 12345 ; 73301 ; Austin, TX ; US
        """)
    void americanAddressesAreRead(String line) {
        assertReads(AMERICAN, line);
    }

    private static void assertReads(SlotType<PostalAddress> type, String line) {
        String[] parts = line.split(";", 2);
        assertThat(Readings.of(type, parts[0].strip()))
                .isEqualTo(
                        parts[1].strip().startsWith("!")
                                ? parts[1].strip()
                                : parts[1].strip().replace(" ; ", " | "));
    }

    @Test
    void partsWithBarsAreTakenAsTheyAre() {
        assertThat(Readings.of(GERMAN, "Rue 1er Mai | 5 | 75001 | Paris | France"))
                .isEqualTo("Rue 1er Mai | 5 | 75001 | Paris | FR");
        assertThat(Readings.of(GERMAN, "Hauptstraße | 12 | 1011 | Berlin | DE"))
                .isEqualTo("! In Germany a postcode doesn't look like 1 0 1 1.");
        PostalAddressType anywhere = new PostalAddressType(Set.of(Part.CITY), Optional.empty());
        assertThat(Readings.of(anywhere, "Berlin")).isEqualTo(" |  |  | Berlin | ");
        assertThat(Readings.of(anywhere, " |  |  | Berlin | ")).isEqualTo(" |  |  | Berlin | ");
    }

    @Test
    void anAddressIsReadBackInOneSentencePartAndMaskedInText() {
        PostalAddress german = Readings.value(GERMAN, "Hauptstraße 12, 10115 Berlin");
        PostalAddress american = Readings.value(AMERICAN, "12 Main Street, Springfield, IL 62701");
        PostalAddress box = Readings.value(AMERICAN, "P.O. Box 12, Springfield, IL 62701");
        assertThat(box.spoken()).startsWith("P.O. Box 12, Springfield");
        assertThat(GERMAN.restore("Hauptstraße | 12 | 1011 | Berlin | DE").postcode())
                .contains("1011");
        assertThat(german.spoken()).isEqualTo("Hauptstraße 12, Berlin, postcode 1 0 1 1 5, Germany");
        assertThat(american.spoken()).isEqualTo("12 Main Street, Springfield, IL, postcode 6 2 7 0 1, United States");
        assertThat(german.toString()).isEqualTo("…, DE");
        assertThatThrownBy(() -> FlowDsl.address("home", "Mars")).hasMessageContaining("but was 'Mars'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        two oh two, triple five, zero one four seven   | +12025550147
        plus four nine three zero nine oh one eight    | +49309018
        my number is 202 555 0147                      | +12025550147
        ٢٠٢٥٥٥٠١٤٧                                      | +12025550147
        1-800-FLOWERS                                  | +18003569377
        2025550147 ext 5                               | +12025550147;ext=5
        2025550147 x5                                  | +12025550147;ext=5
        2025550147, extension 512                      | +12025550147;ext=512
        (202) 555-0147 ext. 0012                       | +12025550147;ext=0012
        +12025550147;ext=5                             | +12025550147;ext=5
        2025550147 #5                                  | +12025550147;ext=5
        two oh two, triple five, zero one four seven, extension one two | +12025550147;ext=12
        2025550147 Durchwahl 12                        | +12025550147;ext=12
        2025550147 extension                           | ! I couldn't make out the extension.
        2025550147 ext accounting                      | ! I couldn't make out the extension.
        555-0147 ext 5                                 | ! I need the number with its area code.
        2025550147 or 2025550148                       | ! I couldn't make out the phone number.
        """)
    void phoneNumbersAreReadAsTheyAreSaid(String said, String expected) {
        assertThat(Readings.of(new PhoneType("US"), said)).isEqualTo(expected);
    }

    @Test
    void anExtensionIsSpokenAndIsPartOfTheNumber() {
        PhoneNumber number = Readings.value(new PhoneType("US"), "2025550147 ext 12");
        assertThat(number)
                .isEqualTo(PhoneNumber.of("+12025550147;ext=12"))
                .isNotEqualTo(PhoneNumber.of("+12025550147"));
        assertThat(number.extension()).contains("12");
        assertThat(number.spoken()).isEqualTo("2 0 2, 5 5 5, 0 1 4 7, extension 1 2");
        assertThat(new PhoneType("US").spoken(number, Language.GERMAN))
                .isEqualTo("2 0 2, 5 5 5, 0 1 4 7, Durchwahl 1 2");
        assertThat(number.toString()).isEqualTo("…47");
        assertThatThrownBy(() -> PhoneNumber.of("+12025550147;ext=reception")).hasMessageContaining("has 9 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I don't know",
                "I don’t know.",
                "yes",
                "No.",
                "null",
                "None",
                "n/a",
                "unknown",
                "nobody",
                "it's nobody",
                "Anonymous",
                "not sure",
                "I'm not sure",
                "Hello!",
                "thank you",
                "<unknown>",
                "Not provided",
                "my name is null",
                "weiß nicht",
                "Ich weiß nicht",
                "keine Ahnung",
                "ja",
                "Nein",
                "niemand",
                "Unbekannt",
                "undefined",
                "the caller"
            })
    void whatIsCertainlyNoNameIsRefused(String said) {
        assertThat(Readings.of(new PersonNameType(), said)).isEqualTo("! I couldn't make out the name.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Christopher Null",
                "An No",
                "Yes Singh",
                "Jennifer None",
                "Ok Kim",
                "Nein Weber",
                "Will",
                "May",
                "Nobody Jones",
                "Noël",
                "Nona",
                "Nullmeier",
                "Thomas Moment",
                "Mark Sure",
                "Nil Patel",
                "Na"
            })
    void realNamesThatSoundLikeNoNamesSurvive(String said) {
        assertThat(Readings.of(new PersonNameType(), said)).isEqualTo(said);
    }

    @Test
    void freeTextKeepsWhatPeopleSayAndRefusesWhatModelsFillIn() {
        TextType text = new TextType(200);
        for (String said : List.of("no", "none", "nothing", "unknown", "I don't know", "null and void", "Nobody.")) {
            assertThat(Readings.of(text, said)).isEqualTo(said);
        }
        for (String filled : List.of("null", "N/A", "undefined", "Not provided.", "<null>", "not specified")) {
            assertThat(Readings.of(text, filled)).isEqualTo("! I couldn't make that out.");
        }
    }

    @Test
    void anAddressHasNoUnknownParts() {
        SlotType<PostalAddress> city = new PostalAddressType(Set.of(Part.CITY), Optional.empty());
        for (String said : List.of("unknown", "I don't know", "null", "weiß nicht")) {
            assertThat(Readings.of(city, said)).isEqualTo("! I couldn't make out the address.");
        }
        assertThat(Readings.of(GERMAN, "Hauptstraße | 12 | unknown | Berlin | null"))
                .isEqualTo("! I need the whole address; I didn't get the postcode.");
    }

    @Test
    void aCodeIsNotAWordForNoCode() {
        SlotType<String> code = FlowDsl.code("order", 4).type();
        assertThat(List.of("null", "None", "n/a"))
                .allSatisfy(said -> assertThat(Readings.of(code, said)).startsWith("!"));
        assertThat(Readings.of(code, "NULL")).isEqualTo("NULL");
        assertThat(Readings.of(code, "n u l l")).isEqualTo("NULL");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        O’NEIL             | O'Neil
        anna SMITH-jones   | anna SMITH-jones
        SMITH-JONES        | Smith-Jones
        d'angelo           | D'Angelo
        jörg groß          | Jörg Groß
        李小龙              | 李小龙
        josé maría         | José María
        <b>Ana</b>         | ! I couldn't make out the name.
        Ana 😀             | ! I couldn't make out the name.
        """)
    void namesOfAllScriptsAreRead(String said, String expected) {
        assertThat(Readings.of(new PersonNameType(), said)).isEqualTo(expected);
    }

    @Test
    void longNamesAreSpelledWithoutCodeWords() {
        assertThat(Spelling.alphabet("Ana Li"))
                .isEqualTo("A as in Alfa, N as in November, A as in Alfa, L as in Lima, I as in India");
        assertThat(Spelling.alphabet("Bartholomew Smith".toLowerCase(Locale.ROOT)))
                .isEqualTo("B A R T H O L O M E W, S M I T H");
        assertThat(FlowDsl.spelledOut("X-7")).hasToString("X as in X-ray, hyphen, 7");
    }
}
