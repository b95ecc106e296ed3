package dev.antiphon.flow.say;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.slot.Amount;
import dev.antiphon.flow.slot.EmailAddress;
import dev.antiphon.flow.slot.PhoneNumber;
import dev.antiphon.flow.slot.PostalAddress;
import dev.antiphon.flow.slot.Spelling;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ValueWordsTest {
    private static final Language DE = Language.GERMAN;
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    @Test
    void daysAndTimesAreSpokenInGerman() {
        assertThat(DE.spoken(DAY)).isEqualTo("Dienstag, 24. November");
        assertThat(DE.spoken(LocalDate.of(2027, 3, 7))).isEqualTo("Sonntag, 7. März");
        assertThat(DE.spoken(LocalTime.of(15, 0))).isEqualTo("15 Uhr");
        assertThat(DE.spoken(LocalTime.of(9, 5))).isEqualTo("9 Uhr 5");
        assertThat(DE.spoken(LocalTime.NOON)).isEqualTo("12 Uhr");
        assertThat(DE.spoken(LocalTime.MIDNIGHT)).isEqualTo("Mitternacht");
        assertThat(DE.spoken(DAY.atTime(15, 30).atZone(ZoneId.of("Europe/Berlin"))))
                .isEqualTo("Dienstag, 24. November um 15 Uhr 30");
    }

    @Test
    void lengthsNumbersAndMoneyAreSpokenInGerman() {
        assertThat(DE.spoken(Duration.ofMinutes(150))).isEqualTo("2 Stunden und 30 Minuten");
        assertThat(DE.spoken(Duration.ofSeconds(90_061))).isEqualTo("1 Tag, 1 Stunde, 1 Minute und 1 Sekunde");
        assertThat(DE.spoken(Duration.ZERO)).isEqualTo("0 Minuten");
        assertThat(DE.spoken(new BigDecimal("2.50"))).isEqualTo("2,50");
        assertThat(DE.spoken(1250)).isEqualTo("1250");
        assertThat(DE.spoken(Amount.of("49.90", "EUR"))).isEqualTo("49,90 Euro");
        assertThat(DE.spoken(Amount.of("1250", "USD"))).isEqualTo("1250 US-Dollar");
        assertThat(DE.spoken(true)).isEqualTo("ja");
        assertThat(DE.spoken(Optional.empty())).isEqualTo("keine Angabe");
        assertThat(DE.spoken(Optional.of(DAY))).isEqualTo("Dienstag, 24. November");
    }

    @Test
    void addressesAreSpokenAndSpelledInGerman() {
        assertThat(DE.spoken(new EmailAddress("anna-m@example.com")))
                .isEqualTo("anna Bindestrich m at example Punkt com");
        assertThat(new EmailAddress("am@example.com").spelled(DE))
                .isEqualTo("A wie Aachen, M wie München, at example Punkt com");
        assertThat(DE.spoken(new PhoneNumber("+493012345678"))).isEqualTo("0 3 0, 1 2 3 4 5 6 7 8");
        assertThat(DE.spoken(new PostalAddress(
                        Optional.of("Hauptstraße"),
                        Optional.of("12"),
                        Optional.of("10115"),
                        Optional.of("Berlin"),
                        Optional.of("DE"))))
                .isEqualTo("Hauptstraße 12, Berlin, Postleitzahl 1 0 1 1 5, Deutschland");
        assertThat(Spelling.alphabet("XY7", DE)).isEqualTo("X wie Xanten, Y wie Ypsilon, 7");
    }

    @Test
    void everyLanguageHasAWordForEachLetterAndSign() {
        for (Language language : new Language[] {Language.ENGLISH, DE}) {
            String[] words = language.text(Phrase.ALPHABET).split(" ");
            assertThat(words).hasSize(26);
            for (int i = 0; i < words.length; i++) {
                assertThat(words[i]).startsWith(Character.toString('A' + i));
            }
            assertThat(language.text(Phrase.SIGNS).split(" ")).hasSize(11);
        }
    }

    /** English whose patterns differ by a space at the end, so that ICU must fill them. */
    private static Language englishByPatterns() {
        Language slow = Language.ENGLISH;
        for (Phrase phrase : new Phrase[] {Phrase.DATE, Phrase.FULL_HOUR, Phrase.HOUR_AND_MINUTE}) {
            slow = slow.with(phrase, phrase.english() + " ");
        }
        return slow;
    }

    @Property
    void thePatternsOfEnglishSayWhatEnglishSays(
            @ForAll @IntRange(max = 364) int day, @ForAll @IntRange(max = 1439) int minute) {
        Language slow = englishByPatterns();
        LocalDate date = LocalDate.of(2026, 1, 1).plusDays(day);
        LocalTime time = LocalTime.MIDNIGHT.plusMinutes(minute);

        assertThat(slow.spoken(date)).isEqualTo(Language.ENGLISH.spoken(date) + " ");
        assertThat(slow.spoken(time).strip()).isEqualTo(Language.ENGLISH.spoken(time));
    }

    @Test
    void anotherLocaleOnlyNeedsPatterns() {
        Language british = Language.ENGLISH.with(Phrase.HOUR_AND_MINUTE, "{time, time,HH:mm}");

        assertThat(british.spoken(LocalTime.of(15, 30))).isEqualTo("15:30");
        assertThat(british.spoken(LocalTime.of(15, 0))).isEqualTo("3 PM");
        assertThat(british.locale()).isEqualTo(Locale.ENGLISH);
    }
}
