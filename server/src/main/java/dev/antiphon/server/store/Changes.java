package dev.antiphon.server.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Writes changes in one transaction. What is there already is left as it is: a call that begins or ends twice, or a decision that is told
 * twice, changes nothing.
 */
final class Changes {
    private static final RowTable<Rows.CallRow> CALL = RowTable.of("call", Rows.CallRow.class);
    private static final RowTable<Rows.TurnRow> TURN = RowTable.of("turn", Rows.TurnRow.class);
    private static final RowTable<Rows.BargeInRow> BARGE_IN = RowTable.of("barge_in", Rows.BargeInRow.class);
    private static final RowTable<Rows.SlotRow> SLOT = RowTable.of("slot_result", Rows.SlotRow.class);
    private static final RowTable<Rows.StepRow> STEP = RowTable.of("step", Rows.StepRow.class);
    private static final RowTable<Rows.ToolRow> TOOL = RowTable.of("tool_use", Rows.ToolRow.class);
    private static final RowTable<Rows.TierUseRow> TIER_USE = RowTable.of("tier_use", Rows.TierUseRow.class);
    private static final RowTable<Rows.TierDecisionRow> TIER_DECISION =
            RowTable.of("tier_decision", Rows.TierDecisionRow.class);
    private static final RowTable<Rows.ExposureRow> EXPOSURE = RowTable.of("exposure", Rows.ExposureRow.class);
    private static final RowTable<Rows.RouterDecisionRow> ROUTER_DECISION =
            RowTable.of("router_decision", Rows.RouterDecisionRow.class);
    private static final RowTable<Rows.RouterEvidenceRow> ROUTER_EVIDENCE =
            RowTable.of("router_evidence", Rows.RouterEvidenceRow.class);
    private static final RowTable<Rows.RouterStateRow> ROUTER_STATE =
            RowTable.of("router_state", Rows.RouterStateRow.class);

    private static final String END_CALL =
            "update call set " + CALL.assignments("id") + " where id = :id and ended_at is null";

    private Changes() {}

    /** Writes all of them, in an order in which a call begins before it ends. */
    static void write(Handle handle, List<Rows.Change> changes) {
        Map<String, Rows.CallRow> began = new LinkedHashMap<>();
        Map<String, Rows.Ended> ended = new LinkedHashMap<>();
        Map<List<String>, Rows.ExposureRow> entered = new LinkedHashMap<>();
        Map<List<Object>, Rows.RouterDecisionRow> decided = new LinkedHashMap<>();
        Map<List<String>, Rows.RouterStateRow> saved = new LinkedHashMap<>();
        List<Rows.RouterEvidenceRow> measured = new ArrayList<>();
        for (Rows.Change change : changes) {
            switch (change) {
                case Rows.Began each -> began.putIfAbsent(each.call().id(), each.call());
                case Rows.Ended each -> ended.putIfAbsent(each.call().id(), each);
                case Rows.Entered each ->
                    entered.putIfAbsent(
                            List.of(each.exposure().callId(), each.exposure().experiment()), each.exposure());
                case Rows.Decided each -> {
                    Rows.RouterDecisionRow row = each.decision();
                    decided.putIfAbsent(
                            List.of(row.flow(), row.tier(), row.decidedAt().toInstant(), row.kind()), row);
                }
                case Rows.Measured each -> measured.add(each.evidence());
                case Rows.Saved each ->
                    saved.put(List.of(each.state().flow(), each.state().tier()), each.state());
            }
        }
        begin(handle, began);
        end(handle, ended);
        enter(handle, entered);
        decide(handle, decided);
        ROUTER_EVIDENCE.insert(handle, measured);
        save(handle, new ArrayList<>(saved.values()));
    }

    private static void begin(Handle handle, Map<String, Rows.CallRow> began) {
        Set<String> known = known(handle, began.keySet());
        CALL.insert(handle, without(began, known));
    }

    private static void end(Handle handle, Map<String, Rows.Ended> ended) {
        if (ended.isEmpty()) {
            return;
        }
        Set<String> known = known(handle, ended.keySet());
        List<Rows.Ended> open = ended.values().stream()
                .filter(each -> known.contains(each.call().id()))
                .toList();
        List<Rows.Ended> news = new ArrayList<>(without(ended, known));
        CALL.insert(handle, news.stream().map(Rows.Ended::call).toList());
        if (!open.isEmpty()) {
            int[] changed = CALL.run(
                    handle, END_CALL, open.stream().map(Rows.Ended::call).toList());
            for (int i = 0; i < changed.length; i++) {
                if (changed[i] == 1) {
                    news.add(open.get(i));
                }
            }
        }
        TURN.insert(handle, all(news, Rows.Ended::turns));
        BARGE_IN.insert(handle, all(news, Rows.Ended::bargeIns));
        SLOT.insert(handle, all(news, Rows.Ended::slots));
        STEP.insert(handle, all(news, Rows.Ended::steps));
        TOOL.insert(handle, all(news, Rows.Ended::tools));
        TIER_USE.insert(handle, all(news, Rows.Ended::tiers));
        TIER_DECISION.insert(handle, all(news, Rows.Ended::decisions));
    }

    private static void enter(Handle handle, Map<List<String>, Rows.ExposureRow> entered) {
        if (entered.isEmpty()) {
            return;
        }
        Set<List<String>> known =
                new HashSet<>(handle.createQuery("select call_id, experiment from exposure where call_id in (<ids>)")
                        .bindList(
                                "ids",
                                entered.values().stream()
                                        .map(Rows.ExposureRow::callId)
                                        .distinct()
                                        .toList())
                        .map((row, context) -> List.of(row.getString(1), row.getString(2)))
                        .list());
        EXPOSURE.insert(handle, without(entered, known));
    }

    private static void decide(Handle handle, Map<List<Object>, Rows.RouterDecisionRow> decided) {
        for (Rows.RouterDecisionRow row : decided.values()) {
            boolean known =
                    handle.createQuery("select count(*) from router_decision where flow = :flow and tier = :tier"
                                            + " and decided_at = :at and kind = :kind")
                                    .bind("flow", row.flow())
                                    .bind("tier", row.tier())
                                    .bind("at", row.decidedAt())
                                    .bind("kind", row.kind())
                                    .mapTo(Long.class)
                                    .one()
                            > 0;
            if (!known) {
                ROUTER_DECISION.insert(handle, List.of(row));
            }
        }
    }

    private static void save(Handle handle, List<Rows.RouterStateRow> saved) {
        for (Rows.RouterStateRow row : saved) {
            int changed = ROUTER_STATE
                    .run(
                            handle,
                            "update router_state set state = :state, saved_at = :savedAt where flow = :flow and tier = :tier",
                            List.of(row))[0];
            if (changed == 0) {
                ROUTER_STATE.insert(handle, List.of(row));
            }
        }
    }

    private static Set<String> known(Handle handle, Set<String> ids) {
        return ids.isEmpty()
                ? Set.of()
                : handle.createQuery("select id from call where id in (<ids>)")
                        .bindList("ids", List.copyOf(ids))
                        .mapTo(String.class)
                        .set();
    }

    private static <K, R> List<R> without(Map<K, R> rows, Set<? extends K> known) {
        Map<K, R> left = new HashMap<>(rows);
        left.keySet().removeAll(known);
        return rows.entrySet().stream()
                .filter(entry -> left.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static <R> List<R> all(List<Rows.Ended> calls, Function<Rows.Ended, List<R>> rows) {
        return calls.stream().flatMap(call -> rows.apply(call).stream()).toList();
    }
}
