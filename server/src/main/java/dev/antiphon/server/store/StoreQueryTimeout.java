package dev.antiphon.server.store;

import dev.antiphon.time.TimeLimit;
import java.time.Duration;

/** A query took longer than it may; the database has stopped it. */
public final class StoreQueryTimeout extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreQueryTimeout(Duration atMost, Throwable cause) {
        super("the query took longer than " + TimeLimit.text(atMost) + " and was stopped", cause);
    }
}
