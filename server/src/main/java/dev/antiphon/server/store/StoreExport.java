package dev.antiphon.server.store;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes rows out of a store, for other programs and for people. On a connection of its own that can only look: with PostgreSQL a transaction
 * that is read-only, with H2 a user that may only select. Rows are streamed. Thread-safe.
 */
public final class StoreExport {
    private static final Logger LOG = LoggerFactory.getLogger(StoreExport.class);

    /** How long a query may take unless something else is said. */
    public static final Duration QUERY_TIME = Duration.ofSeconds(60);

    private static final int FETCHED = 1_000;
    private static final String CANCELLED = "57014";
    private static final String UNNAMED = "?column?";
    private static final Set<String> QUERIES = Set.of("select", "with", "values", "table", "explain", "show");

    /** What can be exported: the name that users write, the table, and what tells the time of its rows. */
    private record Table(String name, String time, String order) {}

    private static final Map<String, Table> TABLES = new LinkedHashMap<>();

    static {
        TABLES.put("calls", new Table("call", "started_at", "started_at, id"));
        ofCalls("turns", "turn", "number");
        ofCalls("barge-ins", "barge_in", "number");
        ofCalls("slots", "slot_result", "slot");
        ofCalls("steps", "step", "number");
        ofCalls("tools", "tool_use", "number");
        ofCalls("tier-uses", "tier_use", "tier");
        ofCalls("tier-decisions", "tier_decision", "number");
        TABLES.put("exposures", new Table("exposure", "entered_at", "entered_at, call_id, experiment"));
        TABLES.put("router-decisions", new Table("router_decision", "decided_at", "decided_at, flow, tier, kind"));
        TABLES.put("router-evidence", new Table("router_evidence", "measured_at", "measured_at, flow, tier"));
        TABLES.put("router-states", new Table("router_state", "saved_at", "flow, tier"));
        TABLES.put("experiments", new Table("experiment", "changed_at", "experiment"));
        TABLES.put("experiment-audits", new Table("experiment_audit", "happened_at", "experiment, number"));
    }

    private final StoreAddress address;

    StoreExport(Store store) {
        this.address = store.address();
    }

    private static void ofCalls(String name, String table, String order) {
        TABLES.put(name, new Table(table, "", "call_id, " + order));
    }

    /** What can be exported. */
    public static List<String> tables() {
        return List.copyOf(TABLES.keySet());
    }

    /**
     * Prints one table.
     *
     * @param table one of {@link #tables}
     * @param from only rows from then on; those of a call go by its start
     * @param to only rows before
     * @return how many rows
     * @throws IllegalArgumentException when there is no such table
     */
    public long table(String table, Optional<Instant> from, Optional<Instant> to, RowFormat format, PrintWriter out) {
        Table chosen = Optional.ofNullable(TABLES.get(table.toLowerCase(Locale.ROOT)))
                .orElseThrow(() -> new IllegalArgumentException("the table must be one of "
                        + String.join(", ", TABLES.keySet()) + ", but was '" + table + "'"));
        List<Object> values = new ArrayList<>();
        List<String> rules = new ArrayList<>();
        from.ifPresent(time -> {
            rules.add("{time} >= ?");
            values.add(StoredText.time(time));
        });
        to.ifPresent(time -> {
            rules.add("{time} < ?");
            values.add(StoredText.time(time));
        });
        String where = rules.stream().collect(Collectors.joining(" and "));
        if (!where.isEmpty()) {
            where = chosen.time().isEmpty()
                    ? " where call_id in (select id from call where " + where.replace("{time}", "started_at") + ")"
                    : " where " + where.replace("{time}", chosen.time());
        }
        return print(
                "select * from " + chosen.name() + where + " order by " + chosen.order(),
                values,
                Optional.empty(),
                format,
                out);
    }

    /**
     * Prints what one query gives, in at most {@link #QUERY_TIME}.
     *
     * @return how many rows
     * @throws IllegalArgumentException when it is not one query, or the database does not understand it
     */
    public long query(String sql, RowFormat format, PrintWriter out) {
        return query(sql, QUERY_TIME, format, out);
    }

    /**
     * Prints what one query gives. It ends in the database too when its time is over or this process is ended.
     *
     * @param atMost how long it may take, 1 s or more; parts of a second count as a whole one
     * @return how many rows
     * @throws IllegalArgumentException when it is not one query, or the database does not understand it
     * @throws StoreQueryTimeout when it takes longer
     */
    public long query(String sql, Duration atMost, RowFormat format, PrintWriter out) {
        if (atMost.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "a query must have 1s or more, but was given " + atMost.toMillis() + "ms");
        }
        return print(oneQuery(sql), List.of(), Optional.of(atMost), format, out);
    }

    private static String oneQuery(String sql) {
        String text = sql.strip().replaceAll(";+\\s*$", "");
        String first = text.replaceAll("(?m)^\\s*--.*$", "")
                .strip()
                .replaceAll("(?s)^[\\s(]*([A-Za-z]*).*$", "$1")
                .toLowerCase(Locale.ROOT);
        if (!QUERIES.contains(first)) {
            throw new IllegalArgumentException(
                    "only queries are run here, which begin with select, with, values, table,"
                            + " explain or show, but this begins with '"
                            + (first.isEmpty() ? text.lines().findFirst().orElse("") : first) + "'");
        }
        if (text.replaceAll("'[^']*'|\"[^\"]*\"|--[^\n]*", "").contains(";")) {
            throw new IllegalArgumentException("one query is run at once, but there is a ';' in this");
        }
        return text;
    }

    private long print(String sql, List<Object> values, Optional<Duration> atMost, RowFormat format, PrintWriter out) {
        try (Connection connection = connect(atMost);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCHED);
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            if (atMost.isPresent()) {
                statement.setQueryTimeout(seconds(atMost.get()));
            }
            try (CancelledAtExit running = CancelledAtExit.watch(statement);
                    ResultSet rows = statement.executeQuery()) {
                return print(rows, format.to(out));
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            if (CANCELLED.equals(e.getSQLState()) && atMost.isPresent()) {
                throw new StoreQueryTimeout(atMost.get(), e);
            }
            if (e.getSQLState() != null && e.getSQLState().startsWith("08")) {
                throw new StoreUnavailable(address, e);
            }
            throw new IllegalArgumentException("the database refuses the query: " + StoreDatabase.reason(e), e);
        }
    }

    private static int seconds(Duration time) {
        return (int) Math.min(Integer.MAX_VALUE / 1_000, time.plusMillis(999).toSeconds());
    }

    private Connection connect(Optional<Duration> atMost) throws SQLException {
        Properties user = new Properties();
        user.setProperty("user", address.isPostgres() ? address.user() : StoreDatabase.READER);
        user.setProperty("password", address.isPostgres() ? address.password() : "");
        Connection connection = DriverManager.getConnection(address.urlOfReader(), user);
        try {
            try (PreparedStatement zone = connection.prepareStatement("set time zone 'UTC'")) {
                zone.execute();
            }
            if (address.isPostgres()) {
                endsWithUs(connection, atMost);
            }
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The server itself stops a query whose time is over, fetching included, or whose client is gone (version 14 or newer). */
    private static void endsWithUs(Connection connection, Optional<Duration> atMost) throws SQLException {
        try (Statement set = connection.createStatement()) {
            if (atMost.isPresent()) {
                set.execute("set statement_timeout = '" + seconds(atMost.get()) + "s'");
            }
            try {
                set.execute("set client_connection_check_interval = '2s'");
            } catch (SQLException older) {
                LOG.debug("the database does not look whether its client is still there", older);
            }
        }
    }

    private static long print(ResultSet rows, RowFormat.Printed printed) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            // What H2 calls a column that has no name.
            columns.add(meta.getColumnLabel(i).equals(UNNAMED) ? "column" + i : meta.getColumnLabel(i));
        }
        printed.head(columns);
        long count = 0;
        while (rows.next()) {
            List<RowFormat.Cell> cells = new ArrayList<>();
            for (int i = 1; i <= columns.size(); i++) {
                cells.add(cell(rows, meta, i));
            }
            printed.row(cells);
            count++;
        }
        printed.end();
        return count;
    }

    private static RowFormat.Cell cell(ResultSet rows, ResultSetMetaData meta, int column) throws SQLException {
        if (rows.getObject(column) == null) {
            return new RowFormat.Cell("", true);
        }
        String type = meta.getColumnTypeName(column).toLowerCase(Locale.ROOT);
        Object value = switch (meta.getColumnType(column)) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> rows.getLong(column);
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> rows.getDouble(column);
            case Types.BOOLEAN, Types.BIT -> rows.getBoolean(column);
            default ->
                type.equals("timestamptz") || type.equals("timestamp with time zone")
                        ? time(rows.getObject(column, OffsetDateTime.class))
                        : rows.getObject(column) instanceof Number number
                                ? number
                                : String.valueOf(rows.getString(column));
        };
        return new RowFormat.Cell(value, false);
    }

    private static String time(OffsetDateTime at) {
        return at.withOffsetSameInstant(ZoneOffset.UTC).toInstant().toString();
    }
}
