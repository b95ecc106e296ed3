package dev.antiphon.samples.month;

import dev.antiphon.server.store.StoreAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Asks the database behind a store by queries of its own, over JDBC alone. */
final class StoreCheck {
    private static final String DAYS = """
            select date_trunc('day', started_at) as begins, flow, count(*) as calls,
              sum(case when outcome = 'completed' then 1 else 0 end) as completed,
              sum(case when start_tier = 'full' then 1 else 0 end) as large
            from call where ended_at is not null
            group by date_trunc('day', started_at), flow order by flow, begins""";
    private static final String TOTALS = """
            select count(*) as calls, sum(case when outcome = 'completed' then 1 else 0 end) as completed,
              sum(cost_micros) as cost from call where ended_at is not null""";

    private static final String ARMS = """
            select e.variant, count(*) as calls, sum(case when c.outcome = 'completed' then 1 else 0 end) as completed
            from exposure e join call c on c.id = e.call_id
            where e.experiment = '%s' and c.ended_at is not null group by e.variant order by e.variant""";

    private final StoreAddress address;

    /** The finished calls of one flow that began on one day. */
    record Day(Instant begin, String flow, long calls, long completed, long large) {}

    /** All finished calls. */
    record Totals(long calls, long completed, long costMicros) {}

    /** The finished calls that entered one arm. */
    record ArmCalls(String variant, long calls, long completed) {}

    StoreCheck(StoreAddress address) {
        this.address = address;
    }

    List<Day> days() {
        return rows(
                DAYS,
                row -> new Day(
                        row.getObject("begins", OffsetDateTime.class).toInstant(),
                        row.getString("flow"),
                        row.getLong("calls"),
                        row.getLong("completed"),
                        row.getLong("large")));
    }

    Totals totals() {
        return rows(TOTALS, row -> new Totals(row.getLong("calls"), row.getLong("completed"), row.getLong("cost")))
                .getFirst();
    }

    List<ArmCalls> arms(String experiment) {
        return rows(
                ARMS.formatted(experiment),
                row -> new ArmCalls(row.getString("variant"), row.getLong("calls"), row.getLong("completed")));
    }

    @FunctionalInterface
    private interface RowReader<R> {
        R read(ResultSet row) throws SQLException;
    }

    private <R> List<R> rows(String sql, RowReader<R> reader) {
        try (Connection connection = DriverManager.getConnection(address.url(), address.user(), address.password());
                ResultSet found = connection.createStatement().executeQuery(sql)) {
            List<R> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(reader.read(found));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException("the store " + address + " does not answer: " + e.getMessage(), e);
        }
    }
}
