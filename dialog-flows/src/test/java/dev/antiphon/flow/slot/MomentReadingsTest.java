package dev.antiphon.flow.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.dsl.FlowDsl;
import dev.antiphon.flow.say.Language;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentReadingsTest {
    private static final DateTimeType MOMENT = new DateTimeType();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        2026-11-24T15:00                             | 2026-11-24T15:00
        2026-11-24T15:00:00                          | 2026-11-24T15:00
        2026-11-24T07:00:00Z                         | 2026-11-24T07:00
        2026-11-24 15:00                             | 2026-11-24T15:00
        2026-11-24T15:00:00+00:00                    | 2026-11-24T16:00
        2026-11-24T15:00-05:00                       | 2026-11-24T21:00
        Tuesday at 3 pm                              | 2026-11-24T15:00
        3 pm on Tuesday                              | 2026-11-24T15:00
        Tuesday, November 24th at 3 PM.              | 2026-11-24T15:00
        November twenty-fourth at three p.m.         | 2026-11-24T15:00
        next Friday at half past seven in the evening | 2026-11-27T19:30
        tomorrow at quarter to nine in the morning   | 2026-11-21T08:45
        tomorrow morning at nine                     | 2026-11-21T09:00
        tonight at eight                             | 2026-11-20T20:00
        this afternoon at three thirty               | 2026-11-20T15:30
        today at 11 at night                         | 2026-11-20T23:00
        Tuesday noon                                 | 2026-11-24T12:00
        Tuesday at 14:30                             | 2026-11-24T14:30
        Tuesday at 07:00                             | 2026-11-24T07:00
        in two hours                                 | 2026-11-20T12:00
        ٢٠٢٦-١١-٢٤ ١٥:٠٠                              | 2026-11-24T15:00
        today at nine                                | 2026-11-20T21:00
        Tuesday at seven                             | ? 2026-11-24T07:00 / 2026-11-24T19:00
        2026-11-24 at 7                              | ? 2026-11-24T07:00 / 2026-11-24T19:00
        half past seven on Friday                    | ? 2026-11-27T07:30 / 2026-11-27T19:30
        Tuesday                                      | ! I need a time for Tuesday, November 24th, too.
        at seven                                     | ! I need the day, too, for example Tuesday at that time.
        Tuesday at 25:00                             | ! I couldn't make out the day and the time.
        2026-02-30T10:00                             | ! I couldn't make out the day and the time.
        soon                                         | ! I couldn't make out the day and the time.
        """)
    void momentsAreReadInTheZoneOfTheSession(String said, String expected) {
        assertThat(Readings.of(MOMENT, said).replace("+01:00[Europe/Berlin]", ""))
                .isEqualTo(expected);
    }

    @Test
    void changesOfTheClocksAreMinded() {
        assertThat(Readings.of(MOMENT, "2027-10-31T02:30"))
                .isEqualTo("? 2027-10-31T02:30+02:00[Europe/Berlin] / 2027-10-31T02:30+01:00[Europe/Berlin]");
        assertThat(Readings.of(MOMENT, "2027-03-28T02:30"))
                .isEqualTo("! On Sunday, March 28th there is no 2:30 AM, because the clocks go forward.");
        assertThat(MOMENT.spoken(MOMENT.restore("2027-10-31T02:30+01:00[Europe/Berlin]")))
                .isEqualTo("Sunday, October 31st at 2:30 AM, after the clocks went back");
        assertThat(MOMENT.spoken(MOMENT.restore("2027-10-31T02:30+02:00[Europe/Berlin]")))
                .isEqualTo("Sunday, October 31st at 2:30 AM, before the clocks go back");
    }

    @Test
    void theNormalFormDoesNotDependOnTheSession() {
        ZonedDateTime inUtc = ZonedDateTime.parse("2026-11-24T15:00Z");
        assertThat(MOMENT.normal(inUtc)).isEqualTo("2026-11-24T15:00Z[Z]");
        assertThat(Readings.of(MOMENT, "2026-11-24T15:00Z[Z]")).isEqualTo("2026-11-24T15:00Z[Z]");
        assertThat(MOMENT.restore("2026-11-24T15:00Z[Z]")).isEqualTo(inUtc);
        assertThatThrownBy(() -> MOMENT.restore("tomorrow at nine")).hasMessageContaining("but has 16 characters");
    }

    @Test
    void aMomentLiesWithinItsHorizon() {
        Slot<ZonedDateTime> start = FlowDsl.dateTime("visit_at").within(FlowDsl.days(30));
        ZonedDateTime now = Readings.FRIDAY_MORNING;
        assertThat(start.judgeAlone(now.minusMinutes(1), now, Language.ENGLISH))
                .isEqualTo(new Verdict.Reject<>("Friday, November 20th at 9:59 AM is in the past."));
        assertThat(start.judgeAlone(now.plusDays(31), now, Language.ENGLISH))
                .isEqualTo(
                        new Verdict.Reject<>("Monday, December 21st at 10 AM is too far ahead. The last possible day is"
                                + " Sunday, December 20th."));
        assertThat(start.judgeAlone(now.plusDays(30).plusHours(9), now, Language.ENGLISH))
                .isInstanceOf(Verdict.Ok.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        half past seven                    | 19:30
        half seven                         | 19:30
        half past nine                     | 09:30
        quarter to eight                   | 19:45
        quarter to one                     | 12:45
        a quarter past ten                 | 10:15
        twenty-five to six                 | 17:35
        ten minutes past three             | 15:10
        seven thirty                       | 19:30
        seven oh five am                   | 07:05
        eight in the evening               | 20:00
        nine in the morning                | 09:00
        eleven at night                    | 23:00
        two at night                       | 02:00
        five o'clock                       | 17:00
        5 O’Clock                          | 17:00
        at about ten                       | 10:00
        ١٥:٣٠                              | 15:30
        fifteen thirty                     | 15:30
        twelve noon                        | 12:00
        seven or eight                     | ! I couldn't make out the time.
        sixty past three                   | ! I couldn't make out the time.
        half past                          | ! I couldn't make out the time.
        """)
    void timesAreReadInWords(String said, String expected) {
        assertThat(Readings.of(new TimeType(), said)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        the twenty-fourth of November      | 2026-11-24
        December third                     | 2026-12-03
        in ten days                        | 2026-11-30
        in a week                          | 2026-11-27
        ٢٠٢٦-١١-٢٤                          | 2026-11-24
        in a million days                  | ! I couldn't make out the day.
        the thirty-first of February       | ! I couldn't make out the day.
        """)
    void daysAreReadInWords(String said, String expected) {
        assertThat(Readings.of(new DateType(), said)).isEqualTo(expected);
    }
}
