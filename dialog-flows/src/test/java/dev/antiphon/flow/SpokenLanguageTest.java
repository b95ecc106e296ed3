package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.faq.FaqEntry;
import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.tier.Struggle.Signal;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Flows in another language, and flows with words of their own. */
class SpokenLanguageTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T09:00:00Z"), ZoneOffset.UTC);

    record Guest(String name) {}

    private final Slot<String> name =
            personName("name").called("Name").ask("Wie ist Ihr Name?").simpler("Bitte sagen Sie Ihren Namen.");

    private Flow<Guest> german(UnaryOperator<FlowBuilder<Guest, Object>> more) {
        return Flow.named(
                "gast",
                Guest.class,
                f -> more.apply(f.goal("einen Tisch reservieren").language(Language.GERMAN))
                        .collect(name)
                        .confirm(guest -> say("Ein Tisch für {}. Ist das richtig?", guest.name()))
                        .effect("book", guest -> "R7")
                        .done((guest, reference) -> verbatim("Ihr Tisch ist reserviert.")));
    }

    private FlowTest call() {
        return FlowTest.of(german(f -> f), CLOCK);
    }

    @Test
    void aGermanFlowSpeaksGermanFromGreetingToFarewell() {
        call().expectSay("Guten Tag! Hier können Sie einen Tisch reservieren. Wie ist Ihr Name?")
                .caller()
                .isUnclear()
                .expectSay("Entschuldigung, das habe ich nicht verstanden.")
                .caller()
                .fills(name, "Ana Smith")
                .caller()
                .confirmsNo()
                .expectSay("Was möchten Sie ändern?")
                .caller()
                .fills(name, "Eva Smith")
                .expectSay("Ein Tisch für Eva Smith. Ist das richtig?")
                .caller()
                .confirmsYes()
                .expectSay("Ihr Tisch ist reserviert. Kann ich sonst noch etwas für Sie tun?")
                .caller()
                .confirmsNo()
                .expectSay("Vielen Dank für Ihren Anruf. Auf Wiederhören.")
                .expectOutcome("completed");
    }

    @Test
    void aFalseClaimInGermanIsPutRightInGerman() {
        call().caller()
                .agentSays("Ihr Tisch ist jetzt reserviert.")
                .expectStruggle(Signal.UNBACKED_CLAIM)
                .expectSay("Entschuldigung, zur Klarstellung: Das ist noch nicht erledigt.");
    }

    @Test
    void everyPhraseOfOneFlowCanBeReplaced() {
        FlowTest.of(german(f -> f.phrase(Phrase.NO_MATCH, "Wie bitte?")), CLOCK)
                .caller()
                .isUnclear()
                .expectSay("Wie bitte?");
    }

    @Test
    void theLanguageMayBeSetAfterAPhrase() {
        Flow<?> flow = german(f -> f.phrase(Phrase.WAIT, "Moment.").language(Language.GERMAN));

        assertThat(flow.language().text(Phrase.WAIT)).isEqualTo("Moment.");
    }

    @Test
    void aBrokenPhraseIsRefusedWithTheFlow() {
        assertThatThrownBy(() -> german(
                        f -> f.phrase(Phrase.NO_MATCH, "{wer}?").phrase(Phrase.GREETING, "Willkommen bei {firma}")))
                .isInstanceOf(FlowRejected.class)
                .hasMessageContaining("phrase: phrase NO_MATCH must have no arguments, but is '{wer}?'")
                .hasMessageContaining(
                        "phrase: phrase GREETING must have no arguments but {goal}, but is 'Willkommen bei {firma}'");
    }

    @Test
    void theVersionCoversLanguageAndWords() {
        String version = german(f -> f).version();

        assertThat(german(f -> f).version()).isEqualTo(version);
        assertThat(german(f -> f.phrase(Phrase.WAIT, "Moment.")).version()).isNotEqualTo(version);
        assertThat(german(f -> f.language(Language.ENGLISH)).version()).isNotEqualTo(version);
    }

    @Test
    void theModelIsToldToSpeakTheLanguage() {
        assertThat(instructions(german(f -> f))).contains("Speak German with the caller");
        assertThat(instructions(german(f -> f.language(Language.ENGLISH)))).doesNotContain("Speak English");
    }

    private static String instructions(Flow<?> flow) {
        return FlowConversation.start(flow, CLOCK, ZoneOffset.UTC, "test")
                .opening()
                .instructions();
    }

    @Test
    void aCallWhoseLineBrokeIsAskedInItsLanguage() {
        assertThat(FlowConversation.start(german(f -> f), CLOCK, ZoneOffset.UTC, "test")
                        .sayAgain())
                .isEqualTo("Entschuldigung, könnten Sie das bitte noch einmal sagen?");
    }

    @Test
    void flowsOfTwoLanguagesAreNotOneDialog() {
        Flow<?> english =
                Flow.faq("help", Faq.of(FaqEntry.entry("Where are you?").answer("Here.")));

        assertThatThrownBy(() -> Dialog.of("both", "help", german(f -> f).asService(), english.asService()))
                .hasMessage(
                        "the flows of a dialog must speak one language, but 'gast' speaks German and 'help' English");
    }

    record Stay(LocalDate day) {}

    private static FlowTest stay(Language language) {
        Slot<LocalDate> day = date("day").ask("Which day?");
        return FlowTest.of(
                Flow.named(
                        "stay",
                        Stay.class,
                        f -> f.goal("Book a stay")
                                .language(language)
                                .collect(day)
                                .confirm(stay -> say("{}?", stay.day()))
                                .done((stay, nothing) -> say("{}.", stay.day()))),
                InstantSource.fixed(Instant.parse("2026-12-01T10:00:00Z")));
    }

    @Test
    void aDateOfAnotherYearIsSaidWithItsYearUnlessItComesSoon() {
        stay(Language.ENGLISH).fills(Map.of("day", "2027-12-03")).expectSay("Friday, December 3rd, 2027?");
        stay(Language.ENGLISH).fills(Map.of("day", "2020-12-03")).expectSay("Thursday, December 3rd, 2020?");
        stay(Language.ENGLISH).fills(Map.of("day", "2027-01-15")).expectSay("Friday, January 15th?");
        stay(Language.ENGLISH).fills(Map.of("day", "2026-11-30")).expectSay("Monday, November 30th?");
        stay(Language.GERMAN).fills(Map.of("day", "2027-12-03")).expectSay("Freitag, 3. Dezember 2027?");
    }
}
