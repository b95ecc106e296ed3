package dev.antiphon.server.store;

import java.time.Instant;

/** Deletes what is older than it is to be kept. */
final class Retention {
    private Retention() {}

    /** Deletes the calls that began before, with all that belongs to them, and the router's decisions and evidence; how many calls. */
    static int delete(StoreDatabase database, Instant before) {
        return database.jdbi().inTransaction(handle -> {
            handle.createUpdate("delete from exposure where entered_at < :before")
                    .bind("before", StoredText.time(before))
                    .execute();
            handle.createUpdate("delete from router_decision where decided_at < :before")
                    .bind("before", StoredText.time(before))
                    .execute();
            handle.createUpdate("delete from router_evidence where measured_at < :before")
                    .bind("before", StoredText.time(before))
                    .execute();
            return handle.createUpdate("delete from call where started_at < :before")
                    .bind("before", StoredText.time(before))
                    .execute();
        });
    }
}
