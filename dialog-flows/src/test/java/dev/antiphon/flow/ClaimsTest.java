package dev.antiphon.flow;

import static dev.antiphon.flow.faq.FaqEntry.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.faq.Faq;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {
    private final Flow<ReferenceBooking.Booking> flow =
            new ReferenceBooking(new Calendar(), Faq.of(entry("Parking?").answer("Yes."))).flow;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I've booked it.",
                "I have booked your visit for Tuesday, you can come at three.",
                "Great! You're all set.",
                "Your appointment is confirmed.",
                "Your appointment on Tuesday at 3 PM is booked!",
                "We’ve reserved the slot.",
                "Okay, that's booked.",
                "I booked the checkup for you.",
                "The visit has been scheduled.",
                "It's done."
            })
    void aClaimIsSeen(String words) {
        assertThat(Claims.unbacked(flow, FlowState.initial(), words)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Shall I book it?",
                "Is it booked?",
                "Nothing is booked yet.",
                "It isn't booked yet.",
                "Once it's booked, you get a reference.",
                "I'm booking that.",
                "I'll have it booked in a moment.",
                "The 3 PM slot was booked by someone else.",
                "We are fully booked up on Monday.",
                "What time suits you?",
                "You will be done in ten minutes.",
                ""
            })
    void whatIsNoClaimIsLeftAlone(String words) {
        assertThat(Claims.unbacked(flow, FlowState.initial(), words)).isFalse();
    }
}
