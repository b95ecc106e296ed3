package dev.antiphon.flow.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.dsl.FlowDsl;
import dev.antiphon.flow.say.Language;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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
        2026-11-24T7:00                              | ? 2026-11-24T07:00 / 2026-11-24T19:00
        today at seven                               | 2026-11-20T19:00
        the 12th at seven in the evening             | 2026-12-12T19:00
        at half past seven on the twelfth            | ? 2026-12-12T07:30 / 2026-12-12T19:30
        a week from Monday at 3 pm                   | 2026-11-30T15:00
        Tuesday week at noon                         | 2026-12-01T12:00
        2026-11-24 at 7                              | ? 2026-11-24T07:00 / 2026-11-24T19:00
        2026-11-24 at 7:30                           | ? 2026-11-24T07:30 / 2026-11-24T19:30
        7                                            | ! I need the day, too, for example Tuesday at that time.
        next week at 7                               | ! I need one day, for example Monday, November 23rd.
        half past seven on Friday                    | ? 2026-11-27T07:30 / 2026-11-27T19:30
        Tuesday                                      | ! I need a time for Tuesday, November 24th, too.
        at seven                                     | ! I need the day, too, for example Tuesday at that time.
        Tuesday at 25:00                             | ! I couldn't make out the day and the time.
        2026-02-30T10:00                             | ! I couldn't make out the day and the time.
        next week at seven                           | ! I need one day, for example Monday, November 23rd.
        at 3 pm at the weekend                       | ? 2026-11-21T15:00 / 2026-11-22T15:00
        at seven at the weekend                      | ! I need one day, for example Saturday, November 21st.
        Saturday or Sunday at 3 pm                   | ? 2026-11-21T15:00 / 2026-11-22T15:00
        Tuesday at 7 or 8 pm                         | ? 2026-11-24T19:00 / 2026-11-24T20:00
        5/12/2026 at 3 pm                            | 2026-12-05T15:00
        next week                                    | ! I need one day, for example Monday, November 23rd.
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
        half past seven                    | ? 07:30 / 19:30
        half seven                         | ? 07:30 / 19:30
        half past nine                     | ? 09:30 / 21:30
        quarter to eight                   | ? 07:45 / 19:45
        quarter to one                     | 12:45
        a quarter past ten                 | ? 10:15 / 22:15
        twenty-five to six                 | ? 05:35 / 17:35
        ten minutes past three             | ? 03:10 / 15:10
        seven thirty                       | ? 07:30 / 19:30
        seven oh five am                   | 07:05
        eight in the evening               | 20:00
        nine in the morning                | 09:00
        eleven at night                    | 23:00
        two at night                       | 02:00
        five o'clock                       | ? 05:00 / 17:00
        5 O’Clock                          | ? 05:00 / 17:00
        at about ten                       | ? 10:00 / 22:00
        this evening at seven              | 19:00
        in the morning, at half past seven | 07:30
        seven tonight                      | 19:00
        um 7 Uhr                           | ? 07:00 / 19:00
        um 19 Uhr 30                       | 19:30
        ١٥:٣٠                              | 15:30
        fifteen thirty                     | 15:30
        twelve noon                        | 12:00
        seven or eight                     | ! I couldn't make out the time.
        7 or 8 pm                          | ? 19:00 / 20:00
        either seven or half past eight in the evening | ? 19:00 / 20:30
        7 am or 8 p.m.                     | ? 07:00 / 20:00
        noon or 13:30                      | ? 12:00 / 13:30
        um 15 Uhr oder um 16 Uhr           | ? 15:00 / 16:00
        7 pm or later                      | ! I couldn't make out the time.
        sixty past three                   | ! I couldn't make out the time.
        half past                          | ! I couldn't make out the time.
        """)
    void timesAreReadInWords(String said, String expected) {
        assertThat(Readings.of(new TimeType(), said)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "7:00", "seven", "at seven", "7 o'clock", "Seven o’clock."})
    void anHourThatMayBeMorningOrEveningIsAsked(String said) {
        assertThat(Readings.of(new TimeType(), said)).isEqualTo("? 07:00 / 19:00");
    }

    @ParameterizedTest
    @CsvSource({
        "07:00, 07:00",
        "10:30, 10:30",
        "11:00:00, 11:00",
        "12:00, 12:00",
        "twelve, 12:00",
        "13:00, 13:00",
        "0:30, 00:30",
        "7 am, 07:00",
        "7 in the evening, 19:00"
    })
    void aTimeThatSaysItsHalfOfTheDayIsNotAsked(String said, String expected) {
        assertThat(Readings.of(new TimeType(), said)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        three             | 15:00
        nine              | 09:00
        at half past four | 16:30
        seven             | ! It must be between 9 AM and 5 PM, but I heard 7 AM or 7 PM.
        8 pm              | ! It must be between 9 AM and 5 PM, but I heard 8 PM.
        17:01             | ! It must be between 9 AM and 5 PM, but I heard 5:01 PM.
        """)
    void boundsTellWhichHalfOfTheDayIsMeant(String said, String expected) {
        SlotType<LocalTime> open =
                FlowDsl.time("time", LocalTime.of(9, 0), LocalTime.of(17, 0)).type();
        assertThat(Readings.of(open, said)).isEqualTo(expected);
        assertThat(open.hint().english()).isEqualTo("You can say a time between 9 AM and 5 PM.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        eight      | 20:00
        one        | 01:00
        two        | 02:00
        12:00      | ! It must be between 6 PM and 2 AM, but I heard noon.
        """)
    void boundsMayGoOverMidnight(String said, String expected) {
        SlotType<LocalTime> bar =
                FlowDsl.time("time", LocalTime.of(18, 0), LocalTime.of(2, 0)).type();
        assertThat(Readings.of(bar, said)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Tuesday at three          | 2026-11-24T15:00
        2026-11-24 at 4           | 2026-11-24T16:00
        2026-11-24 at 7           | ! It must be between 9 AM and 5 PM, but I heard 7 AM or 7 PM.
        2026-11-24T7:00           | ! It must be between 9 AM and 5 PM, but I heard 7 AM or 7 PM.
        2026-11-24T09:00          | 2026-11-24T09:00
        2026-11-24T18:00-05:00    | ! It must be between 9 AM and 5 PM, but I heard midnight.
        in an hour                | 2026-11-20T11:00
        in ten hours              | ! It must be between 9 AM and 5 PM, but I heard 8 PM.
        """)
    void boundsHoldForTheTimeOfAMomentToo(String said, String expected) {
        SlotType<ZonedDateTime> open =
                FlowDsl.dateTime("at", LocalTime.of(9, 0), LocalTime.of(17, 0)).type();
        assertThat(Readings.of(open, said).replace("+01:00[Europe/Berlin]", "")).isEqualTo(expected);
    }

    @Test
    void theSchemaLetsTheModelPassOnAnOpenHalfOfTheDay() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        FlowDsl.time("time", LocalTime.of(9, 0), LocalTime.of(17, 30)).type().describe(schema);
        String pattern = schema.path("pattern").asString("");
        assertThat(List.of("15:00", "07:00", "7", "7:30")).allMatch(value -> value.matches(pattern));
        assertThat(List.of("seven", "7 pm", "123")).noneMatch(value -> value.matches(pattern));
        assertThat(schema.path("x-first").asString("")).isEqualTo("09:00");
        assertThat(schema.path("x-last").asString("")).isEqualTo("17:30");
        ObjectNode unbounded = JsonNodeFactory.instance.objectNode();
        FlowDsl.time("time").type().describe(unbounded);
        assertThat(unbounded.has("x-first")).isFalse();
    }

    @Test
    void theSchemaLetsTheModelPassOnWordsThatLeaveTheDayOpen() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        new DateType().describe(schema);
        assertThat(schema.path("description").asString("")).contains("\"next week\"");
        assertThat(schema.path("examples"))
                .allSatisfy(example -> assertThat(Readings.of(new DateType(), example.asString("")))
                        .doesNotContain("couldn't make out"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        the twenty-fourth of November      | 2026-11-24
        December third                     | 2026-12-03
        in ten days                        | 2026-11-30
        in a week                          | 2026-11-27
        ٢٠٢٦-١١-٢٤                          | 2026-11-24
        in a week's time                   | 2026-11-27
        the 12th                           | 2026-12-12
        12th                               | 2026-12-12
        Twelfth.                           | 2026-12-12
        on the twelfth                     | 2026-12-12
        the 20th                           | 2026-11-20
        the 21st                           | 2026-11-21
        the thirty-first                   | 2026-12-31
        the twelfth of next month          | 2026-12-12
        the 25th of this month             | 2026-11-25
        the first of the month             | 2026-12-01
        Saturday the 12th                  | 2026-12-12
        Saturday, the 12th of December     | 2026-12-12
        the 3rd of March next year         | 2027-03-03
        yesterday                          | 2026-11-19
        the day before yesterday           | 2026-11-18
        gestern                            | 2026-11-19
        last Friday                        | 2026-11-13
        three days ago                     | 2026-11-17
        in two weeks                       | 2026-12-04
        in two weeks' time                 | 2026-12-04
        two weeks from now                 | 2026-12-04
        in a fortnight                     | 2026-12-04
        in a couple of days                | 2026-11-22
        in a month                         | 2026-12-20
        a week from Monday                 | 2026-11-30
        a week on Monday                   | 2026-11-30
        a week today                       | 2026-11-27
        two weeks on Tuesday               | 2026-12-08
        three days after tomorrow          | 2026-11-24
        Friday week                        | 2026-12-04
        tomorrow week                      | 2026-11-28
        the Monday after next              | 2026-11-30
        Tuesday next week                  | 2026-11-24
        next week on Wednesday             | 2026-11-25
        Wednesday of the week after next   | 2026-12-02
        on Thursday in two weeks           | 2026-12-03
        Tues                               | 2026-11-24
        the first Monday in December       | 2026-12-07
        the last Friday of the month       | 2026-11-27
        the second Tuesday of next month   | 2026-12-08
        the last day of November           | 2026-11-30
        the third Monday of March 2027     | 2027-03-15
        this weekend                       | ? 2026-11-21 / 2026-11-22
        next week                          | ! I need one day, for example Monday, November 23rd.
        some time next week                | ! I need one day, for example Monday, November 23rd.
        one day this week                  | ! I need one day, for example Monday, November 23rd.
        the week after next                | ! I need one day, for example Monday, November 30th.
        next weekend                       | ! I need one day, for example Saturday, November 21st.
        next month                         | ! I need one day, for example Tuesday, December 1st.
        early December                     | ! I need one day, for example Tuesday, December 1st.
        in November                        | ! I need one day, for example Monday, November 23rd.
        next year                          | ! I need one day, for example Friday, January 1st.
        nächste Woche                      | ! I need one day, for example Monday, November 23rd.
        Saturday or Sunday                 | ? 2026-11-21 / 2026-11-22
        either tomorrow or on Monday       | ? 2026-11-21 / 2026-11-23
        the 3rd or 4th of December         | ? 2026-12-03 / 2026-12-04
        December 3rd or 4th                | ? 2026-12-03 / 2026-12-04
        Monday or Tuesday next week        | ? 2026-11-23 / 2026-11-24
        Friday or whenever                 | ! I couldn't make out the day.
        5/12/2026                          | ? 2026-05-12 / 2026-12-05
        13/12/2026                         | 2026-12-13
        12/12/2026                         | 2026-12-12
        5/12                               | ? 2027-05-12 / 2026-12-05
        5.12.2026                          | 2026-12-05
        99/99/2026                         | ! I couldn't make out the day.
        end of the month                   | ! I need one day, for example Monday, November 30th.
        at the end of the month            | ! I need one day, for example Monday, November 30th.
        late December                      | ! I need one day, for example Thursday, December 31st.
        mid December                       | ! I need one day, for example Wednesday, December 16th.
        the middle of next week            | ! I need one day, for example Thursday, November 26th.
        the end of next week               | ! I need one day, for example Friday, November 27th.
        the end of the week                | ! I need one day, for example Saturday, November 21st.
        the end of the year                | ! I need one day, for example Thursday, December 31st.
        the end of January                 | ! I need one day, for example Friday, January 29th.
        mid November                       | ! I need one day, for example Monday, November 23rd.
        the 0th                            | ! I couldn't make out the day.
        the 32nd                           | ! I couldn't make out the day.
        the 31st of this month             | ! I couldn't make out the day.
        Tuesday the 12th                   | ! I couldn't make out the day.
        the fifth Friday of next month     | ! I couldn't make out the day.
        a week from soon                   | ! I couldn't make out the day.
        twelve                             | ! I couldn't make out the day.
        in a million days                  | ! I couldn't make out the day.
        the thirty-first of February       | ! I couldn't make out the day.
        """)
    void daysAreReadInWords(String said, String expected) {
        assertThat(Readings.of(new DateType(), said)).isEqualTo(expected);
    }
}
