package dev.antiphon.testkit.brain;

import static dev.antiphon.testkit.brain.Flow.clinicCall;
import static dev.antiphon.testkit.brain.Flow.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.testkit.emulator.Brain.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is open in the caller's words stays open in the values; what was not said is no value. Today is Friday, 2026-11-20. */
class AsItWasSaidTest {
    private static final ToolSpec FILL = tool("fill_slots", "Call as soon as the caller gives any value.", """
            {"type":"object","properties":{
              "code":{"type":"string","format":"identifier","pattern":"^[0-9A-Z]{6}$","description":"The code, the answer to: Which code?"},
              "day":{"type":"string","format":"date","examples":["2026-11-24","next week"],"description":"The day, the answer to: Which day?"},
              "time":{"type":"string","format":"time","pattern":"^(?:\\\\d{2}:\\\\d{2}|\\\\d{1,2}(?::\\\\d{2})?)$",
                "x-first":"12:00","x-last":"23:00","description":"The time, the answer to: What time?"},
              "seats":{"type":"integer","description":"The seats, the answer to: For how many people?"},
              "phone":{"type":"string","format":"phone","description":"The phone, the answer to: Your phone?"},
              "name":{"type":"string","format":"person-name","description":"The name, the answer to: Your name?"}}}""");

    private static final ToolSpec COME = tool("fill_slots", "Call as soon as the caller gives any value.", """
            {"type":"object","properties":{
              "moment":{"type":"string","format":"date-time","examples":["2026-11-24T15:00","2026-11-24 at 7"],
                "description":"The moment, the answer to: When shall we come?"}}}""");

    private static Flow call() {
        return call(FILL);
    }

    private static Flow call(ToolSpec fill) {
        List<ToolSpec> tools = new ArrayList<>(List.of(fill));
        Flow.clinic().stream().filter(tool -> !tool.name().equals("fill_slots")).forEach(tools::add);
        return clinicCall().tools(tools.toArray(ToolSpec[]::new));
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        Hello.      | a table for two tomorrow at 8        | {"day":"2026-11-21","time":"8","seats":2}
        Hello.      | tonight at nine                      | {"day":"2026-11-20","time":"21:00"}
        Hello.      | this evening at half past seven      | {"day":"2026-11-20","time":"19:30"}
        Hello.      | tomorrow afternoon at four           | {"day":"2026-11-21","time":"16:00"}
        Hello.      | tomorrow morning at nine             | {"day":"2026-11-21","time":"09:00"}
        Hello.      | good evening, tomorrow at eight      | {"day":"2026-11-21","time":"8"}
        What time?  | half past seven                      | {"time":"7:30"}
        What time?  | seven                                | {"time":"7"}
        What time?  | at seven pm                          | {"time":"19:00"}
        What time?  | 07:00                                | {"time":"07:00"}
        What time?  | 10:30                                | {"time":"10:30"}
        What time?  | at 19                                | {"time":"19:00"}
        What time?  | at noon                              | {"time":"12:00"}
        """)
    void anHourWithoutItsHalfOfTheDayIsPassedOnBare(String asked, String said, String filled) {
        assertThat(call().agent(asked).caller(said).gist()).isEqualTo("fill_slots" + filled);
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        Your phone? | 202 555 0147 ext 5                                       | {"phone":"2025550147 ext 5"}
        Your phone? | 202 555 0147, extension twenty                           | {"phone":"2025550147 ext 20"}
        Your phone? | 202-555-0147 x12                                         | {"phone":"2025550147 ext 12"}
        Your phone? | two oh two, triple five, oh one four seven, extension one two | {"phone":"2025550147 ext 12"}
        Your phone? | two oh two, triple five, oh one four seven               | {"phone":"2025550147"}
        Hello.      | my number is two oh two, triple five, oh one four seven  | {"phone":"2025550147"}
        Hello.      | two oh two, triple five, oh one four seven               | {"phone":"2025550147"}
        Your phone? | oh 7 nine 4 6 oh five double one 2 three                 | {"phone":"07946051123"}
        Your phone? | oh 7 nine 4 6 0 5 1 1 2 three                            | {"phone":"07946051123"}
        Your phone? | oh 7 nine 4 6 958 123                                    | {"phone":"07946958123"}
        Your phone? | zero 49 one five one 23 45 67 8                          | {"phone":"0491512345678"}
        Your phone? | zero 49 one five one 2345 6789                           | {"phone":"04915123456789"}
        Your phone? | zero one five one 234 56789                              | {"phone":"015123456789"}
        Your phone? | plus 49 one five one 23 45 67 8                          | {"phone":"+491512345678"}
        Your phone? | +49 one five one 2345678                                 | {"phone":"+491512345678"}
        Your phone? | zero 49 one 6 oh five 2345678                            | {"phone":"04916052345678"}
        Hello.      | tomorrow at three oh five, 415 555 0132                  | {"phone":"4155550132","day":"2026-11-21","time":"3:05"}
        Hello.      | a table for two 415 555 0132                             | {"phone":"4155550132","seats":2}
        Your phone? | 415 five five five 0132                                  | {"phone":"4155550132"}
        Your phone? | four one five 555 0132 extension one 2                   | {"phone":"4155550132 ext 12"}
        Hello.      | my number is oh 7 nine 4 6 0 5 1 1 2 three               | {"phone":"07946051123"}
        Hello.      | my number is oh 7 nine 4 6 oh five 11 2 three            | {"phone":"07946051123"}
        Which code? | one two three four five six                              | {"code":"123456"}
        """)
    void aPhoneNumberIsWholeWithItsExtension(String asked, String said, String filled) {
        assertThat(call().agent(asked).caller(said).gist()).isEqualTo("fill_slots" + filled);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
        What time? | I want another one
        What time? | between 2 and 4 pm
        What time? | between two and four
        Hello.     | between 2 and 4 pm
        """)
    void whatNamesNoTimeFillsNone(String asked, String said) {
        assertThat(call().agent(asked).caller(said).gist()).doesNotContain("\"time\"");
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        Auf welchen Namen? (name)  | Mein Name ist Null            | {"name":"Null"}
        Auf welchen Namen? (name)  | Christoph Null                | {"name":"Christoph Null"}
        Guten Tag!                 | am 12. um 7                   | {"day":"2026-12-12","time":"7"}
        Guten Tag!                 | am zwölften um 7              | {"day":"2026-12-12","time":"7"}
        Guten Tag!                 | auf Freitag um vierzehn Uhr   | {"day":"2026-11-27","time":"14:00"}
        Guten Tag!                 | auf Freitag um zwanzig Uhr dreißig | {"day":"2026-11-27","time":"20:30"}
        Guten Tag!                 | heute Abend um 8              | {"day":"2026-11-20","time":"20:00"}
        Guten Tag!                 | morgen Abend um neun          | {"day":"2026-11-21","time":"21:00"}
        Your phone?                | Null 7 neun 4 6 null fünf 11 2 drei                    | {"phone":"07946051123"}
        Your phone?                | Null 151 zwei drei 4 5 678 neun                        | {"phone":"015123456789"}
        Your phone?                | Null drei null eins zwei drei vier fünf sechs sieben   | {"phone":"0301234567"}
        """)
    void germanIsHeardLikewise(String asked, String said, String filled) {
        assertThat(call().german().agent(asked).caller(said).gist()).isEqualTo("fill_slots" + filled);
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        Which day?  | next week                            | {"day":"next week"}
        Which day?  | some time next week, please          | {"day":"some time next week"}
        Which day?  | this weekend                         | {"day":"this weekend"}
        Which day?  | at the weekend would be best         | {"day":"at the weekend"}
        Which day?  | early December                       | {"day":"early December"}
        Which day?  | at the end of the month              | {"day":"the end of the month"}
        Which day?  | next week on Wednesday               | {"day":"2026-11-25"}
        Hello.      | a table for two next week            | {"day":"next week","seats":2}
        Hello.      | a table next week at 7 pm            | {"day":"next week","time":"19:00"}
        Your name?  | I'm Anna Miller, I'm busy next week  | {"name":"Anna Miller"}
        Which day?  | I'm away next week, so on Friday     | {"day":"2026-11-27"}
        """)
    void severalDaysArePassedOnInTheCallersWords(String asked, String said, String filled) {
        assertThat(call().agent(asked).caller(said).gist()).isEqualTo("fill_slots" + filled);
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        When shall we come? | tomorrow at 7                  | {"moment":"2026-11-21 at 7"}
        When shall we come? | tomorrow at half past seven    | {"moment":"2026-11-21 at 7:30"}
        When shall we come? | tomorrow morning at seven      | {"moment":"2026-11-21T07:00:00"}
        When shall we come? | tomorrow at 7 pm               | {"moment":"2026-11-21T19:00:00"}
        When shall we come? | tomorrow at 14:30              | {"moment":"2026-11-21T14:30:00"}
        When shall we come? | at seven                       | {"moment":"7"}
        When shall we come? | tomorrow                       | {"moment":"2026-11-21"}
        When shall we come? | next week                      | {"moment":"next week"}
        When shall we come? | next week at 7                 | {"moment":"next week at 7"}
        """)
    void theHourOfAMomentIsPassedOnBare(String asked, String said, String filled) {
        assertThat(call(COME).agent(asked).caller(said).gist()).isEqualTo("fill_slots" + filled);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        in the evening, at 7 pm       | {"moment":"2026-11-21T19:00:00"}
        make it eight                 | {"moment":"2026-11-21 at 8"}
        on Friday, rather             | {"moment":"2026-11-27 at 7:30"}
        """)
    void whatIsOpenInAMomentStaysOpenWhenTheRestChanges(String said, String filled) {
        assertThat(call(COME)
                        .called("fill_slots", "{\"moment\":\"2026-11-21 at 7:30\"}")
                        .answered("{\"say\":\"When exactly?\"}")
                        .agent("When exactly?")
                        .caller(said)
                        .gist())
                .isEqualTo("fill_slots" + filled);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        nächste Woche                 | {"day":"next week"}
        Irgendwann nächste Woche      | {"day":"next week"}
        übernächste Woche             | {"day":"the week after next"}
        am Wochenende                 | {"day":"at the weekend"}
        dieses Wochenende             | {"day":"this weekend"}
        nächsten Monat                | {"day":"next month"}
        Ende November                 | {"day":"end of November"}
        im Dezember                   | {"day":"in December"}
        """)
    void severalDaysAreHeardInGermanToo(String said, String filled) {
        assertThat(call().german().agent("Which day?").caller(said).gist()).isEqualTo("fill_slots" + filled);
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        Your name?              | null                                              | fill_slots{"name":"Null"}
        Your name?              | Christopher Null                                  | fill_slots{"name":"Christopher Null"}
        For how many people?    | null                                              | control{"action":"unclear"}
        Which code?             | null                                              | control{"action":"unclear"}
        What time?              | null                                              | control{"action":"unclear"}
        Which code?             | null null one two three four                      | fill_slots{"code":"001234"}
        Which code?             | A null one two three four                         | fill_slots{"code":"A01234"}
        Your phone?             | null                                              | control{"action":"unclear"}
        Your phone?             | null seven nine four six null five one two three  | fill_slots{"phone":"0794605123"}
        """)
    void nullIsZeroAmongDigitsAlone(String asked, String said, String calls) {
        assertThat(call().agent(asked).caller(said).gist()).isEqualTo(calls);
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        Für wie viele Personen? | null                                 | fill_slots{"seats":0}
        Which code?             | null null eins zwei drei vier        | fill_slots{"code":"001234"}
        Auf welchen Namen? (name) | null                               | fill_slots{"name":"Null"}
        Auf welchen Namen? (name) | Christoph null                     | fill_slots{"name":"Christoph Null"}
        """)
    void inGermanNullIsANumber(String asked, String said, String calls) {
        assertThat(call().german().agent(asked).caller(said).gist()).isEqualTo(calls);
    }

    @Test
    void whatAToolLeavesEmptyIsNoZeroInGermanEither() {
        assertThat(call().german()
                        .called("fill_slots", "{\"time\":\"15:00\"}")
                        .answered("{\"say\":\"Ich habe 14 Uhr 30 oder 15 Uhr 30.\",\"note\":null,"
                                + "\"facts\":{\"options\":{\"1\":\"14 Uhr 30\",\"2\":\"15 Uhr 30\"}}}")
                        .agent("Ich habe 14 Uhr 30 oder 15 Uhr 30.")
                        .caller("das zweite")
                        .gist())
                .isEqualTo("choose{\"option\":2}");
    }
}
