package dev.antiphon.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.EOFException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Connections to the database of a store, and its tables. Thread-safe; what asks it waits for the database. */
final class StoreDatabase implements AutoCloseable {
    /** The user of an H2 database that may only look. */
    static final String READER = "antiphon_reader";

    private static final String MIGRATIONS = "classpath:dev/antiphon/server/store/migration";
    private static final int CONNECTIONS = 4;
    private static final long CONNECT_MILLIS = 3_000;
    private static final long PATIENT_MILLIS = 10_000;

    /** What H2 says of a file that is none of its own, and of one that ends too early. */
    private static final int CORRUPTED = 90030;

    private static final int UNREADABLE = 90028;

    private final StoreAddress address;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    /** Connects when it is first needed. */
    StoreDatabase(StoreAddress address) {
        this(address, CONNECT_MILLIS);
    }

    private StoreDatabase(StoreAddress address, long connectMillis) {
        this.address = address;
        HikariConfig config = new HikariConfig();
        config.setPoolName("antiphon-store");
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setIdleTimeout(0);
        config.setConnectionTimeout(connectMillis);
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql("set time zone 'UTC'");
        this.pool = new HikariDataSource(config);
        this.jdbi = Jdbi.create(pool);
    }

    /** For somebody who waits: a large file on a busy machine is opened in more than the usual time. */
    static StoreDatabase patient(StoreAddress address) {
        return new StoreDatabase(address, PATIENT_MILLIS);
    }

    StoreAddress address() {
        return address;
    }

    Jdbi jdbi() {
        return jdbi;
    }

    /** Makes and renews the tables. */
    void migrate() {
        flyway(address, pool).load().migrate();
        if (!address.isPostgres()) {
            jdbi.useHandle(handle -> {
                handle.execute("create user if not exists " + READER + " password ''");
                handle.execute("grant select on schema public to " + READER);
            });
        }
    }

    /** How the tables are made, for a database with these connections. */
    static FluentConfiguration flyway(StoreAddress address, HikariDataSource connections) {
        return Flyway.configure(StoreDatabase.class.getClassLoader())
                .dataSource(connections)
                .locations(MIGRATIONS)
                .table("antiphon_schema_history")
                .baselineOnMigrate(address.isPostgres())
                .baselineVersion("0");
    }

    HikariDataSource connections() {
        return pool;
    }

    /** The next one who asks gets a new connection. */
    void forgetConnections() {
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    /** Whether it answers. */
    boolean answers() {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Why something failed, in one line, and what to do where that is known. */
    static String reason(@Nullable Throwable problem) {
        if (problem == null) {
            return "it does not answer";
        }
        Throwable first = problem;
        Optional<SQLException> told = Optional.empty();
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            first = cause;
            if (told.isEmpty() && cause instanceof SQLException of) {
                told = Optional.of(of);
            }
        }
        if (told.filter(StoreDatabase::isRefusedUser).isPresent()) {
            return "user or password are refused";
        }
        boolean endsTooEarly = first instanceof EOFException;
        if (told.filter(e -> e.getErrorCode() == CORRUPTED || e.getErrorCode() == UNREADABLE && endsTooEarly)
                .isPresent()) {
            return "its file is no H2 database, or is damaged: put a copy in its place, or move it away and a new one"
                    + " is made";
        }
        return line(first);
    }

    private static boolean isRefusedUser(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("28");
    }

    private static String line(Throwable problem) {
        String message = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        String line = message.lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .findFirst()
                .orElse(message);
        return StoredText.cut(line.replaceFirst("; SQL statement:$", ""), 300);
    }

    @Override
    public void close() {
        pool.close();
    }
}
