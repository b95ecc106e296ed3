package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.*;
import static dev.antiphon.flow.faq.FaqEntry.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.say.Language;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GermanClaimsTest {
    record Guest(String name) {}

    private final Flow<Guest> flow = Flow.named(
            "gast",
            Guest.class,
            f -> f.goal("einen Tisch reservieren")
                    .language(Language.GERMAN)
                    .collect(personName("name").ask("Wie ist Ihr Name?"))
                    .confirm(guest -> say("Für {}. Ist das richtig?", guest.name()))
                    .effect("book", guest -> "R7")
                    .done((guest, reference) -> say("Reserviert."))
                    .faq(Faq.of(entry("Parkplatz?").answer("Ja."))));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ich habe Ihren Termin gebucht.",
                "Ihr Termin am Dienstag, 24. November um 15 Uhr ist gebucht.",
                "Super! Gebucht.",
                "Das ist erledigt.",
                "Der Tisch wurde für Sie reserviert, bis dann!",
                "Ihr Termin steht.",
                "Hiermit bestätige ich Ihren Termin.",
                "Ich bestätige Ihnen den Termin.",
                "Ich kann Ihnen bestätigen, dass Ihr Termin gebucht ist.",
                "Alles hat geklappt.",
                "Die Überweisung wurde übermittelt."
            })
    void aClaimIsSeen(String words) {
        assertThat(Claims.unbacked(flow, FlowState.initial(), words)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Soll ich den Termin buchen?",
                "Ist der Tisch schon reserviert?",
                "Es ist noch nichts gebucht.",
                "Sobald der Termin gebucht ist, bekommen Sie eine Nummer.",
                "Ich buche das jetzt für Sie.",
                "Der Termin um 9 Uhr ist leider schon gebucht.",
                "Der Tisch kann gleich reserviert werden.",
                "Wenn Sie ja sagen, ist der Termin gebucht.",
                "Ihr Termin wird gleich gebucht.",
                "Ich weiß nicht, ob das gebucht ist.",
                "Wie ist Ihr Name?",
                ""
            })
    void whatIsNoClaimIsLeftAlone(String words) {
        assertThat(Claims.unbacked(flow, FlowState.initial(), words)).isFalse();
    }
}
