package dev.antiphon.flow;

import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.faq.FaqEntry.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.faq.Faq;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.flow.test.FlowTest;
import dev.antiphon.tier.Struggle;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Where nothing can be done, whoever says that something was done is put right. */
class ClaimsWithoutEffectsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:00:00Z"));

    record Opinion(String words) {}

    private final Faq faq = Faq.of(entry("Can I book by phone?").answer("Your visit is booked at the desk only."));
    private final Slot<String> words = freeText("words").ask("What do you think?");

    private Flow<Opinion> survey() {
        return Flow.named(
                "survey",
                Opinion.class,
                f -> f.goal("Ask for an opinion")
                        .collect(words)
                        .done((opinion, none) -> say("Thank you, your opinion was sent.")));
    }

    @Test
    void aBotThatOnlyAnswersHasBookedNothing() {
        FlowTest.of(Flow.faq("helpline", faq), CLOCK)
                .isUnclear()
                .agentSays("I have booked it for you.")
                .expectStruggle(Struggle.Signal.UNBACKED_CLAIM)
                .expectSay("Sorry, to be clear: that is not done.")
                .expectNotSaid("not done yet");
    }

    @Test
    void anAnswerOfTheFlowIsNoClaim() {
        FlowTest.of(Flow.faq("helpline", faq), CLOCK)
                .asks("Can I book by phone?")
                .expectSay("Your visit is booked at the desk only.")
                .expectNoStruggle()
                .agentSays("You can ask me anything.")
                .expectNoStruggle();
    }

    @Test
    void whatIsDoneInTheEndDoesNotCoverAClaim() {
        FlowTest.of(survey(), CLOCK)
                .agentSays("I've booked your visit.")
                .expectSay("Sorry, to be clear: that is not done.")
                .fills(words, "Nice")
                .expectSay("Thank you, your opinion was sent.")
                .agentSays("Your opinion was sent. Thank you!")
                .agentSays("I've booked your visit.")
                .expectSay("Sorry, to be clear: that is not done. Thank you, your opinion was sent.");
    }

    @Test
    void aFarewellIsPutRightOnce() {
        FlowTest call = FlowTest.of(Flow.faq("helpline", faq), CLOCK)
                .saysGoodbye()
                .expectSay("Goodbye")
                .agentSays("I've booked it. Goodbye.")
                .expectSay("Sorry, to be clear: that is not done.");
        assertThat(Claims.unbacked(
                        call.conversation().dialog().flows().getFirst(),
                        call.conversation().state(),
                        "I've booked it."))
                .isFalse();
    }

    @Test
    void aServiceThatOnlySearchesBooksNothing() {
        EveningOut evening = new EveningOut();
        FlowTest.of(evening.tips(), CLOCK)
                .inOneTurn(c -> c.wants("find").fills(evening.cuisine, "greek"))
                .agentSays("I've reserved a table at Kos.")
                .expectSay("Sorry, to be clear: that is not done. I have Kos. Would that suit you?");
        FlowState elsewhere = FlowState.initial();
        elsewhere = elsewhere.with(elsewhere.effects().besides(EffectProgress.Elsewhere.SOMETHING));
        assertThat(Claims.unbacked(evening.tips(), elsewhere, "I've reserved a table at Kos."))
                .as("another flow of the call has done something")
                .isFalse();
    }

    @Test
    void aToolOfThePoolMayHaveDoneIt() {
        Flow<?> withTool = Flow.named(
                "survey",
                Opinion.class,
                f -> f.goal("Ask for an opinion")
                        .collect(words)
                        .done((opinion, none) -> say("Thank you."))
                        .alsoOffers("send_coupon"));
        assertThat(Claims.unbacked(withTool, FlowState.initial(), "I've sent it, that's done."))
                .isFalse();
        assertThat(Claims.unbacked(survey(), FlowState.initial(), "I've sent it, that's done."))
                .isTrue();
    }
}
