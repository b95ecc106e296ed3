package dev.antiphon.server.store;

import java.time.Duration;

/** A query took longer than it may; the database has stopped it. */
public final class StoreQueryTimeout extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreQueryTimeout(Duration atMost, Throwable cause) {
        super("the query took longer than " + atMost.toMillis() / 1_000.0 + " s and was stopped", cause);
    }
}
