package dev.antiphon.server.store;

import dev.antiphon.realtime.Usage;
import dev.antiphon.session.TurnTimeline;
import dev.antiphon.session.TurnTimeline.Part;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads calls with all that belongs to them: one query for each table, whatever the number of calls. Confined to one question. */
final class CallReader {
    private static final int FETCHED = 1_000;

    private final Handle handle;
    private final String rule;
    private final Map<String, Object> values;
    private final Map<String, List<StoredCall.Turn>> turns = new HashMap<>();
    private final Map<String, List<Duration>> stops = new HashMap<>();
    private final Map<String, List<StoredCall.Step>> steps = new HashMap<>();
    private final Map<String, List<StoredCall.Slot>> slots = new HashMap<>();
    private final Map<String, List<StoredCall.Tool>> tools = new HashMap<>();
    private final Map<String, Map<String, Long>> costs = new HashMap<>();
    private final Map<String, List<StoredCall.Decision>> decisions = new HashMap<>();

    /** The rule follows {@code from call}. */
    private CallReader(Handle handle, String rule, Map<String, Object> values) {
        this.handle = handle;
        this.rule = rule;
        this.values = values;
    }

    /** The latest calls that began from then on, at most so many, oldest first. */
    static List<StoredCall> latest(Handle handle, Instant from, int most) {
        return new CallReader(
                        handle,
                        "where started_at >= :from order by started_at desc, id limit :most",
                        Map.of("from", StoredText.time(from), "most", most))
                .read();
    }

    /** The call of this id. */
    static Optional<StoredCall> of(Handle handle, String id) {
        return new CallReader(handle, "where id = :id", Map.of("id", id))
                .read().stream().findFirst();
    }

    private List<StoredCall> read() {
        belonging("turn", "x.number", row -> add(turns, row, turn(row)));
        belonging("barge_in", "x.number", row -> add(stops, row, took(row, "stop_ms")));
        belonging(
                "step",
                "x.number",
                row -> add(
                        steps,
                        row,
                        new StoredCall.Step(row.getString("step"), Duration.ofMillis(row.getLong("after_ms")))));
        belonging(
                "slot_result",
                "x.slot",
                row -> add(
                        slots,
                        row,
                        new StoredCall.Slot(
                                row.getString("slot"),
                                row.getString("result"),
                                row.getInt("attempts"),
                                row.getInt("no_matches"),
                                row.getInt("corrections"))));
        belonging(
                "tool_use",
                "x.number",
                row -> add(
                        tools,
                        row,
                        new StoredCall.Tool(
                                row.getString("tool"),
                                row.getBoolean("effect"),
                                row.getString("outcome"),
                                took(row, "took_ms"))));
        belonging(
                "tier_use",
                "x.tier",
                row -> costs.computeIfAbsent(id(row), first -> new HashMap<>())
                        .put(row.getString("tier"), row.getLong("cost_micros")));
        belonging(
                "tier_decision",
                "x.number",
                row -> add(
                        decisions,
                        row,
                        new StoredCall.Decision(
                                time(row, "decided_at"),
                                row.getString("from_tier"),
                                Optional.ofNullable(row.getString("to_tier")),
                                Optional.ofNullable(row.getString("rung")),
                                row.getDouble("evidence"),
                                row.getString("signals"),
                                micros(row, "cost_estimate_micros"),
                                Optional.ofNullable(row.getString("reason")).orElse(""))));
        return query("select c.* from (select * from call " + rule + ") c order by c.started_at, c.id")
                .map((row, context) -> call(row))
                .list();
    }

    private static OptionalLong micros(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(micros);
    }

    @FunctionalInterface
    private interface RowUse {
        void take(ResultSet row) throws SQLException;
    }

    private void belonging(String table, String order, RowUse use) {
        query("select x.* from " + table + " x join (select id from call " + rule
                        + ") c on c.id = x.call_id order by x.call_id, " + order)
                .map((row, context) -> {
                    use.take(row);
                    return true;
                })
                .forEach(taken -> {});
    }

    private Query query(String sql) {
        return handle.createQuery(sql).setFetchSize(FETCHED).bindMap(values);
    }

    private static <T> void add(Map<String, List<T>> lists, ResultSet row, T entry) throws SQLException {
        lists.computeIfAbsent(id(row), first -> new ArrayList<>()).add(entry);
    }

    private static String id(ResultSet row) throws SQLException {
        return row.getString("call_id");
    }

    private static StoredCall.Turn turn(ResultSet row) throws SQLException {
        Map<Part, Duration> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            String column = part.name().toLowerCase(Locale.ROOT) + "_ms";
            if (row.getObject(column) != null) {
                parts.put(part, took(row, column));
            }
        }
        return new StoredCall.Turn(
                time(row, "answered_at"),
                row.getString("tier"),
                new TurnTimeline(parts, row.getBoolean("tool")),
                row.getBoolean("interrupted"));
    }

    private StoredCall call(ResultSet row) throws SQLException {
        String id = row.getString("id");
        return new StoredCall(
                id,
                Optional.ofNullable(row.getString("unit")),
                row.getString("flow"),
                row.getString("flow_version"),
                row.getString("model"),
                row.getBoolean("simulated"),
                row.getString("start_tier"),
                row.getString("end_tier"),
                time(row, "started_at"),
                text(row, "last_step"),
                end(row),
                row.getInt("turns"),
                costs.getOrDefault(id, Map.of()),
                row.getLong("transcription_micros"),
                row.getInt("unknown_usages"),
                usage(row),
                row.getInt("connection_troubles"),
                turns.getOrDefault(id, List.of()),
                stops.getOrDefault(id, List.of()),
                row.getObject("first_audio_ms") == null ? Optional.empty() : Optional.of(took(row, "first_audio_ms")),
                steps.getOrDefault(id, List.of()),
                slots.getOrDefault(id, List.of()),
                tools.getOrDefault(id, List.of()),
                decisions.getOrDefault(id, List.of()));
    }

    private static Optional<StoredCall.End> end(ResultSet row) throws SQLException {
        return row.getObject("ended_at") == null
                ? Optional.empty()
                : Optional.of(new StoredCall.End(
                        time(row, "ended_at"),
                        Duration.ofMillis(row.getLong("duration_ms")),
                        text(row, "outcome"),
                        text(row, "outcome_detail")));
    }

    private static Usage usage(ResultSet row) throws SQLException {
        return new Usage(
                row.getInt("input_text_tokens"),
                row.getInt("input_audio_tokens"),
                row.getInt("input_image_tokens"),
                row.getInt("cached_text_tokens"),
                row.getInt("cached_audio_tokens"),
                row.getInt("cached_image_tokens"),
                row.getInt("output_text_tokens"),
                row.getInt("output_audio_tokens"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Duration took(ResultSet row, String column) throws SQLException {
        return Duration.ofNanos(Math.round(row.getDouble(column) * 1e6));
    }
}
