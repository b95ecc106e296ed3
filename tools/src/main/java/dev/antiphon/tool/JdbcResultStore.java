package dev.antiphon.tool;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Results in a table of any SQL database, by JDBC: {@code antiphon_results}, made when it is not there. Its primary key decides who begins,
 * also between nodes.
 *
 * <p>A result is kept as JSON with the name of its class, at most {@value #MOST_CHARS} characters, and made from it again: a record, an
 * enum, a text, a number. Of one that cannot be kept so it is only known that it was done; who asks for it again is told that nobody knows.
 */
public final class JdbcResultStore implements ResultStore {
    /** Characters of a result. */
    static final int MOST_CHARS = 16_000;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String NO_RESULT = "";

    private final DataSource database;
    private final InstantSource clock;

    private JdbcResultStore(DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * The results of this database.
     *
     * @throws IllegalStateException when the table is not there and cannot be made
     */
    public static JdbcResultStore of(DataSource database) {
        return of(database, InstantSource.system());
    }

    static JdbcResultStore of(DataSource database, InstantSource clock) {
        JdbcResultStore store = new JdbcResultStore(database, clock);
        store.sql("the table antiphon_results cannot be made", connection -> {
            try (Statement create = connection.createStatement()) {
                return create.executeUpdate("CREATE TABLE IF NOT EXISTS antiphon_results ("
                        + "idempotency_key VARCHAR(300) PRIMARY KEY, begun_at TIMESTAMP NOT NULL, done_at TIMESTAMP, "
                        + "result_type VARCHAR(500), result VARCHAR(" + MOST_CHARS + "))");
            }
        });
        return store;
    }

    @Override
    public Known begin(String idempotencyKey) {
        return sql("the beginning of an effect cannot be noted", connection -> {
            Optional<Known> known = known(connection, idempotencyKey);
            if (known.isPresent()) {
                return known.get();
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO antiphon_results (idempotency_key, begun_at) VALUES (?, ?)")) {
                insert.setString(1, idempotencyKey);
                insert.setTimestamp(2, Timestamp.from(clock.instant()));
                insert.executeUpdate();
                return new Known.Nothing();
            } catch (SQLException e) {
                // Another one was quicker, or the database is in trouble: it tells.
                return known(connection, idempotencyKey).orElseThrow(() -> e);
            }
        });
    }

    private Optional<Known> known(Connection connection, String idempotencyKey) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT done_at, result_type, result FROM antiphon_results WHERE idempotency_key = ?")) {
            select.setString(1, idempotencyKey);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(
                        row.getTimestamp(1) == null ? new Known.Begun() : result(row.getString(2), row.getString(3)));
            }
        }
    }

    /** What cannot be read is not known. */
    private static Known result(@Nullable String type, @Nullable String json) {
        if (type == null) {
            return new Known.Begun();
        }
        if (type.equals(NO_RESULT)) {
            return new Known.Done(Optional.empty());
        }
        try {
            return new Known.Done(Optional.of(JSON.readValue(json, Class.forName(type))));
        } catch (ClassNotFoundException | JacksonException e) {
            return new Known.Begun();
        }
    }

    @Override
    public void done(String idempotencyKey, Optional<Object> result) {
        sql("the end of an effect cannot be noted", connection -> {
            Optional<String> json = result.flatMap(JdbcResultStore::written);
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE antiphon_results SET done_at = ?, result_type = ?, result = ? WHERE idempotency_key = ?")) {
                update.setTimestamp(1, Timestamp.from(clock.instant()));
                update.setString(
                        2,
                        result.isEmpty()
                                ? NO_RESULT
                                : json.map(text -> typeOf(result)).orElse(null));
                update.setString(3, json.orElse(null));
                update.setString(4, idempotencyKey);
                return update.executeUpdate();
            }
        });
    }

    private static String typeOf(Optional<Object> result) {
        return result.map(value -> value.getClass().getName()).orElse(NO_RESULT);
    }

    private static Optional<String> written(Object value) {
        try {
            String json = JSON.writeValueAsString(value);
            Object again = JSON.readValue(json, value.getClass());
            return json.length() <= MOST_CHARS && again.equals(value) ? Optional.of(json) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    @Override
    public void failed(String idempotencyKey) {
        sql("the failure of an effect cannot be noted", connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM antiphon_results WHERE idempotency_key = ? AND done_at IS NULL")) {
                delete.setString(1, idempotencyKey);
                return delete.executeUpdate();
            }
        });
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T sql(String problem, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(true);
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(problem + ": " + e.getMessage(), e);
        }
    }
}
