package dev.antiphon.server.store;

import dev.antiphon.experiment.ArmTotals;
import dev.antiphon.experiment.UnitTotals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Adds the finished calls of an experiment up in the order in which they ended, in one query. */
final class ArmHistory {
    private static final int FETCHED = 1_000;

    private final Handle handle;
    private final String experiment;
    private final Duration slowTurn;

    private record Ended(Instant at, UnitTotals call) {}

    private record Unit(String variant, String unit) {}

    ArmHistory(Handle handle, String experiment, Duration slowTurn) {
        this.handle = handle;
        this.experiment = experiment;
        this.slowTurn = slowTurn;
    }

    /** As it was at each of these times, which are in order. */
    List<Map<String, ArmTotals>> at(List<Instant> times) {
        Map<Unit, UnitTotals> units = new LinkedHashMap<>();
        List<Map<String, ArmTotals>> all = new ArrayList<>();
        try (Stream<Ended> calls = handle
                .createQuery(KpiSql.CALLS_OF_EXPERIMENT)
                .setFetchSize(FETCHED)
                .bind("experiment", experiment)
                .bind("slow", StoredText.millis(slowTurn))
                .map((row, context) -> ended(row))
                .stream()) {
            calls.forEach(each -> {
                while (all.size() < times.size() && each.at().isAfter(times.get(all.size()))) {
                    all.add(ArmTotals.byArm(units.values()));
                }
                if (all.size() < times.size()) {
                    units.merge(new Unit(each.call().variant(), each.call().unit()), each.call(), ArmHistory::plus);
                }
            });
        }
        while (all.size() < times.size()) {
            all.add(ArmTotals.byArm(units.values()));
        }
        return all;
    }

    private static Ended ended(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return new Ended(
                row.getObject("ended_at", OffsetDateTime.class).toInstant(),
                new UnitTotals(
                        row.getString("variant"),
                        row.getString("unit"),
                        1,
                        outcome.equals("completed") ? 1 : 0,
                        outcome.equals("handed_over") ? 1 : 0,
                        outcome.equals("abandoned") ? 1 : 0,
                        row.getLong("cost_micros"),
                        row.getLong("turns"),
                        row.getLong("slow"),
                        row.getLong("utterances"),
                        row.getLong("interrupted")));
    }

    private static UnitTotals plus(UnitTotals one, UnitTotals other) {
        return new UnitTotals(
                one.variant(),
                one.unit(),
                one.finished() + other.finished(),
                one.completed() + other.completed(),
                one.handedOver() + other.handedOver(),
                one.abandoned() + other.abandoned(),
                one.costMicros() + other.costMicros(),
                one.turns() + other.turns(),
                one.slowTurns() + other.slowTurns(),
                one.utterances() + other.utterances(),
                one.interrupted() + other.interrupted());
    }
}
