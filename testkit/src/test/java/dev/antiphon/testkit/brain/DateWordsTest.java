package dev.antiphon.testkit.brain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateWordsTest {
    /** A Friday. */
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        next Tuesday                        | 2026-11-24
        on Tuesday please                   | 2026-11-24
        Friday                              | 2026-11-27
        make it Friday instead              | 2026-11-27
        tomorrow                            | 2026-11-21
        Tomorrow morning                    | 2026-11-21
        the day after tomorrow              | 2026-11-22
        today                               | 2026-11-20
        tonight                             | 2026-11-20
        the 3rd of December                 | 2026-12-03
        December 3rd                        | 2026-12-03
        December the third                  | 2026-12-03
        third of december                   | 2026-12-03
        Dec. 3                              | 2026-12-03
        3 december                          | 2026-12-03
        Thursday, December 3rd              | 2026-12-03
        Tuesday the 24th of November        | 2026-11-24
        the 23rd                            | 2026-11-23
        Monday the 23rd                     | 2026-11-23
        the twenty-third                    | 2026-11-23
        the second                          | 2026-12-02
        November twenty third               | 2026-11-23
        2026-12-03                          | 2026-12-03
        12/3                                | 2026-12-03
        12/3/2026                           | 2026-12-03
        3.12.2026                           | 2026-12-03
        24.11.                              | 2026-11-24
        March 1st                           | 2027-03-01
        may 3 2027                          | 2027-05-03
        in two weeks                        | 2026-12-04
        in a week                           | 2026-11-27
        in 3 days                           | 2026-11-23
        in 3 days' time                     | 2026-11-23
        a week from Monday                  | 2026-11-30
        two weeks from Tuesday              | 2026-12-08
        Tuesday week                        | 2026-12-01
        a week on Tuesday                   | 2026-12-01
        Tuesday next week                   | 2026-11-24
        next week on Wednesday              | 2026-11-25
        this coming Tuesday                 | 2026-11-24
        the following Monday                | 2026-11-23
        Christmas Eve                       | 2026-12-24
        not Tuesday, Wednesday              | 2026-11-25
        Wednesday instead of Tuesday        | 2026-11-25
        Tuesday, no wait, Thursday          | 2026-11-26
        Tuesday or Wednesday                | 2026-11-24
        I can do thurs                      | 2026-11-26
        the first Monday in December        | 2026-12-07
        the last Friday of November         | 2026-11-27
        the second Tuesday of March         | 2027-03-09
        the first Monday of next month      | 2026-12-07
        the week after next on Monday       | 2026-11-30
        Monday of the week after next       | 2026-11-30
        two days after tomorrow             | 2026-11-23
        """)
    void aPhraseMeansTheDayACallerWouldMean(String phrase, LocalDate expected) {
        Words words = Words.of(phrase);
        assertThat(Found.meant(DateWords.findAll(words, TODAY), words.text()).map(Found::value))
                .contains(expected);
    }

    @ParameterizedTest
    @EnumSource(DayOfWeek.class)
    void aWeekdayIsTheFirstOneAfterTodayWhateverDayTodayIs(DayOfWeek weekday) {
        for (int i = 0; i < 7; i++) {
            LocalDate today = TODAY.plusDays(i);
            LocalDate expected = today.with(TemporalAdjusters.next(weekday));
            for (String phrase : List.of("%s", "next %s", "the coming %s", "this coming %s", "on %ss")) {
                assertThat(read(phrase.formatted(weekday), today))
                        .as(phrase + " on " + today)
                        .containsExactly(expected);
            }
            assertThat(read("this " + weekday, today))
                    .containsExactly(today.with(TemporalAdjusters.nextOrSame(weekday)));
            assertThat(read(weekday + " week", today)).containsExactly(expected.plusWeeks(1));
            assertThat(read("two weeks from " + weekday, today)).containsExactly(expected.plusWeeks(2));
            LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            assertThat(read(weekday + " next week", today)).containsExactly(monday.plusDays(7 + weekday.ordinal()));
        }
    }

    private static List<LocalDate> read(String phrase, LocalDate today) {
        return DateWords.findAll(Words.of(phrase), today).stream()
                .map(Found::value)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "may I ask something", "at three", "415 555 0132", "my son is ill", "I sat down", "the second one",
                "2026-13-45", "next week", "at 10.30", "the first option", "march over here", "32/45"
            })
    void otherWordsAreNoDay(String phrase) {
        assertThat(DateWords.findAll(Words.of(phrase), TODAY)).isEmpty();
    }
}
