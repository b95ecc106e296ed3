package dev.antiphon.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.say.Language;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    private final Texts english = Texts.beside(TextsTest.class, "desk", Language.ENGLISH);
    private final Texts german = Texts.beside(TextsTest.class, "desk", Language.GERMAN);

    @Test
    void textsAreFoundByKeyInTheirLanguage() {
        assertThat(english.get("ask")).isEqualTo("How many?");
        assertThat(german.get("ask")).isEqualTo("Für wie viele Personen?");
        assertThat(german.get("greeting", "place", "Adler")).isEqualTo("Willkommen im Adler.");
        assertThat(german.language()).isSameAs(Language.GERMAN);
    }

    @Test
    void valuesSoundInTheLanguage() {
        assertThat(english.say("confirm", "count", 1, "date", DAY))
                .isEqualTo(new Utterance("1 guest on Tuesday, November 24th. Right?", false));
        assertThat(german.verbatim("confirm", "count", 4, "date", DAY))
                .isEqualTo(new Utterance("4 Gäste am Dienstag, 24. November. Stimmt das?", true));
    }

    @Test
    void whatALanguageLacksIsSaidInEnglishAndCanBeListed() {
        assertThat(german.get("only-english")).isEqualTo("Only in English.");
        assertThat(german.untranslated()).containsExactly("only-english");
        assertThat(english.untranslated()).isEmpty();
    }

    @Test
    void anUnknownKeyNamesThoseThereAre() {
        assertThatThrownBy(() -> german.get("asks"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a text must be one of [ask, confirm, greeting, only-english] of 'desk', but is 'asks'");
    }

    @Test
    void aMissingArgumentAndAnUnknownOneAreNamed() {
        assertThatThrownBy(() -> german.get("greeting"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("text 'greeting' must get values for [place], but gets them for []");
        assertThatThrownBy(() -> german.get("greeting", "place", "Adler", "plcae", "Adler"))
                .hasMessage("text 'greeting' must get values for [place], but gets them for [place, plcae]");
        assertThatThrownBy(() -> german.get("greeting", "place")).hasMessageContaining("a value for each name");
    }

    @Test
    void brokenFilesAreRefusedWithEverythingThatIsWrong() {
        assertThatThrownBy(() -> Texts.beside(TextsTest.class, "broken", Language.GERMAN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the key 'aks' must be in the English file, but is not")
                .hasMessageContaining("text 'ask' must have no arguments, but has {was}")
                .hasMessageContaining("text 'confirm' must be an ICU MessageFormat, but is '{count Gäste'");
        assertThatThrownBy(() -> Texts.beside(TextsTest.class, "nothing", Language.GERMAN))
                .hasMessageContaining("the file 'nothing.properties' must lie beside dev.antiphon.flow.TextsTest");
    }
}
