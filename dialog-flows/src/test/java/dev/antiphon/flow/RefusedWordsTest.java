package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.slot.EmailAddress;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Words that can be no value are refused with the rule, and with what breaks it. */
class RefusedWordsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T09:00:00Z"), ZoneOffset.UTC);

    record Guest(String name, EmailAddress mail, Optional<String> note) {}

    private final Slot<String> name = personName("name").ask("Your name?");
    private final Slot<EmailAddress> mail = email("mail").ask("Your e-mail address?");

    private FlowTest call(Slot<String> note) {
        return FlowTest.of(
                Flow.named(
                        "guest",
                        Guest.class,
                        f -> f.goal("Take down a guest")
                                .collect(name, mail, note.optional())
                                .confirm(guest -> say("{}, {}. Right?", guest.name(), guest.mail()))
                                .effect("save", guest -> "G1")
                                .done((guest, reference) -> say("Saved."))),
                CLOCK);
    }

    private FlowTest call() {
        return call(freeText("note", 20).ask("Any wishes?"));
    }

    @Test
    void aPictureOrMarkupInANameIsRefusedWithTheRuleAndTheSign() {
        call().fills(name, "Anna \uD83D\uDE00 Miller")
                .expectSay("A name can have letters, spaces, hyphens and apostrophes, but not \u201C\uD83D\uDE00\u201D."
                        + " Your name?")
                .fills(name, "<b>Anna</b>")
                .expectSay("but not \u201C<\u201D")
                .fills(name, "Anna 3")
                .expectSay("but not \u201C3\u201D")
                .fills(name, "mumble, mumble")
                .expectSay("I couldn't make out the name.");
    }

    @Test
    void otherTypesNameTheSignToo() {
        call().fills(Map.of("name", "Ana Smith", "mail", "ana \uD83D\uDE00 at example dot com"))
                .expectSay("Okay, Ana Smith. The e-mail address can't have \u201C\uD83D\uDE00\u201D in it.");
    }

    @Test
    void theModelIsToldWhichSignOfItsTemplateIsWrong() {
        assertThat(call().fills(mail, "{email}").lastAnswer())
                .contains("must be the caller's words or as its schema says, but has '{' (left curly bracket)");
    }

    @Test
    void whatIsTooLongIsRefusedWithTheLimit() {
        call().fills(name, "Anna ".repeat(30))
                .expectSay("The name is too long: it can have at most 80 characters. Your name?")
                .fills(mail, "anna at ".repeat(60))
                .expectSay("The e-mail address is too long: it can have at most 300 characters.");
    }

    @Test
    void aTooLongValueOfAnOptionalSlotIsAskedForAgainOrDoneWithoutAndToldSo() {
        Map<String, String> all =
                Map.of("name", "Ana Smith", "mail", "ana@example.com", "note", "a window seat, and a cot");

        call().fills(all)
                .expectSay("The note is too long: it can have at most 20 characters. Any wishes?")
                .fills(Map.of("note", "a cot"))
                .expectSay("Right?");
        call(freeText("note", 20))
                .fills(all)
                .expectSay(
                        "The note is too long: it can have at most 20 characters. I'll go on without it. Ana Smith,");
    }
}
