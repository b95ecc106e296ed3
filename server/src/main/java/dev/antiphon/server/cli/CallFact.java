package dev.antiphon.server.cli;

import dev.antiphon.model.Money;
import dev.antiphon.session.TurnTimeline;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One thing that the command line tells about a call, in the order in which it happened. */
sealed interface CallFact {

    /** The call runs on this tier's model. */
    record Connected(String tier, String model) implements CallFact {}

    /** The caller's words, as far as they are known. */
    record CallerSaid(String text) implements CallFact {}

    /** The agent's words. */
    record AgentSaid(String text, boolean cutOff) implements CallFact {}

    /** How long the caller waited for the answer. */
    record Answered(String tier, TurnTimeline timeline) implements CallFact {}

    /** A tool or an effect settled. */
    record ToolRan(String tool, boolean effect, String outcome, Duration took) implements CallFact {}

    /** The caller interrupted the agent. */
    record BargedIn(Duration heard) implements CallFact {}

    /** The call moved to another model. */
    record TierMoved(String from, String to, String reason) implements CallFact {}

    /** The call got other help than another model: {@code rung} is what, see {@link dev.antiphon.tier.Rung#words}. */
    record Climbed(String tier, String rung, String reason) implements CallFact {}

    /** Something went wrong. */
    record Trouble(String code, String message) implements CallFact {}

    /** The call is over. Last fact. */
    record Ended(String outcome, String reason, String tier, Duration duration, int turns, Spent spent)
            implements CallFact {}

    /**
     * What a call has cost.
     *
     * @param total all that is known, transcription included
     * @param unknown how many usages are in no sum
     */
    record Spent(Money total, Money transcription, Map<String, Money> byTier, int unknown) {
        public Spent {
            byTier = Collections.unmodifiableMap(new LinkedHashMap<>(byTier));
        }
    }
}
