package dev.antiphon.server.store;

/**
 * How a store is.
 *
 * @param condition whether calls are stored now
 * @param place where, without user and password
 * @param queued changes that wait
 * @param written changes that were stored
 * @param lost changes that were not, since the queue was full, the database refused them, or the store was closed before
 * @param problem what is wrong, in one line; empty when nothing is
 */
public record StoreState(Condition condition, String place, int queued, long written, long lost, String problem) {

    /** Whether calls are stored. */
    public enum Condition {
        /** The database has not answered yet. */
        STARTING,
        /** They are. */
        UP,
        /** The database does not answer, or cannot be used: they wait, and are lost when too many do. */
        AWAY,
        /** The store was closed. */
        CLOSED
    }
}
