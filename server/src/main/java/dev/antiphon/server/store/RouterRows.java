package dev.antiphon.server.store;

import dev.antiphon.tier.RouterDecision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** Reads what the router has left in the store. */
final class RouterRows {
    private RouterRows() {}

    static List<RouterDecision> decisions(Handle handle, Instant from, int most) {
        return handle.createQuery("select * from router_decision where decided_at >= :from"
                        + " order by decided_at desc, flow, tier, kind limit :most")
                .bind("from", StoredText.time(from))
                .bind("most", most)
                .map((row, context) -> decision(row))
                .list()
                .reversed();
    }

    private static RouterDecision decision(ResultSet row) throws SQLException {
        return new RouterDecision(
                time(row, "decided_at"),
                row.getString("flow"),
                row.getString("tier"),
                RouterDecision.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                state(row.getString("from_state")),
                state(row.getString("to_state")),
                row.getDouble("evidence"),
                row.getLong("sessions"),
                row.getString("reason"));
    }

    static List<Store.RouterPoint> evidence(Handle handle, Instant from) {
        return handle.createQuery("select * from router_evidence where measured_at >= :from"
                        + " order by measured_at, flow, tier")
                .bind("from", StoredText.time(from))
                .map((row, context) -> new Store.RouterPoint(
                        time(row, "measured_at"),
                        row.getString("flow"),
                        row.getString("tier"),
                        state(row.getString("state")),
                        row.getDouble("evidence"),
                        row.getDouble("threshold")))
                .list();
    }

    private static RouterDecision.State state(String word) {
        return RouterDecision.State.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
