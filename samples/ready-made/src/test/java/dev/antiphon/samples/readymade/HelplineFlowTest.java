package dev.antiphon.samples.readymade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.test.FlowTest;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class HelplineFlowTest {
    private static final InstantSource FRIDAY = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    private final FlowTest call = FlowTest.of(HelplineFlow.of(), FRIDAY);

    @Test
    void questionsAreAnsweredInTheApprovedWords() {
        call.expectSay("Hello! I can answer your questions. What would you like to know?")
                .asks("How can I send this jacket back?")
                .expectEntries(3)
                .choosesEntry(1)
                .expectSay("You can return anything within thirty days.")
                .expectSay("Is there anything else?")
                .asks("and how long does the refund take?")
                .expectSay("We refund within five working days")
                .saysGoodbye()
                .expectOutcome("completed");
    }

    @Test
    void theSourceOfAnAnswerIsToldToWhoAsks() {
        call.asks("How can I send this jacket back?")
                .choosesEntry(1)
                .expectSay("You can return anything within thirty days.")
                .asks("Where does that come from?")
                .expectSay("That is from the terms of sale, section 5.");
    }

    @Test
    void everyAnswerHasASource() {
        assertThat(Faq.fromResource(HelplineFlow.class, "helpline.md").entries())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.source()).isPresent());
    }

    @Test
    void whatIsNotInTheFileIsNotAnsweredAndThenAPersonIs() {
        call.asks("Is it going to rain tomorrow?")
                .expectSay("I don't have an answer to that. The service desk may know.")
                .asks("Who won the match?")
                .asks("Please sing a song")
                .expectSay("I'll connect you to the service desk now.")
                .expectOutcome("handed_over");
    }

    @Test
    void whoWantsAPersonGetsOne() {
        call.wantsAPerson()
                .expectSay("I'll connect you to the service desk now.")
                .expectOutcome("handed_over");
    }
}
