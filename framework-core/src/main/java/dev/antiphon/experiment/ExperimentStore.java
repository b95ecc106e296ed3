package dev.antiphon.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Where experiments are kept: their states with the audit log and the planned look, and what became of the calls that entered. Calls
 * come to it as facts of sessions: one that entered is told by {@code SessionEvent.ExperimentEntered}, what became of it by the facts
 * that follow. Thread-safe. Its methods may block; they are called neither from actors nor while a call begins.
 */
public interface ExperimentStore {

    /** The states that are kept, by the experiment's key; one that is missing is a draft. */
    Map<String, ExperimentState> states();

    /**
     * Keeps a state in the place of another, and with it the entries that its audit log has more.
     *
     * @param before what the caller knew; its {@link ExperimentState#version} says which one that is
     * @return false when another one is kept by now, changed by somebody else: nothing is changed then
     */
    boolean replace(String experiment, ExperimentState before, ExperimentState after);

    /**
     * What became of the finished calls that entered the experiment, one row for each unit and arm. Calls under way are left out; a call
     * counts for the arm that it entered with, whatever tier it ended on. Of all phases together.
     *
     * @param slow turns that took longer count as slow
     */
    List<UnitTotals> totals(String experiment, Duration slow);

    /** Whether it keeps units of phases apart; without, weights of a running experiment cannot be changed. */
    default boolean hasPhases() {
        return false;
    }

    /**
     * {@link #totals(String, Duration)} of the units that were assigned in one phase.
     *
     * @throws UnsupportedOperationException for a later phase when the store has none
     */
    default List<UnitTotals> totals(String experiment, int phase, Duration slow) {
        if (phase != Phase.FIRST) {
            throw new UnsupportedOperationException("this store of experiments keeps no phases");
        }
        return totals(experiment, slow);
    }

    /** The units that were assigned before this phase, each with the first phase in which it was. */
    default Map<String, Integer> assignedBefore(String experiment, int phase) {
        return Map.of();
    }

    /**
     * What {@link #totals(String, int, Duration)} said at each of these times, added up by arm: of the calls that had ended by then. Empty,
     * the default, where that is not known any more.
     *
     * @param times in their order
     */
    default List<Map<String, ArmTotals>> totalsAt(String experiment, int phase, Duration slow, List<Instant> times) {
        return List.of();
    }

    /** Whether it is still there after a restart. */
    boolean isLasting();
}
