package dev.antiphon.server.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that a store can be kept in: an empty one of each, as often as it is asked for. */
enum Databases {
    H2 {
        @Override
        StoreAddress fresh() {
            return StoreAddress.inMemory();
        }
    },
    POSTGRES {
        @Override
        StoreAddress fresh() {
            StoreAddress missing = missing();
            make(missing);
            return missing;
        }
    };

    private static final AtomicInteger COUNT = new AtomicInteger();

    abstract StoreAddress fresh();

    /** A database of the running PostgreSQL that does not exist yet. */
    static StoreAddress missing() {
        String name = "calls_" + COUNT.incrementAndGet();
        return StoreAddress.postgres(
                "jdbc:postgresql://localhost:" + Server.RUNNING.getPort() + "/" + name, "postgres", "postgres");
    }

    /** Makes a database that {@link #missing} has named. */
    static void make(StoreAddress missing) {
        administer("create database " + name(missing));
    }

    /** Refuses or admits connections, and ends those that there are. */
    static void admits(StoreAddress database, boolean connections) {
        administer("alter database " + name(database) + " allow_connections " + connections);
        administer("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name(database) + "'");
    }

    private static String name(StoreAddress address) {
        return address.url().substring(address.url().lastIndexOf('/') + 1);
    }

    private static void administer(String sql) {
        try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One server for all tests of this process; it ends with it. */
    private static final class Server {
        private static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
