package dev.antiphon.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Asks for the figures of a period. The text of each question is in {@link KpiSql}. */
final class KpiReader {
    private static final Duration CALL_BACK = Duration.ofHours(24);
    private static final Duration RETURN = Duration.ofDays(7);
    private static final List<String> PARTS = List.of("endpointing", "model", "tool", "model2", "delivery");

    private final Handle handle;
    private final KpiQuery asked;
    private final Map<String, Object> values;

    KpiReader(Handle handle, KpiQuery asked) {
        this.handle = handle;
        this.asked = asked;
        this.values = Map.of(
                "from", StoredText.time(asked.from()),
                "to", StoredText.time(asked.to()),
                "flow", asked.flow().orElse(""),
                "tier", asked.tier().orElse(""),
                "slow", StoredText.millis(asked.slowTurn()),
                "calledBackBefore", StoredText.time(asked.asOf().minus(CALL_BACK)),
                "returnedBefore", StoredText.time(asked.asOf().minus(RETURN)));
    }

    Kpis read() {
        List<Kpis.Latency> latency = new ArrayList<>(latency(KpiSql.LATENCY_OF_ALL));
        latency.addAll(latency(KpiSql.LATENCY_BY_TIER));
        return new Kpis(
                asked,
                outcomes(),
                talk(),
                query(KpiSql.CALLS)
                        .map((row, context) -> new Kpis.Cost(
                                row.getLong("finished"),
                                row.getLong("completed"),
                                row.getLong("duration_ms") / 60_000.0,
                                row.getLong("cost_micros"),
                                row.getLong("transcription_micros"),
                                row.getLong("unknown_usages")))
                        .one(),
                counted(KpiSql.HANDOVERS),
                counted(KpiSql.ABANDONED),
                latency,
                query(KpiSql.FIRST_AUDIO).map((row, context) -> spread(row)).one(),
                query(KpiSql.BARGE_IN_STOP).map((row, context) -> spread(row)).one(),
                tools(),
                slots(),
                tokens(),
                funnel(),
                query(KpiSql.RETURNS)
                        .map((row, context) -> new Kpis.Returns(
                                row.getLong("started"),
                                row.getLong("completed"),
                                new Rate(row.getLong("returned"), row.getLong("could_return"))))
                        .one());
    }

    private record Path(String flow, List<String> steps, long calls) {}

    /** In the order in which calls reach the steps. */
    private List<Kpis.Step> funnel() {
        Map<String, Map<List<String>, Long>> paths = new LinkedHashMap<>();
        query(KpiSql.PATHS)
                .map((row, context) -> new Path(row.getString("flow"), steps(row), row.getLong("calls")))
                .forEach(path -> paths.computeIfAbsent(path.flow(), first -> new LinkedHashMap<>())
                        .merge(path.steps(), path.calls(), Long::sum));
        Map<String, List<String>> order = new HashMap<>();
        paths.forEach((flow, ofFlow) -> order.put(flow, StepOrder.of(ofFlow)));
        return query(KpiSql.FUNNEL)
                .map((row, context) -> new Kpis.Step(
                        row.getString("flow"), row.getString("step"), row.getLong("calls"), row.getLong("completed")))
                .list()
                .stream()
                .sorted(Comparator.comparing(Kpis.Step::flow)
                        .thenComparing(step ->
                                order.getOrDefault(step.flow(), List.of()).indexOf(step.step())))
                .toList();
    }

    private static List<String> steps(ResultSet row) throws SQLException {
        return Arrays.stream((Object[]) row.getArray("path").getArray())
                .map(Object::toString)
                .toList();
    }

    /** By hour or day, only those in which a call began. */
    List<Kpis.Point> series(String unit) {
        return query(KpiSql.SERIES.replace("{unit}", unit))
                .map((row, context) -> new Kpis.Point(
                        row.getObject("begins", OffsetDateTime.class).toInstant(),
                        row.getLong("finished"),
                        row.getLong("completed"),
                        row.getLong("handed_over"),
                        row.getLong("abandoned"),
                        row.getLong("failed"),
                        row.getLong("cost_micros"),
                        row.getLong("turns"),
                        row.getLong("slow")))
                .list();
    }

    private Kpis.Outcomes outcomes() {
        Rate callBacks = query(KpiSql.CALL_BACKS)
                .map((row, context) -> new Rate(row.getLong("quiet"), row.getLong("calls")))
                .one();
        return query(KpiSql.CALLS)
                .map((row, context) -> new Kpis.Outcomes(
                        row.getLong("simulated"),
                        row.getLong("unfinished"),
                        row.getLong("finished"),
                        row.getLong("completed"),
                        row.getLong("handed_over"),
                        row.getLong("abandoned"),
                        row.getLong("failed"),
                        row.getLong("escalated"),
                        callBacks))
                .one();
    }

    private Kpis.Talk talk() {
        long asked = query(KpiSql.SLOTS_ASKED).mapTo(Long.class).one();
        Kpis.Spread duration =
                query(KpiSql.DURATION).map((row, context) -> spread(row)).one();
        return query(KpiSql.CALLS)
                .map((row, context) -> new Kpis.Talk(
                        row.getLong("finished"),
                        row.getLong("turns"),
                        new Rate(row.getLong("engaged"), row.getLong("finished")),
                        row.getLong("no_matches"),
                        row.getLong("no_inputs"),
                        row.getLong("repeated_prompts"),
                        row.getLong("corrections"),
                        asked,
                        row.getLong("utterances"),
                        row.getLong("interrupted"),
                        row.getLong("overlooked"),
                        duration))
                .one();
    }

    private List<Kpis.Latency> latency(String sql) {
        return query(sql).map((row, context) -> latency(row)).list();
    }

    private static Kpis.Latency latency(ResultSet row) throws SQLException {
        List<Kpis.Part> parts = new ArrayList<>();
        for (String part : PARTS) {
            double half = row.getDouble(part + "_p50");
            if (!row.wasNull()) {
                parts.add(new Kpis.Part(part, half, row.getDouble(part + "_p95")));
            }
        }
        return new Kpis.Latency(
                row.getString("tier"),
                row.getBoolean("tool"),
                spread(row),
                new Rate(row.getLong("slow"), row.getLong("n")),
                parts);
    }

    private List<Kpis.Tool> tools() {
        return query(KpiSql.TOOLS)
                .map((row, context) -> new Kpis.Tool(
                        row.getString("tool"),
                        row.getBoolean("effect"),
                        new Rate(row.getLong("ok"), row.getLong("n")),
                        row.getLong("failed"),
                        row.getLong("timed_out"),
                        row.getLong("rejected"),
                        spread(row)))
                .list();
    }

    private List<Kpis.Slot> slots() {
        return query(KpiSql.SLOTS)
                .map((row, context) -> new Kpis.Slot(
                        row.getString("flow"),
                        row.getString("slot"),
                        row.getLong("filled"),
                        row.getLong("failed"),
                        row.getLong("dropped"),
                        row.getDouble("attempts"),
                        row.getLong("corrections")))
                .list();
    }

    private List<Kpis.Tokens> tokens() {
        return query(KpiSql.TOKENS)
                .map((row, context) -> new Kpis.Tokens(
                        row.getString("tier"),
                        row.getLong("responses"),
                        row.getLong("cost_micros"),
                        row.getLong("input_text"),
                        row.getLong("input_audio"),
                        row.getLong("input_image"),
                        row.getLong("cached"),
                        row.getLong("output_text"),
                        row.getLong("output_audio")))
                .list();
    }

    private List<Kpis.Counted> counted(String sql) {
        return query(sql)
                .map((row, context) -> new Kpis.Counted(row.getString("name"), row.getLong("calls")))
                .list();
    }

    private static Kpis.Spread spread(ResultSet row) throws SQLException {
        return new Kpis.Spread(
                row.getLong("n"),
                row.getDouble("mean"),
                row.getDouble("p50"),
                row.getDouble("p95"),
                row.getDouble("p99"));
    }

    private Query query(String sql) {
        String where = "c.started_at >= :from and c.started_at < :to"
                + (asked.flow().isPresent() ? " and c.flow = :flow" : "")
                + (asked.tier().isPresent() ? " and c.start_tier = :tier" : "");
        String text = sql.replace("{calls}", where).replace("{finished}", where + " and c.ended_at is not null");
        Query query = handle.createQuery(text);
        Stream.of("from", "to", "flow", "tier", "slow", "calledBackBefore", "returnedBefore")
                .filter(name -> text.contains(":" + name))
                .forEach(name -> query.bind(name, values.get(name)));
        return query;
    }
}
