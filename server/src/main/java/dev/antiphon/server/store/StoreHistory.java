package dev.antiphon.server.store;

import dev.antiphon.estimate.CallKpis;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What the finished calls of a store were like, for estimates: the latest ones, in whole days (UTC). Calls that a model answered and
 * simulated ones are never mixed: simulated ones are taken only where there are no others.
 *
 * @param from the first day
 * @param to the day after the last
 * @param simulated whether an emulator answered these calls
 * @param leftOut simulated calls of these days that are in no figure
 * @param calls finished
 * @param minutes of all of them
 * @param turns of all of them
 * @param escalated of them, moved up while they ran
 * @param transcriptionMicros what their transcripts cost, in millionths of a US dollar
 * @param unknownUsages usages in no figure, since the service did not tell them
 * @param activeDays on which a call began
 * @param busyHourShare share of a day's calls in its busiest hour, over all days
 * @param peak the most calls at once
 * @param peakAt when these were reached first
 * @param tiers on which they began, or that answered
 */
public record StoreHistory(
        LocalDate from,
        LocalDate to,
        boolean simulated,
        long leftOut,
        long calls,
        double minutes,
        long turns,
        long escalated,
        long transcriptionMicros,
        long unknownUsages,
        long activeDays,
        double busyHourShare,
        int peak,
        Instant peakAt,
        List<OfTier> tiers) {
    private static final double MILLIS_PER_MINUTE = 60_000;

    public StoreHistory {
        tiers = List.copyOf(tiers);
    }

    /**
     * One tier.
     *
     * @param tier its name
     * @param model of most calls that began on it; empty when none did
     * @param began calls that began on it
     * @param completed of these
     * @param ended calls that ended on it
     * @param responses that it gave
     * @param tokens of these, pictures left out
     * @param imageTokens of pictures
     * @param costMicros of these, in millionths of a US dollar
     */
    public record OfTier(
            String tier,
            Optional<String> model,
            long began,
            long completed,
            long ended,
            long responses,
            CallKpis.Tokens tokens,
            long imageTokens,
            long costMicros) {}

    private static final String OF_CALLS =
            " from call c where c.ended_at is not null and c.simulated = :simulated and c.started_at >= :from ";

    private static final String SUMS = """
            select count(*) as calls, min(c.started_at) as first, max(c.started_at) as latest,
              sum(c.duration_ms) as duration_ms, sum(c.turns) as turns,
              count(*) filter (where c.escalated) as escalated,
              sum(c.transcription_micros) as transcription_micros, sum(c.unknown_usages) as unknown_usages""" + OF_CALLS;

    private static final String PEAK = """
            select moment, sum(change) over (order by moment, change rows unbounded preceding) as at_once
            from (select c.started_at as moment, 1 as change"""
            + OF_CALLS + " union all select c.ended_at, -1" + OF_CALLS
            + ") as changes order by at_once desc, moment limit 1";

    private static final String HOURS =
            "select count(*) as days, sum(calls) as calls, sum(busiest) as busiest from (select sum(n) as calls,"
                    + " max(n) as busiest from (select date_trunc('day', c.started_at) as of_day,"
                    + " date_trunc('hour', c.started_at) as of_hour, count(*) as n"
                    + OF_CALLS + " group by date_trunc('day', c.started_at), date_trunc('hour', c.started_at)) as hours"
                    + " group by of_day) as days";

    private static final String TIERS = """
            select t.tier as tier,
              (select c.model"""
            + OF_CALLS + """
             and c.start_tier = t.tier group by c.model order by count(*) desc, c.model limit 1) as model,
              (select count(*)"""
            + OF_CALLS + """
             and c.start_tier = t.tier) as began,
              (select count(*)"""
            + OF_CALLS + """
             and c.start_tier = t.tier and c.outcome = 'completed') as completed,
              (select count(*)"""
            + OF_CALLS + """
             and c.end_tier = t.tier) as ended,
              coalesce(sum(t.responses), 0) as responses, coalesce(sum(t.cost_micros), 0) as cost_micros,
              coalesce(sum(t.input_text_tokens), 0) as text_in, coalesce(sum(t.cached_text_tokens), 0) as text_cached,
              coalesce(sum(t.input_audio_tokens), 0) as audio_in,
              coalesce(sum(t.cached_audio_tokens), 0) as audio_cached,
              coalesce(sum(t.input_image_tokens), 0) as image_in,
              coalesce(sum(t.output_text_tokens), 0) as text_out, coalesce(sum(t.output_audio_tokens), 0) as audio_out
            from (select u.tier, u.responses, u.cost_micros, u.input_text_tokens, u.cached_text_tokens,
                u.input_audio_tokens, u.cached_audio_tokens, u.input_image_tokens, u.output_text_tokens,
                u.output_audio_tokens
              from tier_use u join call c on c.id = u.call_id
              where c.ended_at is not null and c.simulated = :simulated and c.started_at >= :from
              union all select c.start_tier, 0, 0, 0, 0, 0, 0, 0, 0, 0"""
            + OF_CALLS + ") as t group by t.tier order by t.tier";

    private record Sums(
            long calls,
            Instant first,
            Instant latest,
            long durationMillis,
            long turns,
            long escalated,
            long transcriptionMicros,
            long unknownUsages) {}

    /**
     * Of the latest days, counted back from the latest call.
     *
     * @param days how many at most; empty for all that are stored
     * @throws StoreUnavailable when there is no finished call, or the database does not answer
     */
    public static StoreHistory of(Store store, Optional<Integer> days) {
        return store.ask(handle -> {
            Optional<Sums> real = latest(handle, false, days);
            Sums sums = real.or(() -> latest(handle, true, days))
                    .orElseThrow(() -> new StoreUnavailable(
                            "the store " + store.address() + " has no finished call to estimate from"));
            return read(handle, real.isEmpty(), sums);
        });
    }

    private static Optional<Sums> latest(Handle handle, boolean simulated, Optional<Integer> days) {
        Optional<Sums> all = sums(handle, simulated, Instant.EPOCH);
        return days.isEmpty()
                ? all
                : all.flatMap(found -> sums(
                        handle,
                        simulated,
                        day(found.latest())
                                .minusDays(days.get() - 1L)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant()));
    }

    private static Optional<Sums> sums(Handle handle, boolean simulated, Instant from) {
        return handle.createQuery(SUMS)
                .bind("simulated", simulated)
                .bind("from", StoredText.time(from))
                .map((row, context) -> row.getLong("calls") == 0
                        ? Optional.<Sums>empty()
                        : Optional.of(new Sums(
                                row.getLong("calls"),
                                row.getObject("first", OffsetDateTime.class).toInstant(),
                                row.getObject("latest", OffsetDateTime.class).toInstant(),
                                row.getLong("duration_ms"),
                                row.getLong("turns"),
                                row.getLong("escalated"),
                                row.getLong("transcription_micros"),
                                row.getLong("unknown_usages"))))
                .one();
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private record Peak(Instant at, int atOnce) {}

    private record Hours(long days, double busiestShare) {}

    private static StoreHistory read(Handle handle, boolean simulated, Sums sums) {
        Instant from = day(sums.first()).atStartOfDay(ZoneOffset.UTC).toInstant();
        Peak peak = handle.createQuery(PEAK)
                .bind("simulated", simulated)
                .bind("from", StoredText.time(from))
                .map((row, context) -> new Peak(
                        row.getObject("moment", OffsetDateTime.class).toInstant(), Math.max(1, row.getInt("at_once"))))
                .one();
        Hours hours = handle.createQuery(HOURS)
                .bind("simulated", simulated)
                .bind("from", StoredText.time(from))
                .map((row, context) ->
                        new Hours(row.getLong("days"), row.getDouble("busiest") / row.getDouble("calls")))
                .one();
        long simulatedCalls =
                simulated ? 0 : sums(handle, true, from).map(Sums::calls).orElse(0L);
        return new StoreHistory(
                day(sums.first()),
                day(sums.latest()).plusDays(1),
                simulated,
                simulatedCalls,
                sums.calls(),
                sums.durationMillis() / MILLIS_PER_MINUTE,
                sums.turns(),
                sums.escalated(),
                sums.transcriptionMicros(),
                sums.unknownUsages(),
                hours.days(),
                hours.busiestShare(),
                peak.atOnce(),
                peak.at(),
                tiers(handle, simulated, from));
    }

    private static List<OfTier> tiers(Handle handle, boolean simulated, Instant from) {
        return handle.createQuery(TIERS)
                .bind("simulated", simulated)
                .bind("from", StoredText.time(from))
                .map((row, context) -> new OfTier(
                        row.getString("tier"),
                        Optional.ofNullable(row.getString("model")),
                        row.getLong("began"),
                        row.getLong("completed"),
                        row.getLong("ended"),
                        row.getLong("responses"),
                        new CallKpis.Tokens(
                                row.getLong("text_in"),
                                row.getLong("text_cached"),
                                row.getLong("audio_in"),
                                row.getLong("audio_cached"),
                                row.getLong("text_out"),
                                row.getLong("audio_out")),
                        row.getLong("image_in"),
                        row.getLong("cost_micros")))
                .list();
    }

    /** How many days they are of, the first and the last one whole. */
    public long days() {
        return Duration.between(from.atStartOfDay(), to.atStartOfDay()).toDays();
    }
}
