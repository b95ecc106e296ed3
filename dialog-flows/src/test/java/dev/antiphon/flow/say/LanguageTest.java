package dev.antiphon.flow.say;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LanguageTest {
    @ParameterizedTest
    @EnumSource
    void germanHasEveryPhraseWithTheArgumentsOfEnglish(Phrase phrase) {
        TextPattern english = new TextPattern(phrase.english(), Locale.ENGLISH);
        TextPattern german = new TextPattern(Language.GERMAN.pattern(phrase), Locale.GERMAN);

        assertThat(english.problem()).isEmpty();
        assertThat(german.problem()).isEmpty();
        assertThat(german.arguments()).isEqualTo(english.arguments());
        assertThat(german.pattern()).isNotBlank();
    }

    @Test
    void theFileOfGermanHasEachKeyOnceAndNoOther() throws IOException {
        String file;
        try (InputStream bytes =
                Objects.requireNonNull(Language.class.getResourceAsStream("german.properties"), "german.properties")) {
            file = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(file.lines()
                        .filter(line -> line.matches("[a-z-]+=.*"))
                        .map(line -> line.substring(0, line.indexOf('='))))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Phrase.values()).map(Phrase::key).toList());
    }

    @Test
    void aLanguageThatLacksAPhraseOrHasAnUnknownOneIsRefused() {
        Map<String, String> patterns = new HashMap<>();
        Stream.of(Phrase.values()).forEach(phrase -> patterns.put(phrase.key(), phrase.english()));
        patterns.remove("no-match");
        patterns.put("no-mach", "Pardon ?");

        assertThatThrownBy(() -> Language.of(Locale.FRENCH, patterns, Cues.ENGLISH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a language must have every phrase and no other, but 'fr' lacks [no-match]"
                        + " and has [no-mach]");
    }

    @Test
    void aPhraseWithoutArgumentsIsAlwaysTheSameString() {
        assertThat(Language.ENGLISH.text(Phrase.NO_MATCH)).isSameAs(Language.ENGLISH.text(Phrase.NO_MATCH));
        assertThat(Language.ENGLISH.text(Phrase.NO_MATCH)).isEqualTo("Sorry, I didn't catch that.");
    }

    @Test
    void argumentsStandInTheirPlacesWhateverTheirOrder() {
        assertThat(Language.ENGLISH.text(Phrase.NOTHING_LEFT, "label", "day", "value", "Tuesday"))
                .isEqualTo("There is nothing left for Tuesday, but another day may do.");
        assertThat(Language.ENGLISH.text(Phrase.NEEDED, "label", "{curly} 'quoted' #"))
                .isEqualTo("I'm afraid I need the {curly} 'quoted' #.");
    }

    @Test
    void aMissingArgumentIsNamed() {
        assertThatThrownBy(() -> Language.ENGLISH.text(Phrase.NEEDED, "lable", "day"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the text 'I'm afraid I need the {label}.' needs a value for 'label'");
    }

    @Test
    void pluralsAndQuotesAreThoseOfIcu() {
        TextPattern template =
                new TextPattern("{name} hat {count, plural, one {# Gast} other {# Gäste}}, '{so}'.", Locale.GERMAN);

        assertThat(template.arguments()).containsExactly("count", "name");
        assertThat(template.fill(new Object[] {"count", 1, "name", "Ana"}, String::valueOf))
                .isEqualTo("Ana hat 1 Gast, {so}.");
        assertThat(template.fill(new Object[] {"name", "Ana", "count", 2500}, String::valueOf))
                .isEqualTo("Ana hat 2.500 Gäste, {so}.");
    }

    @Test
    void listsAreThoseOfTheLanguage() {
        assertThat(Language.ENGLISH.either(List.of("a", "b", "c"))).isEqualTo("a, b or c");
        assertThat(Language.ENGLISH.all(List.of("a", "b", "c"))).isEqualTo("a, b and c");
        assertThat(Language.GERMAN.either(List.of("a", "b", "c"))).isEqualTo("a, b oder c");
        assertThat(Language.GERMAN.all(List.of("a", "b"))).isEqualTo("a und b");
        assertThat(Language.GERMAN.all(List.of("a"))).isEqualTo("a");
        assertThat(Language.GERMAN.all(List.of())).isEmpty();
    }

    @Test
    void aCopyHasItsOwnWordsAndLeavesTheOriginal() {
        Language own = Language.GERMAN.with(Phrase.NO_MATCH, "Wie bitte?");

        assertThat(own.text(Phrase.NO_MATCH)).isEqualTo("Wie bitte?");
        assertThat(own.problems()).isEmpty();
        assertThat(own).isNotEqualTo(Language.GERMAN);
        assertThat(own.with(Phrase.NO_MATCH, Language.GERMAN.pattern(Phrase.NO_MATCH)))
                .isEqualTo(Language.GERMAN)
                .hasSameHashCodeAs(Language.GERMAN);
        assertThat(Language.GERMAN.text(Phrase.NO_MATCH)).startsWith("Entschuldigung");
    }

    @Test
    void brokenPatternsAreToldWithTheirRules() {
        Language broken = Language.ENGLISH
                .with(Phrase.NO_MATCH, "Pardon {name}?")
                .with(Phrase.NEEDED, "The {label")
                .with(Phrase.CONNECTING, "To {0}")
                .with(Phrase.WAIT, "{x, number, ::nonsense}")
                .with(Phrase.ALPHABET, "Anton Berta")
                .with(Phrase.FILLER, "")
                .with(Phrase.CORRECTION, " ");

        assertThat(broken.problems())
                .containsExactlyInAnyOrder(
                        "phrase NO_MATCH must have no arguments, but is 'Pardon {name}?'",
                        "phrase NEEDED must be an ICU MessageFormat, but is 'The {label'",
                        "phrase CONNECTING must name its arguments, but is 'To {0}'",
                        "phrase WAIT must be an ICU MessageFormat, but is '{x, number, ::nonsense}'",
                        "phrase ALPHABET must be 26 words with a space between two, but has 2",
                        "phrase FILLER must have words to be said, but is blank",
                        "phrase CORRECTION must have words, by which a correction is known, but is blank");
    }

    @Test
    void theBuiltInLanguagesAreFoundByTheirTags() {
        assertThat(Language.tags()).containsExactly("de", "en");
        assertThat(Language.named("de")).contains(Language.GERMAN);
        assertThat(Language.named("xx")).isEmpty();
        assertThat(Language.GERMAN.name()).isEqualTo("German");
    }
}
