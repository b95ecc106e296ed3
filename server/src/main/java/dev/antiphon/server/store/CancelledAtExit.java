package dev.antiphon.server.store;

import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A statement that is cancelled in the database when this process is ended while it runs. */
final class CancelledAtExit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CancelledAtExit.class);

    private final Thread hook;

    private CancelledAtExit(Thread hook) {
        this.hook = hook;
    }

    /** From now on, until it is closed. */
    static CancelledAtExit watch(Statement statement) {
        Thread hook = new Thread(() -> cancel(statement), "antiphon-cancels-query");
        Runtime.getRuntime().addShutdownHook(hook);
        return new CancelledAtExit(hook);
    }

    /** What the end of the process runs. */
    Thread hook() {
        return hook;
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            LOG.debug("a query could not be cancelled", e);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            LOG.trace("the process ends already", exiting);
        }
    }
}
