package dev.antiphon.samples.clinic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;

/** The clinic's embedded SQL database, its schema brought up to date. Thread-safe. */
public final class Database implements AutoCloseable {
    private static final List<String> MIGRATIONS = List.of("1-bookings.sql");

    static {
        // H2 reads it once, when it is loaded: what serves the file to other processes is for this machine only.
        if (System.getProperty("h2.bindAddress") == null) {
            System.setProperty("h2.bindAddress", "127.0.0.1");
        }
    }

    private static final String ENDING = ".mv.db";

    private final JdbcConnectionPool pool;
    private final boolean endsWithClose;

    private Database(String url, boolean endsWithClose) {
        this.pool = JdbcConnectionPool.create(url, "sa", "");
        this.endsWithClose = endsWithClose;
    }

    /**
     * Opens the database in this file, or makes it. Processes of this machine share it: the first one serves it to the others
     * at a free port of 127.0.0.1, and when that one ends, another takes over. What is committed is in the file, so that a
     * process may be killed at any time.
     *
     * @param file with or without the ending {@code .mv.db}
     * @throws DatabaseUnavailable when it cannot be shared with the process that has it open, or cannot be read or written
     */
    public static Database inFile(Path file) {
        String path = file.toAbsolutePath().toString();
        String name = path.endsWith(ENDING) ? path.substring(0, path.length() - ENDING.length()) : path;
        return migrated(
                new Database("jdbc:h2:file:" + name + ";AUTO_SERVER=TRUE;WRITE_DELAY=0", false), file.toString());
    }

    /** An empty database that is gone when it is closed. */
    public static Database inMemory() {
        return migrated(new Database("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", true), "in memory");
    }

    Connection connection() throws SQLException {
        return pool.getConnection();
    }

    private static Database migrated(Database database, String name) {
        try (Connection connection = database.connection()) {
            database.migrate(connection);
            return database;
        } catch (SQLException e) {
            database.pool.dispose();
            throw new DatabaseUnavailable(
                    e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1
                            ? "the database " + name
                                    + " is in use by a process that does not share it: end that process, or choose"
                                    + " another file with --db FILE"
                            : "the database " + name + " cannot be opened: " + e.getMessage(),
                    e);
        }
    }

    private void migrate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists migration (name varchar(100) primary key)");
            for (String migration : MIGRATIONS) {
                if (!isDone(connection, migration)) {
                    statement.execute(script(migration));
                    statement.execute("merge into migration (name) values ('" + migration + "')");
                }
            }
        }
    }

    private static boolean isDone(Connection connection, String migration) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select 1 from migration where name = ?")) {
            query.setString(1, migration);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static String script(String name) {
        try (InputStream in = Database.class.getResourceAsStream("db/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the migration db/" + name + " is missing in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets go of the file, which is written and closed when nobody else has it open. An in-memory database ends here. */
    @Override
    public void close() {
        if (!endsWithClose) {
            pool.dispose();
            return;
        }
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown");
        } catch (SQLException e) {
            throw new DatabaseUnavailable("the database could not be closed: " + e.getMessage(), e);
        } finally {
            pool.dispose();
        }
    }

    /** The database cannot be used. The message says why and what to do. */
    public static final class DatabaseUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DatabaseUnavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
