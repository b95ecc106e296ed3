package dev.antiphon.testkit.brain;

import static dev.antiphon.testkit.brain.Flow.clinicCall;
import static dev.antiphon.testkit.brain.Flow.tool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.testkit.emulator.Brain.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is open in the caller's words stays open in the values; what was not said is no value. Today is Friday, 2026-11-20. */
class AsItWasSaidTest {
    private static final ToolSpec FILL = tool("fill_slots", "Call as soon as the caller gives any value.", """
            {"type":"object","properties":{
              "code":{"type":"string","format":"identifier","pattern":"^[0-9A-Z]{6}$","description":"The code, the answer to: Which code?"},
              "day":{"type":"string","format":"date","description":"The day, the answer to: Which day?"},
              "time":{"type":"string","format":"time","pattern":"^(?:\\\\d{2}:\\\\d{2}|\\\\d{1,2}(?::\\\\d{2})?)$",
                "x-first":"12:00","x-last":"23:00","description":"The time, the answer to: What time?"},
              "seats":{"type":"integer","description":"The seats, the answer to: For how many people?"},
              "phone":{"type":"string","format":"phone","description":"The phone, the answer to: Your phone?"},
              "name":{"type":"string","format":"person-name","description":"The name, the answer to: Your name?"}}}""");

    private static Flow call() {
        List<ToolSpec> tools = new ArrayList<>(List.of(FILL));
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
        Your phone?                | Null drei null eins zwei drei vier fünf sechs sieben   | {"phone":"0301234567"}
        """)
    void germanIsHeardLikewise(String asked, String said, String filled) {
        assertThat(call().german().agent(asked).caller(said).gist()).isEqualTo("fill_slots" + filled);
    }
}
