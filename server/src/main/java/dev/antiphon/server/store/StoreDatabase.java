package dev.antiphon.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
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

    private final StoreAddress address;
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    /** Connects when it is first needed. */
    StoreDatabase(StoreAddress address) {
        this.address = address;
        HikariConfig config = new HikariConfig();
        config.setPoolName("antiphon-store");
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setIdleTimeout(0);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.setConnectionInitSql("set time zone 'UTC'");
        this.pool = new HikariDataSource(config);
        this.jdbi = Jdbi.create(pool);
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

    /** Why something failed, in one line. */
    static String reason(@Nullable Throwable problem) {
        if (problem == null) {
            return "it does not answer";
        }
        Throwable first = problem;
        for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
            first = cause;
        }
        String message = first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
        String line = message.lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .findFirst()
                .orElse(message);
        return line.toLowerCase(Locale.ROOT).contains("password")
                ? "user or password are refused"
                : StoredText.cut(line, 300);
    }

    @Override
    public void close() {
        pool.close();
    }
}
