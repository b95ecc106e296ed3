package dev.antiphon.server;

import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.session.PromptConversation;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A bot is drawn where it can be. */
class BotTest {
    record Note(String text) {}

    private static final Flow<Note> NOTES = Flow.named(
            "notes",
            Note.class,
            f -> f.goal("Take a note")
                    .collect(freeText("text").ask("What shall I write?"))
                    .confirm(note -> say("{}. Right?", note.text()))
                    .done((note, nothing) -> say("Written.")));

    private final Bot notes = Bot.of(
            "notes", "Takes notes.", () -> FlowConversation.start(NOTES, InstantSource.system(), ZoneOffset.UTC, "n"));

    @Test
    void aBotWithoutADiagramIsDrawnAsTheDialogOfItsCalls() {
        assertThat(notes.diagram().get()).isEqualTo(new Bot.Diagram("", ""));
        assertThat(notes.drawnAs(notes.conversation()).diagram().get())
                .isEqualTo(new Bot.Diagram(NOTES.svg(), NOTES.mermaid()));
    }

    @Test
    void itsOwnDiagramGoesFirst() {
        Bot own = notes.withDiagram("<svg/>", "");
        assertThat(own.drawnAs(own.conversation()).diagram().get()).isEqualTo(new Bot.Diagram("<svg/>", ""));
    }

    @Test
    void whatIsNoFlowIsNotDrawn() {
        Bot echo = Bot.of("echo", "Says hello.", () -> new PromptConversation("echo", "Be kind.", Optional.empty()));
        assertThat(echo.drawnAs(echo.conversation()).diagram().get()).isEqualTo(new Bot.Diagram("", ""));
    }
}
