package dev.antiphon.estimate;

import dev.antiphon.model.Money;
import dev.antiphon.realtime.Usage;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What finished calls were like, in sums: the shape of {@code estimate --history}.
 *
 * @param from the first day
 * @param to the day after the last
 * @param simulated whether an emulator answered: what follows from it is simulated, too
 * @param calls finished, however; at least 1
 * @param minutes of all of them
 * @param turns of the caller, of all of them
 * @param transcription what transcripts cost
 * @param tiers one for each tier
 */
public record CallKpis(
        LocalDate from,
        LocalDate to,
        boolean simulated,
        long calls,
        double minutes,
        long turns,
        Money transcription,
        List<OfTier> tiers) {
    public CallKpis {
        tiers = List.copyOf(tiers);
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from must be before to, but were " + from + " and " + to);
        }
        if (calls < 1) {
            throw new IllegalArgumentException("calls must be at least 1, but was " + calls);
        }
        if (!(minutes > 0)) {
            throw new IllegalArgumentException("minutes must be above 0, but was " + minutes);
        }
        if (turns < 0) {
            throw new IllegalArgumentException("turns must be 0 or more, but was " + turns);
        }
        if (tiers.isEmpty()) {
            throw new IllegalArgumentException("tiers must name at least one tier");
        }
        long begun = tiers.stream().mapToLong(OfTier::calls).sum();
        if (begun != calls) {
            throw new IllegalArgumentException(
                    "calls must be the sum of the calls that began on each tier, " + begun + ", but was " + calls);
        }
    }

    /**
     * One tier.
     *
     * @param tier its name
     * @param model that answers there
     * @param calls that began on it
     * @param completed of these, also when they moved
     * @param responses that it gave, whatever tier the call began on
     * @param tokens of these responses
     * @param cost of these responses
     */
    public record OfTier(
            String tier, String model, long calls, long completed, long responses, Tokens tokens, Money cost) {
        public OfTier {
            if (calls < 0 || responses < 0) {
                throw new IllegalArgumentException("calls and responses of tier " + tier
                        + " must be 0 or more, but were " + calls + " and " + responses);
            }
            if (completed < 0 || completed > calls) {
                throw new IllegalArgumentException("completed of tier " + tier + " must be between 0 and its calls, "
                        + calls + ", but was " + completed);
            }
        }
    }

    /** Tokens of many calls; cached ones are a part of those that were read. */
    public record Tokens(long textIn, long textCached, long audioIn, long audioCached, long textOut, long audioOut) {
        public Tokens {
            if (textIn < 0 || audioIn < 0 || textOut < 0 || audioOut < 0) {
                throw new IllegalArgumentException("tokens must be 0 or more");
            }
            part(textCached, textIn, "textCached");
            part(audioCached, audioIn, "audioCached");
        }

        private static void part(long cached, long all, String name) {
            if (cached < 0 || cached > all) {
                throw new IllegalArgumentException(
                        name + " must be between 0 and what was read, " + all + ", but was " + cached);
            }
        }

        /** The mean of so many calls, in whole tokens. */
        Usage perCall(long calls) {
            return new Usage(
                    mean(textIn, calls),
                    mean(audioIn, calls),
                    0,
                    mean(textCached, calls),
                    mean(audioCached, calls),
                    0,
                    mean(textOut, calls),
                    mean(audioOut, calls));
        }

        private static int mean(long tokens, long calls) {
            return Math.toIntExact(Math.round(tokens / (double) calls));
        }
    }

    /** Calls of a mean month of 30.4 days, at least 1. */
    public long callsPerMonth() {
        return Math.max(1, Math.round(calls * 30.4 / ChronoUnit.DAYS.between(from, to)));
    }

    /** Length of a mean call. */
    public double minutesPerCall() {
        return minutes / calls;
    }
}
