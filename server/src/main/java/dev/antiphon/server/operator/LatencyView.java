package dev.antiphon.server.operator;

import java.util.List;
import java.util.Optional;

/**
 * Turn latency: from the caller's last voice to the first agent audio handed to the caller's side.
 *
 * @param slowMs a turn over this is slow
 * @param bucketsMs upper ends of the histogram's buckets; one more bucket is above the last
 * @param series one for each tier, with and without tools
 * @param firstHeard time from the answering of a call to the agent's first audio, one value for each call; empty when nothing was heard yet
 * @param stop time from the caller's interruption until the agent is silent; empty when nobody interrupted
 */
public record LatencyView(
        long slowMs, List<Long> bucketsMs, List<Series> series, Optional<FirstHeard> firstHeard, Optional<Stop> stop) {

    /**
     * Turns of one tier.
     *
     * @param tier the tier that answered
     * @param tool whether a tool ran in these turns
     * @param turns how many
     * @param p50Ms median
     * @param p95Ms 95th percentile
     * @param p99Ms 99th percentile
     * @param slow of the turns, over the limit of a slow turn
     * @param typical mean parts of the turns around the median: those from the 40th to the 60th percentile
     * @param tail mean parts of the slowest tenth of the turns
     * @param histogram turns in each bucket
     */
    public record Series(
            String tier,
            boolean tool,
            long turns,
            long p50Ms,
            long p95Ms,
            long p99Ms,
            Rate slow,
            Parts typical,
            Parts tail,
            List<Long> histogram) {}

    /**
     * Parts that add up to a total, in milliseconds, as {@link dev.antiphon.session.TurnTimeline.Part} explains them; fractions are
     * kept, so that they do.
     */
    public record Parts(
            double endpointingMs, double modelMs, double toolMs, double model2Ms, double deliveryMs, double totalMs) {}

    /** Calls in which the agent was heard. */
    public record FirstHeard(long calls, long p50Ms, long p95Ms) {}

    /** Interruptions. */
    public record Stop(long interruptions, long p50Ms, long p95Ms) {}
}
