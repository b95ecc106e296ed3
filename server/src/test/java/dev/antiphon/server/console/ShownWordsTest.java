package dev.antiphon.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.tier.Struggle;
import dev.antiphon.tier.Struggle.Signal;
import dev.antiphon.tier.TierDecision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a journal keeps of decisions where no words may be kept. */
class ShownWordsTest {
    private static final SessionId CALL = new SessionId("a");
    private static final Instant AT = Instant.parse("2026-11-30T08:00:00Z");

    @Test
    void theReasonOfADecisionAndTheNamesInItsSignalsStayAndWordsDoNot() {
        String reason = "the struggle score 3.00 reached the threshold 3.00: no match, correction, tool error";
        List<Struggle> signals = List.of(
                new Struggle(Signal.NO_MATCH, "birth_date"),
                new Struggle(Signal.NO_MATCH, "check of slot pin: 4711 is too easy"),
                new Struggle(Signal.CORRECTION, "4711"),
                new Struggle(Signal.TOOL_ERROR, "lovelace"),
                new Struggle(Signal.TOOL_ERROR, "unknown slots [lovelace]; known are [pin]"));
        SessionEvent.TierDecided fact = new SessionEvent.TierDecided(
                CALL,
                AT,
                new TierDecision("mini", Optional.of("full"), Optional.empty(), 3, reason, Optional.empty(), signals));

        SessionEvent kept = ShownWords.NONE.of(fact);

        assertThat(kept).isInstanceOfSatisfying(SessionEvent.TierDecided.class, decided -> {
            assertThat(decided.decision().reason()).isEqualTo(reason);
            assertThat(decided.decision().signals())
                    .extracting(Struggle::detail)
                    .containsExactly("birth_date", "[masked]", "[masked]", "[masked]", "[masked]");
        });
    }
}
