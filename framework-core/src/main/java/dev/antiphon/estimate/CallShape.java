package dev.antiphon.estimate;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * What one call is assumed to be like. Caller and agent take turns; the agent greets first.
 *
 * @param minutes length of the call, at least 0.1 and at most 60
 * @param turnsPerMinute turns of the caller, above 0
 * @param wordsPerMinute how fast both speak, above 0
 * @param callerWords of a turn, 0 or more
 * @param agentWords of a turn, 0 or more
 * @param instructionTokens text tokens of instructions and tools, which every response reads
 * @param toolCallsPerTurn each is one more response, which reads the whole conversation
 * @param toolCallTokens text tokens that a call of a tool takes to write
 * @param toolResultTokens text tokens of its result
 * @param cacheShare share from 0 to 1 of what was read before that is charged at the cached price
 * @param textTokensPerWord text tokens of one spoken word
 * @param transcription the model that transcribes the caller; empty for none
 * @param otherPerMinute US dollars for what is no model: the telephone line, tools
 */
public record CallShape(
        double minutes,
        double turnsPerMinute,
        double wordsPerMinute,
        double callerWords,
        double agentWords,
        int instructionTokens,
        double toolCallsPerTurn,
        int toolCallTokens,
        int toolResultTokens,
        double cacheShare,
        double textTokensPerWord,
        Optional<String> transcription,
        BigDecimal otherPerMinute) {
    /** The longest session of a service (protocol section 2). */
    public static final double MOST_MINUTES = 60;

    private static final double LEAST_MINUTES = 0.1;

    private static final double SECONDS = 60;
    private static final double CALLER_TOKENS_PER_SECOND = 10;
    private static final double AGENT_TOKENS_PER_SECOND = 20;

    public CallShape {
        if (!(minutes >= LEAST_MINUTES)) {
            throw new IllegalArgumentException(
                    "minutes must be at least 0.1, in which nobody says more than a word, but was " + minutes);
        }
        if (minutes > MOST_MINUTES) {
            throw new IllegalArgumentException(
                    "minutes must be at most 60, the longest session of the service, but was " + minutes);
        }
        above(turnsPerMinute, 0, "turnsPerMinute");
        above(wordsPerMinute, 0, "wordsPerMinute");
        above(textTokensPerWord, 0, "textTokensPerWord");
        notNegative(callerWords, "callerWords");
        notNegative(agentWords, "agentWords");
        notNegative(instructionTokens, "instructionTokens");
        notNegative(toolCallsPerTurn, "toolCallsPerTurn");
        notNegative(toolCallTokens, "toolCallTokens");
        notNegative(toolResultTokens, "toolResultTokens");
        notNegative(otherPerMinute.doubleValue(), "otherPerMinute");
        Shares.check(cacheShare, "cacheShare");
        double speech = turnsPerMinute * (callerWords + agentWords) / wordsPerMinute;
        if (speech > 1) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "turns and words must fit into the call: %.1f turns a minute of %.1f and %.1f words at %.0f words a"
                            + " minute are %.2f minutes of speech in each minute",
                    turnsPerMinute,
                    callerWords,
                    agentWords,
                    wordsPerMinute,
                    speech));
        }
    }

    private static void above(double value, double least, String name) {
        if (!(value > least && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be above " + (int) least + ", but was " + value);
        }
    }

    private static void notNegative(double value, String name) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be 0 or more, but was " + value);
        }
    }

    /**
     * A booking call: 5 minutes of 4 turns each, at 150 words a minute (conversational English), 10 words of the caller and 15 of the
     * agent, 1,500 tokens of instructions and tools, a tool call in each turn, 90 % cached, 1.3 tokens a word, transcribed.
     */
    public static CallShape defaults() {
        return new CallShape(
                5, 4, 150, 10, 15, 1_500, 1, 15, 65, 0.9, 1.3, Optional.of("gpt-4o-mini-transcribe"), BigDecimal.ZERO);
    }

    /** The same call with another length. */
    public CallShape withMinutes(double other) {
        return new CallShape(
                other,
                turnsPerMinute,
                wordsPerMinute,
                callerWords,
                agentWords,
                instructionTokens,
                toolCallsPerTurn,
                toolCallTokens,
                toolResultTokens,
                cacheShare,
                textTokensPerWord,
                transcription,
                otherPerMinute);
    }

    /** Turns of the caller, at least 1. */
    public int turns() {
        return (int) Math.max(1, Math.round(minutes * turnsPerMinute));
    }

    /** How long the caller speaks in one turn, in seconds. */
    public double callerSeconds() {
        return callerWords / wordsPerMinute * SECONDS;
    }

    /** What the caller's audio of one turn is to the model: 10 tokens a second (protocol section 3). */
    int callerAudioTokens() {
        return (int) Math.round(callerSeconds() * CALLER_TOKENS_PER_SECOND);
    }

    /** What the agent's audio of one turn is to the model: 20 tokens a second (protocol section 3). */
    int agentAudioTokens() {
        return (int) Math.round(agentWords / wordsPerMinute * SECONDS * AGENT_TOKENS_PER_SECOND);
    }

    int callerTextTokens() {
        return (int) Math.round(callerWords * textTokensPerWord);
    }

    int agentTextTokens() {
        return (int) Math.round(agentWords * textTokensPerWord);
    }
}
