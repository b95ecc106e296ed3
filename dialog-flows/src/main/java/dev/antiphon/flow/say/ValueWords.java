package dev.antiphon.flow.say;

import com.ibm.icu.text.DateFormatSymbols;
import com.ibm.icu.text.MeasureFormat;
import com.ibm.icu.text.MeasureFormat.FormatWidth;
import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.util.Measure;
import com.ibm.icu.util.MeasureUnit;
import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How values sound: in English by its own rules, elsewhere by ICU and the language's phrases. Pure. */
final class ValueWords {
    private ValueWords() {}

    static String of(Object value, Language language) {
        return switch (value) {
            case String text -> text;
            case Speakable speakable -> speakable.spoken(language);
            case LocalDate date -> date(date, language);
            case LocalTime time -> time(time, language);
            case ZonedDateTime moment -> of(moment.toLocalDateTime(), language);
            case LocalDateTime moment ->
                language.text(
                        Phrase.DATE_AND_TIME,
                        "date",
                        date(moment.toLocalDate(), language),
                        "time",
                        time(moment.toLocalTime(), language));
            case Duration duration -> duration(duration, language);
            case Enum<?> constant -> enumConstant(constant);
            case BigDecimal number -> number(number, language);
            case Boolean flag -> language.text(flag ? Phrase.YES : Phrase.NO);
            case Optional<?> maybe -> maybe.map(each -> of(each, language)).orElseGet(() -> language.text(Phrase.NONE));
            default -> value.toString();
        };
    }

    /** For example {@code Tuesday, November 24th}. */
    private static String date(LocalDate date, Language language) {
        String words = dayAndMonth(date, language);
        return language.saysYear(date)
                ? language.text(Phrase.DATE_OF_YEAR, "date", words, "year", Integer.toString(date.getYear()))
                : words;
    }

    private static String dayAndMonth(LocalDate date, Language language) {
        int day = date.getDayOfMonth();
        if (language.isEnglish() && language.keeps(Phrase.DATE)) {
            return date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + ", "
                    + date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " " + day + ordinal(day);
        }
        DateFormatSymbols names = DateFormatSymbols.getInstance(language.locale());
        String[] weekdays = names.getWeekdays(DateFormatSymbols.FORMAT, DateFormatSymbols.WIDE);
        String[] months = names.getMonths(DateFormatSymbols.FORMAT, DateFormatSymbols.WIDE);
        String weekday = weekdays[date.getDayOfWeek().getValue() % 7 + 1]; // ICU counts from Sunday, which is 1
        String month = months[date.getMonthValue() - 1];
        return language.text(Phrase.DATE, "weekday", weekday, "month", month, "day", day);
    }

    private static String ordinal(int day) {
        if (day >= 11 && day <= 13) {
            return "th";
        }
        return switch (day % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
    }

    /** For example {@code 3 PM}, {@code 9:05 AM}, {@code noon}. */
    private static String time(LocalTime time, Language language) {
        if (time.equals(LocalTime.NOON)) {
            return language.text(Phrase.NOON);
        }
        if (time.equals(LocalTime.MIDNIGHT)) {
            return language.text(Phrase.MIDNIGHT);
        }
        Phrase phrase = time.getMinute() == 0 ? Phrase.FULL_HOUR : Phrase.HOUR_AND_MINUTE;
        if (!language.isEnglish() || !language.keeps(phrase)) {
            return language.text(phrase, "time", time);
        }
        int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
        String minutes = time.getMinute() == 0 ? "" : String.format(Locale.ROOT, ":%02d", time.getMinute());
        return hour + minutes + (time.getHour() < 12 ? " AM" : " PM");
    }

    /** For example {@code 1 day, 2 hours and 30 minutes}. */
    private static String duration(Duration duration, Language language) {
        List<String> parts = new ArrayList<>();
        counted(parts, duration.toDaysPart(), MeasureUnit.DAY, language);
        counted(parts, duration.toHoursPart(), MeasureUnit.HOUR, language);
        counted(parts, duration.toMinutesPart(), MeasureUnit.MINUTE, language);
        counted(parts, duration.toSecondsPart(), MeasureUnit.SECOND, language);
        if (parts.isEmpty()) {
            parts.add(counted(0, MeasureUnit.MINUTE, language));
        }
        return language.all(parts);
    }

    private static void counted(List<String> parts, long count, MeasureUnit unit, Language language) {
        if (count != 0) {
            parts.add(counted(count, unit, language));
        }
    }

    private static String counted(long count, MeasureUnit unit, Language language) {
        return language.isEnglish()
                ? count + " " + unit.getSubtype() + (count == 1 ? "" : "s")
                : MeasureFormat.getInstance(ULocale.forLocale(language.locale()), FormatWidth.WIDE)
                        .format(new Measure(count, unit));
    }

    private static String number(BigDecimal number, Language language) {
        if (language.isEnglish()) {
            return number.toPlainString();
        }
        NumberFormat format = NumberFormat.getInstance(language.locale());
        format.setGroupingUsed(false);
        format.setMinimumFractionDigits(Math.max(0, number.scale()));
        format.setMaximumFractionDigits(Math.max(0, number.scale()));
        return format.format(number);
    }

    private static String enumConstant(Enum<?> constant) {
        String text = constant.toString();
        return text.equals(constant.name()) ? text.toLowerCase(Locale.ROOT).replace('_', ' ') : text;
    }
}
