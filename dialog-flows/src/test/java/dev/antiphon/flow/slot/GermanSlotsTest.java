package dev.antiphon.flow.slot;

import static dev.antiphon.flow.dsl.FlowDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.slot.PostalAddress.Part;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What slots say in German. */
class GermanSlotsTest {
    private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 11, 20, 9, 0, 0, 0, ZoneId.of("Europe/Berlin"));

    private static <T> String refusal(Slot<T> slot, String said) {
        return slot.type().read(said, NOW) instanceof Reading.Unclear<T> unclear
                ? unclear.line().in(Language.GERMAN, "label", slot.label())
                : "understood";
    }

    @Test
    void refusalsAreGermanSentences() {
        assertThat(refusal(partySize("guests", 8), "12"))
                .isEqualTo("Das geht nur von 1 bis 8, verstanden habe ich 12.");
        assertThat(refusal(decimal("weight", new BigDecimal("0.5"), BigDecimal.TEN, 1), "2.25"))
                .isEqualTo("Nach dem Komma ist höchstens 1 Stelle möglich, verstanden habe ich 2,25.");
        assertThat(refusal(duration("length", minutes(30), hours(4)), "6 hours"))
                .isEqualTo("Das geht nur von 30 Minuten bis 4 Stunden, verstanden habe ich 6 Stunden.");
        assertThat(refusal(money("deposit", "EUR", 10, 500), "5.50 EUR"))
                .isEqualTo("Möglich sind 10 bis 500 Euro, verstanden habe ich 5,50 Euro.");
        assertThat(refusal(digits("pin", 4), "12345")).isEqualTo("Ich brauche genau 4 Ziffern, verstanden habe ich 5.");
        assertThat(refusal(code("order", 6).called("die Bestellnummer"), "A1"))
                .isEqualTo("Das passt nicht als Bestellnummer: Es müssen 6 Zeichen sein, verstanden habe ich 2.");
        assertThat(refusal(address("home", "DE"), "Hauptstraße 12"))
                .isEqualTo("Ich brauche die ganze Adresse, bitte auch die Postleitzahl und den Ort.");
        assertThat(refusal(dateTime("at"), "2026-11-24"))
                .isEqualTo("Ich brauche auch eine Uhrzeit für Dienstag, 24. November.");
        assertThat(refusal(choice("area", List.of("Terrasse", "Saal", "Garten")), "Keller"))
                .isEqualTo("Sie haben die Wahl: Terrasse, Saal oder Garten.");
    }

    @Test
    void aDayThatIsNotPossibleIsRefusedInGerman() {
        Slot<LocalDate> day = date("day").within(days(30));

        assertThat(day.judgeAlone(LocalDate.of(2026, 11, 1), NOW, Language.GERMAN))
                .isEqualTo(new Verdict.Reject<>("Sonntag, 1. November liegt schon in der Vergangenheit."));
        assertThat(day.judgeAlone(LocalDate.of(2027, 1, 1), NOW, Language.GERMAN))
                .isEqualTo(new Verdict.Reject<>("Freitag, 1. Januar liegt zu weit in der Zukunft."
                        + " Der letzte mögliche Tag ist Sonntag, 20. Dezember."));
    }

    private static Stream<SlotType<?>> types() {
        return Stream.of(
                        choice("area", List.of("Terrasse", "Saal")),
                        date("d"),
                        time("t"),
                        dateTime("at"),
                        duration("l", minutes(30), hours(4)),
                        number("n", 1, 9),
                        decimal("w", 0, 30),
                        money("m", List.of("EUR", "CHF"), BigDecimal.ONE, BigDecimal.TEN),
                        yesNo("y"),
                        digits("p", 4),
                        digits("q", 4, 6),
                        iban("i"),
                        email("e"),
                        phone("f", "DE"),
                        address("a", "DE", Part.CITY),
                        personName("v"),
                        freeText("x"))
                .map(Slot::type);
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTypeHelpsAndAsksInGerman(SlotType<?> type) {
        String hint = type.hint().in(Language.GERMAN);
        String question = type.shortQuestion().in(Language.GERMAN, "label", "Angabe");

        assertThat(hint).endsWith(".").isNotEqualTo(type.hint().english()).doesNotContain("{", "Please");
        assertThat(question).endsWith("?").doesNotContain("{", "So,");
    }

    @ParameterizedTest
    @CsvSource({"ja,true", "Ja bitte!,true", "gern,true", "nein,false", "'Nein, danke.',false", "nö,false"})
    void germanYesAndNoAreRead(String said, boolean meant) {
        assertThat(yesNo("y").type().read(said, NOW)).isEqualTo(new Reading.Understood<>(meant));
    }

    @Test
    void aFewGermanWordsAreRead() {
        assertThat(date("d").type().read("übermorgen", NOW))
                .isEqualTo(new Reading.Understood<>(LocalDate.of(2026, 11, 22)));
        assertThat(personName("v").type().read("Ich heiße anna müller", NOW))
                .isEqualTo(new Reading.Understood<>("Anna Müller"));
    }

    /** An option that is called otherwise in each language. */
    private enum Area implements Choosable {
        TERRACE;

        @Override
        public String spoken() {
            return "the terrace";
        }

        @Override
        public String spoken(Language language) {
            return language.isEnglish() ? spoken() : "die Terrasse";
        }
    }

    @Test
    void optionsMayHaveWordsInEachLanguage() {
        SlotType<Area> type = choice("area", Area.class).type();

        assertThat(type.spoken(Area.TERRACE, Language.GERMAN)).isEqualTo("die Terrasse");
        assertThat(type.spoken(Area.TERRACE)).isEqualTo("the terrace");
    }
}
