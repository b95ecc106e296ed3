package dev.antiphon.server.store;

/**
 * The SQL of every figure, for H2 and PostgreSQL alike. {@code {calls}} are the calls that were asked for, {@code {finished}} those of
 * them that have ended; {@code c} is the call.
 */
final class KpiSql {
    static final String CALLS = """
            select count(*) filter (where c.ended_at is null) as unfinished,
              count(c.ended_at) as finished,
              count(*) filter (where c.simulated) as simulated,
              count(*) filter (where c.outcome = 'completed') as completed,
              count(*) filter (where c.outcome = 'handed_over') as handed_over,
              count(*) filter (where c.outcome = 'abandoned') as abandoned,
              count(*) filter (where c.outcome = 'failed') as failed,
              count(*) filter (where c.ended_at is not null and c.escalated) as escalated,
              count(*) filter (where c.ended_at is not null and c.turns > 3) as engaged,
              sum(c.duration_ms) as duration_ms,
              sum(c.turns) as turns,
              sum(c.no_matches) as no_matches,
              sum(c.no_inputs) as no_inputs,
              sum(c.repeated_prompts) as repeated_prompts,
              sum(c.corrections) as corrections,
              sum(c.utterances) as utterances,
              sum(c.interrupted) as interrupted,
              sum(c.overlooked) as overlooked,
              sum(c.cost_micros) as cost_micros,
              sum(c.transcription_micros) as transcription_micros,
              sum(c.unknown_usages) as unknown_usages
            from call c where {calls}""";

    static final String CALL_BACKS = """
            select count(*) as calls,
              count(*) filter (where not exists (
                select 1 from call l where l.unit = c.unit and l.id <> c.id
                and l.started_at > c.started_at and l.started_at <= c.ended_at + interval '24' hour)) as quiet
            from call c where {finished} and c.unit is not null and c.outcome <> 'handed_over'
              and c.ended_at <= :calledBackBefore""";

    static final String RETURNS = """
            select count(*) as started,
              count(*) filter (where c.outcome = 'completed') as completed,
              count(*) filter (where c.outcome = 'completed' and c.unit is not null
                and c.ended_at <= :returnedBefore) as could_return,
              count(*) filter (where c.outcome = 'completed' and c.unit is not null
                and c.ended_at <= :returnedBefore and exists (
                select 1 from call l where l.unit = c.unit and l.id <> c.id
                and l.started_at > c.started_at and l.started_at <= c.ended_at + interval '7' day)) as returned
            from call c where {calls}""";

    static final String HANDOVERS = """
            select c.outcome_detail as name, count(*) as calls from call c
            where {finished} and c.outcome = 'handed_over'
            group by c.outcome_detail order by calls desc, name""";

    static final String ABANDONED = """
            select coalesce(c.last_step, '') as name, count(*) as calls from call c
            where {finished} and c.outcome = 'abandoned'
            group by coalesce(c.last_step, '') order by calls desc, name""";

    static final String DURATION = spread("c.duration_ms") + " from call c where {finished}";

    static final String FIRST_AUDIO = spread("c.first_audio_ms") + " from call c where {finished}";

    static final String BARGE_IN_STOP =
            spread("b.stop_ms") + " from barge_in b join call c on c.id = b.call_id where {finished}";

    private static final String LATENCIES = spread("t.total_ms") + """
            ,
              count(*) filter (where t.total_ms > :slow) as slow,
              percentile_cont(0.5) within group (order by t.endpointing_ms) as endpointing_p50,
              percentile_cont(0.95) within group (order by t.endpointing_ms) as endpointing_p95,
              percentile_cont(0.5) within group (order by t.model_ms) as model_p50,
              percentile_cont(0.95) within group (order by t.model_ms) as model_p95,
              percentile_cont(0.5) within group (order by t.tool_ms) as tool_p50,
              percentile_cont(0.95) within group (order by t.tool_ms) as tool_p95,
              percentile_cont(0.5) within group (order by t.model2_ms) as model2_p50,
              percentile_cont(0.95) within group (order by t.model2_ms) as model2_p95,
              percentile_cont(0.5) within group (order by t.delivery_ms) as delivery_p50,
              percentile_cont(0.95) within group (order by t.delivery_ms) as delivery_p95,
              t.tool as tool,""";

    static final String LATENCY_OF_ALL = LATENCIES + """
             '' as tier
            from turn t join call c on c.id = t.call_id where {finished} group by t.tool order by t.tool""";

    static final String LATENCY_BY_TIER = LATENCIES + """
             t.tier as tier
            from turn t join call c on c.id = t.call_id where {finished} group by t.tier, t.tool order by t.tier, t.tool""";

    static final String TOOLS = spread("t.took_ms") + """
            , t.tool as tool, t.effect as effect,
              count(*) filter (where t.outcome = 'ok') as ok,
              count(*) filter (where t.outcome = 'failed') as failed,
              count(*) filter (where t.outcome = 'timed_out') as timed_out,
              count(*) filter (where t.outcome = 'rejected') as rejected
            from tool_use t join call c on c.id = t.call_id where {finished}
            group by t.tool, t.effect order by t.tool, t.effect""";

    static final String SLOTS_ASKED =
            "select count(*) from slot_result s join call c on c.id = s.call_id where {finished}";

    static final String SLOTS = """
            select s.flow as flow, s.slot as slot,
              count(*) filter (where s.result = 'filled') as filled,
              count(*) filter (where s.result = 'failed') as failed,
              count(*) filter (where s.result = 'dropped') as dropped,
              avg(cast(s.attempts as double precision)) as attempts,
              sum(s.corrections) as corrections
            from slot_result s join call c on c.id = s.call_id where {finished}
            group by s.flow, s.slot order by s.flow, s.slot""";

    static final String TOKENS = """
            select u.tier as tier, sum(u.responses) as responses, sum(u.cost_micros) as cost_micros,
              sum(u.input_text_tokens) as input_text, sum(u.input_audio_tokens) as input_audio,
              sum(u.input_image_tokens) as input_image,
              sum(u.cached_text_tokens + u.cached_audio_tokens + u.cached_image_tokens) as cached,
              sum(u.output_text_tokens) as output_text, sum(u.output_audio_tokens) as output_audio
            from tier_use u join call c on c.id = u.call_id where {finished}
            group by u.tier order by u.tier""";

    static final String FUNNEL = """
            select s.flow as flow, s.step as step, count(*) as calls,
              count(*) filter (where c.outcome = 'completed') as completed
            from step s join call c on c.id = s.call_id where {finished}
            group by s.flow, s.step order by s.flow, s.step""";

    static final String PATHS = """
            select p.flow as flow, p.path as path, count(*) as calls from (
              select s.flow as flow, s.call_id as call_id, array_agg(s.step order by s.number) as path
              from step s join call c on c.id = s.call_id where {finished} group by s.flow, s.call_id) p
            group by p.flow, p.path order by p.flow, calls desc, p.path""";

    static final String SERIES = """
            select date_trunc('{unit}', c.started_at) as begins,
              count(*) as finished,
              count(*) filter (where c.outcome = 'completed') as completed,
              count(*) filter (where c.outcome = 'handed_over') as handed_over,
              count(*) filter (where c.outcome = 'abandoned') as abandoned,
              count(*) filter (where c.outcome = 'failed') as failed,
              sum(c.cost_micros) as cost_micros,
              sum((select count(*) from turn t where t.call_id = c.id)) as turns,
              sum((select count(*) from turn t where t.call_id = c.id and t.total_ms > :slow)) as slow
            from call c where {finished}
            group by date_trunc('{unit}', c.started_at) order by begins""";

    static final String UNIT_TOTALS = """
            select e.variant as variant, e.unit as unit,
              count(*) as finished,
              count(*) filter (where c.outcome = 'completed') as completed,
              count(*) filter (where c.outcome = 'handed_over') as handed_over,
              count(*) filter (where c.outcome = 'abandoned') as abandoned,
              sum(c.cost_micros) as cost_micros,
              sum((select count(*) from turn t where t.call_id = c.id)) as turns,
              sum((select count(*) from turn t where t.call_id = c.id and t.total_ms > :slow)) as slow,
              sum(c.utterances) as utterances,
              sum(c.interrupted) as interrupted
            from exposure e join call c on c.id = e.call_id
            where e.experiment = :experiment and (:phase = 0 or e.phase = :phase) and c.ended_at is not null and c.started_at <= :before
            group by e.variant, e.unit order by e.variant, e.unit""";

    static final String CALLS_OF_EXPERIMENT = """
            select e.variant as variant, e.unit as unit, c.ended_at as ended_at, c.outcome as outcome,
              c.cost_micros as cost_micros,
              (select count(*) from turn t where t.call_id = c.id) as turns,
              (select count(*) from turn t where t.call_id = c.id and t.total_ms > :slow) as slow,
              c.utterances as utterances, c.interrupted as interrupted
            from exposure e join call c on c.id = e.call_id
            where e.experiment = :experiment and (:phase = 0 or e.phase = :phase) and c.ended_at is not null
            order by c.ended_at, c.id""";

    private KpiSql() {}

    private static String spread(String column) {
        return "select count(" + column + ") as n, avg(cast(" + column + " as double precision)) as mean"
                + percentile("0.5", column, "p50") + percentile("0.95", column, "p95")
                + percentile("0.99", column, "p99");
    }

    private static String percentile(String share, String column, String name) {
        return ", percentile_cont(" + share + ") within group (order by " + column + ") as " + name;
    }
}
