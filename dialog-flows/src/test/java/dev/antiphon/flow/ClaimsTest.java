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
                "It's done.",
                "You've been booked in.",
                "It's been booked.",
                "I've got you booked for 3 PM.",
                "I went ahead and booked it.",
                "I've made the booking.",
                "Your booking went through.",
                "Booked! See you Tuesday.",
                "You're set for Tuesday at 3 PM.",
                "I can confirm your appointment is booked.",
                "When you arrive, your appointment is confirmed.",
                "Perfect, your appointment has been scheduled for Tuesday.",
                "Done.",
                "Great, all done, see you Friday!",
                "Consider it booked.",
                "It's in the calendar now.",
                "We have you down for Friday at ten.",
                "I've put you down for Friday.",
                "I put you down for Friday at ten.",
                "We have just put you down for Friday."
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
                "If you say yes, your appointment is booked.",
                "Once I have your name, you're all set.",
                "I'll get you booked in.",
                "I can book that for you.",
                "Are you set?",
                "Visits are booked by phone.",
                "I can't confirm your appointment is booked.",
                "Your booking will go through in a moment.",
                "Would you like it booked?",
                "Let me get that booked for you.",
                "It's done when you say yes.",
                "It's booked once you confirm.",
                "When you're done, tell me.",
                "I can put you down for Friday.",
                "I'll put you down for Friday.",
                "Once you say yes, I put you down for Friday.",
                "I haven't put you down for Friday.",
                ""
            })
    void whatIsNoClaimIsLeftAlone(String words) {
        assertThat(Claims.unbacked(flow, FlowState.initial(), words)).isFalse();
    }
}
