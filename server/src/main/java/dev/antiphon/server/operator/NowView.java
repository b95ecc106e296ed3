package dev.antiphon.server.operator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happens now, and in the last hour.
 *
 * @param live calls under way
 * @param liveByTier of these, how many on each tier
 * @param waiting callers who wait for their call to be answered
 * @param full why the next call would not be answered at once; empty when it would
 * @param day what today's calls have cost; empty without a cap of a day
 * @param draining whether new calls are refused by an operator
 * @param hour the last 60 minutes
 * @param minutes the same minute by minute, oldest first, the last one is not over
 * @param calls the live calls, latest first, at most {@value #MAX_CALLS}
 */
public record NowView(
        int live,
        Map<String, Long> liveByTier,
        int waiting,
        Optional<String> full,
        Optional<DayCap> day,
        boolean draining,
        Hour hour,
        List<Minute> minutes,
        List<CallLine> calls) {
    static final int MAX_CALLS = 100;

    /**
     * The last hour.
     *
     * @param started calls that began
     * @param outcomes of calls that ended
     * @param completed of those that ended, whose flow reached its goal
     * @param slow of the answered turns, over the limit of a slow turn
     * @param p50Ms median of turn latency; empty without turns
     * @param p95Ms 95th percentile of turn latency
     * @param toolFailures of the calls of tools and effects, those that did not succeed
     * @param troubles lost or refused model connections
     */
    public record Hour(
            long started,
            Outcomes outcomes,
            Rate completed,
            Rate slow,
            Optional<Long> p50Ms,
            Optional<Long> p95Ms,
            Rate toolFailures,
            long troubles) {}

    /**
     * One minute.
     *
     * @param at its beginning
     * @param started calls that began
     * @param outcomes of calls that ended
     * @param turns answered turns
     * @param slow of these, over the limit of a slow turn
     * @param p50Ms median of turn latency; empty without turns
     * @param p95Ms 95th percentile of turn latency
     */
    public record Minute(
            Instant at,
            long started,
            Outcomes outcomes,
            long turns,
            long slow,
            Optional<Long> p50Ms,
            Optional<Long> p95Ms) {}

    /** How calls ended. */
    public record Outcomes(long completed, long handedOver, long abandoned, long failed) {}
}
