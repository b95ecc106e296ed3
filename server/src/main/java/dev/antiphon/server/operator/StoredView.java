package dev.antiphon.server.operator;

import dev.antiphon.server.store.Kpis;
import dev.antiphon.server.store.StoreState;
import java.time.Instant;
import java.util.List;

/**
 * What the store has of the calls that began in a period: it outlives the process.
 *
 * @param days how long the period is
 * @param from when it begins
 * @param state of the store
 * @param completed of the finished calls, whose flow reached its goal
 * @param notCalledBack of the finished calls that nobody took over, of known callers, at least 24 hours ago: those whose caller did not
 *     call again within 24 hours
 * @param returned of the completed calls of known callers that ended at least 7 days ago: those whose caller called again within 7 days
 * @param figures the store's own figures; amounts are millionths of a US dollar
 * @param points by hour for a day, else by day, oldest first
 */
public record StoredView(
        int days,
        Instant from,
        StoreState state,
        Rate completed,
        Rate notCalledBack,
        Rate returned,
        Kpis figures,
        List<Kpis.Point> points) {
    /** The periods that can be asked for, in days. */
    static final List<Integer> PERIODS = List.of(1, 7, 30);
}
