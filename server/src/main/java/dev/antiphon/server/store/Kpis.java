package dev.antiphon.server.store;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The figures of a period, each with the numbers that it is made of. What they are, and the SQL of each, is in {@code docs/store.md}.
 *
 * @param asked of which calls
 * @param outcomes how they ended
 * @param talk what happened in them
 * @param cost what they cost
 * @param handovers handed over, by reason
 * @param abandoned abandoned, by the step they stood at
 * @param latency turns, by tier and whether a tool ran in them; first those of all tiers, with an empty tier
 * @param firstAudio from the answering of a call to the agent's first audio, one value for each call that has one
 * @param bargeInStop how long the agent went on after the caller began to speak
 * @param tools tools and effects
 * @param slots slots, by flow
 * @param tokens tokens by tier
 * @param funnel steps that were reached, by flow, in the order in which calls reach them
 * @param returns started, completed, returned within 7 days
 */
public record Kpis(
        KpiQuery asked,
        Outcomes outcomes,
        Talk talk,
        Cost cost,
        List<Counted> handovers,
        List<Counted> abandoned,
        List<Latency> latency,
        Spread firstAudio,
        Spread bargeInStop,
        List<Tool> tools,
        List<Slot> slots,
        List<Tokens> tokens,
        List<Step> funnel,
        Returns returns) {
    public Kpis {
        handovers = List.copyOf(handovers);
        abandoned = List.copyOf(abandoned);
        latency = List.copyOf(latency);
        tools = List.copyOf(tools);
        slots = List.copyOf(slots);
        tokens = List.copyOf(tokens);
        funnel = List.copyOf(funnel);
    }

    /**
     * How calls ended.
     *
     * @param simulated of all calls, finished or not, those that no real model answered
     * @param unfinished that began and have not ended, or whose process ended before them; in no other figure
     * @param callBacks finished, not handed over, of a known caller, at least 24 hours ago: {@code of}; of these those without another call
     *     of the same caller within 24 hours: {@code count}
     */
    public record Outcomes(
            long simulated,
            long unfinished,
            long finished,
            long completed,
            long handedOver,
            long abandoned,
            long failed,
            long escalated,
            Rate callBacks) {
        /** Completed of finished. */
        public Rate completion() {
            return new Rate(completed, finished);
        }

        /** Not handed over, of finished: it does not say that anything was done. */
        public Rate containment() {
            return new Rate(finished - handedOver, finished);
        }

        /** Handed over, of finished. */
        public Rate handover() {
            return new Rate(handedOver, finished);
        }

        /** Abandoned, of finished. */
        public Rate abandonment() {
            return new Rate(abandoned, finished);
        }

        /** Moved to another tier while they ran, of finished. */
        public Rate escalation() {
            return new Rate(escalated, finished);
        }
    }

    /**
     * What happened in finished calls.
     *
     * @param turns of callers
     * @param engaged calls with more than 3 turns
     * @param slotsAsked results of slots
     * @param utterances what the agent said
     * @param interrupted of these, cut off
     * @param overlooked noises and back-channels that interrupted nothing
     * @param durationMs how long calls took
     */
    public record Talk(
            long finished,
            long turns,
            Rate engaged,
            long noMatches,
            long noInputs,
            long repeatedPrompts,
            long corrections,
            long slotsAsked,
            long utterances,
            long interrupted,
            long overlooked,
            Spread durationMs) {
        /** Turns of a call, on average. */
        public OptionalDouble turnsPerCall() {
            return per(turns, finished);
        }

        /** Turns that led to nothing, through turns. */
        public OptionalDouble noMatchRate() {
            return per(noMatches, turns);
        }

        /** Questions that were asked again, through slots. */
        public OptionalDouble repeatedPromptRate() {
            return per(repeatedPrompts, slotsAsked);
        }

        /** Values that the caller corrected, through slots. */
        public OptionalDouble correctionRate() {
            return per(corrections, slotsAsked);
        }

        /** Interrupted, of what the agent said. */
        public Rate bargeIn() {
            return new Rate(interrupted, utterances);
        }
    }

    /**
     * What finished calls cost, in millionths of a US dollar, as far as it is known.
     *
     * @param unknownUsages usages without a known price
     */
    public record Cost(
            long finished, long completed, double minutes, long micros, long transcriptionMicros, long unknownUsages) {
        /** For a minute. */
        public OptionalDouble perMinute() {
            return minutes <= 0 ? OptionalDouble.empty() : OptionalDouble.of(micros / minutes);
        }

        /** For a call. */
        public OptionalDouble perCall() {
            return per(micros, finished);
        }

        /** For a completed one, what the others cost included. */
        public OptionalDouble perCompleted() {
            return per(micros, completed);
        }
    }

    /** How many calls there are of each. */
    public record Counted(String name, long calls) {}

    /**
     * How long something took, in milliseconds; zeros of none.
     *
     * @param n how often
     */
    public record Spread(long n, double mean, double p50, double p95, double p99) {}

    /**
     * Turns, from the caller's last voice to the agent's first audio, and their parts at p50 and p95 (of the turns that have that part).
     *
     * @param tier of the answering model; empty: all
     * @param tool whether a tool ran in them
     * @param slow slower than the limit
     */
    public record Latency(String tier, boolean tool, Spread ms, Rate slow, List<Part> parts) {
        public Latency {
            parts = List.copyOf(parts);
        }
    }

    /** One part of turns. */
    public record Part(String name, double p50, double p95) {}

    /** What became of the calls of one tool or effect, and how long they took. */
    public record Tool(
            String name, boolean effect, Rate ok, long failed, long timedOut, long rejected, Spread tookMs) {}

    /** What became of one slot. */
    public record Slot(
            String flow, String slot, long filled, long failed, long dropped, double attempts, long corrections) {}

    /** Tokens that the calls used on one tier. */
    public record Tokens(
            String tier,
            long responses,
            long micros,
            long inputText,
            long inputAudio,
            long inputImage,
            long cached,
            long outputText,
            long outputAudio) {
        /** Cached of all that was read. */
        public Rate cachedShare() {
            return new Rate(cached, inputText + inputAudio + inputImage);
        }
    }

    /** How many calls reached a step, and how many of these completed. */
    public record Step(String flow, String step, long calls, long completed) {}

    /**
     * The funnel "started, completed, returned within 7 days".
     *
     * @param started calls that began in the period
     * @param completed of these
     * @param returned {@code of}: of the completed ones those of a known caller that ended at least 7 days ago; {@code count}: of these, whose
     *     caller called again within 7 days
     */
    public record Returns(long started, long completed, Rate returned) {}

    /**
     * One hour or day.
     *
     * @param from when it begins, in UTC
     */
    public record Point(
            Instant from,
            long finished,
            long completed,
            long handedOver,
            long abandoned,
            long failed,
            long costMicros,
            long turns,
            long slowTurns) {}

    private static OptionalDouble per(long amount, long of) {
        return of == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) amount / of);
    }
}
