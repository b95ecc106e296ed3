package dev.antiphon.server.operator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What calls cost, in US dollars.
 *
 * @param total all calls, live ones included in its cost but not in its finished calls
 * @param rows finished calls by flow and the tier they began on: what they cost on any tier counts there
 * @param spentOn by the tier that answered; {@code transcription} for transcripts
 * @param tokens kinds of tokens, how many
 * @param cachedShare of the input tokens, 0 to 1; empty without any
 * @param unknownUsages usages that the service did not tell, or that have no price: in none of the sums
 * @param bucketMinutes width of {@code over}
 * @param over cost over time, oldest first
 * @param day what today's calls have cost; empty without a cap of a day, or a server
 */
public record CostView(
        Row total,
        List<Row> rows,
        Map<String, Double> spentOn,
        Map<String, Long> tokens,
        Optional<Double> cachedShare,
        long unknownUsages,
        long bucketMinutes,
        List<Bucket> over,
        Optional<DayCap> day) {

    /**
     * One line.
     *
     * @param flow whose calls; empty for all
     * @param startTier the tier they began on; empty for all
     * @param finished calls
     * @param completed of these, whose flow reached its goal
     * @param usd what they cost
     * @param perMinute cost of a minute; empty when nothing lasted
     * @param perCall cost of a finished call; empty without any
     * @param perCompleted cost of all finished calls divided by the completed ones; empty without any
     */
    public record Row(
            String flow,
            String startTier,
            long finished,
            long completed,
            double usd,
            Optional<Double> perMinute,
            Optional<Double> perCall,
            Optional<Double> perCompleted) {}

    /** Calls that ended in a span of time, and what they cost. */
    public record Bucket(Instant at, double usd, long finished, long completed) {}
}
